"""A manual page knows every option of its program: manual.py PAGE PROGRAM reads --help of the program, and of each command it lists.

manual.py --self-test: an option that is missing from a page is found.
"""
import os
import re
import subprocess
import sys

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]+")


def unescape(page):
    return re.sub(r"\\f[A-Z]", "", page.replace("\\-", "-").replace("\\ ", " "))


def missing(page, text):
    known = set(OPTION.findall(unescape(page)))
    return sorted(set(OPTION.findall(text)) - known)


def help_of(*command):
    answer = subprocess.run([*command, "--help"], capture_output=True, text=True, env={**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"})
    if answer.returncode != 0 or "--" not in answer.stdout:
        sys.exit(f"{' '.join(command)} --help ends with {answer.returncode}: {answer.stderr.strip()}")
    return answer.stdout


def main():
    if sys.argv[1:] == ["--self-test"]:
        page = ".B \\-\\-known\n.BI \\-\\-two\\-words \" N\"\n"
        sys.exit(0 if missing(page, "  --known  --two-words=N  --new  x") == ["--new"] else 1)
    page_path, program = sys.argv[1:]
    with open(page_path, encoding="utf-8") as file:
        page = file.read()
    text = help_of(program)
    for command in re.findall(r"^  ([a-z]+) ", text.partition("Commands:")[2].partition("\n\n")[0], re.M):
        text += help_of(program, command)
        if not re.search(rf"\b{command}\b", unescape(page)):
            sys.exit(f"{page_path} does not know the command {command}")
    lacks = missing(page, text)
    if lacks:
        sys.exit(f"{page_path} does not know {' '.join(lacks)}")


main()
