"""Counts messages from the first one on; looks at the clock at most every 64 messages."""

import json
import time


def peak_kib():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


class Meter:
    def __init__(self, seconds):
        self.limit = seconds
        self.messages = -1
        self.bytes = 0
        self.elapsed = 0.0

    def count(self, count):
        """True when the time is over. The first message warms up."""
        self.messages += 1
        if self.messages == 0:
            self.start = time.monotonic()
            self.cpu = time.process_time()
            return False
        self.bytes += count
        if count < 65536 and self.messages % 64:
            return False
        self.elapsed = time.monotonic() - self.start
        return self.elapsed >= self.limit

    def line(self):
        return json.dumps(
            {
                "messages": self.messages,
                "seconds": self.elapsed,
                "bytes": self.bytes,
                "cpu_seconds": time.process_time() - self.cpu,
                "peak_rss_kib": peak_kib(),
            }
        )
