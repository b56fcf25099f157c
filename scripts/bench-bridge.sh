#!/usr/bin/env bash
# Measures the relay whole: a generator of our own plays the service and the gateway, and starts the bridge itself.
#   scripts/bench-bridge.sh             over ws, wss, and wss with the system's certificates: about eight minutes
#   scripts/bench-bridge.sh --quick     about a minute
#   --client NAME 'COMMAND'             another client in the same run, in turns; can be repeated. {HOME}, {SERVER},
#                                       {GATEWAY} and {TOKEN} are replaced; its home holds a skill-config.json
#   --json FILE                         the figures
#   --plot FILE                         the distribution of latencies, as SVG
# The floor is a relay in C that does no more than it must (benchmarks/bridge/relay.c). Linux only, loopback only.
set -euo pipefail

build_rig() {
  local folder=$1 output=$2
  gcc -O3 -Wall -Wextra "$folder/rig.c" "$folder/loop.c" "$folder/service.c" "$folder/gateway.c" "$folder/client.c" \
    -o "$output/rig" -lssl -lcrypto >&2
  gcc -O3 -Wall -Wextra "$folder/relay.c" -o "$output/relay" >&2
}

make_identity() {
  local folder=$1
  [[ -f $folder/service.pem ]] && openssl x509 -in "$folder/service.pem" -noout -checkend 86400 >/dev/null && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=bench' \
    -addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' -keyout "$folder/service.key" -out "$folder/service.pem" \
    2>/dev/null
}

describe_run() {
  local root=$1 processor commit
  processor=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
  commit=$(git -C "$root" describe --always --dirty 2>/dev/null || printf 'no repository')
  printf '%s, %s, %s cores%s, load before %s, commit %s\n' "$(date +%F)" "$(uname -sm)" "$(nproc)" \
    "${processor:+ ($processor)}" "$(cut -d ' ' -f 1 /proc/loadavg)" "$commit"
}

main() {
  local root output binary plot='' json='' words=()
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  [[ ${1:-} != --help && ${1:-} != -h ]] || { sed -n '2,9s/^# //p' "${BASH_SOURCE[0]}" && return; }
  [[ $(uname) == Linux ]] || die 69 "The benchmark runs on Linux only."
  output=$root/benchmarks/.build
  while [[ $# -gt 0 ]]; do
    case $1 in
      --quick) words+=("$1") && shift ;;
      --client) [[ $# -ge 3 ]] || die 64 "--client takes a name and a command." && words+=("${@:1:3}") && shift 3 ;;
      --json) json=${2:?--json takes a file} && shift 2 ;;
      --plot) plot=${2:?--plot takes a file} && shift 2 ;;
      *) die 64 "Unknown option $1. See --help." ;;
    esac
  done
  mkdir -p "$output"
  ensure_packages libssl-dev gcc openssl python3 ca-certificates
  binary=$(release_binary "$root")
  build_rig "$root/benchmarks/bridge" "$output"
  make_identity "$output"
  python3 "$root/benchmarks/bridge/measure.py" --rig "$output/rig" --about "$(describe_run "$root")" \
    --identity "$output/service.pem" "$output/service.key" --store /etc/ssl/certs/ca-certificates.crt \
    --own 'the bridge' "$(printf '%q run' "$binary")" \
    --floor 'C relay' "$(printf '%q {SERVER} {GATEWAY} {TOKEN}' "$output/relay")" \
    --json "${json:-$output/bridge.json}" ${words[@]+"${words[@]}"}
  [[ -z $plot ]] || python3 "$root/benchmarks/bridge/plot.py" "${json:-$output/bridge.json}" "$plot"
}

main "$@"
