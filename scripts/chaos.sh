#!/usr/bin/env bash
# Work while everything breaks: questions and texts to the real program while a seeded plan of blows falls on its line, the
# gateway, itself and its disk; then it is judged what was lost, asked twice, answered wrongly or left behind.
#   scripts/chaos.sh [SECONDS [SEED]]    60 seconds of blows, a seed of the moment
set -euo pipefail

main() {
  local root binary seconds=${1:-60} seed=${2:-$((RANDOM * 32768 + RANDOM))} namespace=()
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  [[ $# -le 2 && $seconds =~ ^[1-9][0-9]*$ && $seed =~ ^[0-9]+$ ]] || die 64 "usage: scripts/chaos.sh [SECONDS [SEED]]"
  binary=$(release_binary "$root")
  swift build --package-path "$root" --product Chaos >&2
  # The small disk is mounted for this run alone, and is gone with it however it ends.
  if unshare --mount true 2>/dev/null; then namespace=(unshare --mount); fi
  ${namespace[@]+"${namespace[@]}"} "$root/.build/debug/Chaos" "$binary" "$seconds" "$seed"
}

main "$@"
