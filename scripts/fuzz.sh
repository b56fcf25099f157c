#!/usr/bin/env bash
# Feeds the JSON5 reader and editor with texts that libFuzzer makes, under the address sanitizer.
#   scripts/fuzz.sh [SECONDS]      60 without it
# Inputs that break a law of Tests/JSON5Tests/Support/JSON5Laws.swift stay in the folder that is printed; the exit
# status is not 0 then. FUZZ_CORPUS names a folder in which the inputs found are kept for the next run.
set -euo pipefail

# One short text a line, with the escapes of printf.
seeds() {
  cat <<'TEXTS'
{}
[]
{gateway:{tools:{allow:["a"]}}}
{\n  // first\n  "gateway": {\n    "tools": {\n      "allow": [\n        "a", // one\n        "b"\n      ]\n    }\n  }\n}\n
{\r\n\tgateway: {}, // none\r\n}\r\n
{gateway : { tools : { allow : [ /* none */ ], }, }, }
\xef\xbb\xbf{\n  a: 1\n  , b: [ .5, 5., +1, 0xFf, -Infinity, NaN, 1e3 ]\n}
{a:1,'a':2,"\\u0061":3,g\\u0061teway:{tools:{allow:['x']}}}
['one \\\n two', "\\ud83d\\ude00\\x41\\0", null, true, false]
[\n  1, // c\r  2 /* d\n */, // e\xe2\x80\xa8  3\xc2\xa0]
TEXTS
}

# What JSON5 texts are made of, in libFuzzer's own notation.
dictionary() {
  cat <<'WORDS'
"{"
"}"
"["
"]"
":"
","
"//"
"/*"
"*/"
"\x0a"
"\x0d\x0a"
"\xc2\xa0"
"\xe2\x80\xa8"
"\xef\xbb\xbf"
"'"
"\""
"\\"
"\\u0061"
"\\ud83d"
"\\\x0a"
"null"
"true"
"Infinity"
"NaN"
"0x"
"1e"
"gateway"
"tools"
"allow"
"gateway:{"
"tools:{"
"allow:["
"'sessions_send'"
WORDS
}

write_corpus() {
  local folder=$1 line number=0
  while IFS= read -r line; do
    number=$((number + 1))
    printf '%b' "$line" >"$folder/seed-$number"
  done < <(seeds)
}

compile() {
  local root=$1 program=$2 sources=() source
  while IFS= read -r -d '' source; do sources+=("$source"); done < <(
    find "$root/Sources/JSON5" "$root/Tests/Fuzz" -name '*.swift' -print0
  )
  for source in Sketch Support/{Sketch+Meaning,BrokenLaw,JSON5Comment,JSON5Laws,JSON5Removal}; do
    sources+=("$root/Tests/JSON5Tests/$source.swift")
  done
  # All in one module: its files' imports of it are warned of and mean nothing.
  swiftc -parse-as-library -sanitize=fuzzer,address -O -suppress-warnings -swift-version 6 \
    -module-name JSON5 -package-name clawdtalk "${sources[@]}" -o "$program"
}

main() {
  local root folder corpus seconds=${1:-60}
  [[ $seconds =~ ^[1-9][0-9]*$ ]] || { printf 'usage: scripts/fuzz.sh [SECONDS]\n' >&2 && exit 64; }
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  folder=$(mktemp -d)
  corpus=${FUZZ_CORPUS:-$folder/corpus}
  mkdir -p "$folder/seeds" "$folder/crashes" "$corpus"
  write_corpus "$folder/seeds"
  dictionary >"$folder/dictionary"
  compile "$root" "$folder/fuzz"
  printf 'Inputs that fail stay in %s/crashes.\n' "$folder" >&2
  # Swift's own backtrace takes minutes here and says no more.
  SWIFT_BACKTRACE=enable=no "$folder/fuzz" -max_total_time="$seconds" -max_len=2048 -timeout=10 -print_final_stats=1 \
    -dict="$folder/dictionary" -artifact_prefix="$folder/crashes/" "$corpus" "$folder/seeds"
}

main "$@"
