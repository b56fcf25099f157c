/// Takes the data of events out of a `text/event-stream` (WHATWG HTML §9.2.6), whatever way its bytes are split.
package struct ServerSentEvents {
    /// A line, or an event's data, is longer than ``maximumBytes``.
    package struct TooLong: Error {}

    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var lastWasCR = false
    private var isFirstLine = true

    /// Of a line and of an event's data, in bytes; a chunk of an answer has a few hundred.
    static let maximumBytes = 1 << 20

    package init() {}

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// - Returns: the data of each event that is whole now; events without data are none.
    /// - Throws: ``TooLong`` beyond the limit. After that the stream is of no more use.
    package mutating func take(_ bytes: [UInt8]) throws(TooLong) -> [String] {
        var events: [String] = []
        for byte in bytes {
            let endsCR = lastWasCR
            lastWasCR = byte == 0x0D
            switch byte {
            case 0x0A where endsCR: continue
            case 0x0A, 0x0D:
                if let event = try endLine() { events.append(event) }
            default:
                guard line.count < Self.maximumBytes else { throw TooLong() }
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() throws(TooLong) -> String? {
        defer { line.removeAll(keepingCapacity: true) }
        var content = line[...]
        if isFirstLine, content.starts(with: Self.byteOrderMark) { content = content.dropFirst(3) }
        isFirstLine = false
        guard !content.isEmpty else { return endEvent() }
        let name = content.prefix { $0 != UInt8(ascii: ":") }
        // Comments have no name; `event`, `id` and `retry` say nothing here.
        guard name.elementsEqual("data".utf8) else { return nil }
        var value = content.dropFirst(name.count + 1)
        if value.first == 0x20 { value = value.dropFirst() }
        guard data.count + value.count < Self.maximumBytes else { throw TooLong() }
        if hasData { data.append(0x0A) }
        data += value
        hasData = true
        return nil
    }

    private mutating func endEvent() -> String? {
        defer { (data, hasData) = ([], false) }
        return hasData && !data.isEmpty ? String(decoding: data, as: UTF8.self) : nil
    }
}
