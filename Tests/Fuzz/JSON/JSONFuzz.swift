import Foundation

/// One input of the fuzzer: what the index takes, Foundation takes too, and both read the same. What it does not take is
/// Foundation's alone.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    // Foundation refuses numbers that no Double holds, where it is asked for all of them.
    guard let root = JSONIndex(bytes)?.root, !root.hasFraction else { return 0 }
    guard let expected = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    else {
        fatalError("only the index takes it")
    }
    precondition(isSame(root, expected))
    return 0
}

private func isSame(_ node: JSONNode, _ expected: Any) -> Bool {
    switch node.kind {
    case .null: expected is NSNull
    case .bool(let flag): (expected as? Bool) == flag
    case .number: (expected as? NSNumber)?.intValue == node.integer
    case .string: (expected as? String).map { $0.utf8.elementsEqual(node.string?.utf8 ?? "".utf8) } ?? false
    case .array: expected is [Any]
    case .object:
        // Beyond ASCII two names can be one to a dictionary of Swift's.
        (expected as? [String: Any])?.allSatisfy { name, value in
            !name.utf8.allSatisfy { $0 < 0x80 } || node[name].map { isSame($0, value) } ?? false
        } ?? false
    }
}
