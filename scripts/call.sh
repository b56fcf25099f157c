#!/usr/bin/env bash
# Calls: finds or builds the binary and hands over to `clawdtalk call`. Without arguments the owner is called.
set -euo pipefail

main() {
  local folder
  folder=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
  # shellcheck source=scripts/prepare.sh
  source "$folder/prepare.sh"
  run_program "${folder%/*}" call "$@"
}

main "$@"
