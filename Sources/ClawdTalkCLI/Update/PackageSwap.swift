import Foundation

/// Puts the files of one package into the folder of another, each by a rename, so that at any moment every file is whole
/// and the program is one of the two. What else is in the folder stays.
struct PackageSwap {
    let package: PackageFolder
    /// On the same file system as the package, and for us alone.
    let scratch: String

    /// Says that some files may be new ones that nobody has found good yet.
    private var mark: String { package.path + "/.update.unfinished" }

    /// What a swap that was killed before its ``finish()`` left.
    var unfinished: UnfinishedUpdate? { UnfinishedUpdate.read(mark) }

    /// ``finish()`` or ``undo(_:)`` is to follow.
    /// - Parameters:
    ///   - new: a package in ``scratch``; its files are moved out of it.
    ///   - note: for whoever finds this unfinished; the files are added to it.
    /// - Throws: ``CommandFailure``; the package is as it was then.
    func put(_ new: PackageFolder, _ note: UnfinishedUpdate) throws {
        var note = note
        note.files = try new.files()
        try keep(note.files)
        try note.write(mark)
        do { try move(note.files, from: new) } catch {
            try? undo(note.files)
            throw error
        }
    }

    /// The new files are good.
    func finish() { UnfinishedUpdate.remove(mark) }

    /// Puts back what ``put(_:_:)`` replaced, however far it came.
    func undo(_ names: [String]) throws {
        let back = PackageFolder(path: scratch + "/back")
        try? FileManager.default.removeItem(atPath: back.path)
        try makeFolder(of: back.path)
        try attempt(package.path) {
            try FileManager.default.copyItem(atPath: package.previous.path, toPath: back.path)
        }
        let old = try back.files()
        try move(old, from: back)
        for name in names where !old.contains(name) { unlink(package.path + "/" + name) }
        UnfinishedUpdate.remove(mark)
    }

    /// Copies what will be replaced into `clawdtalk.previous`, a whole package again.
    private func keep(_ names: [String]) throws {
        let copy = PackageFolder(path: scratch + "/previous")
        for name in names {
            let (from, to) = (package.path + "/" + name, copy.path + "/" + name)
            try makeFolder(of: to)
            guard FileManager.default.fileExists(atPath: from) else { continue }
            try attempt(to) { try FileManager.default.copyItem(atPath: from, toPath: to) }
        }
        try attempt(package.previous.path) {
            if FileManager.default.fileExists(atPath: package.previous.path) {
                try FileManager.default.removeItem(atPath: package.previous.path)
            }
            try FileManager.default.moveItem(atPath: copy.path, toPath: package.previous.path)
        }
    }

    private func move(_ names: [String], from source: PackageFolder) throws {
        for name in names {
            let (from, to) = (source.path + "/" + name, package.path + "/" + name)
            try makeFolder(of: to)
            Self.synchronize(from)
            guard rename(from, to) == 0 else { throw Self.fault(to, String(cString: strerror(errno))) }
        }
        Self.synchronize(package.path)
    }

    private func makeFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        try attempt(folder) {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }

    /// Through a loss of power a name must not come to mean an empty file.
    private static func synchronize(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private func attempt(_ path: String, _ work: () throws -> Void) throws {
        do { try work() } catch { throw Self.fault(path, "\(error.localizedDescription)") }
    }

    private static func fault(_ path: String, _ reason: String) -> CommandFailure {
        CommandFailure(.cannotWrite, "\(path) cannot be written: \(reason).")
    }
}
