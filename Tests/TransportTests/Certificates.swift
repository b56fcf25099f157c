import Foundation

/// Certificates by the openssl program, in a temporary folder.
struct Certificates {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ct-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    struct Pair {
        let certificate: String
        let key: String
        var pem: String { (try? String(contentsOfFile: certificate, encoding: .utf8)) ?? "" }
    }

    /// A self-signed certificate for the given names (as in subjectAltName).
    func make(_ name: String, names: String = "DNS:localhost,IP:127.0.0.1", days: Int = 2) throws -> Pair {
        let pair = Pair(certificate: folder.path + "/\(name).pem", key: folder.path + "/\(name).key")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=test", "-days",
            String(days),
            "-addext", "subjectAltName=\(names)", "-keyout", pair.key, "-out", pair.certificate,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return pair
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
