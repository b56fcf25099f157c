import Agent

/// What sessions are called at the gateway (shared/spec/gateway.md B6).
struct SessionKeys: Equatable, Sendable {
    /// Of the session that all share.
    let main: String
    let agentID: String

    /// A key is written into files at the gateway: an id from outside is not. A key with a ULID in it fails on some versions,
    /// so the digits are hexadecimal.
    func key(for session: AgentSession) -> String {
        switch session {
        case .main: main
        case .call(let id): "agent:\(agentID):clawdtalk-call-\(Self.digest(id))"
        case .sender(let number): "agent:\(agentID):clawdtalk-text-\(Self.digest(number))"
        }
    }

    /// 16 hexadecimal digits, the same in every process (FNV-1a, 64 bits).
    private static func digest(_ text: String) -> String {
        let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
