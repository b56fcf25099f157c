#!/usr/bin/env bash
# Everything by hand: finds or builds the binary and hands over to it.
set -euo pipefail

usage() {
  cat <<'EOF'
usage: connect.sh run|start|stop|restart|status|watchdog|logs|ask|calls|doctor|service|demo
                  |call|sms|approval|missions [options]

  run      in the foreground, until Ctrl-C
  start    in the background; waits until it is authenticated
  stop     ends it
  restart  once the answers that are under way are delivered (--now does not wait for them)
  status   shows whether it is connected (--watch, --health; --json for programs)
  watchdog starts it again when it is gone or hangs; quiet when all is well (for cron)
  logs     shows its log (-f goes on with it)
  ask      asks the agent one question through the gateway
  calls    shows the calls that were kept
  doctor   looks at everything between a caller and the agent
  service  runs the bridge as a service of systemd or launchd: install, remove, print
  demo     plays a whole call on this machine; needs no configuration
  call     makes a call, shows it, ends it
  sms      sends and shows texts
  approval asks the owner for a yes
  missions work that takes many calls and texts, and days

Settings and state are in CLAWDTALK_HOME (this folder unless it is set).
Options are those of the command itself: connect.sh start --help
EOF
}

main() {
  local root binary
  root=$(CDPATH='' cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  # shellcheck source=scripts/prepare.sh
  source "$root/scripts/prepare.sh"
  case ${1:-} in
    run | start | stop | restart | status | watchdog | logs | ask | calls | doctor | service | demo | version) ;;
    call | sms | approval | missions) ;;
    help | --help | -h) usage && return ;;
    '') usage >&2 && exit 64 ;;
    *) die 64 "connect.sh: unknown command $1. Try: connect.sh help" ;;
  esac
  binary=$root/.build/release/clawdtalk
  # A running bridge can always be looked at and stopped, whatever has happened to the sources since.
  case $1 in
    stop | status | watchdog | logs) [[ -x $binary ]] || binary=$(release_binary "$root") ;;
    *) binary=$(release_binary "$root") ;;
  esac
  hand_over "$root" "$binary" "$@"
}

main "$@"
