// The floor: the least that a relay can do. One epoll loop, two connections, JSON by searching, ws only; no journal, no
// log, no proof of delivery, no second try, and what the agent says goes on as it is.
//   relay SERVER GATEWAY TOKEN      both as http://127.0.0.1:PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "buffer.h"
#include "frames.h"
#include "json.h"

enum { read_size = 64 << 10, longest_queue = 1 << 12, longest_id = 100 };

static int service, gateway;
static buffer from_service, from_gateway;
static const char *token;
static int is_open;

// The requests that the gateway has not answered, in order, with what it is to be asked.
static struct {
    char id[longest_id];
    char *query;
    size_t count;
} queue[longest_queue];
static long queue_begin, queue_end;

static int connected(const char *url) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const char *port = strrchr(url, ':');
    if (!port) die(url);
    address.sin_port = htons((uint16_t)atoi(port + 1));
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    if (fd < 0 || connect(fd, (void *)&address, sizeof address)) die(url);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static void send_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = send(fd, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0) die("send");
        bytes += sent;
        count -= (size_t)sent;
    }
}

static void send_frame(int opcode, const char *bytes, size_t count) {
    static buffer scratch;
    static uint32_t key = 0x9E3779B9;
    scratch.begin = scratch.end = 0;
    uint8_t *start = (uint8_t *)buffer_room(&scratch, count + longest_header);
    size_t header = frame_header(start, opcode, count, 1);
    key = key * 1664525 + 1013904223;
    memcpy(start + header, &key, 4);
    memcpy(start + header + 4, bytes, count);
    frame_mask(start + header + 4, count, start + header);
    send_all(service, (char *)start, header + 4 + count);
}

static void ask_gateway(void) {
    static buffer request;
    size_t count = queue[queue_begin % longest_queue].count;
    request.begin = request.end = 0;
    char *start = buffer_room(&request, count + 1000);
    static const char before[] = "{\"tool\":\"sessions_send\",\"sessionKey\":\"agent:main:main\",\"args\":{\"sessionKey\":"
                                 "\"agent:main:main\",\"timeoutSeconds\":60,\"message\":\"";
    int length = sprintf(
        start,
        "POST /tools/invoke HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\n"
        "Content-Length: %zu\r\n\r\n%s%.*s\"}}",
        token, sizeof before - 1 + count + 3, before, (int)count, queue[queue_begin % longest_queue].query);
    free(queue[queue_begin % longest_queue].query);
    send_all(gateway, start, (size_t)length);
}

static void take_message(const char *text, size_t count) {
    span id = json_text(text, count, "request_id"), query = json_text(text, count, "query");
    if (!id.start || !query.start || id.count >= longest_id) return;
    if (queue_end - queue_begin == longest_queue) die("too many requests");
    memcpy(queue[queue_end % longest_queue].id, id.start, id.count);
    queue[queue_end % longest_queue].id[id.count] = 0;
    queue[queue_end % longest_queue].query = strndup(query.start, query.count);
    queue[queue_end++ % longest_queue].count = query.count;
    if (queue_end - queue_begin == 1) ask_gateway();
}

static void service_said(void) {
    if (!is_open) {
        char *head = buffer_start(&from_service), *end = memmem(head, buffer_count(&from_service), "\r\n\r\n", 4);
        static const char login[] = "{\"type\":\"auth\",\"api_key\":\"cc_bench\"}";
        if (!end) return;
        from_service.begin += (size_t)(end + 4 - head);
        is_open = 1;
        send_frame(frame_text, login, sizeof login - 1);
    }
    frame f;
    while (frame_read(&f, (uint8_t *)buffer_start(&from_service), buffer_count(&from_service))) {
        char *payload = buffer_start(&from_service) + f.header;
        from_service.begin += f.header + f.count;
        if (f.opcode == frame_text) take_message(payload, f.count);
        if (f.opcode == frame_ping) send_frame(frame_pong, payload, f.count);
        if (f.opcode == frame_close) exit(0);
    }
}

static void gateway_said(void) {
    static buffer result;
    char *head = buffer_start(&from_gateway), *end = memmem(head, buffer_count(&from_gateway), "\r\n\r\n", 4);
    if (!end) return;
    *end = 0;
    char *length = strcasestr(head, "\r\ncontent-length:");
    size_t count = length ? strtoul(length + 17, 0, 10) : 0, whole = (size_t)(end + 4 - head) + count;
    *end = '\r';
    if (buffer_count(&from_gateway) < whole) return;
    from_gateway.begin += whole;
    span reply = json_text(end + 4, count, "reply");
    result.begin = result.end = 0;
    char *start = buffer_room(&result, reply.count + longest_id + 100);
    int written = sprintf(
        start, "{\"type\":\"deep_tool_result\",\"request_id\":\"%s\",\"text\":\"%.*s\"}",
        queue[queue_begin++ % longest_queue].id, (int)reply.count, reply.start ? reply.start : "");
    send_frame(frame_text, start, (size_t)written);
    if (queue_begin < queue_end) ask_gateway();
}

static void read_some(int fd, buffer *b) {
    ssize_t count = recv(fd, buffer_room(b, read_size), read_size, 0);
    if (count <= 0) exit(0);
    b->end += (size_t)count;
}

int main(int count, char **words) {
    if (count != 4) {
        fprintf(stderr, "Use: relay SERVER GATEWAY TOKEN\n");
        return 64;
    }
    static const char opening[] =
        "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIGZsb29yIG9mIGl0IQ==\r\n\r\n";
    service = connected(words[1]);
    gateway = connected(words[2]);
    token = words[3];
    send_all(service, opening, sizeof opening - 1);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = service};
    epoll_ctl(epoll, EPOLL_CTL_ADD, service, &event);
    event.data.fd = gateway;
    epoll_ctl(epoll, EPOLL_CTL_ADD, gateway, &event);
    while (epoll_wait(epoll, &event, 1, -1) >= 0) {
        read_some(event.data.fd, event.data.fd == service ? &from_service : &from_gateway);
        event.data.fd == service ? service_said() : gateway_said();
    }
}
