"""Hold the tree against one rule of rules/, or prove that the rule can fail.

check.py RULE [--root DIR] [--build DIR]   print what breaks the rule, one line each; exit 1 when anything does
check.py RULE --self-test                  the rule must find each planted fault of its SAMPLES and pass its clean ones

A rule is a module with find (tree) → findings "path:line: sentence" and SAMPLES: (files {path: text}, word expected in a finding or None).
"""
import argparse
import importlib
import os
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from tree import Tree  # noqa: E402


def plant(folder, files):
    for path, text in files.items():
        full = os.path.join(folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "w", encoding="utf-8") as file:
            file.write(text)


def self_test(rule):
    wrong = 0
    for files, expected in rule.SAMPLES:
        with tempfile.TemporaryDirectory() as folder:
            plant(folder, files)
            found = list(rule.find(Tree(folder, os.path.join(folder, "build"))))
        if expected is None and found:
            print(f"a clean sample {sorted(files)} was refused: {found}")
            wrong += 1
        elif expected is not None and not any(expected in finding for finding in found):
            print(f"the fault planted in {sorted(files)} was not found ({expected}): {found}")
            wrong += 1
    if not any(expected for _, expected in rule.SAMPLES):
        print("no sample with a fault: this rule is not proved to be able to fail")
        wrong += 1
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rule")
    parser.add_argument("--root", default=os.path.dirname(os.path.dirname(HERE)))
    parser.add_argument("--build")
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    rule = importlib.import_module("rules." + options.rule)
    if options.self_test:
        sys.exit(1 if self_test(rule) else 0)
    found = list(rule.find(Tree(options.root, options.build)))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
