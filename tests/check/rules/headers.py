"""A header is a contract: it opens with a comment that says what it is for, and is guarded by #pragma once. A .c file of the product opens so too."""

PRODUCT = ("app/", "capture/", "db/", "ui/")


def find(tree):
    for path in tree.files(".h", ".c"):
        if not path.startswith(PRODUCT):
            continue
        text = tree.text(path)
        if not text.lstrip().startswith(("/*", "//")):
            yield f"{path}:1: does not open with a comment that says why it exists"
        if path.endswith(".h") and "#pragma once" not in text:
            yield f"{path}: no #pragma once"


SAMPLES = [
    ({"app/a.h": "#pragma once\nint x;\n"}, "does not open with a comment"),
    ({"app/a.h": "/* What a is. */\nint x;\n"}, "no #pragma once"),
    ({"db/a.c": '#include "db/a.h"\n'}, "does not open with a comment"),
    ({"app/a.h": "/* What a is. */\n#pragma once\n", "app/a.c": "// Why.\n", "tests/unit/app/a.c": "int x;\n"}, None),
]
