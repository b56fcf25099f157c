package import ClawdTalkAPI

/// What can be said of an assistant besides name, instructions and greeting (shared/spec/rest-api.md 3).
package struct AssistantOptions: Equatable, Sendable {
    package private(set) var features: [String]?
    package private(set) var model: String?
    package private(set) var voice: String?
    package private(set) var tools: JSONValue?
    package private(set) var description: String?

    /// Why options cannot be used, as a sentence.
    package struct Fault: Error, Equatable, Sendable {
        package let sentence: String
    }

    /// - Parameter json: an object, or a list of features. null is the same as nothing said.
    package init(_ json: JSONValue) throws(Fault) {
        if json.elements != nil {
            features = try Self.names(json, "features")
            return
        }
        guard json.isObject else {
            throw Fault(sentence: "The options are neither an object nor a list of features.")
        }
        if json["features"] != nil, json["enabled_features"] != nil {
            throw Fault(sentence: "The options have both features and enabled_features.")
        }
        for member in json.members {
            switch member.key {
            case "features", "enabled_features": features = try Self.names(member.value, member.key)
            case "model": model = try Self.text(member)
            case "voice": voice = try Self.text(member)
            case "description": description = try Self.text(member)
            case "tools": tools = try Self.tools(member.value)
            default:
                throw Fault(
                    sentence: "The options have an unknown member \"\(member.key)\"; known are features "
                        + "(or enabled_features), model, tools, description and voice.")
            }
        }
    }

    package func apply(to assistant: inout NewAssistant) {
        if let features, !features.isEmpty { assistant.features = features }
        if let model { assistant.model = model }
        if let voice { assistant.voice = voice }
        if let tools { assistant.tools = tools }
        if let description { assistant.description = description }
    }

    // MARK: Members

    private static func names(_ value: JSONValue, _ key: String) throws(Fault) -> [String]? {
        guard value != .null else { return nil }
        guard let elements = value.elements, elements.allSatisfy({ $0.string != nil }) else {
            throw Fault(sentence: "In the options, \(key) is not a list of texts.")
        }
        return elements.compactMap(\.string)
    }

    private static func text(_ member: JSONValue.Member) throws(Fault) -> String? {
        guard member.value != .null else { return nil }
        guard let text = member.value.string else {
            throw Fault(sentence: "In the options, \(member.key) is not a text.")
        }
        return text
    }

    private static func tools(_ value: JSONValue) throws(Fault) -> JSONValue? {
        guard value != .null else { return nil }
        guard value.elements != nil else { throw Fault(sentence: "In the options, tools is not a list.") }
        return value
    }
}
