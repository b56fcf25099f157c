import Foundation

/// Replaces a file as a whole: whoever looks sees the old file or the new one, also after a kill or a loss of power.
///
/// The new bytes go to a temporary file in the same folder, with mode, owner, group, access list and extended
/// attributes of the old file, are synced, and take its place in one step. A file that did not exist is for its owner
/// only (0600).
///
/// Writers of our kind exclude each other by a lock on the folder. Programs that know nothing of it, and file systems
/// without locks, are met otherwise: each writer has a temporary name of its own; the file is compared again, inode and
/// bytes, right before the step; the step is a swap, and what came out of it must be what was to go, or it is swapped
/// back; a file that was absent never takes another's place.
///
/// What remains without locks:
/// - Where a swap is not known (NFS, some FUSE), a change that falls between the last look and the rename is lost. Where
///   neither an exclusive rename nor link(2) is known (FAT), so it is for a file that was absent.
/// - Where it is, the wrong file is seen for the moment between two swaps, and a writer that builds on it in just that
///   moment takes its place. Three or more writers that meet within that moment can undo each other's swaps: a success that
///   was reported can be lost then, and a temporary file be left. Two never do.
/// - A kill between two swaps leaves the other writer's file under our temporary name.
///
/// On a file system with locks none of this happens.
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
    package var system = FileSystem()

    package init(of path: String, expecting expectation: Expectation) {
        switch expectation {
        case .unchanged(let snapshot): self.path = snapshot.path
        case .absent: self.path = path
        }
        self.expectation = expectation
    }

    private var folder: String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// - Throws: ``StorageFailure``; the file is as it was then, and nothing is left beside it (without locks: see above).
    /// - Returns: where the old bytes are kept, if anywhere.
    @discardableResult
    package func write(_ bytes: [UInt8]) throws(StorageFailure) -> String? {
        try refuseHopeless()
        let lock = try FolderLock(folder, system)
        onStep(.locked)
        TemporaryFile.removeLeftOvers(in: folder)
        let old = try compare()
        let backup = try backUp()
        onStep(.backedUp)
        let temporary = TemporaryFile.path(for: path)
        do throws(StorageFailure) {
            let new = try prepare(temporary, bytes)
            try install(temporary, new, over: old)
        } catch {
            if let backup { unlink(backup) }
            throw error
        }
        onStep(.renamed)
        // After a swap it is the old file; after a rename there is nothing.
        unlink(temporary)
        lock.synchronize()
        onStep(.finished)
        return backup
    }

    /// Looks for what stands in the way, without writing anything.
    package func check() throws(StorageFailure) {
        try refuseHopeless()
        guard access(folder, W_OK) == 0 else {
            throw StorageFailure(path, errno == EROFS ? .readOnlyFileSystem : .folderNotWritable)
        }
        _ = try compare()
    }

    // MARK: what cannot be replaced

    private func refuseHopeless() throws(StorageFailure) {
        guard !path.hasPrefix("/nix/store/") else { throw StorageFailure(path, .nixStore) }
        guard case .unchanged = expectation else { return }
        var info = stat()
        guard lstat(path, &info) == 0 else { throw StorageFailure(path, .changed) }
        guard info.st_mode & S_IFMT == S_IFREG else { throw StorageFailure(path, .notRegular) }
        // Root could write it all the same; the mode says that nobody is meant to.
        guard info.st_mode & 0o222 != 0 else { throw StorageFailure(path, .readOnly) }
        // A writer that was killed between link(2) and unlink(2) left a second name.
        let ours = info.st_nlink > 1 ? TemporaryFile.linkCount(in: folder, of: FileIdentity(info)) : 0
        guard Int(info.st_nlink) - ours <= 1 else {
            throw StorageFailure(path, .hardLinks(Int(info.st_nlink)))
        }
        guard !FileAttributes.isImmutable(path) else { throw StorageFailure(path, .immutable) }
    }

    /// - Returns: the file that is to be replaced; nil when there is to be none.
    private func compare() throws(StorageFailure) -> FileIdentity? {
        switch expectation {
        case .unchanged(let snapshot):
            guard let identity = FileIdentity(path), holds(path, snapshot.bytes) else {
                throw StorageFailure(path, .changed)
            }
            return identity
        case .absent:
            guard FileIdentity(path) == nil else { throw StorageFailure(path, .changed) }
            return nil
        }
    }

    private func holds(_ path: String, _ bytes: [UInt8]) -> Bool {
        (try? FileSnapshot.contents(path, max(bytes.count, 1))) == bytes
    }

    // MARK: the step itself

    /// Leaves nothing of ours at the temporary name when it throws.
    private func install(_ temporary: String, _ new: FileIdentity, over old: FileIdentity?)
        throws(StorageFailure)
    {
        do throws(StorageFailure) {
            guard try compare() == old else { throw StorageFailure(path, .changed) }
            onStep(.compared)
            guard case .unchanged(let snapshot) = expectation, let old else {
                return try installNew(temporary, new)
            }
            try swap(temporary, new, over: old, snapshot.bytes)
        } catch {
            // What another writer put there is not ours to remove.
            if FileIdentity(temporary)?.isSameFile(as: new) == true { unlink(temporary) }
            throw error
        }
    }

    private func swap(
        _ temporary: String, _ new: FileIdentity, over old: FileIdentity, _ bytes: [UInt8]
    ) throws(StorageFailure) {
        // From here to the end each call counts: others read and write meanwhile.
        guard FileIdentity(path) == old else { throw StorageFailure(path, .changed) }
        if system.exchange(temporary, path) == 0 {
            // A union file system may give it another number by that, so the bytes decide; but not before the wrong file
            // has left its place.
            guard FileIdentity(temporary)?.isWritten(as: old) == true, holds(temporary, bytes) else {
                swapBack(temporary, displacing: new)
                throw StorageFailure(path, .changed)
            }
        } else if FileSystem.isUnsupported(errno) {
            guard FileIdentity(path) == old else { throw StorageFailure(path, .changed) }
            guard rename(temporary, path) == 0 else { throw renameFailure() }
        } else {
            throw renameFailure()
        }
    }

    /// Another writer was faster: its file, which lies at the temporary name now, gets its place again.
    /// - Parameter new: ours, which must come out.
    private func swapBack(_ temporary: String, displacing new: FileIdentity) {
        var expected = new
        for _ in 0..<Self.mostSwaps {
            guard let given = FileIdentity(temporary), system.exchange(temporary, path) == 0 else {
                // The file was removed meanwhile. The other writer's is never thrown away with ours.
                _ = system.renameWithoutReplacing(temporary, path)
                return
            }
            if FileIdentity(temporary)?.isSameFile(as: expected) != false {
                unlink(temporary)
                return
            }
            // Somebody has replaced that one already: what is newer is to stay, so it goes there again.
            expected = given
        }
    }

    private static let mostSwaps = 8

    private func installNew(_ temporary: String, _ new: FileIdentity) throws(StorageFailure) {
        if system.renameWithoutReplacing(temporary, path) == 0 { return }
        guard FileSystem.isUnsupported(errno) else { throw renameFailure() }
        if system.link(temporary, path) == 0 { return }
        let number = errno
        // NFS may have made the link and lost its own answer.
        if FileIdentity(path)?.isSameFile(as: new) == true { return }
        guard number != EEXIST, FileIdentity(path) == nil else { throw StorageFailure(path, .changed) }
        guard rename(temporary, path) == 0 else { throw renameFailure() }
    }

    private func renameFailure() -> StorageFailure {
        switch errno {
        case EEXIST, ENOENT: StorageFailure(path, .changed)
        case EBUSY: StorageFailure(path, .mountPoint)
        case EPERM: StorageFailure(path, .immutable)
        default: .system(path, "rename")
        }
    }

    // MARK: the files beside it

    private func prepare(_ temporary: String, _ bytes: [UInt8]) throws(StorageFailure) -> FileIdentity {
        let descriptor = try create(temporary)
        defer { close(descriptor) }
        do throws(StorageFailure) {
            onStep(.created)
            if case .unchanged = expectation { try FileAttributes.copy(from: path, to: descriptor) }
            if let mode { fchmod(descriptor, mode_t(mode)) }
            onStep(.attributed)
            try fill(descriptor, bytes)
            onStep(.written)
            try synchronize(descriptor)
            onStep(.synced)
            var info = stat()
            guard fstat(descriptor, &info) == 0 else { throw .system(path, "reading what is beside it") }
            return FileIdentity(info)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private func backUp() throws(StorageFailure) -> String? {
        guard let backupPath, case .unchanged(let snapshot) = expectation else { return nil }
        let (name, descriptor) = try createBackup(backupPath)
        defer { close(descriptor) }
        do throws(StorageFailure) {
            try FileAttributes.copyOwner(from: path, to: descriptor)
            try fill(descriptor, snapshot.bytes)
            try synchronize(descriptor)
        } catch {
            unlink(name)
            throw error
        }
        return name
    }

    private func createBackup(_ wanted: String) throws(StorageFailure) -> (name: String, descriptor: Int32) {
        var name = wanted
        var number = 1
        while true {
            let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 { return (name, descriptor) }
            guard errno == EEXIST else { throw creationFailure() }
            number += 1
            name = "\(wanted)-\(number)"
        }
    }

    private func create(_ name: String) throws(StorageFailure) -> Int32 {
        let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw creationFailure() }
        return descriptor
    }

    private func creationFailure() -> StorageFailure {
        switch errno {
        case EACCES, EPERM: StorageFailure(path, .folderNotWritable)
        case EROFS: StorageFailure(path, .readOnlyFileSystem)
        default: .system(path, "making a file beside it")
        }
    }

    private func fill(_ descriptor: Int32, _ bytes: [UInt8]) throws(StorageFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .system(path, "writing beside it") }
            rest = rest.dropFirst(count)
        }
    }

    private func synchronize(_ descriptor: Int32) throws(StorageFailure) {
        guard FileSystem.synchronize(descriptor) == 0 else { throw .system(path, "fsync") }
    }
}
