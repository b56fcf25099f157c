// One epoll loop, and the connections on it.
#pragma once
#include <openssl/ssl.h>
#include <stdint.h>

#include "buffer.h"

typedef struct source {
    int fd;
    void (*ready)(struct source *, uint32_t events);
} source;

// Monotonic, in nanoseconds.
int64_t now(void);

void loop_add(source *, uint32_t events);
// Waits for events, at most so long, and handles them.
void loop_once(int milliseconds);

typedef struct peer {
    source source;
    SSL *ssl;
    int is_shaking, waits_to_write;
    buffer in, out;
    // There are new bytes in `in`.
    void (*received)(struct peer *);
    void (*gone)(struct peer *);
    // For whoever owns it.
    int stage;
    buffer message;
} peer;

// Accepts on a free port of 127.0.0.1 and returns the port.
// - tls: null for plain connections
// - greet: sets `received` and `gone` of a new connection
int loop_listen(SSL_CTX *tls, void (*greet)(peer *));

void peer_write(peer *, const void *bytes, size_t count);
// Nothing more will be written.
void peer_finish(peer *);
