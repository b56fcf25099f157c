import Foundation

/// A message of the service (shared/spec/clawdtalk.md). The server's source is not public: unknown fields,
/// unknown events and missing fields are tolerated everywhere.
package enum ServerEvent: Equatable, Sendable {
    case authenticated
    /// The service refuses the API key; trying again changes nothing.
    case authenticationFailed(message: String)
    case contextRequest(callID: String)
    case callStarted(callID: String)
    case deepToolRequest(DeepToolRequest)
    case callEnded(callID: String)
    /// Nothing that this client acts on; the name is for the log.
    case other(name: String)

    /// A question of the service's voice AI; answered exactly once.
    package struct DeepToolRequest: Equatable, Sendable {
        package let requestID: String
        package let callID: String?
        package let query: String

        package init(requestID: String, callID: String?, query: String) {
            (self.requestID, self.callID, self.query) = (requestID, callID, query)
        }
    }

    /// Why a frame is not a message of the service.
    package enum Fault: Error, Equatable, Sendable {
        case notJSON
        case notAnObject
        /// An event without a field that it means nothing without.
        case missing(field: String, event: String)
    }

    /// Reads one text frame. Its size is bounded by the socket, its depth by Foundation (512 levels).
    package init(parsing text: [UInt8]) throws(Fault) {
        let frame: Frame
        do {
            frame = try Self.decoder.decode(Frame.self, from: Data(text))
        } catch DecodingError.dataCorrupted {
            throw .notJSON
        } catch {
            throw .notAnObject
        }
        switch (frame.type, frame.event) {
        case ("auth_ok", _): self = .authenticated
        case ("auth_error", _): self = .authenticationFailed(message: frame.message ?? "")
        case ("event", "context_request"?):
            self = .contextRequest(callID: try frame.require(\.callID, "call_id"))
        case ("event", "call.started"?): self = .callStarted(callID: try frame.require(\.callID, "call_id"))
        case ("event", "call.ended"?): self = .callEnded(callID: try frame.require(\.callID, "call_id"))
        case ("event", "deep_tool_request"?):
            self = .deepToolRequest(
                DeepToolRequest(
                    requestID: try frame.require(\.requestID, "request_id"), callID: frame.callID,
                    query: frame.query ?? ""))
        case (let type, let event): self = .other(name: event ?? type ?? "without a type")
        }
    }

    private static let decoder = JSONDecoder()

    /// The fields that any event may have; one of a wrong type counts as missing.
    private struct Frame: Decodable {
        let type, event, message, callID, requestID, query: String?

        enum Keys: String, CodingKey {
            case type, event, message, query, callID = "call_id", requestID = "request_id"
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Keys.self)
            func text(_ key: Keys) -> String? {
                guard fields.contains(key) else { return nil }
                // Ids may be numbers.
                return (try? fields.decode(String.self, forKey: key))
                    ?? (try? fields.decode(Int.self, forKey: key)).map(String.init)
            }
            (type, event, message, query) = (text(.type), text(.event), text(.message), text(.query))
            (callID, requestID) = (text(.callID), text(.requestID))
        }

        func require(_ field: KeyPath<Frame, String?>, _ name: String) throws(Fault) -> String {
            guard let value = self[keyPath: field], !value.isEmpty else {
                throw .missing(field: name, event: event ?? "")
            }
            return value
        }
    }
}
