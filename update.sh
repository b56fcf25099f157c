#!/usr/bin/env bash
# Updates the program, or goes back to the version before: finds or builds the binary and hands over to `clawdtalk update`.
set -euo pipefail

main() {
  local root binary
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  binary=$root/.build/release/clawdtalk
  # What is there will do: building the sources of now is for the update itself.
  [[ -x $binary ]] || binary=$(release_binary "$root")
  hand_over "$root" "$binary" update "$@"
}

main "$@"
