#!/usr/bin/env bash
# First-time setup, and reconfiguration: finds or builds the binary and hands over to `clawdtalk setup`.
set -euo pipefail

main() {
  local root
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  run_program "$root" setup "$@"
}

main "$@"
