#if canImport(Darwin)
    /// Darwin counts only touched pages; there is nothing to give back.
    enum CodePages {
        static func release() {}
    }
#endif
