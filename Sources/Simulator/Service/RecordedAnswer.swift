/// What a ``RecordingService`` answers.
package enum RecordedAnswer: Sendable {
    case json(Int, String, fields: [String: String] = [:])
    case text(Int, String, contentType: String = "text/html")
    /// The head and a part of the body, then the end.
    case cut
    /// The connection ends without a word.
    case dropped
    /// Nothing, for as long as the client waits.
    case never
}
