import Foundation
import Simulator

/// What is sent to the agent's number and comes back from it.
extension Stage {
    func text(_ id: String, _ body: String, from sender: String = "+15550001") async {
        await service.sendEvent("sms.received", ["message_id": id, "from": sender, "body": body])
    }

    /// What went out to telephones.
    var sentTexts: [ServiceEntry.Text] {
        service.journal.entries.compactMap { if case .textSent(let text) = $0 { text } else { nil } }
    }

    /// Whether so many texts went out within the limit.
    func hasSent(_ count: Int, within limit: Duration = .seconds(40)) async -> Bool {
        await service.journal.first(
            within: limit,
            in: { entries in
                let sent = entries.filter { if case .textSent = $0 { true } else { false } }
                return sent.count >= count ? sent.last : nil
            }) != nil
    }

    /// Whether the agent was asked so many things within the limit.
    func hasAsked(_ count: Int, within limit: Duration = .seconds(40)) async -> Bool {
        await gateway.asked.first(within: limit, in: { $0.count >= count ? $0.last : nil }) != nil
    }

    /// The files of a spool, by name.
    func spooled(_ kind: String) -> [String: String] {
        let folder = home.appending(path: "spool/\(kind)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map { name in
                (name, (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? "")
            })
    }

    /// The ids of texts that are not done.
    var unansweredTexts: [String] {
        spooled("texts").values.filter { !$0.contains("\"done\"") }.compactMap {
            $0.firstMatch(of: /"messageID" : "(\w+)"/).map { String($0.output.1) }
        }
    }
}
