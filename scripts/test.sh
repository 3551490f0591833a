#!/usr/bin/env bash
# Everything that decides whether a change lands. All steps run, even after a failure; the last
# lines say which failed. Names of steps choose some:  scripts/test.sh clippy tests
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

logs=target/test
failed=()
summary=()

step_format() {
  cargo fmt --all -- --check -l || { echo "make fmt formats these files"; return 1; }
}

step_content() {
  have python3 || install python3 "the checks of the content folder"
  python3 content/tools/check.py
}

step_web() { need_node && packages web && (cd web && npm run --silent check && npm run --silent build && npm test --silent); }

step_clippy() { cargo clippy --locked --workspace --all-targets -- -D warnings; }

step_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked --workspace --no-fail-fast && cargo test --locked --workspace --doc --quiet
  else
    cargo test --locked --workspace --no-fail-fast
  fi
}

step_licences() {
  if ! cargo deny --version >/dev/null 2>&1; then
    echo "not checked: cargo-deny is not installed (cargo install cargo-deny --locked; takes some minutes)"
    return
  fi
  cargo deny --locked check --hide-inclusion-graph licenses bans sources || return
  # The list of advisories comes over the network.
  if cargo deny --locked fetch db >/dev/null 2>&1; then
    cargo deny --locked check --hide-inclusion-graph advisories
  else
    echo "not checked: the list of advisories cannot be fetched from here"
  fi
}

step_journeys() { journeys; }
step_journeys_postgres() { journeys -- --postgres; }

# The program as the step before built it: the same command, so nothing is built twice.
journeys() {
  [ -e e2e/package.json ] || { echo "there are no journeys yet"; return; }
  need_node && need_chromium && build_web && cargo build --locked --workspace --all-targets && packages e2e &&
    (cd e2e && npm test --silent "$@")
}

# A server for the tests: the one that is named, the usual one, or a private one.
need_postgres() {
  [ -z "${THAO_TEST_POSTGRES:-}" ] || return 0
  local usual=postgres://postgres@127.0.0.1:5432/test
  if have psql && PGCONNECT_TIMEOUT=3 psql -qAt "$usual" -c "SELECT 1" >/dev/null 2>&1; then
    THAO_TEST_POSTGRES=$usual
  else
    say "starting a private PostgreSQL server"
    trap 'scripts/postgres.sh stop' EXIT
    THAO_TEST_POSTGRES=$(scripts/postgres.sh url) || exit 1
  fi
  export THAO_TEST_POSTGRES
}

# The lines with which the runners close, for who reads only the end.
closing_lines() {
  grep -aE '^ *Summary \[|^test result: .* [1-9][0-9]* passed|^test result: FAILED|^ℹ (tests|pass|fail) |^# (tests|pass|fail) |^not checked: ' "$1" |
    sed 's/^ */    /'
}

run_step() {
  local name=$1 began=$SECONDS log=$logs/$1.log outcome=ok
  say "$name"
  ("step_$name") 2>&1 | tee "$log"
  [ "${PIPESTATUS[0]}" = 0 ] || { outcome=FAILED && failed+=("$name"); }
  summary+=("$(printf '%-18s %-7s %4d s' "$name" "$outcome" $((SECONDS - began)))" "$(closing_lines "$log")")
}

steps=("$@")
[ ${#steps[@]} -gt 0 ] || steps=(format content web clippy tests licences journeys journeys_postgres)
for name in "${steps[@]}"; do
  declare -F "step_$name" >/dev/null || die "There is no step called $name."
done
need_rust
case " ${steps[*]} " in *" tests "* | *" journeys_postgres "*) need_postgres ;; esac
mkdir -p "$logs"
for name in "${steps[@]}"; do run_step "$name"; done

say "make test, $SECONDS s"
for line in "${summary[@]}"; do [ -z "$line" ] || printf '%s\n' "$line"; done
if [ ${#failed[@]} -gt 0 ]; then
  printf 'FAILED: %s (logs in %s)\n' "${failed[*]}" "$logs"
  exit 1
fi
echo "ok: every step passed"
