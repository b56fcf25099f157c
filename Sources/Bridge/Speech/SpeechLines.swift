/// The block structure of markdown, made into sentences: headings, lists, quotes, tables, fences.
struct SpeechLines {
    private var text = ""
    /// Whether the line before was a block of its own, so that the next begins a new sentence.
    private var endsBlock = true

    mutating func add(_ line: Substring) {
        let content = line.drop(while: \.isWhitespace)
        if content.isEmpty { return endBlock() }
        if content.hasPrefix("```") || content.hasPrefix("~~~") || Self.isRule(content) { return endBlock() }
        if let cells = Self.tableCells(content) { return addBlock(cells[...]) }
        var rest = content
        while rest.first == ">" { rest = rest.dropFirst().drop(while: \.isWhitespace) }
        if let heading = Self.afterHeading(rest) { return addBlock(heading) }
        if let item = Self.afterBullet(rest) { return addBlock(item) }
        if rest.first?.isNumber == true, rest.contains(/^\d{1,3}[.)]\s/) { return addBlock(rest) }
        append(rest)
        endsBlock = false
    }

    mutating func joined() -> String { text }

    private mutating func addBlock(_ content: Substring) {
        endBlock()
        guard !content.isEmpty else { return }
        append(content)
        endBlock()
    }

    private mutating func append(_ content: Substring) {
        if !text.isEmpty { text += " " }
        text += content
    }

    /// A block that ends without punctuation gets a full stop, or the voice would run on.
    private mutating func endBlock() {
        defer { endsBlock = true }
        let end = text.reversed().first { !$0.isWhitespace && !"*_`~\"')]".contains($0) }
        guard !endsBlock || text.isEmpty == false, let end, end.isLetter || end.isNumber || end == "%" else {
            return
        }
        text += "."
    }

    /// `---`, `***`, `___`, and the rows under a table's head.
    static func isRule(_ line: Substring) -> Bool {
        line.count >= 3 && line.allSatisfy { "-*_=|: \t".contains($0) }
            && line.contains { "-*_=".contains($0) }
    }

    static func tableCells(_ line: Substring) -> String? {
        guard line.first == "|", line.dropFirst().contains("|") else { return nil }
        return line.split(separator: "|").map {
            $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        .filter { !$0.isEmpty }.joined(separator: ", ")
    }

    static func afterHeading(_ line: Substring) -> Substring? {
        let marks = line.prefix { $0 == "#" }.count
        guard (1...6).contains(marks), line.dropFirst(marks).first?.isWhitespace == true else { return nil }
        var rest = line.dropFirst(marks).drop(while: \.isWhitespace)
        while rest.last == "#" || rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }

    static func afterBullet(_ line: Substring) -> Substring? {
        guard let mark = line.first, "-*+•‣◦".contains(mark), line.dropFirst().first?.isWhitespace == true
        else {
            return nil
        }
        let rest = line.dropFirst().drop(while: \.isWhitespace)
        for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { return rest.dropFirst(4) }
        return rest
    }
}
