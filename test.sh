#!/usr/bin/env bash
# Builds and tests everything; installs what a fresh machine lacks.
#   test.sh            units and scenarios
#   test.sh FILTER     only the tests whose names match
#   test.sh --full     all of it, the transport once more as released, the sanitizers, a tenth of a day's work, chaos and
#                      the container image; an hour and a half
set -euo pipefail

run_tests() {
  local root=$1 binary venv arguments=()
  ensure_packages libssl-dev zlib1g-dev pkg-config python3-venv openssl attr acl
  ensure_swift
  venv=$root/.build/test-venv
  prepare_test_python "$venv"
  # The scenarios run the program that users run.
  binary=$(release_binary "$root")
  [[ -z ${2:-} ]] || arguments=(--filter "$2")
  # A hundred programs at once would keep each other from what they do within a second or two.
  export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
  CLAWDTALK_TEST_PYTHON=$venv/bin/python CLAWDTALK_TEST_BINARY=$binary \
    swift test ${arguments[@]+"${arguments[@]}"}
}

# What depends on lifetimes may hold in a debug build only.
run_transport_as_released() {
  local root=$1
  CLAWDTALK_TEST_PYTHON=$root/.build/test-venv/bin/python \
    swift test -c release -Xswiftc -enable-testing --scratch-path "$root/.build/release-tests" --filter TransportTests
}

run_the_rest() {
  local builder=../shared/tools/container/build.sh seed
  scripts/sanitize.sh address
  scripts/sanitize.sh thread
  scripts/soak.sh --quick
  for seed in 82 85 107; do scripts/chaos.sh 180 "$seed"; done
  # Where no container engine runs, the tools beside this checkout may have a builder.
  [[ ! -x $builder ]] || export IMAGE_BUILDER=${IMAGE_BUILDER:-$PWD/$builder}
  scripts/image-check.sh
}

main() {
  local root
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  cd "$root"
  case ${1:-} in
    --help | -h) sed -n '2,6s/^# //p' "$0" ;;
    --full) run_tests "$root" && run_transport_as_released "$root" && run_the_rest ;;
    *) run_tests "$root" "${1:-}" ;;
  esac
}

main "$@"
