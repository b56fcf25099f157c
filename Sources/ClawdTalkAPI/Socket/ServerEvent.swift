import Foundation
import Wire

/// A message of the service (shared/spec/clawdtalk.md). The server's source is not public: unknown fields,
/// unknown events and missing fields are tolerated everywhere.
package enum ServerEvent: Equatable, Sendable {
    /// `hasDevices`: whether a telephone for approvals is paired; nil when the service does not say.
    case authenticated(hasDevices: Bool?)
    /// The service does not take the login; ``LoginRefusal`` says what its words mean.
    case authenticationFailed(message: String)
    case contextRequest(callID: String)
    /// `isOutbound`: the agent made the call.
    case callStarted(callID: String, isOutbound: Bool)
    case deepToolRequest(DeepToolRequest)
    /// What the caller said, from services that do not ask by ``deepToolRequest(_:)``.
    case utterance(callID: String, text: String)
    case callEnded(CallOutcome)
    case textReceived(IncomingText)
    case approvalResponded(requestID: String, decision: String)
    /// The session that the service names is not read: it is not the service's choice.
    case walkieRequest(requestID: String, transcript: String)
    /// Nothing that this client acts on; the name is for the log.
    case other(name: String)

    /// Why a frame is not a message of the service.
    package enum Fault: Error, Equatable, Sendable {
        /// Or far more values than any message has (``JSONIndex/hasFewValues(_:)``).
        case notJSON
        case notAnObject
        /// An event without a field that it means nothing without.
        case missing(field: String, event: String)
    }

    /// Reads one text frame. Its size is bounded by the socket, its depth by Foundation (512 levels).
    package init(parsing text: [UInt8]) throws(Fault) {
        let frame: ServerFrame
        do {
            if let indexed = ServerFrame(text) {
                frame = indexed
            } else {
                guard JSONIndex.hasFewValues(text) else { throw Fault.notJSON }
                frame = try Self.decoder.decode(ServerFrame.self, from: Data(text))
            }
        } catch let fault as Fault {
            throw fault
        } catch DecodingError.dataCorrupted {
            throw .notJSON
        } catch {
            throw .notAnObject
        }
        switch (frame[.type], frame[.event]) {
        case ("auth_ok", _): self = .authenticated(hasDevices: frame.hasDevices)
        case ("auth_error", _): self = .authenticationFailed(message: frame[.message] ?? "")
        case ("event", let event?): try self.init(event: event, frame)
        case (let type, let event): self = .other(name: event ?? type ?? "without a type")
        }
    }

    private init(event: String, _ frame: ServerFrame) throws(Fault) {
        switch event {
        case "context_request": self = .contextRequest(callID: try frame.require(.callID))
        case "call.started":
            self = .callStarted(
                callID: try frame.require(.callID), isOutbound: frame[.direction] == "outbound")
        case "call.ended": self = .callEnded(try CallOutcome(frame))
        case "deep_tool_request":
            self = .deepToolRequest(
                DeepToolRequest(
                    requestID: try frame.require(.requestID), callID: frame[.callID],
                    query: frame.text(.query) ?? ""))
        case "message", "transcription", "transcript":
            self = .utterance(
                callID: try frame.require(.callID), text: frame.text(.text) ?? frame.text(.transcript) ?? "")
        case "sms.received":
            self = .textReceived(
                IncomingText(
                    messageID: frame[.messageID], sender: try frame.require(.from),
                    body: frame.text(.body) ?? ""))
        case "approval.responded":
            self = .approvalResponded(
                requestID: try frame.require(.requestID), decision: frame[.decision] ?? "")
        case "walkie_request":
            self = .walkieRequest(
                requestID: try frame.require(.requestID), transcript: frame.text(.transcript) ?? "")
        default: self = .other(name: event)
        }
    }

    private static let decoder = JSONDecoder()
}

extension CallOutcome {
    fileprivate init(_ frame: ServerFrame) throws(ServerEvent.Fault) {
        self.init(callID: try frame.require(.callID))
        (direction, reason, outcome) = (frame[.direction], frame[.reason], frame[.outcome])
        // Telephones count whole seconds; what is no length of a call is none.
        durationSeconds = frame[.duration].flatMap(Double.init).flatMap {
            (0...1e6).contains($0) ? Int($0) : nil
        }
        (toNumber, purpose) = (frame[.toNumber], frame.text(.purpose) ?? frame.text(.greeting))
        voicemailMessage = frame.text(.voicemailMessage)
    }
}
