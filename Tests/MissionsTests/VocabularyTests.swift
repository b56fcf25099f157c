import Missions
import Testing

@Suite("rest-api.md 2: the vocabularies")
struct VocabularyTests {
    @Test("a known word needs no note, another one gets the known ones")
    func notes() {
        #expect(Vocabulary.runStatuses.note(on: "paused") == nil)
        #expect(
            Vocabulary.phoneUses.note(on: "fax")
                == "note: \"fax\" is sent as it is; the known uses of a number are voice, sms")
    }
}
