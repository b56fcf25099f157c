import Foundation
import JSON5
import Storage

/// Reads openclaw.json with what it includes, by OpenClaw's own rules and limits (shared/spec/gateway.md C3).
struct IncludeReader {
    typealias Read = (String) throws(StorageFailure) -> FileSnapshot?

    static let key = "$include"
    static let maximumDepth = 10
    static let maximumBytes = 2 << 20
    private static let blockedKeys: Set<String> = ["__proto__", "prototype", "constructor"]

    /// Folders that included files may lie in.
    let roots: [String]
    let read: Read
    private(set) var files: [String: ConfigurationFile] = [:]

    init(roots: [String], read: @escaping Read) { (self.roots, self.read) = (roots, read) }

    /// The file at a path, with its includes merged in.
    mutating func load(_ path: String, chain: [String] = []) throws(ConfigurationFault) -> JSON5Value {
        let file = try open(path)
        let real = file.snapshot.path
        guard !chain.contains(real) else {
            throw .include(path: path, problem: "it includes itself")
        }
        guard chain.count < Self.maximumDepth else {
            throw .include(path: path, problem: "includes are deeper than \(Self.maximumDepth)")
        }
        return try resolve(file.document.root, in: path, chain: chain + [real])
    }

    /// The path of an include as it stands in a file.
    static func path(_ name: String, from file: String) -> String {
        if name.hasPrefix("/") { return name }
        return (file as NSString).deletingLastPathComponent + "/" + name
    }

    /// The names in an `$include`, nil when it is something else.
    static func names(_ node: JSON5Node) -> [String]? {
        if let name = node.string { return [name] }
        let names = node.elements?.compactMap(\.string)
        return names?.count == node.elements?.count ? names : nil
    }

    private mutating func open(_ path: String) throws(ConfigurationFault) -> ConfigurationFile {
        if let file = files[path] { return file }
        guard let snapshot = try snapshot(path) else { throw .missing(path: path) }
        do throws(JSON5Fault) {
            let file = ConfigurationFile(
                snapshot: snapshot, document: try JSON5Document(parsing: snapshot.bytes))
            files[path] = file
            return file
        } catch {
            throw .syntax(path: path, error)
        }
    }

    private func snapshot(_ path: String) throws(ConfigurationFault) -> FileSnapshot? {
        do throws(StorageFailure) {
            return try read(path)
        } catch {
            throw .storage(error)
        }
    }

    private mutating func resolve(_ node: JSON5Node, in path: String, chain: [String])
        throws(ConfigurationFault)
        -> JSON5Value
    {
        switch node.value {
        case .array(let elements):
            var values: [JSON5Value] = []
            for element in elements { values.append(try resolve(element, in: path, chain: chain)) }
            return .array(values)
        case .object(let members): return try resolve(members, of: node, in: path, chain: chain)
        default: return node.meaning
        }
    }

    private mutating func resolve(
        _ members: [JSON5Member], of node: JSON5Node, in path: String, chain: [String]
    ) throws(ConfigurationFault) -> JSON5Value {
        var own: [(key: String, value: JSON5Value)] = []
        for member in members where member.key != Self.key {
            own.append((member.key, try resolve(member.node, in: path, chain: chain)))
        }
        guard let include = node[Self.key] else { return .object(own) }
        let included = try merged(include, in: path, chain: chain)
        if own.isEmpty { return included }
        guard included.members != nil else {
            throw .include(path: path, problem: "an include beside other keys must hold an object")
        }
        return Self.merge(included, .object(own))
    }

    private mutating func merged(_ include: JSON5Node, in path: String, chain: [String])
        throws(ConfigurationFault)
        -> JSON5Value
    {
        guard let names = Self.names(include) else {
            throw .include(path: path, problem: "\(Self.key) is neither a text nor a list of texts")
        }
        var values: [JSON5Value] = []
        for name in names {
            let target = Self.path(name, from: path)
            try check(target, from: path)
            values.append(try load(target, chain: chain))
        }
        return include.string == nil ? values.reduce(.object([]), Self.merge) : values[0]
    }

    /// OpenClaw takes included files only from its own folders, of moderate size, and with one name.
    private mutating func check(_ target: String, from path: String) throws(ConfigurationFault) {
        let file: ConfigurationFile
        do throws(ConfigurationFault) {
            file = try open(target)
        } catch .missing {
            throw .include(path: path, problem: "it includes \(target), which does not exist")
        }
        let real = file.snapshot.path
        guard roots.contains(where: { real.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }) else {
            throw .include(path: path, problem: "it includes \(target), which is outside its folder")
        }
        guard file.snapshot.bytes.count <= Self.maximumBytes else {
            throw .include(path: path, problem: "it includes \(target), which is larger than 2 MiB")
        }
        guard file.snapshot.linkCount <= 1 else {
            throw .include(path: path, problem: "it includes \(target), which has hard links")
        }
    }

    /// Arrays are joined, objects merged, and of anything else the later one counts.
    static func merge(_ first: JSON5Value, _ second: JSON5Value) -> JSON5Value {
        switch (first, second) {
        case (.array(let first), .array(let second)): return .array(first + second)
        case (.object(var members), .object(let others)):
            for (key, value) in others where !blockedKeys.contains(key) {
                if let index = members.lastIndex(where: { $0.key.utf8.elementsEqual(key.utf8) }) {
                    members[index].value = merge(members[index].value, value)
                } else {
                    members.append((key, value))
                }
            }
            return .object(members)
        default: return second
        }
    }
}
