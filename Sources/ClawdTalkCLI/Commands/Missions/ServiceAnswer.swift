import ClawdTalkAPI

/// What a command has to show: lines for people, one JSON document for programs.
struct ServiceAnswer {
    let lines: [String]
    let json: JSONValue

    init(_ lines: [String], json: JSONValue) { (self.lines, self.json) = (lines, json) }
    init(_ line: String, json: JSONValue) { self.init([line], json: json) }

    /// A list, a line for each element.
    init(_ items: [JSONValue], line: (JSONValue) throws -> String) rethrows {
        self.init(try items.map(line), json: .array(items))
    }

    /// The JSON itself, in ASCII as the commands before had it (shared/spec/rest-api.md 3).
    static func document(_ json: JSONValue) -> ServiceAnswer {
        ServiceAnswer(json.stateText.split(separator: "\n").map(String.init), json: json)
    }

    func show(asJSON isJSON: Bool) {
        if isJSON {
            Console.out(json.prettyText)
        } else {
            lines.forEach { Console.out(Console.printable($0)) }
        }
    }
}
