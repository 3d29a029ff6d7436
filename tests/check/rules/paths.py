"""Nothing of the machine it was written on: no home or build folders, no addresses but those of standards and of the libraries we use."""
import re

FOLDER = re.compile(r"(?<![\w$.}/*-])/(work|home|root|mnt|Users|srv)/[\w.-]")
ADDRESS = re.compile(r"\b(?:https?|git|ssh|ftp)://([\w.-]+)")
KNOWN = re.compile(r"(^|\.)(w3\.org|apache\.org|freedesktop\.org|gnome\.org|debian\.org|spdx\.org|gtk\.org|gphoto\.org|sqlite\.org|example|example\.(com|org)|"
                   r"oasis-open\.org|openxmlformats\.org|purl\.oclc\.org|gnu\.org|iso\.org)$")
TEXT = (".c", ".h", ".py", ".sh", ".md", ".build", ".txt", ".ui", ".css", ".sql", ".xml", ".desktop", ".svg", ".po", ".in", ".1", ".service", ".rules")


def find(tree):
    for path in tree.files():
        if path == "LICENSE" or path.startswith("tests/check/rules/"):
            continue
        if not path.endswith(TEXT) and "." in path.rsplit("/", 1)[-1]:
            continue
        for number, line in enumerate(tree.lines(path), 1):
            match = FOLDER.search(line)
            if match:
                yield f"{path}:{number}: a folder of somebody's machine: {match.group(0)}…"
            for match in ADDRESS.finditer(line):
                if not KNOWN.search(match.group(1)):
                    yield f"{path}:{number}: an address that is not a standard's or a library's: {match.group(0)}"


SAMPLES = [
    ({"app/a.c": '#define X "/home/me/lanmu"\n'}, "somebody's machine"),
    ({"packaging/run": "cd /work/main\n"}, "somebody's machine"),
    ({"README.md": "see https://mirror.company.internal/debian\n"}, "an address"),
    ({"ui/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n', "app/a.c": '/* g_build_filename (home, "work/x") */\n'}, None),
]
