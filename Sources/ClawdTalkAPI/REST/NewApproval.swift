/// A question to the owner, to be answered on the telephone (shared/spec/rest-api.md 2, 36).
package struct NewApproval: Equatable, Sendable {
    /// What is to be done.
    package let action: String
    package var details: String?
    /// The answer needs a fingerprint or a face.
    package var isBiometric = false
    /// When the question goes away, in seconds.
    package var expiresInSeconds = 300

    package init(action: String) { self.action = action }

    var body: JSONValue {
        .members([
            "action": .string(action), "require_biometric": .bool(isBiometric),
            "expires_in": .number(String(expiresInSeconds)),
            "details": details.flatMap { $0.isEmpty ? nil : .string($0) },
        ])
    }
}
