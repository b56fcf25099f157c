#!/usr/bin/env bash
# Text messages: finds or builds the binary and hands over to `clawdtalk sms`.
set -euo pipefail

main() {
  local folder
  folder=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
  # shellcheck source=scripts/prepare.sh
  source "$folder/prepare.sh"
  run_program "${folder%/*}" sms "$@"
}

main "$@"
