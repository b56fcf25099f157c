#if os(Linux)
    import Foundation

    extension OtherClient {
        static func processes() -> [OtherClient] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { name in
                guard let pid = pid_t(name),
                    let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline"), !data.isEmpty
                else { return nil }
                return OtherClient(
                    pid: pid, command: data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
            }
        }
    }
#endif
