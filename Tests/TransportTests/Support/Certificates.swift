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

    /// The SHA-256 fingerprint as openssl writes it: hexadecimal with colons.
    func fingerprint(of pair: Pair) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl", "x509", "-in", pair.certificate, "-noout", "-fingerprint", "-sha256"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        return String(text.split(separator: "=").last ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
