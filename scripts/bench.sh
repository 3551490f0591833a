#!/usr/bin/env bash
# Measures the release build against raw limits and the bars: a table here, bench/results/latest.json.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

need_rust
if have_node; then build_web; fi
cargo build --release --locked --bin thao --bin thao-bench
exec target/release/thao-bench target/release/thao
