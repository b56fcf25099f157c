// Bytes [begin, end) that wait for somebody.
#pragma once
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *bytes;
    size_t begin, end, capacity;
} buffer;

static inline void die(const char *what) {
    perror(what);
    exit(1);
}

static inline char *buffer_start(const buffer *b) { return b->bytes + b->begin; }

static inline size_t buffer_count(const buffer *b) { return b->end - b->begin; }

// Room for that many bytes behind what is there; one more, so that a text can be ended.
static inline char *buffer_room(buffer *b, size_t count) {
    if (b->begin == b->end) b->begin = b->end = 0;
    if (b->end + count + 1 > b->capacity && b->begin > 0) {
        memmove(b->bytes, b->bytes + b->begin, b->end - b->begin);
        b->end -= b->begin;
        b->begin = 0;
    }
    if (b->end + count + 1 > b->capacity) {
        b->capacity = (b->end + count + 1) * 2;
        b->bytes = realloc(b->bytes, b->capacity);
        if (!b->bytes) die("realloc");
    }
    return b->bytes + b->end;
}

static inline void buffer_add(buffer *b, const void *bytes, size_t count) {
    memcpy(buffer_room(b, count), bytes, count);
    b->end += count;
}

static inline void buffer_free(buffer *b) {
    free(b->bytes);
    *b = (buffer){0};
}
