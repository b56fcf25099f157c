#define _GNU_SOURCE
#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "buffer.h"

pid_t client_start(char **words, const char *home, const char *log) {
    extern char **environ;
    posix_spawn_file_actions_t files;
    pid_t pid;
    setenv("HOME", home, 1);
    setenv("CLAWDTALK_HOME", home, 1);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&files, 1, 2);
    errno = posix_spawnp(&pid, words[0], &files, 0, words, environ);
    if (errno) die(words[0]);
    posix_spawn_file_actions_destroy(&files);
    return pid;
}

sample client_sample(pid_t pid) {
    char path[60], text[4096];
    sample s = {0};
    struct timespec time;
    clockid_t clock;
    if (!clock_getcpuclockid(pid, &clock) && !clock_gettime(clock, &time)) {
        s.cpu = time.tv_sec * 1000000000LL + time.tv_nsec;
    }
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = file < 0 ? -1 : read(file, text, sizeof text - 1);
    if (file >= 0) close(file);
    if (count <= 0) return s;
    text[count] = 0;
    char *resident = strstr(text, "VmRSS:"), *anonymous = strstr(text, "RssAnon:");
    if (resident) s.resident_kib = strtol(resident + 6, 0, 10);
    if (anonymous) s.anonymous_kib = strtol(anonymous + 8, 0, 10);
    return s;
}

int client_has_ended(pid_t pid) { return waitpid(pid, 0, WNOHANG) == pid; }
