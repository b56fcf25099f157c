import ClawdTalkAPI
import Foundation
import Storage

/// Puts the bridge of a home under the care of the system's service manager, and takes it out again.
struct ServiceInstaller {
    let host: any ServiceHost
    let home: HomeFolder
    /// The absolute path of this program.
    let program: String

    /// - Throws: ``CommandFailure``, ``ConfigurationError``; everything is as it was then.
    func install() async throws {
        try refuseControlCharacters()
        // A service has nothing of a shell's environment, so the configuration must do without.
        _ = try CommandSettings(config: nil, environment: bareEnvironment, home: home).load()
        try await host.check()
        let file = PrivateFile(path: host.path)
        let old = try ownFile(file)
        let text = Array(host.text(program: program, home: home.path).utf8)
        if old?.bytes == text, await host.isActive() {
            return Console.out("The service is installed and runs: \(host.path)")
        }
        var wasRunning = false
        do {
            if old != nil { try await host.stop() }
            if case .process = try InstanceLock.holder(home.pidPath) { wasRunning = true }
            _ = try await BridgeStop(home: home).stop()
            try write(text, to: file, over: old)
            try await host.enable()
        } catch {
            await undo(file, old, wasRunning: wasRunning)
            throw error
        }
        if wasRunning { Console.out("The bridge that ran in the background was stopped.") }
        Console.out("Wrote \(host.path)")
        Console.out(
            "The bridge for \(home.path) runs as a service, now and from each start of your session on.")
        if ControlClient(home).status()?.connected != true {
            Console.out("It is not connected yet, and goes on trying. See: \(home.command) status")
        }
        for line in await host.advice() { Console.out(line) }
    }

    func remove() async throws {
        let file = PrivateFile(path: host.path)
        guard try ownFile(file) != nil else { return Console.out("No service is installed.") }
        try await host.check()
        try await disable()
        file.remove()
        await host.forget()
        Console.out("The service is stopped and removed: \(host.path)")
    }

    /// A watchdog must not take the stopped service for a bridge that fell.
    private func disable() async throws {
        guard host.serves(home) else { return try await host.disable() }
        let record = BridgeRecord.read(home) ?? BridgeRecord()
        var stopped = record
        stopped.wanted = false
        stopped.write(home)
        do { try await host.disable() } catch {
            record.write(home)
            throw error
        }
    }

    private var bareEnvironment: [String: String] {
        var environment = ["CLAWDTALK_HOME": home.path]
        environment["HOME"] = HomeFolder.userHome(ProcessInfo.processInfo.environment)
        return environment
    }

    /// Neither a unit nor a property list can hold a line end in a path.
    private func refuseControlCharacters() throws {
        for path in [program, home.path] where Console.printable(path) != path {
            throw CommandFailure(
                .usage, "\(Console.printable(path)) has control characters in its name; rename the folder.")
        }
    }

    private func ownFile(_ file: PrivateFile) throws -> FileSnapshot? {
        do throws(StorageFailure) {
            guard let old = try file.read() else { return nil }
            guard String(decoding: old.bytes, as: UTF8.self).contains(host.mark) else {
                throw StorageFailure(file.path, .changed)
            }
            return old
        } catch {
            throw CommandFailure(
                .cannotWrite,
                "\(file.path) was not written by `clawdtalk service install`; move it away first.")
        }
    }

    private func write(_ text: [UInt8], to file: PrivateFile, over old: FileSnapshot?) throws {
        let folder = (file.path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(.cannotWrite, "\(folder) cannot be made.")
        }
        do throws(StorageFailure) { try file.write(text, over: old) } catch {
            throw CommandFailure(.cannotWrite, error.line)
        }
    }

    /// Back to what was there before, running if it ran.
    private func undo(_ file: PrivateFile, _ old: FileSnapshot?, wasRunning: Bool) async {
        try? await host.disable()
        try? file.restore(old)
        await host.forget()
        if old != nil {
            try? await host.enable()
        } else if wasRunning {
            let arguments = BridgeRecord.read(home)?.arguments ?? []
            _ = try? await BridgeStart(home: home, arguments: arguments).start()
        }
    }
}
