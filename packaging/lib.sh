# shellcheck shell=bash
# What packaging/run, packaging/test and packaging/bench share: install what is missing, configure, build, say what went wrong in one sentence.
# Sourced by bash, never run. Sets root (the source tree) and work (a folder for logs, removed at exit).

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/lanmu.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT

say () { printf '%s\n' "$*"; }
fail () { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# Names of the groups' packages, one a line.
packages_of () {
  local wanted=" $* " group='' name
  while read -r name _; do
    case $name in
      '' | '#'*) ;;
      '['*']') group=${name#[}; group=${group%]} ;;
      *) [[ $wanted == *" $group "* ]] && printf '%s\n' "$name" ;;
    esac
  done < "$root/packaging/dependencies.txt"
}

# Of the names on standard input, those that are not installed.
missing_of () {
  local status
  status=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' 2>/dev/null | sort -u)
  while read -r name; do
    grep -qxF "$name installed" <<<"$status" || printf '%s\n' "$name"
  done
}

# Run a command as root: as we are, or by sudo (which may ask for the password only where somebody can type it).
as_root () {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif [ -t 0 ]; then sudo "$@"
  else sudo -n "$@"
  fi
}

# need GROUP…: install what the groups of dependencies.txt lack. Nothing is asked of apt when nothing is missing.
need () {
  local missing
  command -v dpkg-query >/dev/null || fail "this is not Debian: install what packaging/dependencies.txt lists by hand, then run meson setup build && ninja -C build."
  mapfile -t missing < <(packages_of "$@" | missing_of)
  [ ${#missing[@]} = 0 ] && return 0
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    fail "${#missing[@]} packages are missing and there is neither root nor sudo; as root: apt-get install ${missing[*]}"
  fi
  say "Installing ${#missing[@]} missing packages (apt): ${missing[*]}"
  # A mirror that is out of reach is no reason to stop while the lists at hand still do; the install decides.
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update >"$work/apt" 2>&1 || :
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 --no-install-recommends \
       install "${missing[@]}" >>"$work/apt" 2>&1 </dev/null; then
    tail -n 5 "$work/apt" >&2
    fail "apt could not install what is missing (see above): check the network and that the package lists are Debian 12's, then run this again."
  fi
}

# configure FOLDER [meson options]: make the build folder, or make it again when it was made for another source folder or never finished. Options
# that differ from last time are set; a folder made by hand (no memory of ours in it) keeps its own.
configure () {
  local folder=$1 again=() memory=$1/options-given; shift
  if [ -e "$folder/build.ninja" ] && grep -qF "\"source\": \"$root\"" "$folder/meson-info/meson-info.json" 2>/dev/null; then
    if [ ! -e "$memory" ] || [ "$(cat "$memory")" = "$*" ]; then return 0; fi
    meson configure "$folder" "$@" >"$work/configure" 2>&1 || fail "the build folder $folder does not take the options $*: $(tail -n 1 "$work/configure")"
    printf '%s\n' "$*" >"$memory"
    return 0
  fi
  [ -e "$folder/meson-private/coredata.dat" ] && again=(--wipe)
  say "Configuring $folder"
  if ! meson setup "${again[@]}" "$@" "$folder" "$root" >"$work/configure" 2>&1; then
    tail -n 15 "$work/configure" >&2
    fail "the build could not be configured (see above); the whole log is in $folder/meson-logs/meson-log.txt."
  fi
  printf '%s\n' "$*" >"$memory"
}

# build FOLDER [targets]: quiet when there is nothing to do.
build () {
  local folder=$1; shift
  ninja -C "$folder" -n "$@" 2>/dev/null | grep -q 'no work to do' && return 0
  say "Building $folder"
  if [ -t 1 ]; then
    ninja -C "$folder" "$@" || fail "the build failed (see above)."
  elif ! ninja -C "$folder" "$@" >"$work/build" 2>&1; then
    grep -vE '^\[[0-9]+/[0-9]+\] (Compiling|Generating|Linking)' "$work/build" | tail -n 60 >&2
    fail "the build failed (see above)."
  fi
}
