import Missions

/// A mission of the state file, or of the archive.
enum KnownMission {
    /// - Throws: ``MissionFailure`` when neither has it.
    static func read(_ slug: String) throws -> MissionEntry {
        let file = MissionsHome.file(.current)
        let state = try file.read()
        if let entry = state[slug] { return entry }
        guard let entry = try file.archive.read()[slug] else {
            throw MissionFailure.unknown(slug: slug, closest: state.closest(to: slug))
        }
        Console.error("note: \(Console.printable(slug)) is completed; this is from the archive.")
        return entry
    }
}
