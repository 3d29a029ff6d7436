#!/bin/bash
# -Dui=false builds everything but the kiosk on a machine that has no GTK (pkg-config is shown a folder without GTK's files), and what is installed
# from it works where it was put: lanmuctl runs, finds its camera host and is linked to neither GTK nor libgphoto2.
#   noui.sh SOURCE
set -eu
source=$(cd "$1" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/pc"
for found in $(pkg-config --variable pc_path pkg-config | tr : ' '); do
  [ -d "$found" ] && find "$found" -name '*.pc' ! -name 'gtk*' ! -name 'libadwaita*' -exec ln -sf -t "$folder/pc" {} +
done
unset PKG_CONFIG_PATH
export PKG_CONFIG_LIBDIR=$folder/pc
if pkg-config --exists gtk4; then
  echo "gtk4 can still be found: this test would prove nothing"
  exit 1
fi
meson setup -Dui=false -Dtests=false -Doptimization=0 -Ddebug=false -Dwerror=true -Dprefix=/usr "$folder/build" "$source"
ninja -C "$folder/build"
meson install -C "$folder/build" --no-rebuild --destdir "$folder/installed" >/dev/null
cd "$folder/installed/usr"
for program in bin/lanmuctl libexec/lanmu/lanmu-camera libexec/lanmu/lanmu-simcam share/man/man1/lanmuctl.1; do
  [ -s "$program" ] || { echo "$program was not installed"; find . -type f; exit 1; }
done
bin/lanmuctl --help >/dev/null
if ldd bin/lanmuctl libexec/lanmu/lanmu-simcam | grep -E 'gtk|adwaita|gphoto2'; then
  echo "linked to what it must not see"
  exit 1
fi
