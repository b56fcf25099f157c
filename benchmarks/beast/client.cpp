// Boost.Beast's client: blocking calls, which are its fastest for one connection. Deflate is off by default.
// usage: client tuned|default URL echo|receive BYTES OUTSTANDING SECONDS
//   default  as the library comes: messages leave in frames of 4 KiB, each with a system call
//   tuned    a message is one frame, masked 64 KiB at a time
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using clock_type = std::chrono::steady_clock;

static double cpu_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

static long peak_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
    return 0;
}

static void run(bool tuned, const std::string& url, bool echo, size_t bytes, int outstanding, int seconds) {
    auto authority = url.substr(url.find("//") + 2);
    auto colon = authority.find(':');
    asio::io_context context;
    asio::ip::tcp::resolver resolver(context);
    websocket::stream<asio::ip::tcp::socket> socket(context);
    asio::connect(socket.next_layer(), resolver.resolve(authority.substr(0, colon), authority.substr(colon + 1)));
    socket.next_layer().set_option(asio::ip::tcp::no_delay(true));
    if (tuned) {
        socket.auto_fragment(false);
        socket.write_buffer_bytes(64 << 10);
    }
    socket.binary(true);
    socket.handshake(authority, echo ? "/echo" : "/flood/" + std::to_string(bytes));

    std::string payload(bytes, 'x');
    beast::flat_buffer message;
    // A flood is begun with one message.
    for (int i = 0; i < (echo ? outstanding : 1); i++) socket.write(asio::buffer(payload));
    // The first message warms up.
    socket.read(message);
    if (echo) socket.write(asio::buffer(payload));
    auto start = clock_type::now();
    double cpu = cpu_seconds(), elapsed = 0;
    long messages = 0, total = 0;
    while (elapsed < seconds) {
        message.clear();
        socket.read(message);
        messages++;
        total += long(message.size());
        if (bytes >= 65536 || messages % 64 == 0)
            elapsed = std::chrono::duration<double>(clock_type::now() - start).count();
        if (echo) socket.write(asio::buffer(payload));
    }
    std::printf("{\"messages\":%ld,\"seconds\":%f,\"bytes\":%ld,\"cpu_seconds\":%f,\"peak_rss_kib\":%ld}\n", messages,
                elapsed, total, cpu_seconds() - cpu, peak_kib());
}

int main(int count, char** words) {
    if (count != 7) {
        std::fprintf(stderr, "usage: client tuned|default URL echo|receive BYTES OUTSTANDING SECONDS\n");
        return 64;
    }
    run(!std::strcmp(words[1], "tuned"), words[2], !std::strcmp(words[3], "echo"), std::stoul(words[4]),
        std::atoi(words[5]), std::atoi(words[6]));
}
