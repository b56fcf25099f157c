import Foundation
import Transport

/// Answers commands on the control socket in CLAWDTALK_HOME, which only its owner can open. One line in, one
/// line of JSON out. Loop only.
final class ControlServer {
    private var listener: Listener?
    private let path: String

    /// - Parameter answer: the reply to a command; nil closes without one.
    init(at path: String, on loop: EventLoop, answer: @escaping (String) -> Data?) throws {
        self.path = path
        guard let address = SocketAddress(unixPath: path) else {
            throw CommandFailure(.cannotWrite, "\(path) is too long for a socket.")
        }
        // The instance lock is held: a socket that is there belongs to nobody.
        unlink(path)
        let mask = umask(0o177)
        defer { umask(mask) }
        do {
            listener = try Listener(address, on: loop) { Self.serve($0, answer) }
        } catch {
            throw CommandFailure(.cannotWrite, "\(path) cannot be made: \(error.summary).")
        }
    }

    func close() {
        listener?.close()
        unlink(path)
    }

    private static let longestCommand = 200

    private static func serve(_ stream: StreamChannel, _ answer: @escaping (String) -> Data?) {
        var line: [UInt8] = []
        // The stream lives as long as its own handler.
        stream.onBytes = { bytes in
            line += bytes
            guard let end = line.firstIndex(of: 0x0A) else {
                if line.count > longestCommand { stream.close() }
                return
            }
            stream.write(Array(answer(String(decoding: line[..<end], as: UTF8.self)) ?? Data()) + [0x0A])
            stream.finish()
        }
    }
}
