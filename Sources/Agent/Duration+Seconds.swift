extension Duration {
    /// Rounded down.
    package var wholeSeconds: Int { Int(components.seconds) }
}
