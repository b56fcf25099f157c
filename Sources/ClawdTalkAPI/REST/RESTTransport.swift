package import Wire

/// Carries one request to the service and brings its response, once.
package protocol RESTTransport: Sendable {
    /// - Parameter deadline: from the name to the last byte of the body.
    func response(to request: HTTPRequest, deadline: Duration) async throws(RESTTransportFailure)
        -> HTTPResponse
}

/// There is no response.
package struct RESTTransportFailure: Error, Equatable, Sendable {
    /// In words for people.
    package let reason: String
    /// False when nothing of the request can have reached the service.
    package let mayHaveArrived: Bool

    package init(reason: String, mayHaveArrived: Bool) {
        (self.reason, self.mayHaveArrived) = (reason, mayHaveArrived)
    }
}
