import Testing

@testable import Wire

@Suite("RFC 7692 §5 and §7.1 Negotiating permessage-deflate")
struct DeflateParametersTests {
    private func fields(_ values: [String]) -> HTTPFields {
        HTTPFields(values.map { ("Sec-WebSocket-Extensions", $0) })
    }

    private func parameters(_ change: (inout DeflateParameters) -> Void) -> DeflateParameters {
        var parameters = DeflateParameters()
        change(&parameters)
        return parameters
    }

    @Test("A client understands every parameter of an answer")
    func answers() throws {
        #expect(try DeflateParameters(acceptedIn: fields([])) == nil)
        let short = parameters { $0.client.takesContextOver = false }
        #expect(try DeflateParameters(acceptedIn: fields(["permessage-deflate"])) == short)
        let all = """
            Permessage-Deflate; server_no_context_takeover; client_no_context_takeover;\
            server_max_window_bits=10 ; client_max_window_bits="9"
            """
        let expected = parameters {
            ($0.server.takesContextOver, $0.client.takesContextOver) = (false, false)
            ($0.server.windowBits, $0.client.windowBits) = (10, 9)
        }
        #expect(try DeflateParameters(acceptedIn: fields([all])) == expected)
    }

    @Test(
        "An answer that makes no sense fails the handshake",
        arguments: [
            ["permessage-foo"], ["permessage-deflate", "permessage-deflate"], ["permessage-deflate; foo"],
            ["permessage-deflate; server_max_window_bits"], ["permessage-deflate; client_max_window_bits"],
            ["permessage-deflate; server_max_window_bits=7"],
            ["permessage-deflate; server_max_window_bits=16"],
            ["permessage-deflate; server_max_window_bits=08"],
            ["permessage-deflate; server_max_window_bits=a"],
            ["permessage-deflate; server_no_context_takeover=1"],
            ["permessage-deflate; server_no_context_takeover; server_no_context_takeover"],
            ["permessage-deflate;"],
        ])
    func badAnswers(values: [String]) {
        #expect(throws: WebSocketFault.self) { try DeflateParameters(acceptedIn: fields(values)) }
    }

    @Test("A server takes the first offer that it can keep")
    func offers() {
        #expect(DeflateParameters(offeredIn: fields([])) == nil)
        #expect(DeflateParameters(offeredIn: fields(["permessage-foo, permessage-deflate; bar"])) == nil)
        let offer = DeflateParameters(offeredIn: fields([DeflateParameters.offer]))
        let answer = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        #expect(offer?.answer == answer)
        #expect(offer?.server.takesContextOver == false && offer?.client.takesContextOver == false)
        #expect(
            DeflateParameters(offeredIn: fields(["permessage-deflate; client_max_window_bits"]))
                == DeflateParameters())
        let narrow =
            "permessage-deflate; server_max_window_bits=99, permessage-deflate; server_max_window_bits=9"
        #expect(
            DeflateParameters(offeredIn: fields([narrow]))?.answer
                == "permessage-deflate; server_max_window_bits=9")
    }
}
