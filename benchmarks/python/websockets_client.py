"""websockets on asyncio. usage: websockets_client.py URL echo|receive BYTES OUTSTANDING SECONDS"""

import asyncio
import os
import sys

from websockets.asyncio.client import connect

from meter import Meter


async def main(url, mode, size, outstanding, seconds):
    is_echo = mode == "echo"
    path = "/echo" if is_echo else f"/flood/{size}"
    payload = b"x" * int(size)
    meter = Meter(int(seconds))
    async with connect(url + path, compression=None, max_size=None, ping_interval=None, proxy=None) as socket:
        for _ in range(int(outstanding) if is_echo else 1):  # one begins a flood
            await socket.send(payload)
        async for message in socket:
            if meter.count(len(message)):
                print(meter.line(), flush=True)
                # A closing handshake would wait for the end of what is under way.
                os._exit(0)
            if is_echo:
                await socket.send(payload)


asyncio.run(main(*sys.argv[1:]))
