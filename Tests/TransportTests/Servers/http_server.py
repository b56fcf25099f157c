"""An HTTP/1.1 server by Python's own http.server. Prints its port, then serves until its standard input ends.
usage: http_server.py"""
import http.server
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body, fields=()):
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        if self.path == "/hello":
            self.answer(200, b"hello")
        elif self.path == "/port":
            self.answer(200, str(self.client_address[1]).encode())
        elif self.path == "/bearer":
            self.answer(200, (self.headers.get("Authorization") or "none").encode())
        elif self.path.startswith("/redirect?"):
            self.answer(302, b"", [("Location", self.path.removeprefix("/redirect?"))])
        elif self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (b"one ", b"two ", b"three"):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path == "/until-end":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it")
            self.close_connection = True
        elif self.path == "/cut":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
            self.close_connection = True
        elif self.path == "/big":
            self.answer(200, b"z" * (3 << 20))
        else:
            self.answer(404, b"no such thing")

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/redirect?"):
            self.answer(307, b"", [("Location", self.path.removeprefix("/redirect?"))])
        else:
            self.answer(200, body[::-1])


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
