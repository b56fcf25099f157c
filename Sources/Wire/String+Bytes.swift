extension String {
    /// As `utf8.allSatisfy`, at the speed of memory where the text lies in one piece, as nearly all do.
    @inlinable
    package func bytesAllSatisfy(_ predicate: (UInt8) -> Bool) -> Bool {
        utf8.withContiguousStorageIfAvailable { $0.allSatisfy(predicate) } ?? utf8.allSatisfy(predicate)
    }
}
