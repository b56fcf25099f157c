import Testing

@testable import OpenClaw

@Suite("The names in USER.md and IDENTITY.md")
struct WorkspaceNamesTests {
    @Test(
        "the user's",
        arguments: [
            ("- **Name:** Ana", "Ana"), ("- **Name**: Ana", "Ana"), ("Name: Ana", "Ana"),
            ("* Name : Ana ", "Ana"), ("  - _Name:_ **Ana Maria**\r\n", "Ana Maria"),
            ("**Name:** `Ana`", "Ana"),
            ("- **Name:** Anastasia\n- **What to call them:** Ana", "Ana"),
            ("- **What to call them:**\n- **Name:** Anastasia", "Anastasia"),
            ("- **Name:** Ana (the boss)", "Ana"), ("- **Name:** Ana — works at home", "Ana"),
            ("- **Name:** Ana - tall", "Ana"), ("- **Name:** Ana, of Rome", "Ana"),
            ("- **Name:** Ana <a@b.c>", "Ana"), ("- **Name:** Ana # really", "Ana"),
            ("- **Name:** Ana [she]", "Ana"), ("- **Name:** Anne-Marie O'Neil", "Anne-Marie O'Neil"),
            ("- **Name:** Zoë 李", "Zoë 李"),
        ])
    func owner(text: String, expected: String) {
        #expect(WorkspaceNames.owner(inUserFile: text) == expected)
    }

    @Test(
        "placeholders, hints and sentences are none",
        arguments: [
            "", "# USER.md - About Your Human", "- **Name:**", "- **Name:** ", "- **Name:** _(optional)_",
            "- **Name:** (pick something you like)", "- **Name:** _pick something you like_",
            "- **Name:** [Your name]",
            "- **Name:** <name>", "- **Name:** {{name}}", "- **Name:** TBD", "- **Name:** n/a",
            "- **Name:** 42",
            "- **Name:** …", "- **Surname:** Ana", "The name: is not said here",
            "- **Name:** " + String(repeating: "very ", count: 10) + "long",
        ])
    func none(text: String) { #expect(WorkspaceNames.owner(inUserFile: text) == nil) }

    @Test("the template as it comes names nobody")
    func template() {
        let template = """
            # IDENTITY.md - Who Am I?

            - **Name:**
              _(pick something you like)_
            - **Creature:**
              _(AI? robot? familiar?)_
            - **Emoji:**
              _(your signature)_
            """
        #expect(WorkspaceNames.agent(inIdentityFile: template) == nil)
        #expect(WorkspaceNames.agent(inIdentityFile: template + "\n- **Name:** Pip\n") == "Pip")
    }
}
