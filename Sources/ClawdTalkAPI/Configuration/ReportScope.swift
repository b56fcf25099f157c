/// Which calls the agent is told the outcome of.
package enum ReportScope: String, Sendable {
    case all
    case outbound
    case none
}
