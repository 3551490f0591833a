# What the scripts share: words, and how a fresh machine gets what it lacks.
# shellcheck shell=bash

say() { printf '\n== %s\n' "$*"; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# as_root COMMAND…: runs it as root, without asking for a password; fails when that is not possible.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    have sudo && sudo -n true 2>/dev/null && sudo -n "$@"
  fi
}

# install PACKAGE WHAT_FOR: from Debian's packages when that is permitted; says what to do otherwise.
install() {
  local package=$1 what_for=$2
  if have apt-get && as_root true 2>/dev/null; then
    say "installing $package ($what_for)"
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get install -y -q --no-install-recommends "$package" >/dev/null 2>&1 && return
    as_root apt-get update -q >/dev/null && as_root apt-get install -y -q --no-install-recommends "$package" && return
  fi
  die "Missing: $package ($what_for). Install it and start again:  sudo apt-get install $package"
}

need_rust() {
  have cargo || die "Missing: Rust 1.95 or newer. Install it from https://rustup.rs and start again."
  have cc || install build-essential "the C compiler that the embedded database is built with"
}

# Node 20 or newer?
have_node() {
  have node && have npm && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]
}

need_node() {
  have_node || die "Missing: Node 20 or newer with npm. Install it from https://nodejs.org (or your system's packages) and start again."
}

# packages FOLDER: exactly what its package-lock.json says, when that is not there yet.
packages() {
  local lock=$1/package-lock.json done=$1/node_modules/.package-lock.json
  [ "$done" -nt "$lock" ] || (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
}

# The scripts of the pages, into web/dist, from where the Rust build takes them.
build_web() {
  packages web && (cd web && npm run --silent build)
}

# The browser of the journeys, in CHROMIUM.
need_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    if [ -n "$name" ] && have "$name"; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      return
    fi
  done
  install chromium "the browser the journeys run in"
  CHROMIUM=$(command -v chromium) || die "Chromium was installed and is still not there. Name it: CHROMIUM=/path/to/chromium"
  export CHROMIUM
}
