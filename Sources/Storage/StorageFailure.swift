import Foundation

/// Why a file was not read or not replaced. Nothing of it has changed then.
package struct StorageFailure: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        case missing
        case notRegular
        /// It is not UTF-8.
        case notText
        case tooLarge(maximumBytes: Int)
        /// It nests deeper than so many levels.
        case tooDeep(Int)
        /// Nobody may write it, by its mode.
        case readOnly
        case readOnlyFileSystem
        /// `chattr +i`, or the user-immutable flag of macOS.
        case immutable
        /// In the store of Nix, which is made anew by its own tools.
        case nixStore
        /// The file itself is a mount point, as Docker makes one for a single file.
        case mountPoint
        case hardLinks(Int)
        case folderNotWritable
        /// A replacement would belong to somebody else.
        case foreignOwner(user: UInt32, group: UInt32)
        case attributesNotKept(String)
        /// It is not what was read any more.
        case changed
        case system(operation: String, number: Int32)
    }

    package let path: String
    package let reason: Reason

    package init(_ path: String, _ reason: Reason) { (self.path, self.reason) = (path, reason) }

    static func system(_ path: String, _ operation: String, _ number: Int32 = errno) -> StorageFailure {
        StorageFailure(path, .system(operation: operation, number: number))
    }

    /// What is wrong, without the path.
    package var problem: String {
        switch reason {
        case .missing: "it does not exist"
        case .notRegular: "it is not a regular file"
        case .notText: "it is not UTF-8"
        case .tooLarge(let maximum): "it is larger than \(maximum) bytes"
        case .tooDeep(let levels): "it nests deeper than \(levels) levels"
        case .readOnly: "it is read-only"
        case .readOnlyFileSystem: "its file system is read-only"
        case .immutable: "it is marked immutable"
        case .nixStore: "it is in the Nix store"
        case .mountPoint: "it is mounted as a single file and cannot be replaced"
        case .hardLinks(let count): "it has \(count) hard links, and a replacement would part them"
        case .folderNotWritable: "its folder is not writable"
        case .foreignOwner(let user, let group):
            "its owner \(user):\(group) cannot be kept by user \(geteuid())"
        case .attributesNotKept(let name): "its attribute \(name) cannot be kept"
        case .changed: "it was changed by another program meanwhile"
        case .system(let operation, let number):
            "\(operation) failed: \(String(cString: strerror(number)))"
        }
    }

    /// What to do about it.
    package var cure: String {
        switch reason {
        case .missing: "Check the path."
        case .notRegular: "Name a regular file."
        case .notText: "Save it as UTF-8."
        case .tooLarge: "Check whether it is the right file."
        case .tooDeep: "Keep it as a text, or in a flatter form."
        case .readOnly: "Make it writable: chmod u+w."
        case .readOnlyFileSystem: "Mount it writable, or make the change where the file comes from."
        case .immutable: "Take the mark away: chattr -i (Linux) or chflags nouchg (macOS)."
        case .nixStore: "Make the change in your Nix configuration."
        case .mountPoint: "Mount its folder in place of the file, or make the change by hand."
        case .hardLinks: "Make the change by hand."
        case .folderNotWritable: "Make the folder writable, or run this as its owner."
        case .foreignOwner: "Run this as the owner of the file."
        case .attributesNotKept: "Run this as the owner of the file, or make the change by hand."
        case .changed: "Run this again."
        case .system: "Mend that and run this again."
        }
    }

    package var description: String { "\(path): \(problem)" }

    package var line: String { "\(path): \(problem). \(cure)" }
}
