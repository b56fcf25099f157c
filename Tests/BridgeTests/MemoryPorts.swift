import Bridge

/// A journal's file in memory.
final class MemoryJournalFile: JournalFile {
    var bytes: [UInt8] = []
    /// Nothing more is written.
    var isBroken = false

    func read() -> [UInt8] { bytes }
    func append(_ more: [UInt8]) { if !isBroken { bytes += more } }
    func replace(with new: [UInt8]) { if !isBroken { bytes = new } }
}

/// Counts how often it is written to, and how much.
final class CountingJournalFile: JournalFile {
    private let file = MemoryJournalFile()
    /// Appendings.
    private(set) var count = 0
    private(set) var replacements = 0
    private(set) var byteCount = 0

    func read() -> [UInt8] { file.read() }
    func append(_ bytes: [UInt8]) {
        count += 1
        byteCount += bytes.count
        file.append(bytes)
    }
    func replace(with bytes: [UInt8]) {
        replacements += 1
        byteCount += bytes.count
        file.replace(with: bytes)
    }
}

/// What a recorder was told.
final class MemoryRecorder: CallRecorder {
    private(set) var events: [(event: CallRecord, call: String)] = []

    func record(_ event: CallRecord, of callID: String) { events.append((event, callID)) }
}
