"""Files a person reads whole: about 200 lines a .c file, never more than 500 (a test, a list of cases: 700);
headers never more than 300; no line over 200 characters."""

LIMITS = {".c": 500, ".h": 300, ".py": 300, ".sh": 300}
WIDTH = 200


def find(tree):
    for path in tree.files(*LIMITS):
        lines = tree.lines(path)
        limit = LIMITS[path[path.rindex("."):]] + (200 if path.startswith("tests/") else 0)
        if len(lines) > limit:
            yield f"{path}: {len(lines)} lines, more than {limit}: split it by what its parts are for"
        for number, line in enumerate(lines, 1):
            if len(line) > WIDTH:
                yield f"{path}:{number}: {len(line)} characters wide"


SAMPLES = [
    ({"app/a.c": "int x;\n" * 501}, "501 lines"),
    ({"app/a.h": "int x;\n" * 301}, "301 lines"),
    ({"app/a.c": "int " + "x" * 201 + ";\n"}, "wide"),
    ({"tests/a.c": "int x;\n" * 701}, "701 lines"),
    ({"app/a.c": "int x;\n" * 500, "tests/a.c": "int x;\n" * 700}, None),
]
