#define _GNU_SOURCE
#include "loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { read_size = 64 << 10 };

typedef struct {
    source source;
    SSL_CTX *tls;
    void (*greet)(peer *);
} listener;

static int epoll = -1;

int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void control(source *s, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = s};
    if (epoll < 0) epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll_ctl(epoll, operation, s->fd, &event)) die("epoll_ctl");
}

void loop_add(source *s, uint32_t events) { control(s, EPOLL_CTL_ADD, events); }

void loop_once(int milliseconds) {
    // One at a time: what one handler closes cannot be among the events of another.
    struct epoll_event event;
    int count = epoll_wait(epoll, &event, 1, milliseconds);
    if (count < 0 && errno != EINTR) die("epoll_wait");
    source *s = event.data.ptr;
    if (count > 0) s->ready(s, event.events);
}

static void peer_close(peer *p) {
    if (p->gone) p->gone(p);
    close(p->source.fd);
    SSL_free(p->ssl);
    buffer_free(&p->in);
    buffer_free(&p->out);
    buffer_free(&p->message);
    free(p);
}

// What read(2) and write(2) say; -1 with EAGAIN where TLS has to wait.
static ssize_t tls_result(peer *p, int count) {
    if (count > 0) return count;
    int error = SSL_get_error(p->ssl, count);
    errno = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? EAGAIN : ECONNRESET;
    return error == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

static ssize_t peer_send(peer *p, const void *bytes, size_t count) {
    if (p->ssl) return tls_result(p, SSL_write(p->ssl, bytes, (int)count));
    return send(p->source.fd, bytes, count, MSG_NOSIGNAL);
}

static void want_write(peer *p, int wanted) {
    if (p->waits_to_write == wanted) return;
    p->waits_to_write = wanted;
    control(&p->source, EPOLL_CTL_MOD, wanted ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

static void peer_drain(peer *p) {
    while (buffer_count(&p->out) > 0) {
        ssize_t count = peer_send(p, buffer_start(&p->out), buffer_count(&p->out));
        if (count <= 0) break;
        p->out.begin += (size_t)count;
    }
    want_write(p, buffer_count(&p->out) > 0);
}

void peer_write(peer *p, const void *bytes, size_t count) {
    if (buffer_count(&p->out) == 0 && !p->ssl) {
        ssize_t sent = peer_send(p, bytes, count);
        if (sent == (ssize_t)count) return;
        if (sent > 0) {
            bytes = (const char *)bytes + sent;
            count -= (size_t)sent;
        }
    }
    buffer_add(&p->out, bytes, count);
    peer_drain(p);
}

void peer_finish(peer *p) {
    if (p->ssl) SSL_shutdown(p->ssl);
    shutdown(p->source.fd, SHUT_WR);
}

// False when the connection is gone.
static int peer_read(peer *p) {
    int pending;
    do {
        char *room = buffer_room(&p->in, read_size);
        ssize_t count = p->ssl ? tls_result(p, SSL_read(p->ssl, room, read_size))
                               : recv(p->source.fd, room, read_size, 0);
        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) return 0;
        if (count < 0) return 1;
        p->in.end += (size_t)count;
        pending = p->ssl ? SSL_pending(p->ssl) > 0 : 0;
        if (!pending) p->received(p);
    } while (pending);
    return 1;
}

static void peer_ready(source *s, uint32_t events) {
    peer *p = (peer *)s;
    if (p->is_shaking) {
        int done = SSL_accept(p->ssl);
        if (done != 1) {
            if (tls_result(p, done) == 0 || errno != EAGAIN) peer_close(p);
            return;
        }
        p->is_shaking = 0;
    }
    if (events & EPOLLOUT) peer_drain(p);
    if (events & ~(uint32_t)EPOLLOUT && !peer_read(p)) peer_close(p);
}

static void accept_ready(source *s, uint32_t events) {
    (void)events;
    listener *l = (listener *)s;
    int fd = accept4(l->source.fd, 0, 0, SOCK_NONBLOCK | SOCK_CLOEXEC), one = 1;
    if (fd < 0) return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    peer *p = calloc(1, sizeof *p);
    if (!p) die("calloc");
    p->source = (source){fd, peer_ready};
    if (l->tls) {
        p->ssl = SSL_new(l->tls);
        SSL_set_fd(p->ssl, fd);
        SSL_set_mode(p->ssl, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        p->is_shaking = 1;
    }
    l->greet(p);
    loop_add(&p->source, EPOLLIN);
}

int loop_listen(SSL_CTX *tls, void (*greet)(peer *)) {
    listener *l = calloc(1, sizeof *l);
    if (!l) die("calloc");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (void *)&address, size) || listen(fd, SOMAXCONN)) die("listen");
    if (getsockname(fd, (void *)&address, &size)) die("getsockname");
    *l = (listener){{fd, accept_ready}, tls, greet};
    loop_add(&l->source, EPOLLIN);
    return ntohs(address.sin_port);
}
