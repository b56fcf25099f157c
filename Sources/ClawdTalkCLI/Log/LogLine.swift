import Foundation
import Logging
import Wire

/// One event as one line: time with zone, level, message, details in the order of their names.
struct LogLine {
    let time: String
    let level: Logger.Level
    let message: String
    let details: Logger.Metadata

    /// The message of the last line of a process, which says nothing that matters.
    static let ending = "stopped"

    /// For people; a value from outside cannot begin a new line or look like another key.
    var text: String {
        var line = Array(time.utf8)
        line.reserveCapacity(256)
        for word in [level.rawValue, Console.printable(message)] {
            line.append(UInt8(ascii: " "))
            line += word.utf8
        }
        for (key, value) in sorted {
            line.append(UInt8(ascii: " "))
            line += key.utf8
            line.append(UInt8(ascii: "="))
            line += Self.quoted(Self.text(of: value)).utf8
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// For programs: one JSON object. What a detail is called that has the name of another member gets `detail_`.
    var json: String {
        let members = [("time", time), ("level", level.rawValue), ("message", message)]
        let taken = members.map(\.0)
        return "{"
            + (members + sorted.map { (taken.contains($0.0) ? "detail_" + $0.0 : $0.0, Self.text(of: $0.1)) })
            .map { "\(Self.jsonQuoted($0.0)):\(Self.jsonQuoted($0.1))" }.joined(separator: ",") + "}"
    }

    private var sorted: [(String, Logger.MetadataValue)] { details.sorted { $0.key < $1.key } }

    private static func text(of value: Logger.MetadataValue) -> String {
        if case .string(let text) = value { text } else { value.description }
    }

    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty && value.bytesAllSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        return isPlain ? value : value.debugDescription
    }

    /// RFC 8259 §7.
    private static func jsonQuoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
