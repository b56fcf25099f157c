/// One input of the fuzzer (scripts/fuzz.sh): a text that can be read must keep the laws of the property
/// tests. Everything is one module here, so there is nothing to import.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON5(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let document = try? JSON5Document(parsing: bytes) else { return 0 }
    do {
        try JSON5Laws.reading(document, bytes)
        try JSON5Laws.appending(to: document)
        let removals = JSON5Removal.all(in: document.root)
        if let dice = bytes.first, !removals.isEmpty {
            try JSON5Laws.removing(removals[(Int(dice) + count) % removals.count], from: document)
        }
    } catch {
        fatalError("\(error)")
    }
    return 0
}
