import Bridge

/// A journal's file in memory.
final class MemoryJournalFile: JournalFile {
    var bytes: [UInt8] = []

    func read() -> [UInt8] { bytes }
    func append(_ more: [UInt8]) { bytes += more }
    func replace(with new: [UInt8]) { bytes = new }
}

/// What a recorder was told.
final class MemoryRecorder: CallRecorder {
    private(set) var events: [(event: CallRecord, call: String)] = []

    func record(_ event: CallRecord, of callID: String) { events.append((event, callID)) }
}
