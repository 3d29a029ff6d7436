"""Every script parses and can be run: bash -n, Python's own parser, the executable bit where there is a #! line."""
import ast
import os
import subprocess


def kind_of(tree, path):
    with open(tree.path(path), "rb") as file:
        first = file.readline(80).decode("utf-8", "replace")
    if first.startswith("#!"):
        return ("shell" if "sh" in first else "python" if "python" in first else "other"), True
    if path.endswith(".sh"):
        return "shell", False
    if path.endswith(".py"):
        return "python", False
    return None, False


def find(tree):
    for path in tree.files():
        kind, starts = kind_of(tree, path)
        if kind == "shell":
            answer = subprocess.run(["bash", "-n", tree.path(path)], capture_output=True, text=True)
            if answer.returncode != 0:
                yield f"{path}: bash cannot read it: {answer.stderr.strip()}"
        elif kind == "python":
            try:
                ast.parse(tree.text(path))
            except SyntaxError as error:
                yield f"{path}:{error.lineno}: Python cannot read it: {error.msg}"
        if starts and "/" in path and not os.access(tree.path(path), os.X_OK):
            yield f"{path}: starts with #! but is not executable"


SAMPLES = [
    ({"packaging/run": "#!/bin/bash\nif true; then\n"}, "bash cannot read it"),
    ({"tests/a.py": "def f (:\n"}, "Python cannot read it"),
    ({"tests/b.sh": "#!/bin/sh\ntrue\n"}, "not executable"),
    ({"tests/a.py": "x = 1\n", "packaging/lib.sh": "f () { true; }\n"}, None),
]
