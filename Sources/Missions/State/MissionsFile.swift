package import ClawdTalkAPI
package import Foundation
package import Storage

/// `.missions_state.json` (shared/spec/rest-api.md 4): read as a whole, changed under a lock and replaced as a whole, so
/// that many writers lose nothing and a kill leaves the old file or the new one.
package struct MissionsFile: Sendable {
    package let path: String
    let clock: @Sendable () -> Date
    private let note: @Sendable (String) -> Void

    /// What is longer is neither read nor written, and neither is what nests deeper.
    private static let maximumBytes = 64 << 20
    private static let maximumDepth = 200

    /// How often a change begins anew when a program that knows no locks was quicker.
    private static let tries = 20

    /// - Parameters:
    ///   - clock: for the name of a file that is set aside.
    ///   - note: told in a line that the file was damaged, and where it is kept.
    package init(
        path: String, clock: @escaping @Sendable () -> Date = { Date() },
        note: @escaping @Sendable (String) -> Void
    ) {
        (self.path, self.clock, self.note) = (path, clock, note)
    }

    /// Completed missions, beside it.
    package var archive: MissionsFile {
        let folder = (path as NSString).deletingLastPathComponent
        return MissionsFile(
            path: (folder as NSString).appendingPathComponent(".missions_archive.json"), clock: clock,
            note: note)
    }

    /// All missions; none when there is no file. A damaged file is set aside.
    package func read() throws(StorageFailure) -> MissionsState {
        guard let snapshot = try FileSnapshot.read(path, maximumBytes: Self.maximumBytes) else {
            return MissionsState()
        }
        if let state = Self.state(in: snapshot) { return state }
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        return try load().state
    }

    /// Changes the file; nothing is written when nothing changed.
    /// - Returns: what `change` returns. - Throws: ``StorageFailure``, and what `change` throws.
    @discardableResult
    package func update<Result>(_ change: (inout MissionsState) throws -> Result) throws -> Result {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        for _ in 0..<Self.tries {
            let (old, snapshot) = try load()
            var state = old
            let result = try change(&state)
            if state == old { return result }
            if try write(state, over: snapshot) { return result }
        }
        throw StorageFailure(path, .changed)
    }

    /// Changes one mission, which need not be there before.
    @discardableResult
    package func update<Result>(_ slug: String, _ change: (inout MissionEntry) throws -> Result) throws
        -> Result
    {
        try update { state in
            var entry = state[slug] ?? MissionEntry()
            let result = try change(&entry)
            state[slug] = entry
            return result
        }
    }

    /// Moves a mission into the archive, where it is read under the returned slug.
    package func archive(_ slug: String, at now: Date) throws -> String? {
        try update { state in
            guard var entry = state[slug] else { return nil }
            entry.json["archived_at"] = .string(MissionEntry.timestamp(now))
            // Twice there after a kill in between is better than nowhere.
            let name = try archive.update { archived in
                let name = archived.free(slug)
                archived[name] = entry
                return name
            }
            state[slug] = nil
            return name
        }
    }

    // MARK: Rounds of the autopilot

    /// Keeps rounds apart, whoever makes them, and away from what they must not meet. - Returns: nil when another has it.
    func tryRoundLock() throws(StorageFailure) -> FileLock? { try FileLock(trying: path + ".autopilot.lock") }

    /// Waits for a round that is under way, for a minute at most. - Throws: ``MissionFailure/busy``, StorageFailure.
    package func roundLock() async throws -> FileLock {
        for _ in 0..<600 {
            if let lock = try tryRoundLock() { return lock }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw MissionFailure.busy
    }

    // MARK: The file

    private func lock() throws(StorageFailure) -> FileLock { try FileLock(path + ".lock") }

    private func load() throws(StorageFailure) -> (state: MissionsState, snapshot: FileSnapshot?) {
        guard let snapshot = try FileSnapshot.read(path, maximumBytes: Self.maximumBytes) else {
            return (MissionsState(), nil)
        }
        if let state = Self.state(in: snapshot) { return (state, snapshot) }
        let kept =
            path + ".damaged-" + clock().formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        guard rename(snapshot.path, kept) == 0 else { throw StorageFailure(path, .notText) }
        note("\(path) is damaged; it is kept as \(kept), and a new one is begun")
        return (MissionsState(), nil)
    }

    private static func state(in snapshot: FileSnapshot) -> MissionsState? {
        // Python writes NaN and Infinity too.
        JSONValue(parsingLenient: snapshot.bytes, maximumBytes: maximumBytes).flatMap(MissionsState.init)
    }

    /// - Returns: false when the file is not the old one any more.
    private func write(_ state: MissionsState, over old: FileSnapshot?) throws(StorageFailure) -> Bool {
        let bytes = Array(state.json.stateText.utf8)
        // What could not be read again would cost all the others.
        guard bytes.count <= Self.maximumBytes else {
            throw StorageFailure(path, .tooLarge(maximumBytes: Self.maximumBytes))
        }
        guard state.json.depth <= Self.maximumDepth else {
            throw StorageFailure(path, .tooDeep(Self.maximumDepth))
        }
        let replacement = FileReplacement(of: path, expecting: old.map { .unchanged($0) } ?? .absent)
        do throws(StorageFailure) {
            try replacement.write(bytes)
            return true
        } catch {
            guard error.reason == .changed else { throw error }
            return false
        }
    }
}

extension MissionsState {
    /// The slug, or the slug with the first number that is free.
    fileprivate func free(_ slug: String) -> String {
        guard self[slug] != nil else { return slug }
        for number in 2... where self["\(slug)-\(number)"] == nil { return "\(slug)-\(number)" }
        return slug
    }
}
