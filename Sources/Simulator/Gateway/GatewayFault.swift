/// What goes wrong for a while with every call at a ``SimulatedGateway``.
package enum GatewayFault: Equatable, Sendable {
    /// Refused with this status, and nothing runs; 429 and 503 come with a Retry-After of a second.
    case refuses(Int)
    /// It runs, and this status answers.
    case runsAndAnswers(Int)
    /// A web page answers with 200, and nothing runs.
    case page
    /// It runs, and the connection breaks inside the answer.
    case cut
    /// It runs, and the answer comes late.
    case late(Duration)
    /// Nothing is taken up before the fault is over.
    case stalled
}
