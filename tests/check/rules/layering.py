"""Who may include whom: ui → app capture db; app → capture db; capture and db → nothing of ours. A unit test sees what its layer sees.

Libraries have one home too: GTK in ui, libgphoto2 in capture/host, SQLite in db. (tests/ outside tests/unit may look from outside.)
"""
import re

FOLDERS = {"ui", "app", "capture", "db", "tests"}
SEES = {
    "ui": {"ui", "app", "capture", "db"},
    "app": {"app", "capture", "db"},
    "capture": {"capture"},
    "db": {"db"},
}
HOMES = [("gtk/", "ui/"), ("gdk/", "ui/"), ("adwaita", "ui/"), ("gphoto2", "capture/host/"), ("sqlite3.h", "db/")]
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
GENERATED = {"config.h"}


def layer_of(path):
    parts = path.split("/")
    if parts[:2] == ["tests", "unit"] and len(parts) > 3 and parts[2] in SEES:
        return parts[2]
    return parts[0] if parts[0] in SEES else None


def find(tree):
    for path in tree.files(".c", ".h", ".inc"):
        layer = layer_of(path)
        for number, line in enumerate(tree.lines(path), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            quoted, name = match.group(1) == '"', match.group(2)
            folder = name.split("/")[0]
            if quoted and name not in GENERATED:
                if "/" not in name or folder not in FOLDERS:
                    yield f'{path}:{number}: "{name}" is not named from the root of the tree'
                elif layer and folder != "tests" and folder not in SEES[layer]:
                    yield f"{path}:{number}: {layer} must not see {folder} ({name})"
                elif layer and folder == "tests" and not path.startswith("tests/"):
                    yield f"{path}:{number}: {layer} must not see the tests ({name})"
            if layer and not quoted and not path.startswith("tests/"):
                for library, home in HOMES:
                    if name.startswith(library) and not path.startswith(home):
                        yield f"{path}:{number}: <{name}> belongs to {home}"


SAMPLES = [
    ({"db/a.c": '#include "capture/camera.h"\n'}, "db must not see capture"),
    ({"capture/a.h": '#include "db/store.h"\n'}, "capture must not see db"),
    ({"app/a.c": '#include "ui/window.h"\n'}, "app must not see ui"),
    ({"tests/unit/db/a.c": '#include "app/station.h"\n'}, "db must not see app"),
    ({"app/a.c": "#include <gtk/gtk.h>\n"}, "belongs to ui/"),
    ({"capture/camera.c": "#include <gphoto2/gphoto2.h>\n"}, "belongs to capture/host/"),
    ({"app/a.c": "# include <sqlite3.h>\n"}, "belongs to db/"),
    ({"ui/a.c": '#include "window.h"\n'}, "from the root"),
    ({"ui/a.c": '#include "app/a.h"\n#include <gtk/gtk.h>\n', "capture/host/a.c": "#include <gphoto2/gphoto2.h>\n",
      "tests/unit/app/a.c": '#include "db/store.h"\n#include "tests/util/a.h"\n', "db/a.c": "#include <sqlite3.h>\n"}, None),
]
