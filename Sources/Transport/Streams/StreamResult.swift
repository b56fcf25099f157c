/// What one attempt to move bytes came to.
enum StreamResult: Equatable {
    case bytes(Int)
    case wouldBlock
    case end
    case failed(TransportError)
}
