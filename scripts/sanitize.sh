#!/usr/bin/env bash
# Builds and runs the tests under a sanitizer, in a build folder of its own; the scenarios run a program built with it too.
#   scripts/sanitize.sh address|thread [FILTER]
set -euo pipefail

main() {
  local root sanitizer=${1:-} build arguments=()
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  [[ $sanitizer == address || $sanitizer == thread ]] || die 64 "usage: scripts/sanitize.sh address|thread [FILTER]"
  [[ -z ${2:-} ]] || arguments=(--filter "$2")
  ensure_packages libssl-dev zlib1g-dev pkg-config python3-venv openssl attr acl
  ensure_swift
  prepare_test_python "$root/.build/test-venv"
  # A contended Mutex is handed over inside the kernel (a PI futex), where the thread sanitizer cannot see it; what it
  # says of values that are only ever used under one is left out.
  # Quoted, for paths with a blank.
  export TSAN_OPTIONS="suppressions='$root/scripts/thread-suppressions.txt'"
  # The leak checker wants ptrace, which containers often refuse; and the Swift runtime keeps its metadata for ever.
  export ASAN_OPTIONS=detect_leaks=0
  build=(--package-path "$root" --scratch-path "$root/.build/sanitize-$sanitizer" --sanitize="$sanitizer")
  # setup.sh and the like, which some tests run, would build theirs in the middle of them.
  release_binary "$root" >/dev/null
  swift build "${build[@]}" --product clawdtalk
  export CLAWDTALK_SANITIZER=$sanitizer
  # A hundred sanitized programs at once would miss the deadlines that they keep by themselves.
  export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8
  CLAWDTALK_TEST_PYTHON=$root/.build/test-venv/bin/python \
    CLAWDTALK_TEST_BINARY=$root/.build/sanitize-$sanitizer/debug/clawdtalk \
    swift test "${build[@]}" ${arguments[@]+"${arguments[@]}"}
}

main "$@"
