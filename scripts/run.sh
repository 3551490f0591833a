#!/usr/bin/env bash
# Builds everything, makes the demo province when there is no data yet, and serves it.
#   DATA    the folder of the data (data)
#   LISTEN  host:port (127.0.0.1:8080)
#   PEOPLE  how many people the demo province has (5000)
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

data=${DATA:-data}

need_rust
if have_node; then
  build_web
else
  say "Node 20 is not there: the pages work without their small scripts, only plainer"
fi
say "building (a few minutes the first time)"
cargo build --release --locked --bin thao
thao=target/release/thao

if [ ! -e "$data/thao.db" ]; then
  say "making the demo province in $data"
  # Beside it first: a demo that was cut off is never taken for a whole one.
  rm -rf "$data.new"
  "$thao" demo --data "$data.new" --people "${PEOPLE:-5000}"
  mkdir -p "$data"
  mv "$data.new"/* "$data"/
  rmdir "$data.new"
fi
exec "$thao" serve --data "$data" ${LISTEN:+--listen "$LISTEN"}
