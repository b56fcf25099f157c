import Foundation
import Transport

/// Where a new version comes from.
enum UpdateSource: Equatable {
    /// The remote branch that the checkout follows.
    case git(root: String)
    case file(String)
    /// https, or http on this machine.
    case url(String)
    /// The version before this one, kept beside it.
    case previous

    /// - Parameter from: `git`, a URL or a path; nil means the remote of a checkout.
    /// - Throws: ``CommandFailure`` with status 64.
    static func named(_ from: String?, back: Bool, in installation: Installation) throws -> UpdateSource {
        switch installation {
        case .alone(let program):
            throw CommandFailure(
                .usage,
                "\(program) stands alone. Unpack a release archive into a folder, and update that from now on."
            )
        case .checkout(let root):
            guard !back else {
                throw CommandFailure(.usage, "\(root) is a git checkout: go back by git, then run setup.sh.")
            }
            guard from == nil || from == "git" else {
                throw CommandFailure(
                    .usage, "\(root) is a git checkout and is updated by git only. Unpack archives elsewhere."
                )
            }
            return .git(root: root)
        case .package(let folder):
            if back { return .previous }
            guard let from, from != "git" else {
                throw CommandFailure(
                    .usage,
                    "\(folder.path) is no git checkout: name an archive or its address with --from.")
            }
            return try .archive(from)
        }
    }

    private static func archive(_ from: String) throws -> UpdateSource {
        guard from.contains("://") else { return .file(from) }
        guard let target = try? RequestTarget(from), from.hasPrefix("http") else {
            throw CommandFailure(.usage, "\(Console.printable(from)) is not an https address.")
        }
        guard target.endpoint.isSecure || GatewayTokens.isLocal(from) else {
            throw CommandFailure(.usage, "--from takes https only; http is for this machine.")
        }
        return .url(from)
    }
}
