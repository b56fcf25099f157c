// The server of scripts/bench-connections.sh: one thread, one epoll loop, and as little memory a connection as there can
// be. It echoes every message.
//   server [CERTIFICATE KEY]     over wss with a certificate in PEM, else over ws
// It listens on a free port of 127.0.0.1, which it prints, and ends when its standard input does.
//
// Offered permessage-deflate is accepted with no context takeover for both sides. A message that was compressed without
// earlier ones is one that the other side may send as well, so that the same bytes go back. The first message of such a
// connection must be compressed: the goals for memory count what that leaves behind.
#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "frames.h"
#include "handshake.h"
#include "loop.h"

enum stage { opening, first_compressed, first, later };

static const char extensions[] =
    "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n";

static int is_over;

static void input_ready(source *s, uint32_t events) {
    (void)events;
    char byte;
    is_over = read(s->fd, &byte, 1) <= 0;
}

// All but a pong gets its like back: a frame of a message with the same bits, a ping's payload as a pong.
static void answer(peer *p, const frame *f, uint8_t *start) {
    uint8_t *payload = start + f->header, header[longest_header];
    if (!f->key) return peer_finish(p);
    frame_mask(payload, f->count, f->key);
    if (f->opcode == frame_pong) return;
    size_t size = frame_header(header, f->opcode, f->count, 0);
    header[0] = f->opcode == frame_ping ? 0x80 | frame_pong : start[0];
    // A header always fits where the longer one of the client was.
    memcpy(payload - size, header, size);
    peer_write(p, payload - size, size + f->count);
    if (f->opcode == frame_close) peer_finish(p);
}

static void check_first(peer *p, uint8_t first_byte) {
    if (p->stage == first_compressed && !(first_byte & 0x40)) {
        fputs("the first message was not compressed\n", stderr);
        exit(1);
    }
    p->stage = later;
}

static void received(peer *p) {
    int agreed = 0;
    if (p->stage == opening) {
        if (!handshake_answer(p, extensions, &agreed)) return;
        p->stage = agreed ? first_compressed : first;
    }
    frame f;
    int was_first = p->stage != later;
    while (frame_read(&f, (uint8_t *)buffer_start(&p->in), buffer_count(&p->in))) {
        uint8_t *start = (uint8_t *)buffer_start(&p->in);
        if (f.opcode < frame_close && p->stage != later) check_first(p, start[0]);
        p->in.begin += f.header + f.count;
        answer(p, &f, start);
    }
    // Most connections rest after their first message.
    if (was_first && buffer_count(&p->in) == 0) buffer_free(&p->in);
    if (was_first && buffer_count(&p->out) == 0) buffer_free(&p->out);
}

static void greet(peer *p) { p->received = received; }

static SSL_CTX *make_tls(const char *certificate, const char *key) {
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
    if (!tls || SSL_CTX_use_certificate_chain_file(tls, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
        die("certificate");
    SSL_CTX_set_mode(tls, SSL_MODE_RELEASE_BUFFERS);
    return tls;
}

int main(int count, char **words) {
    struct rlimit files;
    if (!getrlimit(RLIMIT_NOFILE, &files)) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    source input = {STDIN_FILENO, input_ready};
    int port = loop_listen(count == 3 ? make_tls(words[1], words[2]) : 0, greet);
    loop_add(&input, EPOLLIN);
    printf("%d\n", port);
    fflush(stdout);
    while (!is_over) loop_once(-1);
    return 0;
}
