/// One call or text of a batch.
package struct BatchRow: Equatable, Sendable {
    /// E.164.
    package let to: String
    package let step: String?
    /// The words of a text; nil makes it a call.
    package let text: String?

    package init(to: String, step: String?, text: String?) {
        (self.to, self.step, self.text) = (to, step, text)
    }

    /// By which it is known again when the batch goes on.
    var key: String { [to, step ?? "", text ?? ""].joined(separator: "|") }
}
