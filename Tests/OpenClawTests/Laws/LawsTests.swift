import Testing

@Suite("Laws of asking: once, one's own answer, one end")
struct LawsTests {
    /// Forty seeds each; a seed tells the whole story.
    @Test("whole stories with a gateway that keeps sessions", arguments: 0..<4)
    func stories(forty: UInt64) {
        for seed in forty * 40..<(forty + 1) * 40 {
            let story = AskingStory(seed: seed)
            story.play()
            #expect(story.faults.isEmpty, "\(story.log.joined(separator: "\n"))")
        }
    }
}
