import Foundation
import Missions

/// Where the state of missions is: in CLAWDTALK_HOME, or in the current folder when only that one has such a file.
enum MissionsHome {
    private static let name = ".missions_state.json"

    static func file(_ home: HomeFolder) -> MissionsFile {
        MissionsFile(path: path(home), note: { Console.error("note: \(Console.printable($0)).") })
    }

    private static func path(_ home: HomeFolder) -> String {
        let usual = home.missionsStatePath
        let here = FileManager.default.currentDirectoryPath + "/" + name
        guard here != usual, !FileManager.default.fileExists(atPath: usual),
            FileManager.default.fileExists(atPath: here)
        else { return usual }
        Console.error("note: \(here) is used; move it to \(usual) to have the same memory everywhere.")
        return here
    }
}
