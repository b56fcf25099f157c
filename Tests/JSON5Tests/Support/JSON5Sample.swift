/// A text with the value that it was made from.
struct JSON5Sample: Sendable {
    var text = ""
    var value = Sketch.null
}
