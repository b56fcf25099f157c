#if canImport(Darwin)
    import Darwin

    /// Gives the system back freed memory that the allocator holds; of code Darwin counts only what is touched.
    enum IdleMemory {
        static func release() { malloc_zone_pressure_relief(nil, 0) }
    }
#endif
