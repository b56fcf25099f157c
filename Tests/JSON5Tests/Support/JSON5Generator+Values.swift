extension JSON5Generator {
    mutating func value(depth: Int) -> Sketch {
        switch number(below: depth < 3 ? 10 : 6) {
        case 0: word([("null", .null), ("true", true), ("false", false)])
        case 1, 2: number()
        case 3, 4, 5: .string(string())
        case 6, 7: array(mayNest: depth < 2, depth: depth + 1)
        default: object(depth: depth + 1)
        }
    }

    // MARK: containers

    /// - Parameter path: the keys below which the list may be.
    mutating func object(depth: Int = 0, at path: ArraySlice<String> = []) -> Sketch {
        var members: [Sketch.Pair] = []
        let own = path.isEmpty ? [] : Array(repeating: true, count: pick([0, 1, 1, 1, 1, 1, 1, 1, 1, 2]))
        let others = Array(repeating: false, count: pick([0, 0, 1, 1, 2, 3]))
        let plan = (own + others).shuffled(using: &random)
        container("{", "}", plan) { this, isOwn in
            guard isOwn, let key = path.first else {
                return members.append(this.member(depth: depth, after: members))
            }
            members.append(this.member(key) { $0.part(at: path.dropFirst()) })
        }
        return .object(members)
    }

    /// An object on the way to the list, or the list; rarely something else is in the way.
    private mutating func part(at path: ArraySlice<String>) -> Sketch {
        if chance(2) { return value(depth: 2) }
        return path.isEmpty ? array(mayNest: chance(20), depth: 2) : object(depth: 2, at: path)
    }

    private mutating func array(mayNest: Bool, depth: Int) -> Sketch {
        var elements: [Sketch] = []
        container("[", "]", Array(repeating: false, count: pick([0, 1, 1, 2, 3, 4]))) { this, _ in
            elements.append(mayNest ? this.value(depth: depth) : .string(this.string()))
        }
        return .array(elements)
    }

    private mutating func member(depth: Int, after members: [Sketch.Pair]) -> Sketch.Pair {
        let isDuplicate = chance(15)
        let key = isDuplicate ? members.randomElement(using: &random)?.key : nil
        return member(
            key ?? pick(["a", "b", "port", "gateways", "", "no word", "é", "e\u{301}", "$1", "true"])
        ) {
            $0.value(depth: depth)
        }
    }

    private mutating func member(_ name: String, _ value: (inout Self) -> Sketch) -> Sketch.Pair {
        key(name)
        space(.beforeColon)
        text += ":"
        space(.afterColon)
        return Sketch.Pair(name, value(&self))
    }

    private mutating func container(
        _ opening: String, _ closing: String, _ plan: [Bool], _ item: (inout Self, Bool) -> Void
    ) {
        text += opening
        level += 1
        if !plan.isEmpty { space(.afterOpening) } else if chance(40) { space(.beforeItem) }
        for (index, kind) in plan.enumerated() {
            if index > 0 { separator() }
            item(&self, kind)
        }
        level -= 1
        if !plan.isEmpty {
            let isLast = chance(manner.disorder / 3) ? !manner.hasTrailingCommas : manner.hasTrailingCommas
            if isLast { comma() }
            space(.beforeClosing)
        } else if chance(20) {
            space(.beforeClosing)
        }
        text += closing
    }

    private mutating func separator() {
        comma()
        space(.beforeItem)
    }

    private mutating func comma() {
        space(.beforeComma)
        text += ","
    }

    // MARK: scalars

    private mutating func word(_ words: [(String, Sketch)]) -> Sketch {
        let (spelling, value) = pick(words)
        text += spelling
        return value
    }

    private mutating func number() -> Sketch {
        word([
            ("0", 0), ("1", 1), ("18789", 18789), ("-1.5", -1.5), ("+1", 1), (".5", 0.5), ("5.", 5),
            ("-.5e1", -5),
            ("1E-3", 0.001), ("0xFf", 255), ("-0X10", -16), ("Infinity", .number(.infinity)),
            ("-Infinity", .number(-.infinity)), ("+Infinity", .number(.infinity)), ("NaN", .number(.nan)),
            ("-NaN", .number(.nan)),
        ])
    }

    private mutating func string() -> String {
        let quote = chance(manner.disorder / 2) ? pick(["\"", "'"]) : manner.quote
        var value = ""
        text.append(quote)
        for _ in 0..<pick([0, 1, 1, 2, 4]) {
            let (spelling, piece) = piece(in: quote)
            text += spelling
            value += piece
        }
        text.append(quote)
        return value
    }

    /// How a piece of a string is spelled, and what it stands for.
    private mutating func piece(in quote: Character) -> (String, String) {
        guard chance(manner.disorder / 2 + 10) else {
            return pick([("a", "a"), ("read", "read"), ("b c", "b c")])
        }
        return pick([
            ("é€😀", "é€😀"), ("e\u{301}", "e\u{301}"), ("\u{2028}", "\u{2028}"), (#"\u0061"#, "a"),
            (#"\x41"#, "A"), (#"\n\t\\"#, "\n\t\\"), ("\\\(quote)", "\(quote)"),
            (quote == "'" ? "\"" : "'", quote == "'" ? "\"" : "'"),
            (#"\ud83d\uDE00"#, "😀"), (#"\ud83d"# + "-", "\u{FFFD}-"), (#"\0"# + "z", "\0z"), (#"\q\/"#, "q/"),
            ("\\" + manner.lineEnd, ""), ("\\\u{2029}", ""), ("//", "//"), ("/*", "/*"), ("*/", "*/"),
            ("[{:,", "[{:,"),
        ])
    }

    /// Bare where it can be, at times with an escape.
    private mutating func key(_ name: String) {
        let isBare =
            !["", "no word"].contains(name)
            && (chance(manner.disorder / 3) ? !manner.hasBareKeys : manner.hasBareKeys)
        let spelling = chance(manner.disorder / 3 + 2) ? escaped(name) : name
        text += isBare ? spelling : "\(manner.quote)\(spelling)\(manner.quote)"
    }

    private mutating func escaped(_ name: String) -> String {
        guard let first = name.unicodeScalars.first else { return name }
        let digits = String(first.value, radix: 16)
        let rest = String.UnicodeScalarView(name.unicodeScalars.dropFirst())
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits + String(rest)
    }
}
