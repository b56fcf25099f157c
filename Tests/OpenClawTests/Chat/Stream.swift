import TestSupport

typealias Piece = ScriptedGateway.Piece

/// The events of a streamed answer.
enum Stream {
    static let role = Piece(
        #"data: {"choices":[{"delta":{"role":"assistant"},"finish_reason":null}]}"# + "\n\n")
    static let end = Piece(
        #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n")

    static func delta(_ text: String, after delay: Double = 0.02) -> Piece {
        Piece(
            after: .milliseconds(Int(delay * 1000)),
            #"data: {"choices":[{"delta":{"content":"\#(text)"},"finish_reason":null}]}"# + "\n\n")
    }

    static func whole(_ deltas: Piece...) -> ScriptedGateway.Answer {
        .stream([role] + deltas + [end], end: .orderly)
    }
}
