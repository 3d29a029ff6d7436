"""Measure the station against its goals, beside gphoto2 on the same simulated camera in the same run.

bench.py --build DIR [--only live,shot,durable,stalls,start,memory,bind,proof,recovery,sight,roster] [--quick] [--json FILE] [--write README.md]
Every figure is of this run on this machine. What cannot be measured is a row that says so, and the others go on. Exit 0 when all that was asked for was
measured, whether or not the goals are met; 1 when something was not; 2 for a wrong command line.
"""
import argparse
import json
import os
import platform
import queue
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import delivery  # noqa: E402
import parts  # noqa: E402
import recovery  # noqa: E402
import report  # noqa: E402
import roster  # noqa: E402
import stalls  # noqa: E402

LONGEST_S = 300  # one measurement; what takes longer hangs
FAULTS = (RuntimeError, OSError, ValueError, LookupError, ArithmeticError, queue.Empty, subprocess.SubprocessError)

# name on the command line → what is tried, in the order of the table
PARTS = {
    "live": [("live picture at 30/s", parts.live_30), ("live picture at 60/s", parts.live_60)],
    "shot": [("a shot of a quick camera", parts.shot_quick_camera), ("the same over a cable", parts.shot_quick_camera_usb),
             ("a shot of a real camera's pace", parts.shot_real_camera)],
    "durable": [("price of durability, 6 MP", parts.durable_6), ("price of durability, 24 MP", parts.durable_24),
                ("the same over a cable", parts.durable_24_usb)],
    "stalls": [("main loop under faults", stalls.stalls)],
    "start": [("start to first picture", parts.start)],
    "memory": [("memory over many shots", parts.memory)],
    "bind": [("binding in a long queue", parts.bind)],
    "proof": [("proof and backdrop check", parts.proof)],
    "recovery": [("back after a drop", recovery.after_drop), ("back after a hang", recovery.after_hang), ("back after a hung release", recovery.after_hung_release),
                 ("back after a re-plug", recovery.after_replug)],
    "standard": [("checks and portraits of a 24 MP shot", parts.standard)],
    "sight": [("looking at a live frame", parts.sight)],
    "delivery": [("delivering portraits", delivery.deliveries)],
    "roster": [("importing lists", roster.imports), ("finding a student", roster.find)],
}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    return {"processor": model, "cores": os.cpu_count(), "system": f"Linux {platform.release().split('-')[0]}", "date": time.strftime("%Y-%m-%d"),
            "load": os.getloadavg()[0]}


def too_long(*_):
    raise TimeoutError(f"it took longer than {LONGEST_S} s")


def measure(what, function, context):
    """The rows of one measurement; answers (rows, well)."""
    signal.alarm(LONGEST_S)
    try:
        return function(context), True
    except FAULTS as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[-1][:160].replace("|", "/")
        print(f"    could not be measured: {type(error).__name__} {reason}", file=sys.stderr, flush=True)
        return [parts.row(what, f"could not be measured: {reason}", met=False)], False
    finally:
        signal.alarm(0)


def measure_all(names, build, quick):
    tried = [(name, what, function) for name in names for what, function in PARTS[name]]
    rows, failed, begin = [], 0, time.monotonic()
    signal.signal(signal.SIGALRM, too_long)
    with tempfile.TemporaryDirectory(prefix="lanmu-bench.", ignore_cleanup_errors=True) as folder:
        for number, (name, what, function) in enumerate(tried, 1):
            print(f"[{number}/{len(tried)}, {time.monotonic() - begin:.0f} s] {what} …", file=sys.stderr, flush=True)
            found, well = measure(what, function, parts.Context(build, os.path.join(folder, f"{number}-{name}"), quick))
            for row in found:
                print(f"    {row['what']}: {row['ours']}", file=sys.stderr, flush=True)
            rows += found
            failed += not well
    print(f"{len(tried) - failed} of {len(tried)} measured in {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return rows, failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds: to see that it works, not to publish")
    parser.add_argument("--json")
    parser.add_argument("--write")
    options = parser.parse_args()
    names = options.only.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        parser.error(f"--only knows {', '.join(PARTS)}; not {', '.join(unknown)}")
    result = {"machine": machine(), "quick": options.quick, "partial": names != list(PARTS),
              "tried": [what for name in names for what, _ in PARTS[name]]}
    result["rows"], failed = measure_all(names, os.path.abspath(options.build), options.quick)
    print(report.table(result))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file, ensure_ascii=False, indent=1)
    if options.write:
        report.write(options.write, result)
    sys.exit(1 if failed else 0)


main()
