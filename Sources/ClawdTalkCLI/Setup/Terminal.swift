import Foundation

/// The terminal that standard input is.
enum Terminal {
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 }

    /// A line as it is typed. - Returns: nil at the end of the input.
    static func line() -> String? { readLine(strippingNewline: true) }

    /// A line that is not shown while it is typed. Ctrl-C ends the input here; a signal that ends the process gives the
    /// terminal its echo back first.
    static func secretLine() -> String? {
        guard tcgetattr(STDIN_FILENO, saved) == 0 else { return line() }
        var mute = saved.pointee
        mute.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        let fatal = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]
        for number in fatal { signal(number, restoreAndEnd) }
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, saved)
            for number in fatal { signal(number, SIG_DFL) }
            Console.prompt("\n")
        }
        return typed()
    }

    // Proof: written by the one thread that asks before the handlers are there, then only read.
    private nonisolated(unsafe) static let saved = UnsafeMutablePointer<termios>.allocate(capacity: 1)

    private static let restoreAndEnd: @convention(c) (Int32) -> Void = { number in
        tcsetattr(STDIN_FILENO, TCSANOW, Terminal.saved)
        signal(number, SIG_DFL)
        raise(number)
    }

    private static func typed() -> String? {
        var bytes: [UInt8] = []
        while let byte = nextByte() {
            switch byte {
            case 0x0A, 0x0D: return String(decoding: bytes, as: UTF8.self)
            case 0x03: return nil
            case 0x04 where bytes.isEmpty: return nil
            case 0x08, 0x7F:
                // A whole character: its continuation bytes, and its first.
                while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
            case 0x15: bytes = []
            case 0x1B: skipSequence()
            case 0..<0x20: break
            default: bytes.append(byte)
            }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// Arrow keys and the brackets around a paste: ESC, `[` or `O`, parameters, a letter or `~`.
    private static func skipSequence() {
        guard let introducer = nextByte(), introducer == UInt8(ascii: "[") || introducer == UInt8(ascii: "O")
        else {
            return
        }
        while let byte = nextByte(), !(0x40...0x7E).contains(byte) {}
    }

    private static func nextByte() -> UInt8? {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            return count == 1 ? byte : nil
        }
    }
}
