import Foundation
import Testing

/// A second idea of "this machine" sends a token to `127.evil.example`, or a call past a proxy.
@Suite("Hosts are compared by HostName only")
struct HostComparisonTests {
    /// Names in certificates that are made here.
    static let certificates: Set = [
        "Transport/TLS/SelfSignedIdentity.swift", "Simulator/Service/SimulatedService.swift",
    ]
    static let comparer = "Wire/HTTP1/HostName.swift"

    /// What a comparison of one's own would need.
    static let patterns = [
        #""\.?localhost""#, #""\[?::1\]?""#, #"hasPrefix\("127"#, #"== *"127\."#, #""0\.0\.0\.0""#,
        #"URLComponents\(.*\)\??\.host"#,
    ]

    @Test("no other file knows the names of this machine", arguments: patterns)
    func literals(pattern: String) throws {
        let expression = try Regex(pattern)
        let root = TargetArrowTests.root.appending(path: "Sources")
        let files = try FileManager.default.subpathsOfDirectory(atPath: root.path).filter {
            $0.hasSuffix(".swift")
        }
        #expect(files.contains(Self.comparer))
        for file in files where file != Self.comparer && !Self.certificates.contains(file) {
            let text = try String(contentsOf: root.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains(expression) {
                Issue.record("\(file) compares hosts by itself: \(line.trimmingCharacters(in: .whitespaces))")
            }
        }
    }
}
