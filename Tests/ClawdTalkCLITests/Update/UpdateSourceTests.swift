import Foundation
import Testing

@testable import ClawdTalkCLI

@Suite("Where an update comes from")
final class UpdateSourceTests {
    private let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
        .appending(path: "ct source \(UUID().uuidString.prefix(8))").path

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func make(_ names: String...) throws {
        for name in names {
            let path = folder + "/" + name
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try "".write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    private func source(
        _ from: String?, back: Bool = false, in installation: Installation
    ) -> UpdateSource? {
        try? .named(from, back: back, in: installation)
    }

    @Test("a checkout: its remote, and nothing else")
    func checkout() throws {
        try make("Package.swift", ".git/HEAD", ".build/x/release/clawdtalk")
        let installation = Installation(program: folder + "/.build/x/release/clawdtalk")
        #expect(source(nil, in: installation) == .git(root: folder))
        #expect(source("git", in: installation) == .git(root: folder))
        #expect(source("a.tar.gz", in: installation) == nil)
        #expect(source(nil, back: true, in: installation) == nil)
    }

    @Test("an unpacked archive: a file, https, or http on this machine; no default")
    func package() throws {
        try make("connect.sh", "clawdtalk")
        let installation = Installation(program: folder + "/clawdtalk")
        #expect(source("a b.tar.gz", in: installation) == .file("a b.tar.gz"))
        for url in ["https://example.test/a.tar.gz", "http://127.0.0.1:8/a.tar.gz", "http://localhost/a"] {
            #expect(source(url, in: installation) == .url(url))
        }
        for from in [
            nil, "git", "http://example.test/a.tar.gz", "ftp://example.test/a", "wss://example.test/a",
        ] {
            #expect(source(from, in: installation) == nil)
        }
        #expect(source(nil, back: true, in: installation) == .previous)
    }

    @Test("a program without its scripts, or built from sources without git")
    func alone() throws {
        try make("bin/clawdtalk", "src/Package.swift", "src/.build/release/clawdtalk")
        for program in ["/bin/clawdtalk", "/src/.build/release/clawdtalk"] {
            #expect(source("a.tar.gz", in: Installation(program: folder + program)) == nil)
        }
    }
}
