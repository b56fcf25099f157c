"""Runs a program in a pseudo-terminal and plays a dialogue: terminal.py SCRIPT.json PROGRAM ARGUMENT...

SCRIPT is a list of [what to wait for, what to type]; control characters are typed as they are. The
result is one JSON document: status (128 and the signal for a killed one), screen, and whether the
terminal echoes at the end.
"""

import fcntl
import json
import os
import pty
import select
import sys
import termios
import time


def main():
    with open(sys.argv[1]) as script:
        steps = json.load(script)
    # The line is kept open here too, so that it can be looked at after the program has ended.
    terminal, line = pty.openpty()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        fcntl.ioctl(line, termios.TIOCSCTTY, 0)
        for descriptor in range(3):
            os.dup2(line, descriptor)
        os.execvp(sys.argv[2], sys.argv[2:])
    screen, start, status = b"", 0, None
    deadline = time.monotonic() + 30
    while status is None and time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 0.02)
        if ready:
            screen += os.read(terminal, 65536)
        if steps:
            found = screen.find(steps[0][0].encode(), start)
            # A question without echo comes a moment before the echo is off.
            is_secret = steps[0][0].startswith(("API key", "Gateway token"))
            if found >= 0 and (not is_secret or not echoes(line)):
                start = found + len(steps[0][0])
                os.write(terminal, steps.pop(0)[1].encode())
        elif not ready:
            done, code = os.waitpid(pid, os.WNOHANG)
            if done:
                status = code
    if status is None:
        os.kill(pid, 9)
        _, status = os.waitpid(pid, 0)
    while select.select([terminal], [], [], 0)[0]:
        screen += os.read(terminal, 65536)
    code = 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    print(json.dumps({
        "status": code, "screen": screen.decode(errors="replace"), "echoes": echoes(line), "left": len(steps)}))


def echoes(line):
    return bool(termios.tcgetattr(line)[3] & termios.ECHO)


main()
