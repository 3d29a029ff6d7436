"""What is measured, a function each: Context → rows {what, ours, beside, goal, met, values}. Rounds are medians unless the row says otherwise."""
import glob
import json
import os
import shutil
import statistics
import subprocess
import time

from camera import Gphoto, Simcam, children, memory_mb
from kiosk import Kiosk, smallest_program, stats_of
from station import Station, campaign

LIVE_SIZE = "1056x704"
SHOT_MS = 100        # a camera quicker than any: the program's own share shows largest
REAL_SHOT_MS = 1100  # the quickest real bodies, release to file
BIG_OVER_USB2 = ("24 MP over a line of 40 MB/s, as USB 2", "--mp24", "--bandwidth", 40_000_000)  # loopback knows no cable


class Context:
    def __init__(self, build, folder, quick):
        self.build, self.folder, self.quick = build, folder, quick
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def campaign(self, name, students=60, classes=2):
        return campaign(self.build, self.path(name), students, classes)


def row(what, ours, beside="", goal="", met=None, **values):
    return {"what": what, "ours": ours, "beside": beside, "goal": goal, "met": met, "values": values}


def shot_row(context, delay_ms, count, line=("",)):
    """Trigger → durable row, beside gphoto2 holding the connection."""
    students = context.campaign("shot")
    camera = ("--shot-ms", delay_ms, "--live-size", LIVE_SIZE, *line[1:])
    with Simcam(context.build, *camera) as simcam:
        beside = Gphoto(simcam, context.folder).shots(count)[1:]
    with Simcam(context.build, *camera) as simcam:
        steps = shoot(context, "shot", students, simcam, count)
    ours = steps["durable"]
    mine, its = statistics.median(ours), statistics.median(beside)
    at = ", ".join(f"{key} {statistics.median(values):.0f}" for key, values in steps.items())
    return [row(f"trigger → durable row, camera takes {delay_ms} ms{line[0] and ', ' + line[0]}", f"{mine:.0f} ms ({at})", f"gphoto2 --shell, capture-image-and-download: {its:.0f} ms",
                "≤ 1.1 × gphoto2", mine <= 1.1 * its, steps=steps, gphoto2_ms=beside)]


def shoot(context, name, students, simcam, count):
    """Shots of one student; answers the milliseconds of each step, a list a step, without the first shot."""
    steps = {}
    with Station(context.build, context.path(name), simcam.spec) as station:
        station.ask(f"bind {students[0]}")
        for number in range(count):
            station.ask("shoot")
            ms = station.event("shot")["ms"]
            station.ask("wait")
            station.ask("retake")
            for key, value in ms.items() if number else ():
                steps.setdefault(key, []).append(value)
    return steps


def shot_quick_camera(context):
    return shot_row(context, SHOT_MS, 8 if context.quick else 40)


def shot_quick_camera_usb(context):
    return shot_row(context, SHOT_MS, 8 if context.quick else 40, BIG_OVER_USB2)


def shot_real_camera(context):
    return shot_row(context, REAL_SHOT_MS, 6 if context.quick else 15)


def bare_syncs(folder, size):
    """Median milliseconds to write a file of that size, sync it, rename it and sync its folder: what this disk asks of anybody."""
    times, data = [], os.urandom(size)
    for number in range(9):
        begin = time.monotonic()
        with open(os.path.join(folder, "bare.part"), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.rename(os.path.join(folder, "bare.part"), os.path.join(folder, f"bare{number}"))
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        times.append((time.monotonic() - begin) * 1000)
    return statistics.median(times)


def durable_row(context, what, *camera):
    """What a shot costs beyond the camera's own time: the ticket before it, the proof, the syncs and the row after it."""
    students = context.campaign("durable")
    with Simcam(context.build, "--shot-ms", SHOT_MS, "--live-size", "640x424", "--fps", 15, *camera) as simcam:
        steps = shoot(context, "durable", students, simcam, 6 if context.quick else 25)
    pairs = (("ticket", None, "ticket"), ("proof", "fetched", "proved"), ("file and folder synced", "proved", "kept"), ("row", "kept", "durable"))
    costs = {name: [end - begin for begin, end in zip(steps[first] if first else [0] * len(steps[last]), steps[last])] for name, first, last in pairs}
    whole = statistics.median(map(sum, zip(*costs.values())))
    shots = glob.glob(context.path("durable/shots/**/*.jpg"), recursive=True)
    bare = bare_syncs(context.folder, max(map(os.path.getsize, shots)))
    return [row(f"price of durability a shot, {what}", f"{whole:.0f} ms (" + ", ".join(f"{name} {statistics.median(ms):.1f}" for name, ms in costs.items()) + ")",
                f"bare write, sync, rename, sync of the folder: {bare:.1f} ms", "< 60 ms", whole < 60, costs=costs, bare_ms=bare)]


def durable_6(context):
    return durable_row(context, "6 MP")


def durable_24(context):
    return durable_row(context, "24 MP", "--mp24")


def durable_24_usb(context):
    return durable_row(context, *BIG_OVER_USB2)


def memory(context):
    """Memory of the station and its host after many small shots."""
    count = 100 if context.quick else 1000
    students = context.campaign("memory")
    with Simcam(context.build, "--shot-ms", 0, "--shot-size", "600x400", "--live-size", "640x424", "--fps", 15) as simcam, \
            Station(context.build, context.path("memory"), simcam.spec) as station:
        marks = {}
        for number in range(count):
            if number % 20 == 0:
                station.ask(f"bind {students[number // 20 % len(students)]}")
            station.ask("shoot")
            station.event("shot")
            station.ask("wait")
            station.ask("accept" if number % 20 == 19 else "retake")
            if number + 1 in (count // 4, count):
                host = children(station.process.pid)["lanmu-camera"]
                marks[number + 1] = (memory_mb(station.process.pid), memory_mb(host))
    (first, early), (last, late) = marks.items()
    growth = max(after - before for before, after in zip(early, late))
    return [row(f"memory after {last:,} shots", f"station {late[0]:.0f} MB, host {late[1]:.0f} MB",
                f"after {first:,}: {early[0]:.0f} MB, {early[1]:.0f} MB", "< 2 MB more", growth < 2, marks=marks)]


def bind(context):
    """A student bound in a queue of 100,000: from the line in to the answer out, the row synced to disk in between."""
    size = 5000 if context.quick else 100_000
    students = context.campaign("bind", size, size // 50)
    with Simcam(context.build, "--fps", 1) as simcam, Station(context.build, context.path("bind"), simcam.spec) as station:
        step = size // 101
        times = [station.ask(f"bind {students[(i * step * 37) % size]}")["took_ms"] for i in range(100)]
    middle, worst = statistics.median(times), sorted(times)[94]
    return [row(f"bind a student in a queue of {size:,}", f"{middle:.1f} ms (95 % under {worst:.1f} ms)", "", "< 5 ms", middle < 5, ms=times)]


def bare_decode(context, movie):
    answer = subprocess.run([os.path.join(context.build, "tests/bench/decode"), movie, "5"], capture_output=True, text=True)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    return json.loads(answer.stdout)["cpu_us"] / 1000


def live_rows(context, fps):
    seconds = 4 if context.quick else 20
    goal = fps == 30
    context.campaign(f"live{fps}")
    movie = context.path(f"movie{fps}")
    with Simcam(context.build, "--fps", fps, "--live-size", LIVE_SIZE) as simcam:
        its_fps, its_cpu = Gphoto(simcam, context.folder).movie(min(seconds, 5), movie)
        floor = bare_decode(context, movie)
        bare = smallest_program(context, movie, min(seconds, 10))
        said = stats_of(Kiosk(context, context.path(f"live{fps}"), simcam.spec, "--run-seconds", seconds).finish(seconds + 60))
    shown, rate = max(said["shown"], 1), said["shown"] / said["seconds"]
    share = 100 * min(rate / fps, said["shown"] / max(said["delivered"], 1), 1)
    cpu, host, decode, look = (said[name] / shown for name in ("cpu_ms", "host_cpu_ms", "decode_ms", "look_ms"))
    return [row(f"live frames shown a second, camera at {fps}/s, {LIVE_SIZE}", f"{rate:.1f} ({share:.1f} % of the camera's)",
                f"gphoto2 --capture-movie fetches {its_fps:.1f}, shows none", "≥ 99 %" if goal else "", share >= 99 if goal else None,
                said=said, gphoto2_fps=its_fps),
            row(f"CPU a shown frame, whole program, {fps}/s",
                f"{cpu:.1f} ms (JPEG {decode:.1f}, camera host beside it {host - decode:.1f}, drawing {cpu - host - look:.1f}, looking at it {look:.1f})",
                f"bare TurboJPEG decode {floor:.1f} ms; gphoto2 without decoding {its_cpu:.1f} ms; smallest GTK program that shows these frames: "
                f"{bare['cpu_us'] / 1000:.1f} ms (JPEG {bare['decode_us'] / 1000:.1f}, drawing {(bare['cpu_us'] - bare['decode_us']) / 1000:.1f})",
                "≤ 2 × decode" if goal else "", cpu <= 2 * floor if goal else None, decode_ms=floor, gphoto2_ms=its_cpu, smallest=bare, said=said)]


def live_30(context):
    return live_rows(context, 30)


def live_60(context):
    return live_rows(context, 60)


def start(context):
    count, times = (2 if context.quick else 7), []
    context.campaign("start")
    for _ in range(count):
        with Simcam(context.build, "--fps", 30, "--live-size", LIVE_SIZE) as simcam:
            said = stats_of(Kiosk(context, context.path("start"), simcam.spec, "--run-seconds", 1).finish())
        times.append(said["first_frame_ms"])
    middle = statistics.median(times)
    return [row("start → first live frame on the screen, camera needs 300 ms", f"{middle / 1000:.2f} s", f"slowest of {count}: {max(times) / 1000:.2f} s", "< 1.5 s",
                middle < 1500, ms=times)]


def proof(context):
    """Hash, facts, damage and review picture of one shot of 24 MP beside the bare decode of it; and the backdrop check of a live frame."""
    with Simcam(context.build, "--mp24", "--shot-ms", 0) as simcam:
        Gphoto(simcam, context.folder).shots(1)
    shot = max(glob.glob(context.path("*.[jJ][pP][gG]")), key=os.path.getsize)
    answer = subprocess.run([os.path.join(context.build, "tests/bench/picture"), shot, "3" if context.quick else "20"], capture_output=True, text=True)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    said = json.loads(answer.stdout)
    return [row(f"proof of a shot, {said['bytes'] / 1e6:.1f} MB, 24 MP", f"{said['facts_ms']:.0f} ms CPU",
                f"bare TurboJPEG decode at the same scale {said['decode_ms']:.0f} ms", "", None, **said),
            row("backdrop check of a live frame, 1056x704", f"{said['backdrop_ms']:.2f} ms CPU", "", "≤ 1 ms", said["backdrop_ms"] <= 1)]


def sight(context):
    """Everything that is done with a live frame of 640×424 on the vision thread: backdrop, face, crown, clothes, what to say; on the CPU clock of one core."""
    answer = subprocess.run([os.path.join(context.build, "tests/bench/sight"), "40" if context.quick else "200"], capture_output=True, text=True)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    said = json.loads(answer.stdout)
    if not said["models"]:
        raise RuntimeError("the face models are missing: packaging/fetch-models")
    stages = ", ".join(f"{name} {said[name + '_ms']:.1f}" for name in ("decode", "backdrop", "sight", "guidance"))
    return [row("looking at a live frame, 640x424, everything", f"{said['all_ms']:.1f} ms CPU, 95 % under {said['all_95_ms']:.1f} ({stages})",
                f"bare TurboJPEG decode {said['decode_ms']:.1f} ms; not followed, each frame afresh: {said['shuffled_ms']:.1f} ms", "≤ 7 ms", said["all_ms"] <= 7, **said)]


def standard(context):
    """All checks of one shot of 24 MP beside its bare decode, its portrait beside two usual tools, and portraits in bulk on one core and on all."""
    with Simcam(context.build, "--mp24", "--shot-ms", 0) as simcam:
        Gphoto(simcam, context.folder).shots(1)
    shot = max(glob.glob(context.path("*.[jJ][pP][gG]")), key=os.path.getsize)
    answer = subprocess.run([os.path.join(context.build, "tests/bench/standard"), shot, "3" if context.quick else "15"], capture_output=True, text=True)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    said = json.loads(answer.stdout)
    out = context.path("thumbnail.jpg")
    tools = {name: tool_ms(command, 2 if context.quick else 7) for name, command in (
        ("vipsthumbnail", ["vipsthumbnail", shot, "-s", "480x640", "-o", out]),
        ("ImageMagick", ["convert", "-define", "jpeg:size=960x1280", shot, "-thumbnail", "480x640", out])) if shutil.which(command[0])}
    faces = "with faces" if said["models"] else "without face models"
    beside = ", ".join(f"{name} {ms:.0f} ms, whole program" for name, ms in tools.items()) or "vipsthumbnail is not installed"
    vips = tools.get("vipsthumbnail")
    return [row(f"24 MP shot → every check, {faces}", f"{said['inspect_ms']:.0f} ms CPU", f"bare TurboJPEG decode {said['decode_ms']:.0f} ms", "≤ 2.2 × decode",
                said["inspect_ms"] <= 2.2 * said["decode_ms"], **said),
            row("24 MP shot → portrait of 30–40 KB, head known", f"{said['portrait_ms']:.0f} ms CPU (checks and portrait together {said['both_ms']:.0f} ms)", beside,
                "≤ 1.0 × vipsthumbnail", said["portrait_ms"] <= vips if vips else None, tools=tools)] + bulk(context, shot)


def tool_ms(command, rounds):
    """The least CPU time of a program, its threads counted."""
    least = float("inf")
    for _ in range(rounds):
        before = os.times()
        subprocess.run(command, check=True, capture_output=True)
        after = os.times()
        least = min(least, 1000 * (after.children_user - before.children_user + after.children_system - before.children_system))
    return least


def bulk(context, shot):
    """Many checks by one command: the workers are those that make portraits in bulk."""
    count, cores, seconds = (8 if context.quick else 40), os.cpu_count(), {}
    for threads in {1, cores}:
        begin = time.monotonic()
        subprocess.run([os.path.join(context.build, "app/lanmuctl"), "--data", context.path("none"), "check", "--threads", str(threads), *[shot] * count], check=True, capture_output=True)
        seconds[threads] = time.monotonic() - begin
    gain = seconds[1] / seconds[cores]
    return [row(f"{count} shots of 24 MP looked over, {cores} cores", f"{count / seconds[cores]:.1f} a second", f"one core: {count / seconds[1]:.1f} a second ({gain:.2f} ×)",
                "≥ 1.8 × on 2 cores", gain >= 1.8 if cores == 2 else None, seconds={str(key): value for key, value in seconds.items()})]
