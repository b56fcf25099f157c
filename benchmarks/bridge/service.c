#define _GNU_SOURCE
#include "service.h"

#include "frames.h"
#include "handshake.h"
#include "json.h"
#include "moments.h"

int64_t logged_in_at;

static peer *line;

// What callers ask. None of it needs an approval, and each holds the number that the gateway looks for.
static const char *questions[] = {
    "What does note number %ld say?",
    "When does train number %ld leave tomorrow morning?",
    "Is parcel number %ld on its way, and when will it be here?",
    "Who is at the table number %ld tonight?",
    "How long is the drive to house number %ld if I leave at five?",
    "What did Maria write about proposal number %ld, in one sentence?",
    "Is there anything in my calendar before meeting number %ld?",
};

static void send_frame(peer *p, int opcode, const void *bytes, size_t count) {
    static buffer scratch;
    scratch.begin = scratch.end = 0;
    uint8_t *start = (uint8_t *)buffer_room(&scratch, count + longest_header);
    size_t header = frame_header(start, opcode, count, 0);
    memcpy(start + header, bytes, count);
    peer_write(p, start, header + count);
}

void service_ask(long number) {
    char query[200], text[600];
    snprintf(query, sizeof query, questions[number % (long)(sizeof questions / sizeof *questions)], number);
    int count = snprintf(
        text, sizeof text,
        "{\"type\":\"event\",\"event\":\"deep_tool_request\",\"call_id\":\"v3:bench-call-%ld\","
        "\"request_id\":\"request-%ld\",\"query\":\"%s\",\"context\":{}}",
        number % 5, number, query);
    requests[number].asked = now();
    if (line) send_frame(line, frame_text, text, (size_t)count);
}

static void take_result(const char *text, size_t count) {
    int64_t moment = now();
    long number = 0;
    char mark[40];
    span id = json_text(text, count, "request_id"), answer = json_text(text, count, "text");
    if (!id.start || sscanf(id.start, "request-%ld", &number) != 1 || number < 0 || number >= most_requests) return;
    if (requests[number].resulted) {
        second_results++;
        return;
    }
    requests[number].resulted = moment;
    results++;
    text_bytes = (long)answer.count;
    int length = snprintf(mark, sizeof mark, "number %ld ", number);
    if (!answer.start || !memmem(answer.start, answer.count, mark, (size_t)length)) wrong_results++;
}

static void take_message(peer *p, const char *text, size_t count) {
    span type = json_text(text, count, "type");
    if (span_is(type, "deep_tool_result")) return take_result(text, count);
    if (span_is(type, "deep_tool_progress")) progress_frames++;
    if (!span_is(type, "auth")) return;
    static const char answer[] = "{\"type\":\"auth_ok\",\"user_id\":\"bench\",\"has_devices\":false}";
    send_frame(p, frame_text, answer, sizeof answer - 1);
    line = p;
    logged_in_at = now();
}

static void take_frame(peer *p, const frame *f, uint8_t *bytes) {
    if (f->key) frame_mask(bytes, f->count, f->key);
    switch (f->opcode) {
    case frame_ping: return send_frame(p, frame_pong, bytes, f->count);
    case frame_close:
        send_frame(p, frame_close, bytes, f->count < 2 ? 0 : 2);
        return peer_finish(p);
    case frame_pong: return;
    default: break;
    }
    if (f->is_last && buffer_count(&p->message) == 0) return take_message(p, (char *)bytes, f->count);
    buffer_add(&p->message, bytes, f->count);
    if (!f->is_last) return;
    take_message(p, buffer_start(&p->message), buffer_count(&p->message));
    p->message.begin = p->message.end;
}

static void received(peer *p) {
    if (p->stage == 0 && !handshake_answer(p, "", 0)) return;
    p->stage = 1;
    frame f;
    while (frame_read(&f, (uint8_t *)buffer_start(&p->in), buffer_count(&p->in))) {
        uint8_t *payload = (uint8_t *)buffer_start(&p->in) + f.header;
        p->in.begin += f.header + f.count;
        take_frame(p, &f, payload);
    }
}

static void gone(peer *p) {
    if (p == line) line = 0;
}

static void greet(peer *p) {
    p->received = received;
    p->gone = gone;
}

int service_listen(SSL_CTX *tls) { return loop_listen(tls, greet); }
