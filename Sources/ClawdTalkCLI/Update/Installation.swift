import Foundation

/// What this program was installed as, which decides how it is updated.
enum Installation {
    /// Built in a git checkout.
    case checkout(String)
    /// An unpacked release archive.
    case package(PackageFolder)
    /// The program without its scripts.
    case alone(String)

    /// - Parameter program: its absolute path.
    init(program: String) {
        func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
        let real = URL(filePath: program).resolvingSymlinksInPath().path
        let folder = (real as NSString).deletingLastPathComponent
        if let end = real.range(of: "/.build/") {
            let root = String(real[..<end.lowerBound])
            self =
                exists(root + "/Package.swift") && exists(root + "/.git") ? .checkout(root) : .alone(program)
        } else if exists(folder + "/connect.sh"),
            (real as NSString).lastPathComponent == PackageFolder.program
        {
            self = .package(PackageFolder(path: folder))
        } else {
            self = .alone(program)
        }
    }
}
