/// The events of a streamed answer.
package enum ScriptedStream {
    package static let role = ScriptedGateway.Piece(
        #"data: {"choices":[{"delta":{"role":"assistant"},"finish_reason":null}]}"# + "\n\n")
    package static let end = ScriptedGateway.Piece(
        #"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\ndata: [DONE]\n\n")

    package static func delta(_ text: String, after delay: Double = 0.02) -> ScriptedGateway.Piece {
        ScriptedGateway.Piece(
            after: .milliseconds(Int(delay * 1000)),
            #"data: {"choices":[{"delta":{"content":"\#(text)"},"finish_reason":null}]}"# + "\n\n")
    }

    package static func whole(_ deltas: ScriptedGateway.Piece...) -> ScriptedGateway.Answer {
        .stream([role] + deltas + [end], end: .orderly)
    }
}
