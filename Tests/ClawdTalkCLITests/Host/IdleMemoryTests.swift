#if os(Linux)
    import Foundation
    import Testing

    @testable import ClawdTalkCLI

    @Suite("What is given back at rest")
    struct IdleMemoryTests {
        private static func mapping(
            _ addresses: String, _ permissions: String, _ path: String, anonymous: Int = 0
        ) -> String {
            """
            \(addresses) \(permissions) 00000000 08:01 1234                       \(path)
            Rss:                 100 kB
            Anonymous:             \(anonymous) kB
            Swap:                  0 kB
            VmFlags: rd ex mr mw me

            """
        }

        @Test("what of the program and its libraries cannot be written to and never was")
        func mappings() {
            let smaps =
                Self.mapping("1000-3000", "r-xp", "/home/a b/clawdtalk")
                + Self.mapping("3000-4000", "r--p", "/home/a b/clawdtalk", anonymous: 4)
                + Self.mapping("4000-5000", "rw-p", "/home/a b/clawdtalk")
                + Self.mapping("6000-7000", "r--p", "/etc/ld.so.cache")
                + Self.mapping("7000-8000", "r-xp", "/usr/lib/libc.so.6")
                + Self.mapping("8000-9000", "r--s", "/usr/lib/gconv/gconv-modules.cache")
                + Self.mapping("9000-a000", "r--p", "/home/a b/clawdtalk")
            #expect(
                IdleMemory.unwritten(in: smaps, of: "/home/a b/clawdtalk") == [
                    0x1000..<0x3000, 0x7000..<0x8000, 0x9000..<0xa000,
                ])
        }

        @Test("this process has such mappings, and lives on when they are given back")
        func own() throws {
            let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let file = try #require(FileHandle(forReadingAtPath: "/proc/self/smaps"))
            let smaps = String(decoding: try #require(try file.readToEnd()), as: UTF8.self)
            #expect(!IdleMemory.unwritten(in: smaps, of: program).isEmpty)
            IdleMemory.release()
        }
    }
#endif
