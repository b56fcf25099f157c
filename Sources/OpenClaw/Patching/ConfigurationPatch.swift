import Foundation
package import JSON5
package import Storage

/// Changes of openclaw.json and the files it includes, planned whole before anything is written: after each change
/// everything is read again as OpenClaw would, and must mean the old configuration with that change.
package struct ConfigurationPatch {
    /// As it will be.
    package private(set) var configuration: OpenClawConfiguration
    private let original: OpenClawConfiguration

    package init(_ configuration: OpenClawConfiguration) throws(PatchRefusal) {
        if let url = configuration.remoteGateway { throw .remote(url: url) }
        if configuration.source.environment["OPENCLAW_NIX_MODE"] == "1" {
            throw .nixMode(path: configuration.path)
        }
        (self.configuration, original) = (configuration, configuration)
    }

    /// Adds an element to an array, which is made where it is missing.
    /// - Returns: what was added, for the day when it is to go again.
    @discardableResult
    package mutating func append(_ element: JSON5Value, to path: [String]) throws(PatchRefusal)
        -> PatchAddition
    {
        let owner = try configuration.owner(of: path)
        let addition = addition(at: owner, value: element)
        try edit(.append(element, to: owner.path), in: owner, meaning: .append(element, to: path))
        return addition
    }

    /// Sets a member that is not there yet, or says otherwise.
    @discardableResult
    package mutating func insert(_ value: JSON5Value, at path: [String]) throws(PatchRefusal) -> PatchAddition
    {
        let owner = try configuration.owner(of: path)
        let addition = addition(at: owner, value: value)
        try edit(.set(value, at: owner.path), in: owner, meaning: .set(value, at: path))
        return addition
    }

    /// Takes every element that is this text out of an array.
    package mutating func removeEntries(_ text: String, from path: [String]) throws(PatchRefusal) {
        while let index = configuration.merged[path: path]?.elements?.firstIndex(where: { $0.string == text })
        {
            let owner = try configuration.owner(of: path)
            let node = configuration.files[owner.file]?.document.root[path: owner.path]
            guard let inner = node?.elements?.firstIndex(where: { $0.string == text }) else {
                throw .spread(key: path.joined(separator: "."), path: owner.file)
            }
            try edit(
                .removeElement(inner, from: owner.path), in: owner, meaning: .removeElement(index, from: path)
            )
        }
    }

    package mutating func removeMember(_ path: [String]) throws(PatchRefusal) {
        let owner = try configuration.owner(of: path)
        try edit(.removeMember(owner.path), in: owner, meaning: .removeMember(path))
    }

    /// The files that change.
    package var changes: [(before: ConfigurationFile, after: ConfigurationFile)] {
        var seen: Set<String> = []
        return original.files.keys.sorted().compactMap { path in
            guard let before = original.files[path], let after = configuration.files[path],
                before.document != after.document, seen.insert(before.snapshot.path).inserted
            else { return nil }
            return (before, after)
        }
    }

    /// Replaces the files, each with a backup beside it.
    /// - Parameter stamp: a moment as a part of a name, such as `20261123T101500Z`.
    /// - Throws: ``StorageFailure``; what stands in the way of any file is found before the first is written.
    /// - Returns: the paths of the backups.
    @discardableResult
    package func write(stamp: String) throws(StorageFailure) -> [String] {
        let replacements = changes.map { before, after in
            var replacement = FileReplacement(
                of: before.snapshot.path, expecting: .unchanged(before.snapshot))
            // OpenClaw deletes what is named like its own backups, `NAME.bak.*`.
            replacement.backupPath = before.snapshot.path + ".clawdtalk-\(stamp).bak"
            return (replacement, after.document.bytes)
        }
        for (replacement, _) in replacements { try replacement.check() }
        var backups: [String] = []
        for (replacement, bytes) in replacements {
            if let backup = try replacement.write(bytes) { backups.append(backup) }
        }
        // The gateway (2026.6.11 for one) watches openclaw.json only, not what it includes.
        let main = configuration.files[configuration.path]?.snapshot.path
        if let main, !changes.contains(where: { $0.before.snapshot.path == main }) { FileTouch.touch(main) }
        return backups
    }

    // MARK: one change

    private mutating func edit(_ change: JSON5Change, in owner: KeyOwner, meaning: JSON5Change)
        throws(PatchRefusal)
    {
        guard let file = configuration.files[owner.file] else { return }
        let document: JSON5Document
        do throws(JSON5EditFailure) {
            document = try file.document.applying(change)
        } catch {
            throw .edit(path: owner.file, error)
        }
        let next = try reread(with: file.with(document))
        guard next.merged == configuration.merged.applying(meaning) else {
            throw .edit(path: owner.file, .unverified)
        }
        configuration = next
    }

    private func reread(with file: ConfigurationFile) throws(PatchRefusal)
        -> OpenClawConfiguration
    {
        var edited = configuration.files
        // One file may be included under several spellings.
        for (name, old) in edited where old.snapshot.path == file.snapshot.path { edited[name] = file }
        var source = configuration.source
        let (files, original) = (edited, source.read)
        source.read = { path throws(StorageFailure) in
            if let snapshot = files[path]?.snapshot { return snapshot }
            return try original(path)
        }
        do throws(ConfigurationFault) {
            return try OpenClawConfiguration(source)
        } catch {
            throw .configuration(error)
        }
    }

    private func addition(at owner: KeyOwner, value: JSON5Value) -> PatchAddition {
        let root = configuration.files[owner.file]?.document.root
        let made = owner.path.indices.first { root?[path: Array(owner.path[...$0])] == nil }
        return PatchAddition(
            file: configuration.files[owner.file]?.snapshot.path ?? owner.file, path: owner.path,
            entry: PatchAddition.word(value), members: PatchAddition.members(of: value),
            made: made.map { Array(owner.path[...$0]) })
    }
}
