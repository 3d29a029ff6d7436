"""The arrows again, from what the build really does: no GTK flag on a compile line of app, capture and db, and one program links libgphoto2."""
import json
import os
import re

TARGET = re.compile(r"^build ([^:]+): c_LINKER\S* ")


def compile_lines(tree):
    path = os.path.join(tree.build or "", "compile_commands.json")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def source_of(tree, entry):
    """The file of a compile line, from the root of the tree. (The samples name theirs so already.)"""
    if entry["directory"] == "build":
        return entry["file"]
    return os.path.relpath(os.path.realpath(os.path.join(entry["directory"], entry["file"])), os.path.realpath(tree.root))


def find(tree):
    entries = compile_lines(tree)
    if entries is None:
        yield f"{tree.build}: no compile_commands.json: give the build folder with --build"
        return
    for entry in entries:
        path, command = source_of(tree, entry), entry["command"]
        layer = path.split("/")[0]
        if layer in ("app", "capture", "db") and re.search(r"/gtk-4\.0|/libadwaita-1", command):
            yield f"{path}: {layer} is compiled with GTK's flags"
        if layer in ("app", "db", "ui", "capture") and not path.startswith("capture/host/") and re.search(r"-I\S*/gphoto2\b", command):
            yield f"{path}: compiled with libgphoto2's flags outside capture/host"
    target = None
    with open(os.path.join(tree.build, "build.ninja"), encoding="utf-8") as file:
        for line in file:
            match = TARGET.match(line)
            if match:
                target = match.group(1).strip()
            elif target and line.startswith(" LINK_ARGS") and "libgphoto2" in line:
                if target != "capture/lanmu-camera" and not target.startswith("tests/"):
                    yield f"{target}: links libgphoto2; only capture/lanmu-camera may"


def built(path, command, ninja=""):
    entry = [{"directory": "build", "file": path, "command": command}]
    return {"build/compile_commands.json": json.dumps(entry), "build/build.ninja": ninja}


def link(target):
    return f"build {target}: c_LINKER a.o\n LINK_ARGS = /usr/lib/libgphoto2.so\n"


SAMPLES = [
    (built("app/a.c", "cc -I/usr/include/gtk-4.0 -c a.c"), "GTK's flags"),
    (built("capture/a.c", "cc -I/usr/include/gphoto2 -c a.c"), "outside capture/host"),
    (built("ui/a.c", "cc -c a.c", link("ui/lanmu")), "only capture/lanmu-camera may"),
    ({"db/a.c": ""}, "no compile_commands.json"),
    (built("ui/a.c", "cc -I/usr/include/gtk-4.0 -c a.c", link("capture/lanmu-camera") + link("tests/unit/capture/host")), None),
    (built("capture/host/a.c", "cc -I/usr/include/gphoto2 -c a.c"), None),
]
