import Storage

/// Lets one update at a time work in a folder.
enum UpdateLock {
    /// - Throws: ``CommandFailure``: 1 another update is under way, 73 the folder cannot be written.
    static func take(in folder: String) throws -> FileLock {
        do throws(StorageFailure) {
            if let lock = try FileLock(trying: folder + "/.update.lock") { return lock }
        } catch {
            throw CommandFailure(.cannotWrite, error.line)
        }
        throw CommandFailure(.failure, "another update is under way in \(folder).")
    }
}
