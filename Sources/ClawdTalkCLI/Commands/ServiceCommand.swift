import ArgumentParser
import Foundation

/// `clawdtalk service`: the bridge under the care of systemd or launchd.
struct ServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service",
        abstract: "Run the bridge as a service: a systemd user unit, or a launchd agent.",
        discussion: """
            start, stop and restart then go through the service. Exit statuses: 0 done, 1 failed, 69 no service manager \
            answers, 73 a file could not be written, 78 configuration; install: also what the bridge ended with. \
            Whatever is not 0 leaves everything as it was.
            """,
        subcommands: [Install.self, Remove.self, Print.self])

    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install", abstract: "Install the service for this CLAWDTALK_HOME and start it.")

        func run() async throws {
            try await CommandRunner.run {
                try await ServiceCommand.installer().install()
                return .success
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Stop the service and take it away.")

        func run() async throws {
            try await CommandRunner.run {
                try await ServiceCommand.installer().remove()
                return .success
            }
        }
    }

    struct Print: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "print", abstract: "Print what install would write; nothing is changed.")

        @Flag(help: "For systemd, on any system.") var systemd = false
        @Flag(help: "For launchd, on any system.") var launchd = false

        func validate() throws {
            if systemd, launchd { throw ValidationError("--systemd and --launchd do not go together.") }
        }

        func run() async throws {
            try await CommandRunner.run {
                let environment = ProcessInfo.processInfo.environment
                let host: any ServiceHost =
                    systemd
                    ? SystemdHost(environment: environment)
                    : launchd ? LaunchdHost(environment: environment) : ServiceHosts.current
                let installer = try ServiceCommand.installer()
                let text = host.text(program: installer.program, home: installer.home.path)
                Console.out(String(text.dropLast()))
                return .success
            }
        }
    }

    private static func installer() throws -> ServiceInstaller {
        ServiceInstaller(host: ServiceHosts.current, home: .current, program: try ThisProgram.path())
    }
}
