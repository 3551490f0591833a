#!/usr/bin/env bash
# A private PostgreSQL server for tests, in a folder of its own under the system's temporary files.
#   postgres.sh         starts it when it does not run; prints what to set
#   postgres.sh url     the same, prints only the URL
#   postgres.sh stop    stops it and deletes its data
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

place=target/postgres.place

programs() {
  # Most of these folders are not there, which find calls an error.
  { find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* -maxdepth 3 -name initdb 2>/dev/null || true; } |
    sort -V | tail -n 1 | xargs -r dirname
}

# The server refuses to run as root.
as_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

free_port() {
  local port
  for port in $(seq 54330 54399); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  die "No free port between 54330 and 54399 for a PostgreSQL server."
}

start() {
  local bin folder port
  bin=$(programs)
  if [ -z "$bin" ]; then
    install postgresql "the second database the tests run on" >&2
    bin=$(programs)
  fi
  [ -n "$bin" ] || die "PostgreSQL was installed and its programs are still not found. Start a server yourself and name it: THAO_TEST_POSTGRES=postgres://user@host/database"
  folder=$(mktemp -d "${TMPDIR:-/tmp}/thao-postgres-XXXXXX")
  chmod 755 "$folder"
  [ "$(id -u)" != 0 ] || chown postgres "$folder"
  port=$(free_port)
  # Nothing here outlives a test: the server need not wait for the disk.
  (
    cd /
    as_owner "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C --no-sync
    as_owner "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder -c fsync=off -c full_page_writes=off -c max_connections=200"
    as_owner "$bin/createdb" -h 127.0.0.1 -p "$port" -U postgres test
  ) >"$folder/start.log" 2>&1 || { cat "$folder/start.log" "$folder/log" >&2; die "PostgreSQL did not start."; }
  mkdir -p target
  printf '%s\n' "$bin" "$folder" "$port" >"$place"
}

running() {
  [ -e "$place" ] && { read -r bin && read -r folder && read -r port; } <"$place" &&
    (cd / && "$bin/pg_isready" -q -h 127.0.0.1 -p "$port")
}

stop() {
  running || return 0
  (cd / && as_owner "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop) >/dev/null
  rm -rf "$folder" "$place"
}

case ${1:-} in
  stop) stop ;;
  "" | url)
    running || start
    running
    url="postgres://postgres@127.0.0.1:$port/test"
    if [ "${1:-}" = url ]; then echo "$url"; else echo "export THAO_TEST_POSTGRES=$url"; fi
    ;;
  *) die "postgres.sh knows: url, stop" ;;
esac
