import Bridge

/// Lines with the time since something began.
enum Narration {
    static func time(since start: ContinuousClock.Instant) -> String {
        let tenths = Int(((ContinuousClock.now - start).seconds * 10).rounded())
        let text = "\(tenths / 10).\(tenths % 10) s"
        return String(repeating: " ", count: max(0, 7 - text.count)) + text
    }
}
