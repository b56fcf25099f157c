import Foundation

@testable import Bridge

/// A disk in memory that outlives the desks over it, and can be full.
final class MemorySpool<Entry: SpoolEntry>: Spool {
    struct Full: Error {}

    private var files: [Int: Data] = [:]
    var isFull = false
    /// Does nothing before ``catchUp()``.
    var isSlow = false
    private var waiting: [() -> Void] = []
    /// Fails in the place of these saves, counted from 1.
    var failingSaves: Set<Int> = []
    private(set) var saveCount = 0
    /// Runs right after a save has reached the disk.
    var onSaved: (Entry) -> Void = { _ in }

    func load() -> [Entry] {
        files.sorted { $0.key < $1.key }.compactMap { try? JSONDecoder().decode(Entry.self, from: $0.value) }
    }

    func save(_ entry: Entry, then completion: @escaping (Result<Void, any Error>) -> Void) {
        guard isSlow else { return completion(Result { try write(entry) }) }
        waiting.append { [self] in completion(Result { try write(entry) }) }
    }

    private func write(_ entry: Entry) throws {
        saveCount += 1
        guard !isFull, !failingSaves.contains(saveCount) else { throw Full() }
        files[entry.number] = try JSONEncoder().encode(entry)
        onSaved(entry)
    }

    func remove(_ number: Int) {
        guard isSlow else { return files[number] = nil }
        waiting.append { [self] in files[number] = nil }
    }

    /// The slow disk does what it was given, as many steps as it was given by now. - Returns: how many those are.
    @discardableResult
    func catchUp() -> Int {
        let steps = waiting
        waiting = []
        steps.forEach { $0() }
        return steps.count
    }

    /// What was given to it is lost, as by kill -9.
    func forget() { waiting = [] }

    /// All that is on the disk, for what must not be there.
    var text: String { files.values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") }
}
