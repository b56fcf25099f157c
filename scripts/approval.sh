#!/usr/bin/env bash
# Approvals: finds or builds the binary and hands over to `clawdtalk approval`.
set -euo pipefail

main() {
  local folder
  folder=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
  # shellcheck source=scripts/prepare.sh
  source "$folder/prepare.sh"
  run_program "${folder%/*}" approval "$@"
}

main "$@"
