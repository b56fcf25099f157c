package import ClawdTalkAPI
package import Foundation

/// A mission's memory: local to this file, no server keeps it (shared/spec/rest-api.md 4 and 9).
extension MissionEntry {
    package var memory: JSONValue { json["memory"] ?? .empty }

    /// What an argument stands for: JSON when it is JSON, else the text itself.
    package static func value(of argument: String) -> JSONValue {
        JSONValue(parsing: argument) ?? .string(argument)
    }

    package mutating func save(_ value: JSONValue, under key: String, at now: Date) {
        change(key, to: value, at: now)
    }

    /// Adds to the list under `key`; anything else that is there becomes its first item.
    /// - Returns: how many items the list has now.
    @discardableResult
    package mutating func append(_ item: JSONValue, under key: String, at now: Date) -> Int {
        let items: [JSONValue] =
            switch memory[key] {
            case .array(let items)?: items + [item]
            case let old?: [old, item]
            case nil: [item]
            }
        change(key, to: .array(items), at: now)
        return items.count
    }

    private mutating func change(_ key: String, to value: JSONValue, at now: Date) {
        var memory = memory
        memory[key] = value
        json["memory"] = memory
        json["last_updated"] = .string(Self.timestamp(now))
    }
}
