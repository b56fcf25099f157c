import Bridge
import ClawdTalkAPI
import Foundation

/// One line of a call's file: what happened, when.
struct CallLine: Codable, Equatable {
    /// started, greeted, asked, said, answered, answered_late or ended.
    var event: String
    /// RFC 3339, UTC.
    var time: String
    var call: String
    var request: String?
    var text: String?
    /// How long the caller waited for an answer.
    var waited_seconds: Double?
    /// How the call ended.
    var outcome: String?
    var duration_seconds: Int?

    init(_ record: CallRecord, of call: String, at date: Date) {
        (event, time, self.call) = ("started", Self.timestamp(date), call)
        switch record {
        case .started: break
        case .greeted(let text): (event, self.text) = ("greeted", text)
        case .asked(let request, let text): (event, self.request, self.text) = ("asked", request, text)
        case .said(let request, let text): (event, self.request, self.text) = ("said", request, text)
        case .answered(let request, let text, let waited):
            (event, self.request, self.text) = ("answered", request, text)
            waited_seconds = (waited.seconds * 1000).rounded() / 1000
        case .answeredLate(let request, let text):
            (event, self.request, self.text) = ("answered_late", request, text)
        case .ended(let outcome):
            event = "ended"
            (self.outcome, duration_seconds) = (outcome.outcome ?? outcome.reason, outcome.durationSeconds)
        }
    }

    private static func timestamp(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded(.down))
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var buffer = [CChar](repeating: 0, count: 32)
        let length = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%S", &parts)
        let text = String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
        let rest = String(milliseconds % 1000)
        return text + "." + String(repeating: "0", count: 3 - rest.count) + rest + "Z"
    }
}
