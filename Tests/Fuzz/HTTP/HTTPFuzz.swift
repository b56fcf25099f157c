/// One input of the fuzzer: the first byte chooses requests or responses and where the rest is cut. However it is cut,
/// the same messages must come out, and the same fault.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let dice = input.first else { return 0 }
    let bytes = Array(input.dropFirst())
    let cut = pieces(of: bytes, size: 1 + Int(dice >> 2))
    if dice & 1 == 0 {
        let parser = HTTPMessageParser<HTTPRequestHead>.requests(maximumBodyBytes: 4096)
        precondition(outcome(parser, [bytes]) == outcome(parser, cut))
    } else {
        let parser = HTTPMessageParser<HTTPResponseHead>.responses(
            to: dice & 2 == 0 ? "GET" : "HEAD", maximumBodyBytes: 4096)
        precondition(outcome(parser, [bytes]) == outcome(parser, cut))
    }
    return 0
}

/// A parser takes one response, or requests one after the other.
private func outcome<Head>(_ parser: HTTPMessageParser<Head>, _ pieces: [[UInt8]]) -> [String] {
    var parser = parser
    var found: [String] = []
    for piece in pieces {
        let isBroken = piece.withUnsafeBytes { bytes in
            var input = bytes
            do throws(HTTPFault) {
                while let message = try parser.consume(&input) {
                    found.append("\(message.head) \(message.body)")
                    if Head.self == HTTPResponseHead.self { return true }
                }
                return false
            } catch {
                found.append("\(error)")
                return true
            }
        }
        if isBroken { return found }
    }
    do throws(HTTPFault) {
        if let message = try parser.consumeEnd() { found.append("\(message.head) \(message.body)") }
    } catch {
        found.append("\(error)")
    }
    return found
}
