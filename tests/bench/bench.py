"""Measure the station against its goals, beside gphoto2 on the same simulated camera in the same run.

bench.py --build DIR [--only live,shot,start,memory,bind,proof,recovery,sight] [--quick] [--json FILE] [--write README.md]
Every figure is of this run on this machine; a part that cannot be measured (no kiosk built) is left out and said so. Exit 0 when all asked parts were
measured, whether or not the goals are met.
"""
import argparse
import json
import os
import platform
import queue
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import parts  # noqa: E402
import recovery  # noqa: E402
import report  # noqa: E402

PARTS = ["live", "shot", "start", "memory", "bind", "proof", "recovery", "sight"]


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    return {"processor": model, "cores": os.cpu_count(), "system": f"Linux {platform.release().split('-')[0]}", "date": time.strftime("%Y-%m-%d")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer rounds: to see that it works, not to publish")
    parser.add_argument("--json")
    parser.add_argument("--write")
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    rows, wrong = [], 0
    with tempfile.TemporaryDirectory(prefix="lanmu-bench.") as folder:
        for name in options.only.split(","):
            print(f"{name} …", file=sys.stderr, flush=True)
            try:
                rows += getattr(recovery if name == "recovery" else parts, name)(parts.Context(build, os.path.join(folder, name), options.quick))
            except (RuntimeError, OSError, ValueError, LookupError, queue.Empty, subprocess.SubprocessError) as error:
                print(f"{name} could not be measured: {type(error).__name__} {error}", file=sys.stderr)
                wrong += 1
    result = {"machine": machine(), "quick": options.quick, "rows": rows}
    if rows:
        print(report.table(result))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file, ensure_ascii=False, indent=1)
    if options.write and not wrong:
        report.write(options.write, result)
    sys.exit(1 if wrong else 0)


main()
