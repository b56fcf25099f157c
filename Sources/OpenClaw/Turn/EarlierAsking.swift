/// What is known of a question that a process that is gone may have asked.
package struct EarlierAsking: Equatable, Sendable {
    /// Under which it would be in the history.
    package let marker: Marker
    /// Unix time before which it cannot have been asked: a history that reaches back to it and has no marker tells
    /// that it was not.
    package let since: Int

    package init(marker: Marker, since: Int) { (self.marker, self.since) = (marker, since) }
}
