/// What the bridge learned of its gateway, kept for the doctor.
struct GatewayMemory: Codable, Equatable {
    let gateway: String
    /// The form of asking that was answered last: waited or unwaited.
    let form: String
    /// When it last lost a question by beginning a new conversation, in Unix time; nil when it never did.
    var lostSessionAt: Int?
}
