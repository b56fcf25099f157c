import Foundation

/// A file as it was read: its bytes, and where it really is.
package struct FileSnapshot: Equatable, Sendable {
    /// With all symbolic links followed.
    package let path: String
    package let bytes: [UInt8]
    /// How many names the file has.
    package var linkCount = 1

    package init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }

    /// Reads a regular file, through symbolic links.
    /// - Returns: nil when there is nothing at the path.
    package static func read(_ path: String, maximumBytes: Int = 8 << 20) throws(StorageFailure)
        -> FileSnapshot?
    {
        guard let resolved = realpath(path, nil) else {
            if errno == ENOENT, !isDanglingLink(path) { return nil }
            throw .system(path, "finding the file")
        }
        let real = String(cString: resolved)
        free(resolved)
        var snapshot = FileSnapshot(path: real, bytes: try contents(real, maximumBytes))
        var info = stat()
        if stat(real, &info) == 0 { snapshot.linkCount = Int(info.st_nlink) }
        return snapshot
    }

    private static func isDanglingLink(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) == 0
    }

    static func contents(_ path: String, _ maximumBytes: Int) throws(StorageFailure) -> [UInt8] {
        // A pipe in its place must not hold us up, and links were followed before.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw .system(path, "opening") }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw .system(path, "reading") }
        guard info.st_mode & S_IFMT == S_IFREG else { throw StorageFailure(path, .notRegular) }
        guard info.st_size <= maximumBytes else {
            throw StorageFailure(path, .tooLarge(maximumBytes: maximumBytes))
        }
        return try contents(of: descriptor, path, maximumBytes)
    }

    private static func contents(of descriptor: Int32, _ path: String, _ maximumBytes: Int)
        throws(StorageFailure)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(path, "reading") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= maximumBytes else {
                throw StorageFailure(path, .tooLarge(maximumBytes: maximumBytes))
            }
        }
    }
}
