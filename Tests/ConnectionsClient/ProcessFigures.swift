import CMalloc
import Foundation

/// What this process has used.
enum ProcessFigures {
    /// User and system time together: the kernel measures the sum, and only estimates the parts.
    static var cpuSeconds: Double {
        var usage = rusage()
        #if os(Linux)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
            getrusage(RUSAGE_SELF, &usage)
        #endif
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }

    /// Resident memory after the allocator gave back what is free, as the program does when it is idle.
    static func residentKiB() -> Int {
        #if os(Linux)
            malloc_trim(0)
        #endif
        return field("Rss:", of: "/proc/self/smaps_rollup")
    }

    static var peakKiB: Int { field("VmHWM:", of: "/proc/self/status") }

    /// Foundation's way to read a file costs more than what is measured.
    private static func field(_ name: String, of path: String) -> Int {
        guard let file = fopen(path, "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            guard strncmp(line, name, name.utf8.count) == 0 else { continue }
            return line.withUnsafeBufferPointer { atol($0.baseAddress! + name.utf8.count) }
        }
        return 0
    }
}
