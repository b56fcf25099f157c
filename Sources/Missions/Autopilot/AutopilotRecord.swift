import ClawdTalkAPI
import Foundation

/// What the autopilot keeps of a mission, in the member `autopilot` of its entry in the state file.
package struct AutopilotRecord: Equatable, Sendable {
    package var appointments: [Appointment] = []
    package var effects: [Effect] = []
    package var tidings: [Tidings] = []
    private var lastKey = 0
    /// The hours of the people who are called, such as `9-17`, and their time zone; nil goes by their numbers.
    package var hours: String?
    package var timezone: String?
    /// How often a number is tried again.
    package var retries = Self.usualRetries
    /// Unix time of the last look at the whole list.
    package var discoveredAt: Int?
    /// Appointments of the assistant that are none of this mission's.
    var strangers: [String] = []
    /// Steps that were reported as begun.
    var begunSteps: [String] = []
    /// Unix time of the last end of a call or text.
    var settledAt: Int?
    /// How many appointments there were when the agent was told that nothing is under way.
    var stalledAt: Int?
    /// Unix time before which the service is left alone, and how often in a row that was so.
    package var pausedUntil = 0
    var pauses = 0

    package static let usualRetries = 3

    package init() {}

    mutating func nextKey() -> String {
        lastKey += 1
        return "a\(lastKey)"
    }

    mutating func tell(_ text: String, at now: Int) { tidings.append(Tidings(text, at: now)) }

    package var unsettled: [Appointment] { appointments.filter { !$0.isSettled } }

    /// The tries of each call or text, in their order.
    package var threads: [[Appointment]] {
        var positions: [String: Int] = [:]
        var threads: [[Appointment]] = []
        for appointment in appointments {
            let position = positions[appointment.thread] ?? threads.count
            positions[appointment.thread] = position
            if position == threads.count { threads.append([]) }
            threads[position].append(appointment)
        }
        return threads
    }

    /// The last try of each call or text.
    package var latest: [Appointment] { threads.compactMap(\.last) }

    subscript(key: String) -> Appointment? {
        get { appointments.first { $0.key == key } }
        set {
            guard let newValue, let position = appointments.firstIndex(where: { $0.key == key }) else {
                return
            }
            appointments[position] = newValue
        }
    }
}

extension AutopilotRecord: Codable {
    private enum CodingKeys: CodingKey {
        case appointments, effects, tidings, lastKey, hours, timezone, retries, discoveredAt, strangers
        case begunSteps, settledAt, stalledAt, pausedUntil, pauses
    }

    package init(from decoder: any Decoder) throws {
        let record = try decoder.container(keyedBy: CodingKeys.self)
        func value<Value: Decodable>(_ key: CodingKeys, _ usual: Value) throws -> Value {
            try record.decodeIfPresent(Value.self, forKey: key) ?? usual
        }
        appointments = try value(.appointments, [])
        effects = try value(.effects, [])
        tidings = try value(.tidings, [])
        lastKey = try value(.lastKey, 0)
        hours = try record.decodeIfPresent(String.self, forKey: .hours)
        timezone = try record.decodeIfPresent(String.self, forKey: .timezone)
        retries = try value(.retries, Self.usualRetries)
        discoveredAt = try record.decodeIfPresent(Int.self, forKey: .discoveredAt)
        strangers = try value(.strangers, [])
        begunSteps = try value(.begunSteps, [])
        settledAt = try record.decodeIfPresent(Int.self, forKey: .settledAt)
        stalledAt = try record.decodeIfPresent(Int.self, forKey: .stalledAt)
        pausedUntil = try value(.pausedUntil, 0)
        pauses = try value(.pauses, 0)
    }
}

extension MissionEntry {
    /// An empty record where there is none. - Throws: ``MissionFailure/unreadableRecord(_:)`` for one that cannot be read,
    /// of a newer version perhaps: to begin anew would call people again.
    package func autopilot() throws(MissionFailure) -> AutopilotRecord {
        guard let json = json["autopilot"], json != .null else { return AutopilotRecord() }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(AutopilotRecord.self, from: Data(json.compactText.utf8))
        } catch {
            throw .unreadableRecord(missionName ?? missionID ?? "?")
        }
    }

    package mutating func set(_ record: AutopilotRecord) {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        // Values of our own always encode.
        json["autopilot"] = (try? encoder.encode(record)).flatMap { JSONValue(parsing: $0) }
    }
}
