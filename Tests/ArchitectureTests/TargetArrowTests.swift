import Foundation
import Testing

/// docs/design.md: the arrows between the project's own targets, checked against what the sources import.
@Suite("The arrows between the targets")
struct TargetArrowTests {
    /// Target and what it may import of ours.
    static let allowed: [String: Set<String>] = [
        "Wire": ["CZlib"],
        "Transport": ["CLinux", "COpenSSL", "Wire"],
        "JSON5": [],
        "Storage": ["CXattr"],
        "ClawdTalkAPI": ["JSON5", "Wire"],
        "Missions": ["ClawdTalkAPI", "Storage"],
        "Ports": ["Wire"],
        "Agent": ["Ports"],
        "OpenClaw": ["Agent", "JSON5", "Ports", "Storage", "Wire"],
        "Bridge": ["Agent", "ClawdTalkAPI", "Ports", "Wire"],
        "Simulator": ["Transport", "Wire", "ClawdTalkAPI"],
        "ClawdTalkCLI": [
            "Agent", "Bridge", "CMalloc", "ClawdTalkAPI", "JSON5", "Missions", "OpenClaw", "Ports",
            "Simulator",
            "Storage", "Transport", "Wire",
        ],
    ]
    static let own = Set(allowed.keys).union(["CLinux", "CZlib", "COpenSSL", "CXattr", "CMalloc"])

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func imports(of target: String) throws -> [(file: String, module: String)] {
        let folder = root.appending(path: "Sources/\(target)")
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".swift")
        }
        return try files.flatMap { file in
            try String(contentsOf: folder.appending(path: file), encoding: .utf8).split(separator: "\n")
                .compactMap { line in
                    line.firstMatch(
                        of:
                            /^\s*(?:(?:package|public|internal|private|fileprivate|@_exported|@testable)\s+)*import\s+(?:\w+\s+)?(\w+)/
                    )
                    .map { (file, String($0.output.1)) }
                }
        }
    }

    @Test("each target imports only what it may", arguments: allowed.keys.sorted())
    func arrows(target: String) throws {
        let imports = try Self.imports(of: target)
        for (file, module) in imports where Self.own.contains(module) {
            #expect(Self.allowed[target]?.contains(module) == true, "\(target)/\(file) imports \(module)")
        }
        // A target whose imports the test cannot see would pass for nothing.
        #expect(!imports.isEmpty || ["JSON5"].contains(target))
    }

    @Test("Wire and JSON5 are pure: no Foundation, no C library, no logger", arguments: ["Wire", "JSON5"])
    func pure(target: String) throws {
        let pure: Set = target == "Wire" ? ["CZlib"] : []
        let others = try Self.imports(of: target).filter { !pure.contains($0.module) }
        #expect(others.isEmpty, "\(others)")
    }

    @Test("Package.swift draws the same arrows", arguments: allowed.keys.sorted())
    func manifest(target: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: "Package.swift"), encoding: .utf8)
        let pattern = try Regex(#"\.(?:executableT|t)arget\(\s*name: "\#(target)"(?s:(.*?))swiftSettings"#)
        let block = try #require(text.firstMatch(of: pattern))
        let named = Set(block.output[0].substring?.matches(of: /"(\w+)"/).map { String($0.output.1) } ?? [])
        #expect(named.intersection(Self.own).subtracting([target]).isSubset(of: Self.allowed[target] ?? []))
    }
}
