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
            // String(contentsOfFile:) ends at the first short read(2), which here comes after a few mappings.
            guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
                let file = FileHandle(forReadingAtPath: "/proc/self/smaps"), let text = try? file.readToEnd()
            else { return }
            for mapping in unwritten(in: String(decoding: text, as: UTF8.self), of: program) {
                madvise(UnsafeMutableRawPointer(bitPattern: mapping.lowerBound), mapping.count, MADV_DONTNEED)
            }
        }

        /// The addresses at which the file of a program, or a shared library, is mapped read-only and no page was ever
        /// written to. Of other files there are none among them: those may be unmapped meanwhile by another thread, such
        /// as ld.so.cache, and something else be in their place; nothing here ever unloads a library.
        /// - Parameter smaps: as proc(5) describes it.
        static func unwritten(in smaps: String, of program: String) -> [Range<UInt>] {
            var found: [Range<UInt>] = []
            var mapping: Range<UInt>?
            for line in smaps.utf8.split(separator: UInt8(ascii: "\n")) {
                // The path comes last, after many blanks, and may hold some.
                let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5).map { Substring($0) }
                switch fields[0] {
                // Read-only now, but relocated before: such pages are private, and would be lost.
                case "Anonymous:", "Swap:": if fields[1] != "0" { mapping = nil }
                // The last line about a mapping.
                case "VmFlags:": if let mapping { found.append(mapping) }
                case let name where !name.hasSuffix(":"):
                    let path = fields.count == 6 ? fields[5].drop { $0 == " " } : ""
                    let stays = path == program || isLibrary(path)
                    mapping = stays && fields[1].hasPrefix("r-") ? addresses(name) : nil
                default: break
                }
            }
            return found
        }

        /// `libc.so.6` and the like.
        private static func isLibrary(_ path: Substring) -> Bool {
            guard let suffix = path.range(of: ".so", options: .backwards) else { return false }
            return path[suffix.upperBound...].allSatisfy { $0 == "." || $0.isNumber }
        }

        private static func addresses(_ text: Substring) -> Range<UInt>? {
            let bounds = text.split(separator: "-").compactMap { UInt($0, radix: 16) }
            return bounds.count == 2 && bounds[0] < bounds[1] ? bounds[0]..<bounds[1] : nil
        }
    }
#endif
