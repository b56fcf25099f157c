/// The parameters of permessage-deflate as both sides agreed on them (RFC 7692 §7.1).
package struct DeflateParameters: Equatable, Sendable {
    /// How one side compresses what it sends.
    package struct Side: Equatable, Sendable {
        /// Whether a message may refer to the messages before it.
        package var takesContextOver = true
        /// 8 to 15, the base-2 logarithm of the LZ77 window.
        package var windowBits = 15
    }

    package var server = Side()
    package var client = Side()

    package init() {}

    static let extensionName = "permessage-deflate"
    /// What a client offers: any window is fine. That no side takes its context over costs some compression, and saves
    /// up to 300 KiB for each connection: what zlib keeps between messages (§7.1.1).
    static let offer =
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits"

    /// The server's answer to ``offer``. Deliberate: a server may take its context over
    /// although the offer asks it not to. That costs memory and nothing else.
    /// - Returns: nil when it takes no extension.
    /// - Throws: ``WebSocketFault/handshake(_:)`` for anything that was not offered or makes no sense (§5.1, §7.1).
    init?(acceptedIn fields: HTTPFields) throws(WebSocketFault) {
        let members = fields.listMembers("Sec-WebSocket-Extensions")
        guard let member = members.first else { return nil }
        guard members.count == 1 else { throw .handshake("more extensions than were offered") }
        guard let entries = Self.parameters(in: member) else {
            throw .handshake("an extension that was not offered")
        }
        var seen: Set<String> = []
        for (name, value) in entries {
            guard seen.insert(name).inserted, try set(name, value) else {
                throw .handshake("a bad parameter of permessage-deflate: \(name.prefix(40))")
            }
        }
        // §7.1.1.2: so it was offered, and so it is, whether the answer repeats it or not.
        client.takesContextOver = false
    }

    /// A server's choice among a client's offers; nil when none can be taken.
    init?(offeredIn fields: HTTPFields) {
        for member in fields.listMembers("Sec-WebSocket-Extensions") {
            guard let entries = Self.parameters(in: member) else { continue }
            var chosen = DeflateParameters()
            var seen: Set<String> = []
            let isGood = entries.allSatisfy { name, value in
                // Alone it only says that the client can; its own side stays as it is then (§7.1.2.2).
                if name == "client_max_window_bits", value == nil { return seen.insert(name).inserted }
                return seen.insert(name).inserted && ((try? chosen.set(name, value)) ?? false)
            }
            if isGood {
                self = chosen
                return
            }
        }
        return nil
    }

    /// The extension as a server answers it.
    var answer: String {
        var text = Self.extensionName
        if !server.takesContextOver { text += "; server_no_context_takeover" }
        if !client.takesContextOver { text += "; client_no_context_takeover" }
        if server.windowBits < 15 { text += "; server_max_window_bits=\(server.windowBits)" }
        if client.windowBits < 15 { text += "; client_max_window_bits=\(client.windowBits)" }
        return text
    }

    /// - Returns: false for an unknown name, a missing value, or one that is not allowed.
    private mutating func set(_ name: String, _ value: String?) throws(WebSocketFault) -> Bool {
        switch (name, value) {
        case ("server_no_context_takeover", nil): server.takesContextOver = false
        case ("client_no_context_takeover", nil): client.takesContextOver = false
        case ("server_max_window_bits", let value?):
            guard let bits = Self.windowBits(value) else { return false }
            server.windowBits = bits
        case ("client_max_window_bits", let value?):
            guard let bits = Self.windowBits(value) else { return false }
            client.windowBits = bits
        default: return false
        }
        return true
    }

    /// 8 to 15 without leading zeros (§7.1.2).
    private static func windowBits(_ text: String) -> Int? {
        guard text.utf8.first != UInt8(ascii: "0"), let bits = ASCII.decimal(text), (8...15).contains(bits)
        else {
            return nil
        }
        return bits
    }

    /// The parameters of a list member that names this extension; values may stand in quotes.
    private static func parameters(in member: String) -> [(name: String, value: String?)]? {
        let pieces = member.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { ASCII.trimmed(Substring($0)) }
        guard let name = pieces.first, ASCII.equalsIgnoringCase(String(name), extensionName) else {
            return nil
        }
        return pieces.dropFirst().map { piece in
            let halves = piece.utf8.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(ASCII.trimmed(Substring(halves[0]))).lowercased()
            guard halves.count == 2 else { return (key, nil) }
            var value = ASCII.trimmed(Substring(halves[1]))
            if value.utf8.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                value = value.dropFirst().dropLast()
            }
            return (key, String(value))
        }
    }
}
