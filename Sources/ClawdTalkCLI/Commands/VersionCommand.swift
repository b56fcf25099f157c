import ArgumentParser
import Transport
import Wire

/// `clawdtalk version`.
struct VersionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the version and those of the libraries it runs on.")

    func run() async throws {
        Console.out(
            "clawdtalk \(ClawdTalkVersion.current) (\(Digest.libraryVersion); zlib \(ZlibVersion.linked))")
    }
}
