import Foundation
import Wire

/// Standard output carries results, standard error everything else.
enum Console {
    static func out(_ line: String) { write(line, to: STDOUT_FILENO) }
    static func error(_ line: String) { write(line, to: STDERR_FILENO) }

    /// A result as one line of JSON.
    static func jsonLine(_ value: some Encodable) {
        if let data = try? JSONEncoder().encode(value) { out(String(decoding: data, as: UTF8.self)) }
    }

    /// A result as one JSON document.
    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        if let data = try? encoder.encode(value) { out(String(decoding: data, as: UTF8.self)) }
    }

    /// Without a line end, as before an answer.
    static func prompt(_ text: String) { try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) }

    /// A text from outside: control characters cannot reach the terminal.
    static func printable(_ text: String) -> String {
        if text.bytesAllSatisfy({ (0x20...0x7E).contains($0) }) { return text }
        guard text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            return text
        }
        return text.unicodeScalars.map {
            $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0)
        }
        .joined()
    }

    private static func write(_ line: String, to descriptor: Int32) {
        var line = line + "\n"
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
                if count > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                } else if errno != EINTR {
                    return  // a closed pipe is no reason to end
                }
            }
        }
    }
}
