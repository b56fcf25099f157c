import Foundation
import Transport
import Wire

/// Gets an archive and proves that it is the published one.
struct ArchiveFetch {
    let source: UpdateSource
    /// What the user says it must be; nil takes the sum that is published beside the archive.
    let expected: Checksum?

    private static let maximumBytes = 256 << 20
    private static let deadline = Duration.seconds(600)

    /// - Throws: ``CommandFailure``: 69 not reachable, 1 no sum or another sum.
    func bytes() async throws -> [UInt8] {
        let (name, read) = try await reader()
        if case .file(let path) = source, !FileManager.default.fileExists(atPath: path) {
            throw CommandFailure(.failure, "there is no \(Console.printable(path)).")
        }
        let published = try await publishedSum(name, read)
        guard let wanted = expected ?? published else {
            throw CommandFailure(
                .failure,
                "there is no \(name).sha256 and no SHA256SUMS beside it: name the sum with --sha256.")
        }
        guard let bytes = try await read("") else {
            throw CommandFailure(.unreachable, "there is no \(name).")
        }
        let found = Checksum(of: bytes)
        guard found == wanted else {
            throw CommandFailure(
                .failure, "the SHA-256 of \(name) is \(found.hex), not \(wanted.hex); nothing was changed.")
        }
        return bytes
    }

    private func publishedSum(
        _ name: String, _ read: (String) async throws -> [UInt8]?
    ) async throws -> Checksum? {
        guard expected == nil else { return nil }
        for suffix in [".sha256", "/SHA256SUMS"] {
            guard let bytes = try await read(suffix) else { continue }
            if let sum = Checksum.published(in: String(decoding: bytes, as: UTF8.self), for: name) {
                return sum
            }
        }
        return nil
    }

    /// The archive's name, and what reads it (an empty suffix), a file named like it, or one beside it (`/NAME`); nil when
    /// there is none.
    private func reader() async throws -> (String, (String) async throws -> [UInt8]?) {
        switch source {
        case .file(let path):
            return ((path as NSString).lastPathComponent, { Self.file(Self.place(path, $0)) })
        case .url(let address):
            let bare = address.split(separator: "?", maxSplits: 1).first.map(String.init) ?? address
            let loop = try EventLoop(name: "clawdtalk")
            let session = try await HTTPClient(on: loop, route: ServiceRoute.proxy) {
                () throws(TransportFailure) in
                try TLSContext(trusting: .system)
            }
            return (
                (bare as NSString).lastPathComponent,
                { try await Self.download($0.isEmpty ? address : Self.place(bare, $0), session) }
            )
        case .git, .previous:
            throw CommandFailure(.usage, "there is no archive to fetch.")
        }
    }

    private static func place(_ path: String, _ suffix: String) -> String {
        guard suffix.hasPrefix("/") else { return path + suffix }
        guard let end = path.lastIndex(of: "/") else { return String(suffix.dropFirst()) }
        return path[..<end] + suffix
    }

    private static func file(_ path: String) -> [UInt8]? {
        FileManager.default.contents(atPath: path).map(Array.init)
    }

    private static func download(_ url: String, _ session: HTTPClient) async throws -> [UInt8]? {
        let request = HTTPRequest(method: "GET", url: url)
        // What follows a question mark may be a secret.
        let shown = Console.printable(url.split(separator: "?", maxSplits: 1).first.map(String.init) ?? url)
        do {
            let response = try await session.response(
                to: request, deadline: deadline, maximumBodyBytes: maximumBytes)
            switch response.status {
            case 200: return response.body
            case 404, 410: return nil
            default: throw CommandFailure(.unreachable, "\(shown) answers \(response.status).")
            }
        } catch let failure as HTTPFailure {
            throw CommandFailure(.unreachable, "\(shown): \(failure.cause.summary).")
        }
    }
}
