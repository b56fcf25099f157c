/// A request as a ``RecordingService`` got it.
package struct RecordedRequest: Equatable, Sendable {
    package let method: String
    /// Path and query, as they were sent.
    package let target: String
    package let body: String
    package let authorization: String?
    package let contentType: String?
}
