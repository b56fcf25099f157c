"""A WebSocket server by the `websockets` package. The path says what it does. Prints its port, then serves until its
standard input ends.  usage: websocket_server.py [CERTIFICATE KEY]"""
import asyncio
import ssl
import sys

from websockets.asyncio.server import serve


async def handle(connection):
    path = connection.request.path
    if path == "/echo":
        async for message in connection:
            await connection.send(message)
    elif path == "/fragments":
        await connection.send(["Hel", "lo ", "wörld"])
        await connection.send([b"\x00\x01", b"", b"\x02"])
        await connection.wait_closed()
    elif path == "/big":
        await connection.send("x" * (5 << 20))
        await connection.wait_closed()
    elif path == "/many":
        for number in range(300):
            await connection.send(str(number) + ":" + "y" * 65536)
        await connection.wait_closed()
    elif path == "/ping":
        waiter = await connection.ping(b"are you there")
        await waiter
        await connection.send("pong received")
        await connection.wait_closed()
    elif path.startswith("/close/"):
        await connection.close(int(path.removeprefix("/close/")), "as asked")
    elif path == "/extensions":
        names = [extension.name for extension in connection.protocol.extensions]
        await connection.send(",".join(names) or "none")
        await connection.wait_closed()
    elif path == "/drop":
        connection.transport.abort()


def redirect(connection, request):
    if request.path.startswith("/redirect?"):
        response = connection.respond(302, "")
        response.headers["Location"] = request.path.removeprefix("/redirect?")
        return response


async def main():
    tls = None
    if len(sys.argv) > 2:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(sys.argv[1], sys.argv[2])
    async with serve(
        handle, "127.0.0.1", 0, ssl=tls, max_size=64 << 20, process_request=redirect
    ) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
