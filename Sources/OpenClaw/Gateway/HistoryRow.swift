import Agent
import Foundation

/// One row of a session's history (shared/spec/gateway.md section 0 and B7), reduced to what a turn needs.
struct HistoryRow: Decodable, Equatable {
    let role: String
    let text: String
    let stopReason: String?
    let hasToolCall: Bool
    /// Stable over calls, unlike the sequence number, which depends on the limit asked for.
    let id: String?
    /// Unix time in milliseconds.
    let timestamp: Double?
    private let provenance: String?
    private let kind: String?

    /// A message to the agent, not from it. Another session's message comes with the role `assistant`.
    var isInput: Bool { role == "user" || provenance == "inter_session" }

    /// The gateway's own follow-up to a turn; what the agent says to it is never spoken.
    var isAnnounceStep: Bool { isInput && text.containsBytes(of: Self.announceStep) }

    static let announceStep = "Agent-to-agent announce step"

    /// The gateway's own row about a turn that ended without words (seen on 2026.7.2). It asks the agent to try again.
    var isDeliveryFailure: Bool {
        isInput && text.containsBytes(of: "sessions_send delivery to") && text.containsBytes(of: "failed")
    }

    /// An input that the gateway wrote itself.
    var isFromGateway: Bool { isAnnounceStep || isDeliveryFailure }

    /// The agent's last row of a run.
    var endsRun: Bool {
        stopReason.map { ["stop", "length", "end_turn", "error", "aborted"].contains($0) } ?? false
    }

    /// Where it is the last row, a run goes on, unless that ended without words.
    var leavesRunOpen: Bool { isInput || stopReason == "toolUse" || stopReason == nil && hasToolCall }

    /// Rows before this one were put together into it, or dropped.
    var replacesEarlier: Bool { kind == "compaction" || kind == "reset" }

    /// The gateway left the text out because of its size; the call's own answer has it.
    var isPlaceholder: Bool { text.hasPrefix("[sessions_history omitted") }

    private enum Keys: String, CodingKey {
        case role, content, stopReason, timestamp, provenance, openclaw = "__openclaw"
    }

    init(from decoder: any Decoder) throws {
        let row = try decoder.container(keyedBy: Keys.self)
        // An error that is thrown costs more than all the rest: what is missing throws none.
        role = (try? row.decodeIfPresent(String.self, forKey: .role)) ?? ""
        stopReason = (try? row.decodeIfPresent(String.self, forKey: .stopReason)) ?? nil
        timestamp = (try? row.decodeIfPresent(Double.self, forKey: .timestamp)) ?? nil
        provenance = ((try? row.decodeIfPresent(Provenance.self, forKey: .provenance)) ?? nil)?.kind
        let identity = (try? row.decodeIfPresent(Identity.self, forKey: .openclaw)) ?? nil
        (id, kind) = (identity?.id, identity?.kind)
        let blocks = (try? row.decodeIfPresent([Lenient<Block>].self, forKey: .content))?.compactMap(\.value)
        if blocks == nil, let plain = (try? row.decodeIfPresent(String.self, forKey: .content)) ?? nil {
            (text, hasToolCall) = (plain, false)
        } else {
            let blocks = blocks ?? []
            text = blocks.filter { $0.type == "text" }.compactMap(\.text).joined(separator: "\n")
            hasToolCall = blocks.contains { $0.type == "toolCall" }
        }
    }

    private struct Provenance: Decodable { let kind: String? }
    private struct Identity: Decodable {
        let id: String?
        let kind: String?
    }
    private struct Block: Decodable {
        let type: String?
        let text: String?
    }
}
