#define _GNU_SOURCE
#include "gateway.h"

#include <strings.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "json.h"
#include "loop.h"
#include "moments.h"

enum { longest_queue = 1 << 12 };

// The agent's turns: the first is at work.
typedef struct {
    peer *peer;
    long number;
} turn;

static turn queue[longest_queue];
static long queue_begin, queue_end, think_time;
static source timer;
static buffer filling;

static void respond(peer *p, int status, const char *body, size_t count) {
    static buffer scratch;
    scratch.begin = scratch.end = 0;
    char *start = buffer_room(&scratch, count + 300);
    int head = sprintf(
        start,
        "HTTP/1.1 %d %s\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: %zu\r\n"
        "Connection: keep-alive\r\nKeep-Alive: timeout=120\r\n\r\n",
        status, status == 200 ? "OK" : "Error", count);
    memcpy(start + head, body, count);
    peer_write(p, start, (size_t)head + count);
}

static void respond_text(peer *p, int status, const char *body) { respond(p, status, body, strlen(body)); }

static void answer(peer *p, long number) {
    static buffer body;
    body.begin = body.end = 0;
    char reply[300];
    snprintf(
        reply, sizeof reply, "Here is what I found about number %ld : it is on time, and you have half an hour left.",
        number);
    char *room = buffer_room(&body, 2 * buffer_count(&filling) + 2000);
    // As the gateway does it: the same object as JSON in a text, and as `details`.
    int count = sprintf(
        room,
        "{\"ok\":true,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\n  \\\"runId\\\": \\\"run-%ld\\\",\\n  "
        "\\\"status\\\": \\\"ok\\\",\\n  \\\"reply\\\": \\\"%s%.*s\\\",\\n  \\\"sessionKey\\\": \\\"agent:main:main\\\",\\n  "
        "\\\"delivery\\\": {\\n    \\\"status\\\": \\\"skipped\\\"\\n  }\\n}\"}],\"details\":{\"runId\":\"run-%ld\","
        "\"status\":\"ok\",\"reply\":\"%s%.*s\",\"sessionKey\":\"agent:main:main\","
        "\"delivery\":{\"status\":\"skipped\"}}}}",
        number, reply, (int)buffer_count(&filling), filling.bytes, number, reply, (int)buffer_count(&filling),
        filling.bytes);
    if (number > 0) requests[number].answered = now();
    respond(p, 200, room, (size_t)count);
}

static void start_timer(void) {
    struct itimerspec time = {.it_value = {think_time / 1000000000, think_time % 1000000000}};
    timerfd_settime(timer.fd, 0, &time, 0);
}

static void timer_ready(source *s, uint32_t events) {
    (void)events;
    uint64_t count;
    if (read(s->fd, &count, sizeof count) < 0) return;
    turn done = queue[queue_begin++ % longest_queue];
    if (done.peer) answer(done.peer, done.number);
    if (queue_begin < queue_end) start_timer();
}

static void ask_agent(peer *p, const char *message, size_t count) {
    const char *mark = memmem(message, count, "number ", 7);
    long number = mark ? strtol(mark + 7, 0, 10) : 0;
    if (number < 0 || number >= most_requests) number = 0;
    if (number > 0 && requests[number].arrived) second_calls++;
    if (number > 0) requests[number].arrived = now();
    if (think_time == 0) return answer(p, number);
    if (queue_end - queue_begin == longest_queue) die("too many turns");
    queue[queue_end++ % longest_queue] = (turn){p, number};
    if (queue_end - queue_begin == 1) start_timer();
}

static void serve(peer *p, const char *head, const char *body, size_t count) {
    if (strncmp(head, "GET /healthz ", 13) == 0) return respond_text(p, 200, "{\"ok\":true,\"status\":\"live\"}");
    if (strncmp(head, "POST /tools/invoke ", 19) != 0) return respond_text(p, 404, "{}");
    if (!strcasestr(head, "authorization: bearer bench-token")) {
        return respond_text(p, 401, "{\"error\":{\"message\":\"Unauthorized\",\"type\":\"unauthorized\"}}");
    }
    span tool = json_text(body, count, "tool");
    if (span_is(tool, "sessions_history")) {
        history_calls++;
        return respond_text(
            p, 200, "{\"ok\":true,\"result\":{\"details\":{\"sessionKey\":\"agent:main:main\",\"messages\":[]}}}");
    }
    if (!span_is(tool, "sessions_send")) {
        return respond_text(p, 404, "{\"ok\":false,\"error\":{\"type\":\"not_found\",\"message\":\"Tool not available\"}}");
    }
    span message = json_text(body, count, "message");
    if (message.start) return ask_agent(p, message.start, message.count);
    respond_text(p, 400, "{\"ok\":false,\"error\":{\"type\":\"tool_error\",\"message\":\"message required\"}}");
}

static void received(peer *p) {
    while (buffer_count(&p->in) > 0) {
        char *head = buffer_start(&p->in), *end = memmem(head, buffer_count(&p->in), "\r\n\r\n", 4);
        if (!end) return;
        *end = 0;
        char *length = strcasestr(head, "\r\ncontent-length:");
        size_t count = length ? strtoul(length + 17, 0, 10) : 0, whole = (size_t)(end + 4 - head) + count;
        if (buffer_count(&p->in) < whole) {
            *end = '\r';
            return;
        }
        p->in.begin += whole;
        serve(p, head, end + 4, count);
    }
}

static void gone(peer *p) {
    for (long i = queue_begin; i < queue_end; i++) {
        if (queue[i % longest_queue].peer == p) queue[i % longest_queue].peer = 0;
    }
}

static void greet(peer *p) {
    p->received = received;
    p->gone = gone;
}

int gateway_listen(long think, long bytes) {
    static const char sentence[] = " The parcel left the depot this morning and the driver expects to be here before six.";
    think_time = think;
    while ((long)buffer_count(&filling) < bytes) {
        size_t rest = (size_t)bytes - buffer_count(&filling);
        buffer_add(&filling, sentence, rest < sizeof sentence - 1 ? rest : sizeof sentence - 1);
    }
    timer = (source){timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC), timer_ready};
    loop_add(&timer, EPOLLIN);
    return loop_listen(0, greet);
}
