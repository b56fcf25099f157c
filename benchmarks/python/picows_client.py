"""picows on uvloop: a listener on the loop. usage: picows_client.py URL echo|receive BYTES OUTSTANDING SECONDS"""

import os
import sys

import picows
import uvloop

from meter import Meter


class Listener(picows.WSListener):
    def __init__(self, is_echo, size, outstanding, seconds):
        super().__init__()
        self.payload = b"x" * size
        self.is_echo = is_echo
        self.outstanding = outstanding if is_echo else 1  # begins a flood
        self.meter = Meter(seconds)

    def on_ws_connected(self, transport):
        for _ in range(self.outstanding):
            transport.send(picows.WSMsgType.BINARY, self.payload)

    def on_ws_frame(self, transport, frame):
        if self.meter.count(frame.payload_size):
            print(self.meter.line(), flush=True)
            os._exit(0)
        elif self.is_echo:
            transport.send(picows.WSMsgType.BINARY, self.payload)


async def main(url, mode, size, outstanding, seconds):
    is_echo = mode == "echo"
    path = "/echo" if is_echo else f"/flood/{size}"
    transport, _ = await picows.ws_connect(
        lambda: Listener(is_echo, int(size), int(outstanding), int(seconds)), url + path, max_frame_size=16 << 20
    )
    await transport.wait_disconnected()


uvloop.run(main(*sys.argv[1:]))
