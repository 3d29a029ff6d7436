#!/bin/bash
# -Dui=false must build everything but the kiosk on a machine that has no GTK: pkg-config is shown a folder without GTK's files.
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
meson setup -Dui=false -Dtests=false -Doptimization=0 -Dwerror=true "$folder/build" "$source"
ninja -C "$folder/build"
for program in app/lanmuctl capture/lanmu-camera capture/lanmu-simcam; do
  [ -x "$folder/build/$program" ] || { echo "$program was not built"; exit 1; }
done
"$folder/build/app/lanmuctl" --help >/dev/null
! ldd "$folder/build/app/lanmuctl" | grep -E 'gtk|adwaita|gphoto2'
