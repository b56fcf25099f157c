import Missions
import Testing

@Suite("rest-api.md 4: the slug of a mission")
struct MissionSlugTests {
    @Test(
        "as the peer makes it",
        arguments: [
            ("Find Contractors", "find-contractors"), ("  A -- b!c ", "a-b-c"), ("Café Été", "caf-t"),
            ("İx 9", "i-x-9"),
        ])
    func known(name: String, slug: String) { #expect(MissionSlug.make(from: name) == slug) }

    @Test("names without letters or digits of ASCII have different slugs, always the same ones")
    func others() {
        let slugs = ["東京", "大阪", "", "!"].map(MissionSlug.make)
        #expect(Set(slugs).count == 4 && slugs.allSatisfy { $0.hasPrefix("mission-") })
        #expect(slugs[0] == MissionSlug.make(from: "東京"))
    }
}
