import ArgumentParser
import ClawdTalkAPI
import Missions

/// A command of `clawdtalk missions` that asks the service and shows what it answers. Arguments are checked in
/// `validate`, before there is a configuration.
protocol MissionsRequest: AsyncParsableCommand {
    var options: ServiceOptions { get }
    /// What there is to say when it fails, as in "the mission was not made"; nil for what only reads.
    static var failure: String? { get }

    func answer(of service: ServiceClient) async throws -> ServiceAnswer
}

extension MissionsRequest {
    static var failure: String? { nil }

    func run() async throws {
        try await CommandRunner.run {
            do {
                try await answer(of: options.client()).show(asJSON: options.json)
            } catch let failure as RESTFailure {
                throw Self.failure.map { CommandFailure(failure, $0) }
                    ?? CommandFailure(reading: "the answer", failure)
            }
            return .success
        }
    }

    /// - Parameter what: as in "The status".
    func refuseBlank(_ text: String, _ what: String) throws {
        guard !text.allSatisfy(\.isWhitespace) else { throw ValidationError("\(what) is empty.") }
    }

    func tellIfUnknown(_ word: String, in vocabulary: Vocabulary) {
        if let note = vocabulary.note(on: word) { Console.error(Console.printable(note)) }
    }
}
