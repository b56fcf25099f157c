// The server that all clients of the benchmark talk to: plain RFC 6455 on loopback, no extensions. A process for
// each connection.
//   /echo         sends every data frame back with its own type, from the first bytes of it on
//   /flood/BYTES  sends binary messages of that size for ever, once the client has sent anything
// It listens on a free port, which it prints. What a client pipelines is always read, whether or not it reads what
// comes back, so that blocking clients cannot lock themselves up.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

enum { input_size = 256 << 10, head_size = 16 << 10, flood_block = 256 << 10, largest_queue = 256 << 20 };

// Bytes [begin, end) wait for the socket.
typedef struct {
    uint8_t *bytes;
    size_t begin, end, capacity;
} queue;

// Where the reader stands in a client's frame.
typedef struct {
    uint8_t header[14];
    size_t header_count;
    uint64_t left, offset;
    uint32_t key;
    int is_control, is_open;
} frame;

// The frames of a flood, and where the next byte of it stands.
typedef struct {
    int file;
    off_t at, end;
} flood;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static uint8_t *room(queue *q, size_t count) {
    if (q->begin == q->end) q->begin = q->end = 0;
    if (q->end + count > q->capacity) {
        memmove(q->bytes, q->bytes + q->begin, q->end - q->begin);
        q->end -= q->begin;
        q->begin = 0;
    }
    if (q->end + count > q->capacity) {
        q->capacity = (q->end + count) * 2;
        if (q->capacity > largest_queue) die("a client does not read");
        q->bytes = realloc(q->bytes, q->capacity);
        if (!q->bytes) die("realloc");
    }
    return q->bytes + q->end;
}

// False when the connection is gone.
static int drain(int fd, queue *q) {
    while (q->begin < q->end) {
        ssize_t count = send(fd, q->bytes + q->begin, q->end - q->begin, MSG_NOSIGNAL);
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        q->begin += (size_t)count;
    }
    return 1;
}

static size_t write_header(uint8_t *out, uint8_t first, uint64_t length) {
    out[0] = first;
    int extended = length < 126 ? 0 : length <= 0xFFFF ? 2 : 8;
    out[1] = extended == 0 ? (uint8_t)length : extended == 2 ? 126 : 127;
    for (int i = 0; i < extended; i++) out[2 + i] = (uint8_t)(length >> (8 * (extended - 1 - i)));
    return 2 + (size_t)extended;
}

static void unmask(uint8_t *restrict out, const uint8_t *restrict in, size_t count, uint32_t key, uint64_t offset) {
    unsigned shift = (unsigned)(offset & 3) * 8;
    uint32_t turned = shift ? key >> shift | key << (32 - shift) : key;
    uint64_t wide = (uint64_t)turned << 32 | turned;
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        uint64_t word;
        memcpy(&word, in + i, 8);
        word ^= wide;
        memcpy(out + i, &word, 8);
    }
    for (; i < count; i++) out[i] = in[i] ^ (uint8_t)(wide >> (8 * (i & 7)));
}

static size_t header_size(const uint8_t *header) {
    unsigned length = header[1] & 0x7F;
    return 2 + (length == 126 ? 2u : length == 127 ? 8u : 0u) + 4;
}

// Reads a whole header and queues the answer's. False for a Close frame, and for what no client may send.
static int begin_frame(frame *f, queue *q) {
    const uint8_t *h = f->header;
    unsigned length = h[1] & 0x7F, extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    if (!(h[1] & 0x80) || (h[0] & 0x70)) return 0;
    f->left = extended ? 0 : length;
    for (unsigned i = 0; i < extended; i++) f->left = f->left << 8 | h[2 + i];
    memcpy(&f->key, h + 2 + extended, 4);
    f->offset = 0;
    f->is_open = f->left > 0;
    f->header_count = 0;
    unsigned opcode = h[0] & 0x0F;
    f->is_control = opcode == 10;  // a pong is not answered
    if (f->is_control) return 1;
    uint8_t first = opcode == 9 ? 0x8A : h[0];
    q->end += write_header(room(q, 10), first, f->left);
    return opcode != 8;
}

static int echo(frame *f, const uint8_t *in, size_t count, queue *q) {
    while (count > 0) {
        if (!f->is_open) {
            f->header[f->header_count++] = *in++;
            count--;
            if (f->header_count >= 2 && f->header_count == header_size(f->header) && !begin_frame(f, q)) return 0;
            continue;
        }
        size_t piece = count < f->left ? count : (size_t)f->left;
        if (!f->is_control) {
            unmask(room(q, piece), in, piece, f->key, f->offset);
            q->end += piece;
        }
        f->offset += piece;
        f->left -= piece;
        f->is_open = f->left > 0;
        in += piece;
        count -= piece;
    }
    return 1;
}

// Reads until nothing more is there. False when the connection is over.
static int take(int fd, frame *f, queue *q, int is_flood) {
    static uint8_t input[input_size];
    ssize_t count = recv(fd, input, sizeof input, 0);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    if (count == 0) return 0;
    return is_flood || echo(f, input, (size_t)count, q);
}

// Whole frames, at least flood_block bytes of them, in a file in memory: from there the kernel sends its own pages, and
// the server does not copy more slowly than a client reads.
static flood make_flood(size_t bytes) {
    queue q = {0};
    do {
        uint8_t *out = room(&q, bytes + 10);
        size_t header = write_header(out, 0x82, bytes);
        for (size_t i = 0; i < bytes; i++) out[header + i] = (uint8_t)('a' + i % 26);
        q.end += header + bytes;
    } while (q.end < flood_block);
    flood made = {memfd_create("flood", MFD_CLOEXEC), 0, (off_t)q.end};
    if (made.file < 0 || write(made.file, q.bytes, q.end) != (ssize_t)q.end) die("memfd");
    free(q.bytes);
    return made;
}

// The same block again and again: it ends where a frame ends. False when the connection is gone.
static int pour(int fd, flood *f) {
    for (;;) {
        ssize_t count = sendfile(fd, f->file, &f->at, (size_t)(f->end - f->at));
        if (count < 0) return errno == EAGAIN || errno == EINTR;
        if (f->at == f->end) f->at = 0;
    }
}

// Reads the request and answers it. Returns the size for a flood, 0 for echo, -1 for nothing we know.
static long shake_hands(int fd) {
    char head[head_size + 1], text[128], answer[256];
    size_t count = 0;
    while (count == 0 || !(head[count] = 0, strstr(head, "\r\n\r\n"))) {
        ssize_t more = recv(fd, head + count, head_size - count, 0);
        if (more <= 0) return -1;
        count += (size_t)more;
    }
    const char *key = strcasestr(head, "\r\nSec-WebSocket-Key:");
    if (!key) return -1;
    key += strlen("\r\nSec-WebSocket-Key:");
    key += strspn(key, " ");
    snprintf(text, sizeof text, "%.24s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", key);
    uint8_t digest[SHA_DIGEST_LENGTH];
    char accept[32];
    SHA1((const uint8_t *)text, strlen(text), digest);
    EVP_EncodeBlock((uint8_t *)accept, digest, sizeof digest);
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n",
                          accept);
    if (send(fd, answer, (size_t)length, MSG_NOSIGNAL) != length) return -1;
    long bytes = 0;
    if (!strncmp(head, "GET /echo ", 10)) return 0;
    return sscanf(head, "GET /flood/%ld ", &bytes) == 1 && bytes > 0 ? bytes : -1;
}

static void serve(int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    long flood_bytes = shake_hands(fd);
    if (flood_bytes < 0) return;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    queue q = {0};
    frame f = {0};
    flood source = {-1, 0, 0};
    for (;;) {
        int writes = source.file >= 0 || q.begin < q.end;
        struct pollfd waits = {fd, (short)(POLLIN | (writes ? POLLOUT : 0)), 0};
        if (poll(&waits, 1, -1) < 0 && errno != EINTR) return;
        if (waits.revents & ~POLLOUT) {
            if (!take(fd, &f, &q, flood_bytes > 0)) {
                drain(fd, &q);
                return;
            }
            if (flood_bytes > 0 && source.file < 0) source = make_flood((size_t)flood_bytes);
        }
        if (source.file >= 0 ? !pour(fd, &source) : !drain(fd, &q)) return;
    }
}

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, length) || listen(listener, 16)) die("listen");
    if (getsockname(listener, (struct sockaddr *)&address, &length)) die("getsockname");
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) continue;
        if (fork() == 0) {
            prctl(PR_SET_PDEATHSIG, SIGTERM);
            close(listener);
            serve(fd);
            _exit(0);
        }
        close(fd);
    }
}
