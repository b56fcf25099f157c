#!/usr/bin/env bash
# A day's work of the bridge at full speed: memory, descriptors and threads before and after it.
#   scripts/soak.sh            20,000 questions, 500 reconnects, 2,000 texts; half an hour, mostly the waits before reconnects
#   scripts/soak.sh --quick    a tenth of the questions and texts, 10 reconnects; three minutes
set -euo pipefail

main() {
  local root binary counts=(20000 500 2000)
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  case ${1:-} in
    '') ;;
    --quick) counts=(2000 10 200) ;;
    *) die 64 "usage: scripts/soak.sh [--quick]" ;;
  esac
  binary=$(release_binary "$root")
  swift build --package-path "$root" --product Soak >&2
  "$root/.build/debug/Soak" "$binary" "${counts[@]}"
}

main "$@"
