// Plays the service and the gateway for one client that it starts itself, and measures what lies between.
//   rig HOME CASE COUNT BYTES THINK_MS REST_SECONDS [CERTIFICATE KEY] -- WORD...
//   login   from the start of the program to its login
//   relay   COUNT requests one at a time, and as often in a row as five; memory and CPU time in between
//   queue   COUNT requests at once
// In the words {HOME}, {SERVER}, {GATEWAY} and {TOKEN} are replaced. HOME gets a skill-config.json. Prints one JSON
// object; times are microseconds.
#define _GNU_SOURCE
#include <openssl/ssl.h>
#include <signal.h>
#include <unistd.h>

#include "client.h"
#include "loop.h"
#include "gateway.h"
#include "moments.h"
#include "service.h"

enum { second = 1000000000, blocks = 5, longest_words = 64 };

moments requests[most_requests];
long second_results, second_calls, wrong_results, results, progress_frames, history_calls, text_bytes;

static pid_t client;
static char log_path[4096];

static void give_up(const char *why) {
    fprintf(stderr, "%s; the client's words are in %s\n", why, log_path);
    if (client > 0) kill(client, SIGKILL);
    exit(1);
}

static void run_for(double seconds) {
    int64_t end = now() + (int64_t)(seconds * second), left;
    while ((left = end - now()) > 0) loop_once((int)(left / 1000000) + 1);
}

static void wait_for_results(long wanted, double seconds) {
    int64_t end = now() + (int64_t)(seconds * second);
    while (results < wanted) {
        loop_once(100);
        if (now() > end) give_up("a request had no result in time");
    }
}

static void print_sample(const char *name, sample s) {
    printf(
        ",\"%s\":{\"resident_kib\":%ld,\"anonymous_kib\":%ld,\"cpu\":%.3f}", name, s.resident_kib, s.anonymous_kib,
        (double)s.cpu / 1000);
}

// The lowest moment: what looks at the gateway now and then takes some pages again.
static sample lowest_within(double seconds) {
    sample lowest = client_sample(client);
    for (double waited = 0; waited < seconds; waited += 0.25) {
        run_for(0.25);
        sample s = client_sample(client);
        if (s.resident_kib < lowest.resident_kib) lowest = s;
    }
    return lowest;
}

static void print_times(const char *name, long count, size_t from, size_t to) {
    printf(",\"%s\":[", name);
    for (long i = 1; i <= count; i++) {
        const char *m = (const char *)&requests[i];
        int64_t difference = *(const int64_t *)(m + to) - *(const int64_t *)(m + from);
        printf("%s%.1f", i > 1 ? "," : "", (double)difference / 1000);
    }
    printf("]");
}

static void measure_relay(long count, double rest) {
    sample samples[blocks + 1];
    long in_block = count / blocks > 0 ? count / blocks : 1;
    print_sample("idle", lowest_within(rest > 3 ? 3 : rest));
    samples[0] = client_sample(client);
    for (long number = 1; number <= count; number++) {
        service_ask(number);
        wait_for_results(number, 60);
        if (number % in_block == 0 && number / in_block <= blocks) samples[number / in_block] = client_sample(client);
    }
    for (int i = 0; i <= blocks && i * in_block <= count; i++) {
        char name[40];
        snprintf(name, sizeof name, "after_%ld", i * in_block);
        print_sample(name, samples[i]);
    }
    print_sample("rest", lowest_within(rest));
    print_times("total", count, offsetof(moments, asked), offsetof(moments, resulted));
    print_times("there", count, offsetof(moments, asked), offsetof(moments, arrived));
    print_times("back", count, offsetof(moments, answered), offsetof(moments, resulted));
}

static void measure_queue(long count) {
    int64_t begin = now();
    for (long number = 1; number <= count; number++) service_ask(number);
    wait_for_results(count, 120);
    printf(",\"elapsed\":%.1f", (double)(now() - begin) / 1000);
}

static void write_configuration(const char *home, const char *server, const char *gateway) {
    char path[4096];
    snprintf(path, sizeof path, "%s/skill-config.json", home);
    FILE *file = fopen(path, "w");
    if (!file) die(path);
    fprintf(
        file,
        "{\"api_key\":\"cc_bench\",\"server\":\"%s\",\"gateway_url\":\"%s\",\"gateway_token\":\"bench-token\","
        "\"owner_name\":\"Ana\"}\n", server, gateway);
    fclose(file);
}

static char *replaced(const char *word, const char *name, const char *value) {
    buffer out = {0};
    const char *at;
    while ((at = strstr(word, name))) {
        buffer_add(&out, word, (size_t)(at - word));
        buffer_add(&out, value, strlen(value));
        word = at + strlen(name);
    }
    buffer_add(&out, word, strlen(word) + 1);
    return out.bytes;
}

static SSL_CTX *secure(const char *certificate, const char *key) {
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) {
        die(certificate);
    }
    return context;
}

static void stop(void) {
    kill(client, SIGTERM);
    int64_t end = now() + 10LL * second;
    while (!client_has_ended(client)) {
        loop_once(10);
        if (now() > end) kill(client, SIGKILL);
    }
}

int main(int count, char **words) {
    int dashes = 1;
    while (dashes < count && strcmp(words[dashes], "--") != 0) dashes++;
    if (dashes < 7 || count - dashes - 1 < 1 || count - dashes > longest_words) {
        fprintf(stderr, "Use: rig HOME CASE COUNT BYTES THINK_MS REST_SECONDS [CERTIFICATE KEY] -- WORD...\n");
        return 64;
    }
    const char *home = words[1], *wanted = words[2];
    long number = strtol(words[3], 0, 10);
    if (number >= most_requests) die("too many requests");
    SSL_CTX *tls = dashes > 8 ? secure(words[7], words[8]) : 0;
    char server[60], gateway[60], *program[longest_words] = {0};
    snprintf(server, sizeof server, "%s://127.0.0.1:%d", tls ? "https" : "http", service_listen(tls));
    snprintf(
        gateway, sizeof gateway, "http://127.0.0.1:%d",
        gateway_listen(strtol(words[5], 0, 10) * 1000000, strtol(words[4], 0, 10)));
    for (int i = dashes + 1; i < count; i++) {
        char *word = replaced(replaced(words[i], "{HOME}", home), "{SERVER}", server);
        program[i - dashes - 1] = replaced(replaced(word, "{GATEWAY}", gateway), "{TOKEN}", "bench-token");
    }
    write_configuration(home, server, gateway);
    snprintf(log_path, sizeof log_path, "%s/client.log", home);
    int64_t begin = now();
    client = client_start(program, home, log_path);
    while (!logged_in_at) {
        loop_once(100);
        if (client_has_ended(client)) give_up("the client ended before it logged in");
        if (now() - begin > 60LL * second) give_up("the client did not log in");
    }
    printf("{\"login\":%.1f", (double)(logged_in_at - begin) / 1000);
    if (strcmp(wanted, "relay") == 0) measure_relay(number, strtod(words[6], 0));
    if (strcmp(wanted, "queue") == 0) measure_queue(number);
    stop();
    printf(
        ",\"results\":%ld,\"text_bytes\":%ld,\"second_results\":%ld,\"second_calls\":%ld,\"wrong_results\":%ld,"
        "\"progress\":%ld,\"history_calls\":%ld}\n",
        results, text_bytes, second_results, second_calls, wrong_results, progress_frames, history_calls);
}
