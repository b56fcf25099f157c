#!/usr/bin/env bash
# Makes the release archive clawdtalk-VERSION-OS-ARCH.tar.gz with its checksums: the program, stripped, with its scripts and
# documents. The same sources and tools make the same bytes.
#   scripts/release.sh [--output DIR]      DIR is dist without it
set -euo pipefail

# What a user needs; SKILL.md when there is one.
drop_in_scripts=(scripts/{call,sms,approval,connect}.sh scripts/telnyx_api.py)
package_files=(connect.sh setup.sh uninstall.sh update.sh scripts/prepare.sh "${drop_in_scripts[@]}" README.md LICENSE)

sum_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

# The time of the last commit, as touch takes it, so that it does not matter when the archive is made.
commit_time() {
  TZ=UTC git -C "$1" log -1 --date='format-local:%Y%m%d%H%M.%S' --format=%cd 2>/dev/null || printf '200001010000\n'
}

strip_program() {
  if [[ $(uname) == Darwin ]]; then
    strip -x "$1"
    # A changed program needs its signature anew.
    codesign --force --sign - "$1"
  else
    strip "$1"
  fi
}

fill_folder() {
  local root=$1 binary=$2 folder=$3 name
  mkdir -p "$folder/scripts" "$folder/docs"
  cp "$binary" "$folder/clawdtalk"
  strip_program "$folder/clawdtalk"
  for name in "${package_files[@]}"; do cp "$root/$name" "$folder/$name"; done
  [[ ! -f $root/SKILL.md ]] || cp "$root/SKILL.md" "$folder/"
  cp "$root"/docs/*.md "$folder/docs/"
  find "$folder" -type d -exec chmod 755 {} +
  find "$folder" -type f -exec chmod 644 {} +
  chmod 755 "$folder/clawdtalk" "$folder"/*.sh
  (cd "$folder" && chmod 755 "${drop_in_scripts[@]}")
  find "$folder" -exec touch -t "$(commit_time "$root")" {} +
}

# Sorted names, one owner, no time in the gzip header.
pack() {
  local parent=$1 name=$2 archive=$3 owner=(--uid 0 --gid 0)
  if tar --version | grep -q GNU; then owner=(--owner=0 --group=0 --sort=name); fi
  (cd "$parent" && find "$name" -type f | LC_ALL=C sort \
    | COPYFILE_DISABLE=1 tar --format ustar "${owner[@]}" --numeric-owner -cf - -T -) | gzip -n9 >"$archive"
}

main() {
  local root output binary version name staging
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  output=$root/dist
  case ${1:-} in
    '') ;;
    --output) output=${2:?"--output takes a folder"} ;;
    *) die 64 "usage: scripts/release.sh [--output DIR]" ;;
  esac
  binary=$(release_binary "$root")
  version=$("$binary" version | cut -d ' ' -f 2)
  name=clawdtalk-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
  staging=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$staging'" EXIT
  fill_folder "$root" "$binary" "$staging/$name"
  mkdir -p "$output"
  pack "$staging" "$name" "$output/$name.tar.gz"
  (cd "$output" && sum_of "$name.tar.gz" >"$name.tar.gz.sha256" && sum_of ./*.tar.gz | sed 's|\./||' >SHA256SUMS)
  printf '%s\n' "$output/$name.tar.gz"
}

main "$@"
