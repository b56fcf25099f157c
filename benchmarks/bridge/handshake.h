// A server's opening handshake of RFC 6455.
#pragma once
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <strings.h>

#include "loop.h"

// Answers a request; false while it is not whole.
// - extensions: whole lines of the answer, such as "Sec-WebSocket-Extensions: …\r\n", sent when the client offers
//   permessage-deflate
// - agreed: whether they were sent; may be null
static inline int handshake_answer(peer *p, const char *extensions, int *agreed) {
    char *head = buffer_start(&p->in), *end = memmem(head, buffer_count(&p->in), "\r\n\r\n", 4);
    if (!end) return 0;
    *end = 0;
    char *key = strcasestr(head, "sec-websocket-key:"), text[100], answer[400];
    if (!key) die("no Sec-WebSocket-Key");
    key += strlen("sec-websocket-key:");
    key += strspn(key, " ");
    unsigned char digest[SHA_DIGEST_LENGTH], accept[40];
    int length = snprintf(text, sizeof text, "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11", (int)strcspn(key, " \r"), key);
    SHA1((unsigned char *)text, (size_t)length, digest);
    EVP_EncodeBlock(accept, digest, sizeof digest);
    int takes = *extensions && strcasestr(head, "permessage-deflate") != 0;
    if (agreed) *agreed = takes;
    length = snprintf(
        answer, sizeof answer,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\n%s\r\n", accept, takes ? extensions : "");
    p->in.begin += (size_t)(end + 4 - head);
    peer_write(p, answer, (size_t)length);
    return 1;
}
