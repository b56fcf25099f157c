import Foundation

/// Replaces a file as a whole: whoever looks sees the old file or the new one, also after a kill or a loss of power.
///
/// The new bytes go to a temporary file in the same folder, with mode, owner, group, access list and extended
/// attributes of the old file, are synced, and take its place by rename(2). A file that did not exist is for its owner
/// only (0600).
package struct FileReplacement {
    /// What must be at the path for the replacement to happen.
    package enum Expectation: Sendable {
        /// The file as it was read.
        case unchanged(FileSnapshot)
        case absent
    }

    /// The steps in their order; what watches them can end the process in between to show that nothing is harmed.
    package enum Step: CaseIterable, Sendable {
        case locked, backedUp, created, attributed, written, synced, compared, renamed, finished
    }

    private let path: String
    private let expectation: Expectation
    /// Where the old bytes are kept, readable by the owner only; an older backup of that name stays, and this one
    /// gets a number.
    package var backupPath: String?
    /// The mode that the file gets; nil keeps that of the old one.
    package var mode: UInt32?
    package var onStep: (Step) -> Void = { _ in }

    package init(of path: String, expecting expectation: Expectation) {
        switch expectation {
        case .unchanged(let snapshot): self.path = snapshot.path
        case .absent: self.path = path
        }
        self.expectation = expectation
    }

    /// - Throws: ``StorageFault``; the file is as it was then, and nothing is left beside it.
    /// - Returns: where the old bytes are kept, if anywhere.
    @discardableResult
    package func write(_ bytes: [UInt8]) throws(StorageFault) -> String? {
        let folder = (path as NSString).deletingLastPathComponent
        try refuseHopeless()
        let lock = try FolderLock(folder.isEmpty ? "." : folder)
        onStep(.locked)
        try compare()
        let backup = try backUp()
        onStep(.backedUp)
        let temporary = temporaryPath(in: folder)
        do throws(StorageFault) {
            try prepare(temporary, bytes)
            try compare()
            onStep(.compared)
            guard rename(temporary, path) == 0 else { throw renameFault() }
        } catch {
            unlink(temporary)
            if let backup { unlink(backup) }
            throw error
        }
        onStep(.renamed)
        lock.synchronize()
        onStep(.finished)
        return backup
    }

    /// A fixed name: the lock is held, so one that is there was left by a process that is gone.
    private func temporaryPath(in folder: String) -> String {
        let name = "." + (path as NSString).lastPathComponent + ".clawdtalk.tmp"
        return (folder as NSString).appendingPathComponent(name)
    }

    /// Looks for what stands in the way, without writing anything.
    package func check() throws(StorageFault) {
        try refuseHopeless()
        let folder = (path as NSString).deletingLastPathComponent
        guard access(folder.isEmpty ? "." : folder, W_OK) == 0 else {
            throw StorageFault(path, errno == EROFS ? .readOnlyFileSystem : .folderNotWritable)
        }
        try compare()
    }

    // MARK: what cannot be replaced

    private func refuseHopeless() throws(StorageFault) {
        guard !path.hasPrefix("/nix/store/") else { throw StorageFault(path, .nixStore) }
        guard case .unchanged = expectation else { return }
        var info = stat()
        guard lstat(path, &info) == 0 else { throw StorageFault(path, .changed) }
        guard info.st_mode & S_IFMT == S_IFREG else { throw StorageFault(path, .notRegular) }
        // Root could write it all the same; the mode says that nobody is meant to.
        guard info.st_mode & 0o222 != 0 else { throw StorageFault(path, .readOnly) }
        guard info.st_nlink <= 1 else { throw StorageFault(path, .hardLinks(Int(info.st_nlink))) }
        guard !FileAttributes.isImmutable(path) else { throw StorageFault(path, .immutable) }
    }

    private func compare() throws(StorageFault) {
        switch expectation {
        case .unchanged(let snapshot):
            guard let now = try? FileSnapshot.contents(path, max(snapshot.bytes.count, 1)),
                now == snapshot.bytes
            else { throw StorageFault(path, .changed) }
        case .absent:
            var info = stat()
            guard lstat(path, &info) != 0 else { throw StorageFault(path, .changed) }
        }
    }

    private func renameFault() -> StorageFault {
        switch errno {
        case EBUSY: StorageFault(path, .mountPoint)
        case EPERM: StorageFault(path, .immutable)
        default: .system(path, "rename")
        }
    }

    // MARK: the files beside it

    private func prepare(_ temporary: String, _ bytes: [UInt8]) throws(StorageFault) {
        unlink(temporary)
        let descriptor = try create(temporary)
        defer { close(descriptor) }
        onStep(.created)
        if case .unchanged = expectation { try FileAttributes.copy(from: path, to: descriptor) }
        if let mode { fchmod(descriptor, mode_t(mode)) }
        onStep(.attributed)
        try fill(descriptor, bytes)
        onStep(.written)
        try synchronize(descriptor)
        onStep(.synced)
    }

    private func backUp() throws(StorageFault) -> String? {
        guard let backupPath, case .unchanged(let snapshot) = expectation else { return nil }
        var name = backupPath
        var number = 1
        while FileManager.default.fileExists(atPath: name) {
            number += 1
            name = "\(backupPath)-\(number)"
        }
        let descriptor = try create(name)
        defer { close(descriptor) }
        do throws(StorageFault) {
            try FileAttributes.copyOwner(from: path, to: descriptor)
            try fill(descriptor, snapshot.bytes)
            try synchronize(descriptor)
        } catch {
            unlink(name)
            throw error
        }
        return name
    }

    private func create(_ path: String) throws(StorageFault) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { return descriptor }
        switch errno {
        case EACCES, EPERM: throw StorageFault(self.path, .folderNotWritable)
        case EROFS: throw StorageFault(self.path, .readOnlyFileSystem)
        default: throw .system(self.path, "making a file beside it")
        }
    }

    private func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws(StorageFault) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(path, "writing beside it") }
            rest = rest.dropFirst(count)
        }
    }

    private func synchronize(_ descriptor: Int32) throws(StorageFault) {
        guard fsync(descriptor) == 0 else { throw .system(path, "fsync") }
    }
}
