extension Duration {
    /// Rounded down.
    var wholeSeconds: Int { Int(components.seconds) }
}
