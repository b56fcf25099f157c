/// A request that got no response: why, and whether the server may have received any of it.
package struct HTTPFailure: Error, Equatable, Sendable {
    package let cause: TransportFailure
    /// False only when no byte of the request was handed to the kernel, so that repeating it cannot do things
    /// twice.
    package let mayHaveArrived: Bool

    package init(cause: TransportFailure, mayHaveArrived: Bool) {
        self.cause = cause
        self.mayHaveArrived = mayHaveArrived
    }
}
