"""One list of Debian packages: packaging/debian/control names what packaging/dependencies.txt installs, and every pkg-config name of the build has its package."""
import os
import re

LIST, CONTROL = "packaging/dependencies.txt", "packaging/debian/control"
# pkg-config or find_library name in a meson.build → the package that brings it.
BRINGS = {
    "glib-2.0": "libglib2.0-dev", "gobject-2.0": "libglib2.0-dev", "gio-2.0": "libglib2.0-dev", "gio-unix-2.0": "libglib2.0-dev",
    "gmodule-2.0": "libglib2.0-dev", "gtk4": "libgtk-4-dev", "libcanberra": "libcanberra-dev", "libadwaita-1": "libadwaita-1-dev", "libgphoto2": "libgphoto2-dev",
    "libgphoto2_port": "libgphoto2-dev", "gudev-1.0": "libgudev-1.0-dev", "libturbojpeg": "libturbojpeg0-dev", "libexif": "libexif-dev",
    "json-glib-1.0": "libjson-glib-dev", "sqlite3": "libsqlite3-dev", "lcms2": "liblcms2-dev", "libsodium": "libsodium-dev",
    "cairo": "libcairo2-dev", "cairo-pdf": "libcairo2-dev", "pango": "libpango1.0-dev", "pangocairo": "libpango1.0-dev", "gdk-pixbuf-2.0": "libgtk-4-dev", "graphene-1.0": "libgtk-4-dev",
    "threads": "libc6-dev", "m": "libc6-dev", "rt": "libc6-dev", "nettle": "nettle-dev", "libjpeg": "libjpeg62-turbo-dev", "x11": "libgtk-4-dev", "XNNPACK": "libxnnpack-dev",
    "libzip": "libzip-dev", "expat": "libexpat1-dev", "libgsf-1": "libgsf-1-dev", "shapelib": "libshp-dev", "libxml-2.0": "libxml2-dev",
    "xlsxwriter": "libxlsxwriter-dev", "icu-i18n": "libicu-dev", "icu-uc": "libicu-dev", "roaring": "libroaring-dev",
}
USE = re.compile(r"(?:\bdependency|find_library) *\(\s*'([^']+)'")


def groups(tree):
    found, group = {}, None
    for line in tree.lines(LIST):
        if line.startswith("["):
            group = found.setdefault(line.strip().strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            group.append(line.split()[0])
    return found


def field(text, name):
    match = re.search(rf"^{name}:(.*(?:\n .*)*)", text, re.M)
    return {item.split("(")[0].strip() for item in match.group(1).replace("\n", " ").split(",")} if match else set()


def find(tree):
    if not os.path.exists(tree.path(LIST)):
        return
    lists = groups(tree)
    control = tree.text(CONTROL)
    build_depends = field(control, "Build-Depends")
    for name in lists.get("build", []):
        if name not in build_depends:
            yield f"{CONTROL}: Build-Depends lacks {name}"
    for path in tree.files("meson.build"):
        text = re.sub(r"#.*", "", tree.text(path))
        for name in USE.findall(text):
            if name not in BRINGS:
                yield f"{path}: no package is known to bring {name}: say it in tests/check/rules/dependencies.py"
            elif BRINGS[name] not in lists.get("build", []) + lists.get("test", []):
                yield f"{path}: {name} needs {BRINGS[name]}, which {LIST} does not list"


CLEAN = {LIST: "[build]\ngcc\nlibc6-dev  the C library\n[run]\nxvfb\n", CONTROL: "Source: x\nBuild-Depends: debhelper-compat (= 13),\n gcc,\n libc6-dev\n"}
SAMPLES = [
    ({**CLEAN, "meson.build": "m = cc.find_library('m')\n"}, None),
    ({**CLEAN, CONTROL: "Source: x\nBuild-Depends: gcc\n"}, "lacks libc6-dev"),
    ({**CLEAN, "db/meson.build": "d = dependency('sqlite3')\n"}, "libsqlite3-dev"),
    ({**CLEAN, "db/meson.build": "d = dependency('zlib')\n"}, "no package is known"),
]
