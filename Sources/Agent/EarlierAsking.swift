/// What is known of a question that a process that is gone may have asked.
package struct EarlierAsking: Equatable, Sendable {
    package let receipt: Receipt
    /// Unix time before which it cannot have been asked: a history that reaches back to it and does not have the question
    /// tells that it was not.
    package let since: Int

    package init(receipt: Receipt, since: Int) { (self.receipt, self.since) = (receipt, since) }
}
