import Foundation

extension String {
    /// Whether `needle` stands in the text, byte for byte: for marks in texts of megabytes, where a search by
    /// characters takes seconds.
    package func containsBytes(of needle: String) -> Bool {
        var (text, needle) = (self, needle)
        return text.withUTF8 { text in
            needle.withUTF8 { UnsafeRawBufferPointer(text).contains(UnsafeRawBufferPointer($0)) }
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func contains(_ mark: UnsafeRawBufferPointer) -> Bool {
        guard let first = mark.first, let markStart = mark.baseAddress else { return true }
        var rest = self
        while rest.count >= mark.count, let start = rest.baseAddress {
            guard let hit = memchr(start, Int32(first), rest.count - mark.count + 1) else { return false }
            if memcmp(hit, markStart, mark.count) == 0 { return true }
            rest = UnsafeRawBufferPointer(rebasing: rest[(UnsafeRawPointer(hit) - start + 1)...])
        }
        return false
    }
}
