# Shared by the scripts: what a fresh machine needs, and the build when it is needed.
# Source it; it only defines functions. bash 3.2 or newer.
# shellcheck shell=bash

minimum_swift=6.2

say() { printf '%s\n' "$*" >&2; }

die() {
  local status=$1
  shift
  say "$*"
  exit "$status"
}

# Installs the Debian packages among "$@" that are missing, or says in one line what to install.
ensure_packages() {
  local missing=() name runner=()
  if ! command -v dpkg-query >/dev/null 2>&1; then
    ensure_libraries
    return
  fi
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null 2>&1 || { ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; }; then
      die 1 "Missing packages. Run: sudo apt-get install -y ${missing[*]}"
    fi
    runner=(sudo)
  fi
  say "Installing ${missing[*]} …"
  # An empty array is an error for `set -u` in bash 3.2 and 4.3, hence the guard.
  ${runner[@]+"${runner[@]}"} apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive ${runner[@]+"${runner[@]}"} apt-get install -y -qq "${missing[@]}" >/dev/null \
    || die 1 "apt-get could not install ${missing[*]}."
}

# Where there is no dpkg: the headers are asked for through pkg-config.
ensure_libraries() {
  command -v pkg-config >/dev/null 2>&1 && pkg-config --exists openssl zlib && return
  if [[ $(uname) == Darwin ]]; then
    die 1 "OpenSSL and zlib are missing. Run: brew install openssl@3 zlib pkg-config"
  fi
  die 1 "Install pkg-config and the development files of OpenSSL 3 and zlib with your package manager."
}

ensure_swift() {
  local version
  if ! command -v swift >/dev/null 2>&1; then
    die 1 "Swift $minimum_swift or newer is missing. Get it at https://www.swift.org/install/"
  fi
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
  if [[ $(printf '%s\n%s\n' "$minimum_swift" "${version:-0}" | sort -t. -k1,1n -k2,2n | head -n 1) != "$minimum_swift" ]]; then
    die 1 "Swift ${version:-of an unknown version} is too old; $minimum_swift is needed. Get it at https://www.swift.org/install/"
  fi
}

# A Python with the packages whose servers the tests talk to.
prepare_test_python() {
  local venv=$1
  if [[ ! -x $venv/bin/python ]] || ! "$venv/bin/python" -c 'import websockets' 2>/dev/null; then
    say "Making a Python environment for the test servers …"
    python3 -m venv "$venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check 'websockets>=13,<17'
  fi
}

# True when the binary $2 is missing or older than a source below $1.
build_is_needed() {
  local root=$1 binary=$2
  [[ -x $binary ]] || return 0
  [[ -n $(find "$root/Sources" "$root/Package.swift" -newer "$binary" -print 2>/dev/null | head -n 1) ]]
}

# Fills release_flags with how release binaries are linked. Where lld and glibc 2.36 are there, the 70,000 relative
# relocations of a static binary are packed: 1.7 MiB less to read and to keep at each start.
choose_release_flags() {
  local toolchain glibc
  release_flags=()
  [[ $(uname) != Darwin ]] || return 0
  release_flags=(--static-swift-stdlib)
  toolchain=$(swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/.*|\1|p')
  glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/^glibc //')
  [[ -x $toolchain/bin/ld.lld && -n $glibc ]] || return 0
  [[ $(printf '2.36\n%s\n' "$glibc" | sort -t. -k1,1n -k2,2n | head -n 1) == 2.36 ]] || return 0
  release_flags+=(-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs)
}

# Builds the release binary of the package in $1 when that is needed, and prints its path. An unpacked release archive
# brings its own.
release_binary() {
  local root=$1 binary=$1/.build/release/clawdtalk release_flags
  if [[ ! -f $root/Package.swift ]]; then
    [[ -x $root/clawdtalk ]] || die 1 "There is no program in $root. Unpack the archive again."
    printf '%s\n' "$root/clawdtalk"
    return
  fi
  if build_is_needed "$root" "$binary"; then
    ensure_packages libssl-dev zlib1g-dev pkg-config
    ensure_swift
    choose_release_flags
    say "Building clawdtalk; the first time takes a few minutes …"
    swift build --package-path "$root" -c release ${release_flags[@]+"${release_flags[@]}"} --product clawdtalk >&2 \
      || die 1 "The build failed; the lines above say why."
    touch "$binary"
  fi
  printf '%s\n' "$binary"
}

# Becomes the program $2 with the other arguments; its home is the package's folder $1 unless another one is set.
hand_over() {
  local root=$1 binary=$2
  shift 2
  export CLAWDTALK_HOME=${CLAWDTALK_HOME:-$root}
  exec "$binary" "$@"
}

# Becomes the program of the package in $1 with the other arguments; builds it when that is needed.
run_program() {
  local root=$1 binary
  shift
  binary=$(release_binary "$root")
  hand_over "$root" "$binary" "$@"
}
