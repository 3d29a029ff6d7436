"""What a rule looks at: the source tree (and, for some rules, a build folder made from it)."""
import os
import re

SKIPPED = re.compile(r"(build.*|demo|\.git|__pycache__|subprojects|\.cache|\.vscode|\.idea)$")


class Tree:
    """Files by path relative to the root, with forward slashes."""

    def __init__(self, root, build=None):
        self.root = root
        self.build = build

    def files(self, *suffixes):
        found = []
        for folder, folders, names in os.walk(self.root):
            top = folder == self.root
            folders[:] = sorted(d for d in folders if not (SKIPPED.match(d) and (top or d == "__pycache__")))
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), self.root)
                if os.path.isfile(os.path.join(self.root, path)) and (not suffixes or name.endswith(suffixes)):
                    found.append(path)
        return found

    def path(self, name):
        return os.path.join(self.root, name)

    def text(self, name):
        with open(self.path(name), encoding="utf-8", errors="replace") as file:
            return file.read()

    def lines(self, name):
        return self.text(name).splitlines()

    def code(self, name):
        """Lines of a C file without comments and without what stands inside string and character literals."""
        return blank(self.text(name)).splitlines()


TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def blank(text):
    def replace(match):
        token = match.group(0)
        if token.startswith("/"):
            return "\n" * token.count("\n") + " "
        return token[0] + token[-1]
    return TOKEN.sub(replace, text)
