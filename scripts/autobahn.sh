#!/usr/bin/env bash
# Runs the Autobahn|Testsuite fuzzing server against this project's WebSocket client and compares the verdicts.
#   scripts/autobahn.sh 'CASES'      a comma list such as '1.*,2.*,9.1.1'; groups 1-10, 12.1 and 13.1 without it, all 517 with "*"
# AUTOBAHN_SUITE names a folder with the suite's `wstest`; without it the suite's official image is used where a
# Docker engine runs. Exit status 0 when no verdict is worse than scripts/autobahn/expected.json allows.
set -euo pipefail

# The suite takes no port 0, so a free one is looked for.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

write_spec() {
  local folder=$1 port=$2 cases=$3 list
  list=$(printf '"%s"' "${cases//,/\",\"}")
  printf '{"url":"ws://127.0.0.1:%s","outdir":"%s","cases":[%s],"exclude-cases":[],"exclude-agent-cases":{}}\n' \
    "$port" "$folder" "$list" >"$folder/spec.json"
}

start_server() {
  local folder=$1 port=$2
  if [[ -n ${AUTOBAHN_SUITE:-} ]]; then
    [[ -x $AUTOBAHN_SUITE/wstest ]] || die 64 "AUTOBAHN_SUITE: there is no wstest in $AUTOBAHN_SUITE."
    "$AUTOBAHN_SUITE/wstest" -m fuzzingserver -s "$folder/spec.json" -u 0 >"$folder/server.log" 2>&1 &
  elif docker info >/dev/null 2>&1; then
    docker run --rm --network host -v "$folder:$folder" crossbario/autobahn-testsuite \
      wstest -m fuzzingserver -s "$folder/spec.json" >"$folder/server.log" 2>&1 &
  else
    die 69 "The suite is missing: set AUTOBAHN_SUITE to a folder with wstest, or start Docker."
  fi
  server=$!
  trap 'kill "$server" 2>/dev/null || true' EXIT
  for _ in $(seq 150); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then return; fi
    sleep 0.1
  done
  die 69 "The fuzzing server did not start; see $folder/server.log."
}

main() {
  local root folder port release_flags cases=${1:-1.*,2.*,3.*,4.*,5.*,6.*,7.*,9.*,10.*,12.1.*,13.1.*}
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  choose_release_flags
  swift build --package-path "$root" -c release ${release_flags[@]+"${release_flags[@]}"} \
    --product AutobahnClient >&2
  folder=$(mktemp -d)
  port=$(free_port)
  write_spec "$folder" "$port" "$cases"
  start_server "$folder" "$port"
  "$root/.build/release/AutobahnClient" "ws://127.0.0.1:$port" clawdtalk
  python3 "$root/scripts/autobahn/verdicts.py" "$folder/index.json" "$root/scripts/autobahn/expected.json"
}

main "$@"
