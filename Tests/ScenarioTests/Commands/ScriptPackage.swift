import Foundation

/// An unpacked package in a folder with a blank in its name: the scripts, and a program.
final class ScriptPackage: Sendable {
    /// The folder that the package is in.
    let parent: URL
    var path: String { parent.path + "/my package" }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// - Parameter program: another one in place of the binary.
    init(program: String? = nil) throws {
        parent = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(
            path: "ct scripts \(UUID().uuidString.prefix(8))")
        let files = FileManager.default
        try files.createDirectory(at: parent.appending(path: "my package"), withIntermediateDirectories: true)
        for name in ["scripts", "connect.sh"] {
            try files.copyItem(atPath: Self.root.path + "/" + name, toPath: path + "/" + name)
        }
        if let program {
            try write("clawdtalk", program)
        } else {
            try files.createSymbolicLink(
                atPath: path + "/clawdtalk", withDestinationPath: BridgeProcess.binary ?? "")
        }
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    func script(_ name: String) -> String { path + "/scripts/" + name }

    /// A file of the package that can be run.
    func write(_ name: String, _ text: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
}
