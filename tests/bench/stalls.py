"""How long the kiosk's main loop stands still: while only live pictures come, during shots, when the line drops, when the camera host hangs."""
import json
import os
import signal
import time

from camera import Simcam, wait_for
from kiosk import Kiosk

HANG_LIMIT_S = 20
SETTLED_S = 1.5  # after the pictures are back: what comes late belongs to the fault


def row_of(worst):
    """worst: phase → (milliseconds, of them processor time)"""
    text = ", ".join(f"{phase} {ms:.0f}" for phase, (ms, _) in worst.items())
    busy = ", ".join(f"{phase} {cpu:.0f}" for phase, (_, cpu) in worst.items())
    longest = max(ms for ms, _ in worst.values())
    return [{"what": "longest standstill of the kiosk's main loop", "ours": f"{longest:.0f} ms ({text})", "beside": f"processor time in it: {busy}",
             "goal": "< 50 ms", "met": longest < 50, "values": {"worst": worst}}]


def worst_between(log, begin, end):
    """The longest stall that ended between two times of the clock: (milliseconds, processor milliseconds)."""
    lines = []
    if os.path.exists(log):
        with open(log, encoding="utf-8") as file:
            lines = [json.loads(line) for line in file if line.endswith("\n")]
    found = [(line["ms"], line["cpu_ms"]) for line in lines if begin * 1000 <= line["at_ms"] <= end * 1000]
    return max(found, default=(0, 0))


def during_shots(context, simcam):
    log = context.path("shots.log")
    begin = time.time()
    Kiosk(context, context.path("stalls"), simcam.spec, "--autopilot", 4 if context.quick else 12, LANMU_STALL_LOG=log).finish()
    return worst_between(log, begin, time.time())


def until_back(simcam, seconds=HANG_LIMIT_S):
    """Waits for a frame that was not asked for yet."""
    before = simcam.status()["frames_served"]
    wait_for(lambda: simcam.status()["frames_served"] > before + 1, "the live picture", seconds)


def stalls(context):
    context.campaign("stalls")
    quiet = 2 if context.quick else 8
    with Simcam(context.build, "--fps", 30, "--live-size", "1056x704", "--shot-ms", 100) as simcam:
        worst = {"shots": during_shots(context, simcam)}
        log = context.path("faults.log")
        kiosk = Kiosk(context, context.path("stalls"), simcam.spec, "--run-seconds", quiet + 40, LANMU_STALL_LOG=log)
        try:
            until_back(simcam)
            time.sleep(1)  # its own start is measured elsewhere
            begin = time.time()
            time.sleep(quiet)
            worst["live only"] = worst_between(log, begin, time.time())
            for phase, fault in (("drop", lambda: simcam.tell("drop")), ("host hang", lambda: os.kill(kiosk.host(), signal.SIGSTOP))):
                begin = time.time()
                fault()
                until_back(simcam)
                time.sleep(SETTLED_S)
                worst[phase] = worst_between(log, begin, time.time())
        finally:
            kiosk.end()
    return row_of(worst)
