/// What the bridge learned of its gateway, kept for the doctor.
struct GatewayMemory: Codable, Equatable {
    let gateway: String
    /// The form of asking that was answered last: waited or unwaited.
    let form: String
}
