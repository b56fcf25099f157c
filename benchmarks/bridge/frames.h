// Frames of RFC 6455.
#pragma once
#include <stdint.h>
#include <string.h>

enum { frame_continuation = 0, frame_text = 1, frame_close = 8, frame_ping = 9, frame_pong = 10, longest_header = 14 };

typedef struct {
    int is_last, opcode;
    const uint8_t *key;
    size_t header, count;
} frame;

// False while the frame is not whole.
static inline int frame_read(frame *f, const uint8_t *bytes, size_t count) {
    if (count < 2) return 0;
    size_t length = bytes[1] & 0x7F, extended = length == 126 ? 2 : length == 127 ? 8 : 0;
    size_t mask = bytes[1] & 0x80 ? 4 : 0;
    f->header = 2 + extended + mask;
    if (count < f->header) return 0;
    if (extended) length = 0;
    for (size_t i = 0; i < extended; i++) length = length << 8 | bytes[2 + i];
    f->is_last = bytes[0] >> 7;
    f->opcode = bytes[0] & 0x0F;
    f->key = mask ? bytes + 2 + extended : 0;
    f->count = length;
    return count >= f->header + length;
}

// Writes a last frame's header, without the key; returns its length.
static inline size_t frame_header(uint8_t *out, int opcode, size_t count, int is_masked) {
    size_t extended = count < 126 ? 0 : count <= 0xFFFF ? 2 : 8;
    out[0] = (uint8_t)(0x80 | opcode);
    out[1] = (uint8_t)((is_masked ? 0x80 : 0) | (extended == 0 ? count : extended == 2 ? 126 : 127));
    for (size_t i = 0; i < extended; i++) out[2 + i] = (uint8_t)(count >> (8 * (extended - 1 - i)));
    return 2 + extended;
}

// Masking and its inverse.
static inline void frame_mask(uint8_t *bytes, size_t count, const uint8_t *key) {
    uint32_t narrow;
    memcpy(&narrow, key, 4);
    uint64_t wide = (uint64_t)narrow << 32 | narrow, word;
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        memcpy(&word, bytes + i, 8);
        word ^= wide;
        memcpy(bytes + i, &word, 8);
    }
    for (; i < count; i++) bytes[i] ^= key[i & 3];
}
