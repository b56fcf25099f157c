#!/usr/bin/env bash
# Feeds a parser with inputs that libFuzzer makes, under the address sanitizer.
#   scripts/fuzz.sh TARGET [SECONDS]      60 seconds without it
# TARGET is a folder of Tests/Fuzz: JSON5, JSON, Frames, Handshake, HTTP, Inflate or URLs, or `all` for all of them. Each has
# its laws in Swift, `seeds` (an input a line, with the escapes of printf) and a `dictionary` in libFuzzer's notation.
# Inputs that break a law stay in the folder that is printed; the exit status is not 0 then. FUZZ_CORPUS names a folder
# in which the inputs found are kept for the next run.
set -euo pipefail

targets=(JSON5 JSON Frames Handshake HTTP Inflate URLs)

write_seeds() {
  local file=$1 folder=$2 line number=0
  while IFS= read -r line; do
    number=$((number + 1))
    printf '%b' "$line" >"$folder/seed-$number"
  done <"$file"
}

# The sources of the module that a target examines.
sources_of() {
  local root=$1 target=$2 source
  if [[ $target == JSON5 ]]; then
    find "$root/Sources/JSON5" -name '*.swift' -print0
    for source in Sketch Support/{Sketch+Meaning,BrokenLaw,JSON5Comment,JSON5Laws,JSON5Removal}; do
      printf '%s\0' "$root/Tests/JSON5Tests/$source.swift"
    done
  else
    find "$root/Sources/Wire" -name '*.swift' -print0
    printf '%s\0' "$root/Tests/WireTests/Support/RecordedMachine.swift"
  fi
  find "$root/Tests/Fuzz/$target" "$root/Tests/Fuzz/Pieces.swift" -name '*.swift' -print0
}

compile() {
  local root=$1 target=$2 program=$3 module=Wire sources=() source
  [[ $target != JSON5 ]] || module=JSON5
  while IFS= read -r -d '' source; do sources+=("$source"); done < <(sources_of "$root" "$target")
  # All in one module: its files' imports of it are warned of and mean nothing.
  swiftc -parse-as-library -sanitize=fuzzer,address -O -suppress-warnings -swift-version 6 \
    -module-name "$module" -package-name clawdtalk -I "$root/Sources/CZlib" "${sources[@]}" -lz -o "$program"
}

fuzz() {
  local root=$1 target=$2 seconds=$3 folder corpus
  folder=$(mktemp -d)
  corpus=${FUZZ_CORPUS:-$folder/corpus}
  mkdir -p "$folder/seeds" "$folder/crashes" "$corpus"
  write_seeds "$root/Tests/Fuzz/$target/seeds" "$folder/seeds"
  compile "$root" "$target" "$folder/fuzz"
  printf '%s for %s s. Inputs that fail stay in %s/crashes.\n' "$target" "$seconds" "$folder" >&2
  # Swift's own backtrace takes minutes here and says no more.
  SWIFT_BACKTRACE=enable=no "$folder/fuzz" -max_total_time="$seconds" -max_len=2048 -timeout=10 -print_final_stats=1 \
    -verbosity=0 -dict="$root/Tests/Fuzz/$target/dictionary" -artifact_prefix="$folder/crashes/" \
    "$corpus" "$folder/seeds"
}

main() {
  local root target=${1:-} seconds=${2:-60}
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  [[ -n $target && $seconds =~ ^[1-9][0-9]*$ && ($target == all || -d $root/Tests/Fuzz/$target) ]] || {
    printf 'usage: scripts/fuzz.sh %s|all [SECONDS]\n' "$(IFS='|' && printf '%s' "${targets[*]}")" >&2
    exit 64
  }
  if [[ $target != all ]]; then targets=("$target"); fi
  for target in "${targets[@]}"; do fuzz "$root" "$target" "$seconds"; done
}

main "$@"
