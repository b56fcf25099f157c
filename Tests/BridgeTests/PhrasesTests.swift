import Agent
import ClawdTalkAPI
import Foundation
import OpenClaw
import Ports
import Testing

@testable import Bridge

@Suite("What the bridge says, in every language")
struct PhrasesTests {
    static let languages = Phrases.languages.keys.sorted()

    @Test("no sentence is missing, and none was left in English", arguments: languages)
    func complete(language: String) throws {
        let phrases = try #require(Phrases.languages[language])
        for (name, path) in Phrases.names {
            #expect(phrases[keyPath: path].count > 3, "\(name)")
            #expect(!phrases[keyPath: path].contains("\n"), "\(name)")
            if language != "en", name != "acknowledged" {
                #expect(phrases[keyPath: path] != Phrases.english[keyPath: path], "\(name)")
            }
        }
        #expect(phrases.greetingByName.contains("{name}") && phrases.lateAnswer.contains("{answer}"))
        for list in [
            phrases.fillers, phrases.queueFillers, phrases.tryingFillers, phrases.approvalFillers,
        ] {
            #expect(list.count > 1 && Set(list).count == list.count)
        }
        for words in [phrases.stopWords, phrases.approveWords, phrases.denyWords] { #expect(!words.isEmpty) }
        #expect(Set(phrases.approveWords).isDisjoint(with: phrases.denyWords))
    }

    @Test("the caller is told the very words that count", arguments: languages)
    func approvalWords(language: String) throws {
        let phrases = try #require(Phrases.languages[language])
        let sentence = SpokenWords(phrases.approvalBySpeech)
        for words in [phrases.approveWords, phrases.denyWords] {
            #expect(words.contains { sentence.firstIndex(of: SpokenWords($0).words) != nil })
        }
    }

    @Test("no outcome is called done", arguments: languages)
    func outcomes(language: String) throws {
        let phrases = try #require(Phrases.languages[language])
        let sentences = TurnFailure.allCases.map { phrases.sentence(for: .failed($0)) }
        #expect(Set(sentences).count == sentences.count)
        #expect(phrases.sentence(for: .noReply) != phrases.sentence(for: .reply("")))
    }

    @Test(
        "language by code; what is unknown is English",
        arguments: [
            ("de", "Okay."), ("pt-BR", "Está bem."), ("DE_at", "Okay."), ("xx", "Okay."), ("", "Okay."),
        ])
    func choice(code: String, acknowledged: String) {
        var conversation = ConversationConfiguration()
        conversation.language = code
        #expect(Phrases(conversation).acknowledged == acknowledged)
        #expect((Phrases(conversation) == .english) == ["xx", ""].contains(code))
    }

    @Test("own sentences, fillers and words; unknown names are told")
    func own() {
        var conversation = ConversationConfiguration()
        conversation.phrases = ["greeting": "Ahoj", "timed_out": " ", "nonsense": "x"]
        conversation.stopWords = ["dost"]
        let phrases = Phrases(conversation)
        #expect(phrases.greeting == "Ahoj" && phrases.timedOut == Phrases.english.timedOut)
        #expect(phrases.stopWords == ["dost"])
        #expect(Phrases.unknownNames(in: conversation.phrases) == ["nonsense"])
    }

    @Test(
        "there are always two fillers to choose from",
        arguments: [[], ["One."], ["One.", "One."], ["One.", "Two."], [" "]])
    func fillers(own: [String]) {
        var conversation = ConversationConfiguration()
        conversation.fillers = own
        let fillers = Phrases(conversation).fillers
        #expect(fillers.count > 1 && Set(fillers).count == fillers.count)
        if own == ["One.", "Two."] { #expect(fillers == own) }
    }
}

@Suite("docs/phrases.md")
struct PhraseTableTests {
    @Test("has the row of every name, with its English sentence, and no other")
    func rows() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/phrases.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
        let expected = Phrases.names.map { "| `\($0)` | \(Phrases.english[keyPath: $1]) |" }
        #expect(Set(rows) == Set(expected) && rows.count == expected.count)
    }
}
