/// The inline structure of markdown and HTML: the words stay, the marks go.
enum InlineMarkup {
    /// What becomes of web addresses.
    enum Addresses {
        /// Their hosts stay, and of a link its words: for the ear.
        case hosts
        /// They stay as they are, and behind a link's words: for the eye.
        case kept
    }

    static func removed(from text: String, addresses: Addresses = .hosts) -> String {
        let escaped = hidingEscapes(text)
        var rest =
            switch addresses {
            case .hosts: withoutURLs(withoutLinks(escaped))
            case .kept: hidingURLs(showingLinks(escaped))
            }
        rest = rest.replacing(/<(?:br|p|li|tr)\b[^<>]{0,200}>/.ignoresCase(), with: " ")
        rest = rest.replacing(/<\/?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,500})?\/?>/, with: "")
        rest = withoutEmphasis(rest)
        rest = rest.replacing("`", with: "")
        return withoutEntities(showingEscapes(rest))
    }

    /// Escaped marks are words: while the marks go they hide in the private use area.
    private static func hidingEscapes(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        return text.replacing(/\\([*_`#\[\]()~>|\\])/) { hidden($0.output.1) }
    }

    /// ASCII signs moved to the private use area, where nothing takes them for marks.
    private static func hidden(_ text: Substring) -> String {
        var hidden = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isSign = (0x21...0x7E).contains(scalar.value) && !scalar.properties.isAlphabetic
            hidden.append(isSign ? Unicode.Scalar(0xE000 + scalar.value) ?? scalar : scalar)
        }
        return String(hidden)
    }

    private static func showingEscapes(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { (0xE000...0xE07F).contains($0.value) }) else {
            return text
        }
        return text.replacing(/[\u{E020}-\u{E07E}]/) { match in
            match.output.unicodeScalars.first.flatMap { Unicode.Scalar($0.value - 0xE000) }.map {
                String(Character($0))
            } ?? ""
        }
    }

    /// `![alt](url)` and `[text](url)` are spoken as their text.
    private static func withoutLinks(_ text: String) -> String {
        guard text.contains("](") || text.contains("][") else { return text }
        return text.replacing(/!?\[([^\[\]\n]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+"[^"]*")?\)/) {
            String($0.output.1)
        }
        .replacing(/\[([^\[\]\n]+)\]\[[^\[\]\n]*\]/) { String($0.output.1) }
    }

    /// `[text](url)` is read as its text and the address; a link that shows its address, and a picture, as one of them.
    private static func showingLinks(_ text: String) -> String {
        guard text.contains("](") else { return text }
        let link = /(!?)\[([^\[\]\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?:\s+"[^"]*")?\)/
        return text.replacing(link) { match in
            let (words, address) = (match.output.2, match.output.3)
            if words.isEmpty || words == address { return String(address) }
            return match.output.1.isEmpty ? "\(words) (\(address))" : String(words)
        }
    }

    private static func hidingURLs(_ text: String) -> String {
        guard text.contains("://") else { return text }
        return text.replacing(/<?\b(https?:\/\/[^\s<>*`]+)>?/.ignoresCase()) { hidden($0.output.1) }
    }

    /// An address is spoken as its host; the rest is noise.
    private static func withoutURLs(_ text: String) -> String {
        guard text.contains("://") else { return text }
        return text.replacing(
            /<?\bhttps?:\/\/(?:www\.)?(?:[^\s\/@<>]*@)?([^\s\/?#:<>()\[\]"']+)([^\s<>\])"']*)>?/.ignoresCase()
        ) { match in
            let tail = match.output.2
            let punctuation = tail.reversed().prefix { ".,;:!?".contains($0) }.reversed()
            var host = match.output.1
            var end = ""
            if tail.isEmpty {
                while let last = host.last, ".,;!".contains(last) {
                    host = host.dropLast()
                    end = String(last) + end
                }
            }
            return String(host) + end + String(punctuation)
        }
    }

    /// Only marks that stand in pairs around words: `2 * 3` and `snake_case` stay.
    private static func withoutEmphasis(_ text: String) -> String {
        var rest = text
        if rest.contains("*") {
            rest = rest.replacing(/\*\*\*([^*\s](?:[^*]*[^*\s])?)\*\*\*/) { String($0.output.1) }
            rest = rest.replacing(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*/) { String($0.output.1) }
            rest = rest.replacing(/(^|[^\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])/) {
                String($0.output.1) + String($0.output.2)
            }
        }
        if rest.contains("_") {
            rest = rest.replacing(/(^|[^\w])__([^_\s](?:[^_]*[^_\s])?)__(?!\w)/) {
                String($0.output.1) + String($0.output.2)
            }
            rest = rest.replacing(/(^|[^\w])_([^_\s](?:[^_]*[^_\s])?)_(?!\w)/) {
                String($0.output.1) + String($0.output.2)
            }
        }
        return rest.contains("~~") ? rest.replacing(/~~([^~]+)~~/) { String($0.output.1) } : rest
    }

    private static func withoutEntities(_ text: String) -> String {
        guard text.contains("&") else { return text }
        let entities = [
            ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ]
        return entities.reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
