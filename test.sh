#!/usr/bin/env bash
# Builds and tests everything; installs what a fresh machine lacks.
#   test.sh            units and scenarios
#   test.sh FILTER     only the tests whose names match
set -euo pipefail

# A Python with the packages whose servers the tests talk to.
prepare_python() {
  local venv=$1
  if [[ ! -x $venv/bin/python ]] || ! "$venv/bin/python" -c 'import websockets' 2>/dev/null; then
    say "Making a Python environment for the test servers …"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check 'websockets>=13,<17'
  fi
}

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
  prepare_python "$venv"
  # The scenarios run the program that users run.
  binary=$(release_binary "$root")
  [[ -z ${1:-} ]] || arguments=(--filter "$1")
  CLAWDTALK_TEST_PYTHON=$venv/bin/python CLAWDTALK_TEST_BINARY=$binary \
    swift test ${arguments[@]+"${arguments[@]}"}
}

main "$@"
