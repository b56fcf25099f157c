import Testing

@testable import Bridge

@Suite("Which requests need a yes")
struct SensitiveRequestsTests {
    @Test(
        "sensitive",
        arguments: [
            "Delete all my files", "please delete my repo", "Delete the GitHub repositories, all of them.",
            "Send 200 dollars to Bob", "can you transfer the money to my savings",
            "Pay the invoice from Acme",
            "restart the server", "Shut down the production database", "Unlock the front door",
            "I want my account deleted", "have the old backups erased", "get rid of those photos",
            "Wire five thousand euros to her", "Cancel my flight to Oslo", "Change my password to hunter2",
            "Merge the pull request", "What's the weather? And delete the meeting at three.",
            "DELETE EVERYTHING", "Book a flight to Rome", "Reset the API key", "push the code to main",
            "turn off the alarm", "transfer 2.50 dollars to Bob",
            "wipe example.com's server", "delete\nall my files", "send $500 to Bob", "Send €20 to her",
            "send an e-mail to all", "delete them", "get rid of it", "delete the files/folders",
            "cancel that", "buy two tickets", "Send an email to the team saying I quit",
        ])
    func yes(text: String) { #expect(SensitiveRequests().isSensitive(text)) }

    @Test(
        "not sensitive",
        arguments: [
            "What is the exchange rate of the dollar?", "Read me the sales report",
            "How do I repot my plant?",
            "Any change of plans today?", "What did the removal company say?", "Is my train on time?",
            "Tell me about the repository of knowledge in Alexandria", "When was the file last changed?",
            "Who sent me an email this morning?", "Did the payment of the invoice arrive?",
            "What's in my report about deletion?", "Give me the address of the restaurant",
            "Tell me the key points of the meeting", "remove milk from the shopping list",
            "What should I cook?", "", "?!", "How is the stock market doing?", "remind me to call mom",
        ])
    func no(text: String) { #expect(!SensitiveRequests().isSensitive(text)) }

    @Test("lines can be added and taken out")
    func rules() {
        let sensitive = SensitiveRequests(rules: [
            "water: plant, garden", "-delete", "-pay: anything", "broken",
        ])
        #expect(sensitive.isSensitive("Water the plants"))
        #expect(!sensitive.isSensitive("Delete my files") && !sensitive.isSensitive("Pay the bill"))
        #expect(sensitive.isSensitive("Erase my files"))
        #expect(sensitive.unreadable == ["broken"])
    }

    @Test("every standard line can be read")
    func standard() { #expect(SensitiveRequests(rules: SensitiveTable.lines).unreadable.isEmpty) }

    @Test("a text of megabytes is no trouble")
    func long() {
        #expect(!SensitiveRequests().isSensitive(String(repeating: "delete want deleted ", count: 20_000)))
    }
}
