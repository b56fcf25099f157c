package import JSON5
package import Storage

/// openclaw.json, or a file that it includes, as it was read.
package struct ConfigurationFile: Equatable, Sendable {
    package let snapshot: FileSnapshot
    package let document: JSON5Document

    /// The file with another text, as it will be.
    func with(_ document: JSON5Document) -> ConfigurationFile {
        ConfigurationFile(
            snapshot: FileSnapshot(path: snapshot.path, bytes: document.bytes), document: document)
    }
}
