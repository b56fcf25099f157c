// When what happened to each request, in nanoseconds of now(); 0 for "not yet".
#pragma once
#include <stdint.h>

enum { most_requests = 1 << 20 };

typedef struct {
    // The service is about to write the request.
    int64_t asked;
    // The gateway has the whole HTTP request, and is about to write its response.
    int64_t arrived, answered;
    // The service has the whole result frame.
    int64_t resulted;
} moments;

extern moments requests[most_requests];
// What should not happen: results and gateway calls of a request that had one, and results with another one's text.
extern long second_results, second_calls, wrong_results;
extern long results, progress_frames, history_calls;
// Of the last result, in bytes as it came, escaped.
extern long text_bytes;
