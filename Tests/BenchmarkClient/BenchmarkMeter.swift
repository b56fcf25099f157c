import Foundation

/// Counts messages from the first one on. Looks at the clock at most every 64 messages.
struct BenchmarkMeter {
    private let limit: Duration
    private var messages = 0
    private var bytes = 0
    private var start = ContinuousClock.now
    private var elapsed = Duration.zero
    private var cpuAtStart = 0.0

    init(seconds: Int) { limit = .seconds(seconds) }

    /// - Returns: true when the time is over.
    mutating func count(_ count: Int) -> Bool {
        guard cpuAtStart > 0 else {
            // The first message warms up.
            start = .now
            cpuAtStart = Self.cpuSeconds
            return false
        }
        messages += 1
        bytes += count
        guard count >= 65536 || messages % 64 == 0 else { return false }
        elapsed = .now - start
        return elapsed >= limit
    }

    /// One object of JSON.
    var line: String {
        let cpu = Self.cpuSeconds - cpuAtStart
        return """
            {"messages":\(messages),"seconds":\(elapsed / .seconds(1)),"bytes":\(bytes),\
            "cpu_seconds":\(cpu),"peak_rss_kib":\(Self.peakKiB)}
            """
    }

    /// User and system time of the process.
    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// ru_maxrss would count the memory of the process that started this one, and Foundation's way to read a file
    /// costs more than what is measured.
    private static var peakKiB: Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        var peak = 0
        while fgets(&line, 256, file) != nil {
            if strncmp(line, "VmHWM:", 6) == 0 {
                peak = line.withUnsafeBufferPointer { atol($0.baseAddress! + 6) }
            }
        }
        return peak
    }
}
