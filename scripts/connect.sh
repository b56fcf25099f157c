#!/usr/bin/env bash
# The bridge, for those who look for it here: hands over to connect.sh of the package.
set -euo pipefail

main() {
  local folder
  folder=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
  exec "${folder%/*}/connect.sh" "$@"
}

main "$@"
