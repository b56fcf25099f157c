/// Which token to ask with. A refused one is not tried again until something changes: the gateway locks out
/// clients that repeat a wrong one (shared/spec/gateway.md A5).
final class GatewayAccess {
    enum Next: Equatable {
        case usable
        /// Untried since the last refusal: worth one harmless probe. nil means no Authorization at all.
        case probe(String?)
        case none
        /// The tokens cannot be read now: nothing is known of them.
        case unreadable
    }

    /// What a look for a token came to.
    enum Verdict { case usable, refused, unreadable }

    private let resolve: () -> [String]?
    private(set) var current: String?
    private var refused: Set<String> = []
    private var isResolved = false
    /// Whether `current` was refused and nothing better is known.
    private var isRefused = false

    init(resolve: @escaping () -> [String]?) { self.resolve = resolve }

    /// - Parameter mustProbe: also ask about a token that was not refused.
    func next(mustProbe: Bool) -> Next {
        if isResolved, !isRefused, !mustProbe { return .usable }
        guard let candidates = resolve()?.map(Optional.some) else { return .unreadable }
        let untried = (candidates.isEmpty ? [nil] : candidates).first { !refused.contains($0 ?? "") }
        guard let candidate = untried else { return .none }
        // The very first question goes out with the best token at once: it is the probe.
        if !isResolved, !mustProbe {
            accept(candidate)
            return .usable
        }
        return .probe(candidate)
    }

    /// Reads the token before the first question needs it.
    func prepare() { if !isResolved { _ = next(mustProbe: false) } }

    func accept(_ token: String?) {
        (current, isResolved, isRefused) = (token, true, false)
    }

    func refuse(_ token: String?) {
        refused.insert(token ?? "")
        if token == current || !isResolved { isRefused = true }
        isResolved = true
    }

    func forgetRefusals() {
        refused = []
    }
}
