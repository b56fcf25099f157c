import Wire

/// Takes a response's body as it comes, where its head promises something to read that way.
final class HTTPBodyTap {
    typealias OnHead = (HTTPResponseHead) -> Bool
    typealias OnBytes = ([UInt8]) -> Void

    private let onHead: OnHead
    let onBytes: OnBytes
    private var answer: Bool?

    init(onHead: @escaping OnHead, onBytes: @escaping OnBytes) {
        (self.onHead, self.onBytes) = (onHead, onBytes)
    }

    /// Asked once; a body that is not taken comes whole with the response.
    func takes(_ head: HTTPResponseHead) -> Bool {
        if let answer { return answer }
        let answer = onHead(head)
        self.answer = answer
        return answer
    }
}
