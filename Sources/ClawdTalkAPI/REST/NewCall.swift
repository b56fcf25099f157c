/// A call to be made (shared/spec/rest-api.md 2, 30). Without anything the owner is called and greeted as usual.
package struct NewCall: Equatable, Sendable {
    /// nil calls the owner.
    package var to: String?
    /// The first sentence.
    package var greeting: String?
    /// What the agent is to reach.
    package var purpose: String?

    package init(to: String? = nil, greeting: String? = nil, purpose: String? = nil) {
        (self.to, self.greeting, self.purpose) = (to, greeting, purpose)
    }

    package var body: JSONValue {
        .members([
            "to": to.map { .string($0) }, "greeting": greeting.map { .string($0) },
            "context": purpose.map { .members(["purpose": .string($0)]) },
        ])
    }
}
