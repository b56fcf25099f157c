import Transport

/// A SHA-256, as sha256sum(1) writes it.
struct Checksum: Equatable, Sendable {
    /// 64 lower-case hexadecimal digits.
    let hex: String

    /// - Returns: nil unless `text` is 64 hexadecimal digits.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == 64, text.allSatisfy({ $0.isASCII && $0.isHexDigit }) else { return nil }
        hex = text.lowercased()
    }

    init(of bytes: [UInt8]) {
        let digits = Array("0123456789abcdef")
        hex = String(Digest.sha256(bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The one of a file in a list of sums; a list of a single bare sum is that of any file.
    /// - Parameter name: without folders; a list may name it with some.
    static func published(in list: String, for name: String) -> Checksum? {
        let lines = list.split(whereSeparator: \.isNewline)
        if lines.count == 1, let bare = Checksum(lines[0].trimmed) { return bare }
        for line in lines {
            let words = line.split(
                maxSplits: 1, omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
            guard words.count == 2, let sum = Checksum(words[0]) else { continue }
            // An asterisk stands for binary mode.
            let file = words[1].trimmed.drop { $0 == "*" }
            if file.split(separator: "/").last.map(String.init) == name { return sum }
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var text = drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
