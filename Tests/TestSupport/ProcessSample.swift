import Foundation

/// What a process holds at one moment, by /proc.
package struct ProcessSample: Sendable {
    package let residentKiB: Int
    /// Of that, what no file backs: the heap and stacks.
    package let anonymousKiB: Int
    package let descriptors: Int
    package let threads: Int

    package init?(_ pid: Int32) {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
            let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")
        else { return nil }
        func number(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line?.split(whereSeparator: { " \t".contains($0) }).dropFirst().first.flatMap { Int($0) }
                ?? 0
        }
        (residentKiB, anonymousKiB) = (number("VmRSS"), number("RssAnon"))
        (threads, descriptors) = (number("Threads"), files.count)
    }

    package var line: String {
        "\(residentKiB) KiB (\(anonymousKiB) of them anonymous), \(descriptors) descriptors, \(threads) threads"
    }
}
