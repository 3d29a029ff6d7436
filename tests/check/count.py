"""Count what a meson test run did and end with the line "N passed, N failed".

count.py LOGS STATUS   LOGS holds testlog.json (a line per test program) and testlog.junit.xml (a case per TAP subtest); STATUS is
meson's own exit code. A program that failed without a failing case of its own (crash, timeout, bad plan) counts as one failure.
Exit 0 only when something passed, nothing failed and meson agrees.
"""
import json
import os
import sys
import xml.etree.ElementTree as tree

GOOD = {"OK", "EXPECTEDFAIL"}
SKIPPED = {"SKIP", "IGNORED"}


def cases_by_program(path):
    """Program name → [passed, failed, skipped] of its TAP cases: meson gives such a program a <testsuite> "project.program" of its own."""
    found = {}
    if not os.path.exists(path):
        return found
    for suite in tree.parse(path).getroot().iter("testsuite"):
        counts = found.setdefault(suite.get("name", "").partition(".")[2], [0, 0, 0])
        for case in suite.iter("testcase"):
            kinds = {child.tag for child in case}
            counts[1 if kinds & {"failure", "error"} else 2 if "skipped" in kinds else 0] += 1
    found.pop("", None)
    return found


def count(logs):
    passed = failed = skipped = programs = 0
    cases = cases_by_program(os.path.join(logs, "testlog.junit.xml"))
    log = os.path.join(logs, "testlog.json")
    lines = open(log, encoding="utf-8").read().splitlines() if os.path.exists(log) else []
    for entry in map(json.loads, filter(None, lines)):
        programs += 1
        result = entry["result"]
        mine = cases.get(entry["name"], [0, 0, 0])
        if result not in GOOD | SKIPPED and mine[1] == 0:
            failed += 1
        elif sum(mine) == 0:
            passed, skipped = passed + (result in GOOD), skipped + (result in SKIPPED)
        passed, failed, skipped = passed + mine[0], failed + mine[1], skipped + mine[2]
    return passed, failed, skipped, programs


def main():
    logs, status = sys.argv[1], int(sys.argv[2])
    passed, failed, skipped, programs = count(logs)
    if programs == 0:
        print("no test ran")
    if skipped:
        print(f"{skipped} skipped")
    if status != 0 and failed == 0:
        print(f"meson ended with {status}")
        failed = 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(0 if passed > 0 and failed == 0 else 1)


main()
