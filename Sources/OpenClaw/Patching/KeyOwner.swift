import JSON5
import Storage

/// Where a key has to be written: a file, and the path within it.
struct KeyOwner: Equatable {
    /// As it was asked for.
    let file: String
    let path: [String]
}

extension OpenClawConfiguration {
    /// The file that owns a key, through `$include`. A file that is included alone owns what it holds; where
    /// includes are merged, the including file owns what they do not hold.
    /// - Throws: ``PatchRefusal/spread(key:path:)``.
    func owner(of path: [String]) throws(PatchRefusal) -> KeyOwner {
        var file = self.path
        var inner: [String] = []
        var rest = path[...]
        while let node = files[file]?.document.root[path: inner] {
            if let include = node[IncludeReader.key] {
                let names = IncludeReader.names(include) ?? []
                let isAlone = include.string != nil && node.meaning.members?.count == 1
                if isAlone {
                    (file, inner) = (IncludeReader.path(names[0], from: file), [])
                    continue
                }
                let own = Self.depth(of: rest, in: node.meaning)
                let theirs =
                    names.map { depth(of: rest, inFile: IncludeReader.path($0, from: file)) }.max() ?? 0
                guard own >= theirs else {
                    throw .spread(key: path.joined(separator: "."), path: file)
                }
            }
            guard let key = rest.first else { break }
            inner.append(key)
            rest = rest.dropFirst()
        }
        return KeyOwner(file: file, path: inner + rest)
    }

    /// How many keys of a path are there.
    private static func depth(of path: ArraySlice<String>, in value: JSON5Value) -> Int {
        var value = value
        var depth = 0
        for key in path {
            guard let next = value[key] else { break }
            (value, depth) = (next, depth + 1)
        }
        return depth
    }

    private func depth(of path: ArraySlice<String>, inFile file: String) -> Int {
        var reader = IncludeReader(roots: ["/"]) { path throws(StorageFailure) in files[path]?.snapshot }
        return (try? reader.load(file)).map { Self.depth(of: path, in: $0) } ?? 0
    }
}
