#!/usr/bin/env bash
# Builds and tests everything; installs what a fresh machine lacks.
#   test.sh            units and scenarios
#   test.sh FILTER     only the tests whose names match
set -euo pipefail

main() {
  local root binary venv arguments=()
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  cd "$root"
  [[ ${1:-} != --help && ${1:-} != -h ]] || { sed -n '2,4s/^# //p' "$0" && return; }
  ensure_packages libssl-dev zlib1g-dev pkg-config python3-venv openssl attr acl
  ensure_swift
  venv=$root/.build/test-venv
  prepare_test_python "$venv"
  # The scenarios run the program that users run.
  binary=$(release_binary "$root")
  [[ -z ${1:-} ]] || arguments=(--filter "$1")
  CLAWDTALK_TEST_PYTHON=$venv/bin/python CLAWDTALK_TEST_BINARY=$binary \
    swift test ${arguments[@]+"${arguments[@]}"}
}

main "$@"
