#!/usr/bin/env bash
# Takes away what setup added: finds or builds the binary and hands over to `clawdtalk uninstall`.
set -euo pipefail

main() {
  local root binary
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  binary=$(release_binary "$root")
  export CLAWDTALK_HOME=${CLAWDTALK_HOME:-$root}
  exec "$binary" uninstall "$@"
}

main "$@"
