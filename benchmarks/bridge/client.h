// The program that is measured, by /proc and its clock.
#pragma once
#include <stdint.h>
#include <sys/types.h>

typedef struct {
    // VmRSS and RssAnon.
    long resident_kib, anonymous_kib;
    // User and system, of all threads, nanoseconds.
    int64_t cpu;
} sample;

// Starts it; what it says goes to that file. Its home is the folder's.
pid_t client_start(char **words, const char *home, const char *log);
sample client_sample(pid_t);
int client_has_ended(pid_t);
