#!/usr/bin/env python3
"""Missions: finds or builds the binary and hands over to `clawdtalk missions`, with the arguments as they are."""
import os
import shutil
import sys

# Where the binary is, and how it is built, is known to prepare.sh alone.
HAND_OVER = 'set -euo pipefail; root=$1; shift; source "$root/scripts/prepare.sh"; run_program "$root" missions "$@"'


def main():
    root = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    bash = shutil.which("bash") or "/bin/bash"
    try:
        os.execv(bash, ["bash", "-c", HAND_OVER, "telnyx_api.py", root] + sys.argv[1:])
    except OSError as error:
        sys.exit("telnyx_api.py: {} cannot be run: {}".format(bash, error.strerror))


if __name__ == "__main__":
    main()
