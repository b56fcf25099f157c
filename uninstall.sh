#!/usr/bin/env bash
# Takes away what setup added: finds or builds the binary and hands over to `clawdtalk uninstall`.
set -euo pipefail

main() {
  local root
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  run_program "$root" uninstall "$@"
}

main "$@"
