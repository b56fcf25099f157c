import Foundation
import Wire

/// A chat completion that is one object, as a gateway answers that does not stream.
enum ChatCompletion {
    /// The answer in it; nil where it is none.
    static func text(of response: HTTPResponse) -> String? {
        guard JSONIndex.hasFewValues(response.body),
            let completion = try? JSONDecoder().decode(Completion.self, from: Data(response.body))
        else { return nil }
        return completion.choices.first?.message.content
    }

    private struct Completion: Decodable {
        let choices: [Choice]
    }

    private struct Choice: Decodable {
        let message: Message
    }

    private struct Message: Decodable {
        let content: String
    }
}
