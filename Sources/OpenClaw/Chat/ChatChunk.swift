import Foundation

/// The data of one event of a streamed chat completion, reduced to what a turn needs.
enum ChatChunk: Equatable {
    /// - Parameters:
    ///   - content: empty when the chunk has none.
    ///   - isLast: the run ended with this.
    case delta(_ content: String, isLast: Bool)
    /// An error object in place of a chunk: the run ended with it.
    case failed
    /// `[DONE]`: nothing follows.
    case done

    /// - Throws: ``GatewayError/unreadable`` when it is no JSON object.
    init(_ data: String) throws(GatewayError) {
        if data.trimmingCharacters(in: .whitespaces) == "[DONE]" {
            self = .done
            return
        }
        guard let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(data.utf8)) else {
            throw .unreadable
        }
        if chunk.error != nil {
            self = .failed
            return
        }
        let choice = chunk.choices?.value?.first?.value
        self = .delta(
            choice?.delta?.value?.content?.value ?? "", isLast: choice?.finish_reason?.value != nil)
    }

    private struct Chunk: Decodable {
        let choices: Lenient<[Lenient<Choice>]>?
        let error: Anything?
    }

    private struct Choice: Decodable {
        let delta: Lenient<Delta>?
        let finish_reason: Lenient<String>?
    }

    private struct Delta: Decodable {
        let content: Lenient<String>?
    }

    private struct Anything: Decodable {
        init(from decoder: any Decoder) {}
    }
}
