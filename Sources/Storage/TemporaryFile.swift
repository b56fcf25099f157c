import Foundation
import Synchronization

/// The name of an unfinished file, beside the one that it is to replace: `.NAME.TIME-SPACE-PROCESS-CHANCE.clawdtalk.tmp`.
///
/// Each writer has a name of its own, so that two that know nothing of each other never write into one file. The name
/// says since when and by whom, so that what a killed writer left is found and taken away, and what a living one needs
/// is not.
struct TemporaryFile: Equatable {
    static let suffix = ".clawdtalk.tmp"
    /// In seconds: nobody takes that long for one file.
    private static let longestLife = 3_600
    /// In bytes of the file's own name: with the rest it stays below what file systems take (255).
    private static let longestStem = 160

    /// In seconds since 1970.
    let createdAt: Int
    /// Identifies the boot and the PID namespace in which the process number is valid; "0" when that is not known.
    let space: String
    let process: Int32

    /// A new name for a replacement of a file.
    static func path(for target: String) -> String {
        var stem = (target as NSString).lastPathComponent
        while stem.utf8.count > longestStem { stem.removeLast() }
        let words = [
            String(Int(time(nil)), radix: 16), ownSpace, String(getpid()),
            String(UInt64.random(in: .min ... .max), radix: 16),
        ]
        let name = "." + stem + "." + words.joined(separator: "-") + suffix
        return ((target as NSString).deletingLastPathComponent as NSString).appendingPathComponent(name)
    }

    /// nil for a name that is not of this kind.
    init?(name: String) {
        guard name.hasPrefix("."), name.hasSuffix(Self.suffix) else { return nil }
        let words = name.dropLast(Self.suffix.count).split(separator: ".").last?
            .split(separator: "-", omittingEmptySubsequences: false)
        guard let words, words.count == 4, let time = Int(words[0], radix: 16),
            let process = Int32(words[2]), UInt64(words[3], radix: 16) != nil
        else { return nil }
        (createdAt, space, self.process) = (time, String(words[1]), process)
    }

    /// Takes away what writers left that are gone, once an hour for each folder. Nothing of a living one: of a process
    /// that is known to be dead, or more than an hour old by its name and by its last change.
    static func removeLeftOvers(in folder: String) {
        let now = Int(time(nil))
        let isDue = lastLooks.withLock { looks in
            guard abs(now - (looks[folder] ?? 0)) >= longestLife else { return false }
            looks[folder] = now
            return true
        }
        guard isDue else { return }
        for name in names(in: folder) {
            let path = folder + "/" + name
            var info = stat()
            guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { continue }
            let age = now - FileIdentity(info).changedAt.seconds
            // Versions before this one had a fixed name, without a time.
            let file = TemporaryFile(name: name)
            if file?.isWriterDead == true || min(age, now - (file?.createdAt ?? 0)) > longestLife {
                unlink(path)
            }
        }
    }

    private static let lastLooks = Mutex<[String: Int]>([:])

    /// How many names of this kind are another name of the file itself: link(2) makes one for a moment.
    static func linkCount(in folder: String, of identity: FileIdentity) -> Int {
        names(in: folder).count { name in
            TemporaryFile(name: name) != nil
                && FileIdentity(folder + "/" + name)?.isSameFile(as: identity) == true
        }
    }

    private var isWriterDead: Bool {
        guard space == Self.ownSpace, space != "0", process > 0 else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    private static func names(in folder: String) -> [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
        return (names ?? []).filter { $0.hasPrefix(".") && $0.hasSuffix(suffix) }
    }

    /// FNV-1a: short, and the same in every process.
    private static let ownSpace: String = {
        guard let words = FileSystem.processSpace else { return "0" }
        let hash = words.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        return String(hash, radix: 16)
    }()
}

/// Which file it is, and whether anything has touched it.
struct FileIdentity: Equatable {
    struct Moment: Equatable {
        let seconds: Int
        let nanoseconds: Int
    }

    let device: UInt64
    let number: UInt64
    let size: Int64
    let writtenAt: Moment
    /// Also by a change of owner, mode or attributes.
    let changedAt: Moment

    /// nil when there is nothing.
    init?(_ path: String) {
        var info = stat()
        guard lstat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    init(_ info: stat) {
        #if canImport(Darwin)
            let (written, changed) = (info.st_mtimespec, info.st_ctimespec)
        #else
            let (written, changed) = (info.st_mtim, info.st_ctim)
        #endif
        (device, number) = (UInt64(truncatingIfNeeded: info.st_dev), UInt64(info.st_ino))
        size = Int64(info.st_size)
        writtenAt = Moment(seconds: Int(written.tv_sec), nanoseconds: Int(written.tv_nsec))
        changedAt = Moment(seconds: Int(changed.tv_sec), nanoseconds: Int(changed.tv_nsec))
    }

    func isSameFile(as other: FileIdentity) -> Bool { device == other.device && number == other.number }

    /// Whether it was last written when the other one was, and is as long.
    func isWritten(as other: FileIdentity) -> Bool { size == other.size && writtenAt == other.writtenAt }
}
