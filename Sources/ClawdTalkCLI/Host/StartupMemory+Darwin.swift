#if canImport(Darwin)
    /// Darwin counts only touched pages; there is nothing to give back.
    enum StartupMemory {
        static func release() {}
    }
#endif
