import Foundation
import Simulator
import Testing

@Suite("Approvals through the real program", .enabled(if: BridgeProcess.binary != nil))
struct ApprovalScenarioTests {
    @Test(
        "a yes by event or by poll is carried out once",
        arguments: [ApprovalManner.approves, .approvesUnheard])
    func yes(manner: ApprovalManner) async throws {
        let stage = try await Stage(approvals: manner)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1", "Delete my files")
        #expect(await stage.result("r1") == "The answer is forty-two.")
        #expect(stage.gateway.asked.entries.count == 1)
        let body = stage.service.journal.entries.lazy.compactMap {
            if case .request("POST", "/v1/approvals", let body) = $0 { body } else { nil }
        }
        .first
        #expect(body == #"{"action":"Delete my files","expires_in":60,"require_biometric":false}"#)
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "a no, or nobody to decide: nothing reaches the agent",
        arguments: [ApprovalManner.denies, .silent, .broken])
    func no(manner: ApprovalManner) async throws {
        let stage = try await Stage(approvals: manner)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1", "Delete my files")
        #expect(await stage.result("r1", within: .seconds(90))?.hasSuffix("so nothing was done.") == true)
        #expect(stage.gateway.asked.entries.isEmpty)
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "no telephone: the caller decides",
        arguments: [ApprovalManner.noDevice])
    func spoken(manner: ApprovalManner) async throws {
        let stage = try await Stage(approvals: manner)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1", "Delete my files")
        #expect(await stage.result("r1")?.contains("Say approve or deny.") == true)
        await stage.ask("r2", "deny")
        #expect(await stage.result("r2") == "All right, nothing was done.")
        await stage.ask("r3", "Delete my files")
        #expect(await stage.result("r3") != nil)
        #expect(stage.gateway.asked.entries.isEmpty)
        await stage.ask("r4", "approve")
        #expect(await stage.result("r4") == "The answer is forty-two.")
        #expect(stage.gateway.asked.entries.map { $0.contains("Delete my files") } == [true])
        withExtendedLifetime(bridge) {}
    }

    @Test(
        "the test phrase tells the truth about devices",
        arguments: [ApprovalManner.silent, .noDevice, .broken])
    func testPush(manner: ApprovalManner) async throws {
        let stage = try await Stage(approvals: manner)
        let bridge = try stage.run()
        #expect(await stage.login())
        await stage.ask("r1", "Test push, please.")
        let expected =
            switch manner {
            case .silent: "I've sent a test notification to your phone."
            case .noDevice: "No phone is set up for notifications."
            default: "The test notification could not be sent."
            }
        #expect(await stage.result("r1") == expected)
        withExtendedLifetime(bridge) {}
    }
}
