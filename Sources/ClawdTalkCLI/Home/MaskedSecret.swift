/// A secret as it may be shown.
enum MaskedSecret {
    /// The first and last characters of a long one, nothing of a short one.
    static func text(_ secret: String) -> String {
        guard secret.count >= 16 else { return "****" }
        return "\(secret.prefix(5))…\(secret.suffix(3))"
    }
}
