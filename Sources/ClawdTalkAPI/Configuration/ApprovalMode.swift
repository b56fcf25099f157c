/// Which requests need the owner's yes.
package enum ApprovalMode: String, Sendable {
    case sensitive
    case always
    case off
}
