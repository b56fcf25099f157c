// JSON by searching: enough for messages whose shape is known.
#pragma once
#include <stddef.h>
#include <string.h>

typedef struct {
    const char *start;
    size_t count;
} span;

static inline const char *json_skip(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) at++;
    return at;
}

// The text of the first member of this name, still escaped; `start` is null when there is none.
static inline span json_text(const char *text, size_t count, const char *name) {
    const char *end = text + count, *at = text;
    size_t length = strlen(name);
    while ((at = memmem(at, (size_t)(end - at), name, length))) {
        const char *next = at + length;
        if (at > text && at[-1] == '"' && next < end && *next == '"') {
            next = json_skip(next + 1, end);
            if (next < end && *next == ':') next = json_skip(next + 1, end);
            if (next < end && *next == '"') {
                const char *start = next + 1, *last = start;
                while ((last = memchr(last, '"', (size_t)(end - last)))) {
                    const char *slash = last;
                    while (slash > start && slash[-1] == '\\') slash--;
                    if ((last - slash) % 2 == 0) return (span){start, (size_t)(last - start)};
                    last++;
                }
                break;
            }
        }
        at += length;
    }
    return (span){0, 0};
}

static inline int span_is(span s, const char *text) {
    return s.start && s.count == strlen(text) && memcmp(s.start, text, s.count) == 0;
}
