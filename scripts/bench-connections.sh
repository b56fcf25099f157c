#!/usr/bin/env bash
# Measures what idle WebSockets cost in one process: 1, 100, 1,000 and 5,000 of them, of which one is active.
#   scripts/bench-connections.sh             over ws and wss, five rounds: about four minutes after the builds
#   scripts/bench-connections.sh --quick     one round: about half a minute
#   --client NAME PATH                       another build of the client in the same run, in turns; can be repeated
#   --rounds N, --round-trips N              rounds, and round trips on the active connection
#   --connections N, --scheme ws|wss         only this many, only this scheme; can be repeated
#   --json FILE                              writes the figures of each run
# The server accepts permessage-deflate without context takeover, and each connection sends and receives a compressed login
# before it rests. Memory is what the connections add to the process after malloc_trim. Linux only, loopback only.
set -euo pipefail

make_identity() {
  local folder=$1
  [[ -f $folder/service.pem ]] && openssl x509 -in "$folder/service.pem" -noout -checkend 86400 >/dev/null && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=bench' \
    -addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' -keyout "$folder/service.key" -out "$folder/service.pem" \
    2>/dev/null
}

# The loop is that of the other benchmark's rig.
build_server() {
  local folder=$1 output=$2
  gcc -O3 -Wall -Wextra -I "$folder/bridge" "$folder/connections/server.c" "$folder/bridge/loop.c" \
    -o "$output/connections-server" -lssl -lcrypto >&2
}

build_client() {
  local root=$1 release_flags
  choose_release_flags
  swift build --package-path "$root" -c release "${release_flags[@]}" --product ConnectionsClient >&2
}

describe_run() {
  local root=$1 processor commit
  processor=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
  commit=$(git -C "$root" describe --always --dirty 2>/dev/null || printf 'no repository')
  printf '%s, %s, %s cores%s, load before %s, commit %s\n' "$(date +%F)" "$(uname -sm)" "$(nproc)" \
    "${processor:+ ($processor)}" "$(cut -d ' ' -f 1 /proc/loadavg)" "$commit"
}

main() {
  local root output
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  [[ ${1:-} != --help && ${1:-} != -h ]] || { sed -n '2,10s/^# //p' "${BASH_SOURCE[0]}" && return; }
  [[ $(uname) == Linux ]] || die 69 "The benchmark runs on Linux only."
  output=$root/benchmarks/.build
  mkdir -p "$output"
  ensure_packages libssl-dev zlib1g-dev pkg-config gcc openssl python3
  ensure_swift
  build_server "$root/benchmarks" "$output"
  build_client "$root"
  make_identity "$output"
  python3 "$root/benchmarks/connections/measure.py" --server "$output/connections-server" \
    --identity "$output/service.pem" "$output/service.key" --about "$(describe_run "$root")" \
    --client "this build" "$root/.build/release/ConnectionsClient" "$@"
}

main "$@"
