import Foundation

/// The terminal that standard input is.
enum Terminal {
    static var isThere: Bool { isatty(STDIN_FILENO) == 1 }

    /// A line as it is typed. - Returns: nil at the end of the input.
    static func line() -> String? { readLine(strippingNewline: true) }

    /// A line that is not shown while it is typed. Signals do not come through meanwhile, so that the terminal is
    /// never left mute: Ctrl-C ends the input here.
    static func secretLine() -> String? {
        var saved = termios()
        guard tcgetattr(STDIN_FILENO, &saved) == 0 else { return line() }
        var mute = saved
        mute.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &mute)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &saved)
            Console.prompt("\n")
        }
        return typed()
    }

    private static func typed() -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self) }
            switch byte {
            case 0x0A, 0x0D: return String(decoding: bytes, as: UTF8.self)
            case 0x03: return nil
            case 0x04 where bytes.isEmpty: return nil
            case 0x08, 0x7F: _ = bytes.popLast()
            case 0x15: bytes = []
            default: bytes.append(byte)
            }
        }
    }
}
