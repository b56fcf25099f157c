#if canImport(Darwin)
    import Foundation

    extension OtherClient {
        static func processes() -> [OtherClient] {
            let process = Process()
            process.executableURL = URL(filePath: "/bin/ps")
            process.arguments = ["-axo", "pid=,command="]
            let output = Pipe()
            process.standardOutput = output
            guard (try? process.run()) != nil else { return [] }
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            return text.split(separator: "\n").compactMap { line in
                let words = line.split(separator: " ").map(String.init)
                guard let pid = words.first.flatMap({ pid_t($0) }) else { return nil }
                return OtherClient(pid: pid, command: Array(words.dropFirst()))
            }
        }
    }
#endif
