#!/usr/bin/env bash
# Compares this project's WebSocket client with others, all against one local server, side by side in one run.
#   scripts/bench.sh             12 cases, five rounds: about ten minutes after the builds
#   scripts/bench.sh --quick     four cases, three rounds: about two minutes
#   --rounds N, --seconds N      as often, as long (for each client, case and round)
#   --case 'receive 4 KiB'       only this one, as the tables name it; can be repeated
# permessage-deflate is off everywhere, every client masks. Linux only. What cannot be built here is skipped, and said so.
# Our own client is a target of the root package (Tests/BenchmarkClient), because `package` access ends at its border;
# all others live in benchmarks/, so that they stay out of the product's dependencies.
set -euo pipefail

# Words for compare.py, and what was left out.
clients=()
skipped=()

add_client() { clients+=(--client "$@"); }

skip() {
  skipped+=("$1")
  say "Skipping $1."
}

build_server() {
  local folder=$1 output=$2
  gcc -O3 -march=native -Wall -Wextra "$folder/server.c" -o "$output/server" -lcrypto >&2
}

build_own() {
  local root=$1
  swift build --package-path "$root" -c release "${release_flags[@]}" --product BenchmarkClient >&2
  add_client "handler" "$root/.build/release/BenchmarkClient" handler
  add_client "async on the loop" "$root/.build/release/BenchmarkClient" async-on-loop
  add_client "async" "$root/.build/release/BenchmarkClient" async
}

build_beast() {
  local folder=$1 output=$2
  if (ensure_packages g++ libboost-dev) \
    && g++ -O3 -std=c++17 -pthread "$folder/client.cpp" -o "$output/beast" >&2; then
    add_client "Beast" "$output/beast" default
    add_client "Beast tuned" "$output/beast" tuned
  else
    skip "Boost.Beast: no compiler or no libboost-dev"
  fi
}

build_nio() {
  local folder=$1
  if swift build --package-path "$folder" -c release "${release_flags[@]}" >&2; then
    add_client "SwiftNIO" "$folder/.build/release/NIOClient"
  else
    skip "SwiftNIO: it could not be fetched or built"
  fi
}

# Each by itself: one may be there where the other is not.
prepare_python() {
  local folder=$1 venv=$2/venv
  [[ -x $venv/bin/python ]] || python3 -m venv "$venv"
  if "$venv/bin/python" -m pip install -q --disable-pip-version-check 'picows>=1.9' uvloop >&2; then
    add_client "picows" "$venv/bin/python" "$folder/picows_client.py"
  else
    skip "picows: pip could not install it"
  fi
  if "$venv/bin/python" -m pip install -q --disable-pip-version-check 'websockets>=15,<17' >&2; then
    add_client "websockets" "$venv/bin/python" "$folder/websockets_client.py"
  else
    skip "websockets: pip could not install it"
  fi
}

describe_machine() {
  local processor
  processor=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
  printf '%s, %s, %s cores%s, load before %s\n' "$(date +%F)" "$(uname -sm)" "$(nproc)" \
    "${processor:+ ($processor)}" "$(cut -d ' ' -f 1 /proc/loadavg)"
}

main() {
  local root output line release_flags
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  [[ ${1:-} != --help && ${1:-} != -h ]] || { sed -n '2,9s/^# //p' "${BASH_SOURCE[0]}" && return; }
  [[ $(uname) == Linux ]] || die 69 "The benchmark's server runs on Linux only."
  output=$root/benchmarks/.build
  mkdir -p "$output"
  ensure_packages libssl-dev zlib1g-dev pkg-config python3-venv gcc
  ensure_swift
  choose_release_flags
  build_server "$root/benchmarks/server" "$output"
  build_own "$root"
  build_beast "$root/benchmarks/beast" "$output"
  build_nio "$root/benchmarks/nio"
  prepare_python "$root/benchmarks/python" "$output"
  describe_machine
  python3 "$root/benchmarks/compare.py" --server "$output/server" "${clients[@]}" \
    --baseline "Beast" --baseline "Beast tuned" --baseline "SwiftNIO" "$@"
  [[ ${#skipped[@]} -eq 0 ]] || for line in "${skipped[@]}"; do printf '\nSkipped: %s.\n' "$line"; done
}

main "$@"
