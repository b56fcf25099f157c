import Foundation
import Storage

/// The reports of closed missions in CLAWDTALK_HOME.
enum MissionReportFile {
    /// - Throws: ``StorageFailure`` or ``CommandFailure`` when it cannot be written.
    static func write(_ markdown: String, of slug: String, in home: HomeFolder) throws {
        let folder = HomeFolder(path: home.missionReportsPath)
        try folder.create()
        let file = PrivateFile(path: folder.path + "/\(slug).md")
        try file.write(Array(markdown.utf8), over: try file.read())
    }
}
