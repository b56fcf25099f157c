/// What a gateway taught by its answers, for the questions that come. Nothing of it is for good: it is tried again after a
/// while, and at once when a file of the gateway's changes.
struct GatewayLessons {
    /// Since when waited sends to the calling session have been refused.
    private var selfSendsRefusedAt: Duration?
    /// Announce runs that were promised and did not come, since the last one that did.
    private var missingAnnounces = 0
    private var lastMissing = Duration.zero
    private var comparesBaseline = false
    private let began: Duration
    var history = HistoryAccess()
    /// It answered 503 when it was asked for something; it may count itself as live all the same.
    var refusesWork = false
    /// How often it lost a question by beginning a new conversation.
    private(set) var lostSessions = 0

    private static let refusalLifetime = Duration.seconds(6 * 3600)
    private static let enoughMissing = 5
    /// For so long an announce run of an earlier process may go on.
    private static let earlierRuns = Duration.seconds(30)

    init(now: Duration) { began = now }

    func refusesSelfSends(now: Duration) -> Bool {
        selfSendsRefusedAt.map { now - $0 < Self.refusalLifetime } ?? false
    }

    /// Whether a promise of an announce run is worth waiting for.
    func keepsAnnouncePromises(now: Duration) -> Bool {
        missingAnnounces < Self.enoughMissing || now - lastMissing >= Self.refusalLifetime
    }

    /// Whether a reply that comes in a call certainly belongs to it.
    func trustsReplies(now: Duration) -> Bool { comparesBaseline && now - began >= Self.earlierRuns }

    mutating func learn(_ lesson: Lesson, now: Duration) {
        switch lesson {
        case .refusesSelfSends: selfSendsRefusedAt = now
        case .comparesBaseline: comparesBaseline = true
        case .announces(let hasCome):
            missingAnnounces = hasCome ? 0 : missingAnnounces + 1
            lastMissing = now
        case .refusesWork: refusesWork = true
        case .lostSession: lostSessions += 1
        case .chatIsOff, .tokenRefused, .note: break
        }
    }

    /// The gateway may be another one now.
    mutating func forget(now: Duration) {
        let (refusesWork, lostSessions) = (refusesWork, lostSessions)
        self = GatewayLessons(now: now)
        (self.refusesWork, self.lostSessions) = (refusesWork, lostSessions)
    }
}
