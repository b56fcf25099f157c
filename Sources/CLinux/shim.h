// epoll(7), accept4(2) and pipe2(2), which Swift's Glibc module leaves out. Darwin has other calls for them.
#pragma once
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/socket.h>
int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
int pipe2(int ends[2], int flags);
#endif
