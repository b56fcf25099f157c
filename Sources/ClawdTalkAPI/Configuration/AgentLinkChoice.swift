/// How the user wants the agent to be asked.
package enum AgentLinkChoice: String, Sendable {
    case sessionsSend = "sessions_send"
    case chat
}
