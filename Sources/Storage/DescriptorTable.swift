import Foundation

/// The files and connections that this process may have open at once (`ulimit -n`), and those of the whole system.
package enum DescriptorTable {
    /// Whether not one more can be opened now: what cannot be read then may well be there.
    package static var isFull: Bool {
        let descriptor = open("/", O_RDONLY | O_CLOEXEC)
        guard descriptor < 0 else {
            close(descriptor)
            return false
        }
        return errno == EMFILE || errno == ENFILE
    }
}
