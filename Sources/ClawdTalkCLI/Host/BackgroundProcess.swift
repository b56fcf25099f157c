import Foundation

/// This program again, in a session of its own, with its output at the end of a log file.
struct BackgroundProcess {
    let pid: pid_t

    static func launch(_ arguments: [String], log: String) throws -> BackgroundProcess {
        let output = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard output >= 0 else {
            throw CommandFailure(
                .cannotWrite, "\(log) cannot be written: \(String(cString: strerror(errno))).")
        }
        defer { close(output) }
        closeInheritedOnExec()
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let environment = _NSGetEnviron().pointee
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let environment = environ
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.newSession)
        let words = [try ThisProgram.path()] + arguments
        var pointers = words.map { strdup($0) } + [nil]
        defer { pointers.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, words[0], &actions, &attributes, &pointers, environment)
        guard code == 0 else {
            throw CommandFailure(
                .failure, "\(words[0]) cannot be started: \(String(cString: strerror(code))).")
        }
        return BackgroundProcess(pid: pid)
    }

    /// Whoever started us may have left descriptors open, a lock or the end of a pipe: a process that lives
    /// for months must not hold them.
    private static func closeInheritedOnExec() {
        let limit = sysconf(Int32(_SC_OPEN_MAX))
        for descriptor in 3..<Int32(limit < 3 ? 65_536 : min(limit, 65_536)) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    /// The exit status once the process has ended, nil while it runs. A signal counts as 128 and its number.
    func exitStatus() -> Int32? {
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
    }

    /// POSIX_SPAWN_SETSID, which glibc's headers show only with a feature macro that Swift does not set.
    #if canImport(Darwin)
        private static let newSession = Int16(0x0400)
    #else
        private static let newSession = Int16(0x80)
    #endif
}
