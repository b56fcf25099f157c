#if os(Linux)
    import CMalloc
    import Foundation

    /// Gives the system back what nobody needs right now: freed memory that the allocator holds, and code and constants.
    ///
    /// The kernel maps 64 KiB of a program around every page that is touched, so that 12 MiB of a statically
    /// linked one count as resident when the bridge needs a quarter of it. A page that was never written to
    /// comes back from the page cache when it is needed again. Figures: docs/performance.md.
    enum IdleMemory {
        static func release() {
            malloc_trim(0)
            releaseCode()
        }

        private static func releaseCode() {
            // String(contentsOfFile:) ends at the first short read(2), which here comes after a few mappings.
            guard let file = FileHandle(forReadingAtPath: "/proc/self/smaps"),
                let text = try? file.readToEnd().map({ String(decoding: $0, as: UTF8.self) })
            else { return }
            // Of this program only: a library may be unloaded meanwhile, and something else be in its place.
            let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            var mapping: UnsafeMutableRawBufferPointer?
            for line in text.split(separator: "\n") {
                // The path comes last and may hold blanks.
                let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
                switch fields[0] {
                // Read-only now, but relocated before: such pages are private, and would be lost.
                case "Anonymous:", "Swap:": if fields[1] != "0" { mapping = nil }
                // The last line about a mapping.
                case "VmFlags:": if let mapping { madvise(mapping.baseAddress, mapping.count, MADV_DONTNEED) }
                case let name where !name.hasSuffix(":"):
                    mapping = fields.count == 6 && String(fields[5]) == program ? readOnly(fields) : nil
                default: break
                }
            }
        }

        /// The memory of a mapping that cannot be written to.
        private static func readOnly(_ fields: [Substring]) -> UnsafeMutableRawBufferPointer? {
            guard fields[1].hasPrefix("r-") else { return nil }
            let bounds = fields[0].split(separator: "-").compactMap { UInt(String($0), radix: 16) }
            guard bounds.count == 2 else { return nil }
            return UnsafeMutableRawBufferPointer(
                start: UnsafeMutableRawPointer(bitPattern: bounds[0]), count: Int(bounds[1] - bounds[0]))
        }
    }
#endif
