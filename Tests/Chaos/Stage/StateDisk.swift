import Foundation

/// A small disk of its own for the state folder, where mounting is allowed: it can be filled up.
struct StateDisk {
    let folder: URL
    /// False where the folder is an ordinary one, whose disk nobody fills.
    let isOwn: Bool

    private var ballast: String { folder.appending(path: "ballast").path }

    init(at folder: URL) {
        self.folder = folder
        isOwn = Self.run("mount", "-t", "tmpfs", "-o", "size=2m,mode=0700", "tmpfs", folder.path)
    }

    /// Takes every byte that is left.
    func fill() {
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        for size in [65_536, 4_096, 1] {
            let block = [UInt8](repeating: 0, count: size)
            while write(descriptor, block, size) == size {}
        }
    }

    func empty() { unlink(ballast) }

    func unmount() { if isOwn { _ = Self.run("umount", folder.path) } }

    private static func run(_ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        let gone = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in gone.signal() }
        guard (try? process.run()) != nil else { return false }
        gone.wait()
        return process.terminationStatus == 0
    }
}
