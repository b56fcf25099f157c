import Transport

/// What a client of the benchmark is told to do.
struct BenchmarkTask: Sendable {
    let url: String
    let isEcho: Bool
    let bytes: Int
    /// Messages that are on their way at any time; a flood is begun with one.
    let outstanding: Int
    let seconds: Int

    /// - Parameter arguments: URL, mode, bytes, outstanding, seconds.
    init?(_ arguments: ArraySlice<String>) {
        let words = Array(arguments)
        guard ["echo", "receive"].contains(words[1]), let bytes = Int(words[2]), bytes > 0,
            let outstanding = Int(words[3]), outstanding > 0, let seconds = Int(words[4]), seconds > 0
        else { return nil }
        isEcho = words[1] == "echo"
        url = words[0] + (isEcho ? "/echo" : "/flood/\(bytes)")
        (self.bytes, self.seconds) = (bytes, seconds)
        self.outstanding = isEcho ? outstanding : 1
    }

    var settings: WebSocketSettings {
        var settings = WebSocketSettings()
        settings.offersDeflate = false
        return settings
    }
}
