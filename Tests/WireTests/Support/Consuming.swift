@testable import Wire

extension HTTPHeadParser {
    mutating func feed(_ bytes: [UInt8]) throws(HTTPFault) -> (result: HTTPHeadLines?, rest: [UInt8]) {
        try consuming(bytes) { (input) throws(HTTPFault) in try consume(&input) }
    }
}

extension HTTPBodyDecoder {
    /// - Returns: what does not belong to the body.
    mutating func feed(_ bytes: [UInt8]) throws(HTTPFault) -> [UInt8] {
        try consuming(bytes) { (input) throws(HTTPFault) in try consume(&input) }.rest
    }
}

extension HTTPMessageParser {
    mutating func feed(
        _ bytes: [UInt8]
    ) throws(HTTPFault) -> (result: (head: Head, body: [UInt8])?, rest: [UInt8]) {
        try consuming(bytes) { (input) throws(HTTPFault) in try consume(&input) }
    }
}

/// Runs `consume` over the bytes and hands back its result with what it left of them.
private func consuming<Result>(
    _ bytes: [UInt8], _ consume: (inout UnsafeRawBufferPointer) throws(HTTPFault) -> Result
) throws(HTTPFault) -> (result: Result, rest: [UInt8]) {
    // The closure of `withUnsafeBytes` loses the type of what it throws; a Result carries it across.
    let outcome = bytes.withUnsafeBytes { buffer -> Swift.Result<(Result, [UInt8]), HTTPFault> in
        var input = buffer
        do throws(HTTPFault) {
            return .success((try consume(&input), Array(input)))
        } catch {
            return .failure(error)
        }
    }
    return try outcome.get()
}
