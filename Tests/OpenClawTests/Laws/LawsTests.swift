import Testing

@Suite("Laws of asking: once, one's own answer, one end")
struct LawsTests {
    /// A hundred seeds each; a seed tells the whole story.
    @Test("whole stories with a gateway that keeps sessions", arguments: 0..<5)
    func stories(hundred: UInt64) {
        for seed in hundred * 100..<(hundred + 1) * 100 {
            let story = AskingStory(seed: seed)
            story.play()
            #expect(story.faults.isEmpty, "\(story.log.joined(separator: "\n"))")
        }
    }
}
