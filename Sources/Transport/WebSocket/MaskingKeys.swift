import Foundation
import Synchronization
import Wire

/// Masking keys from the system's generator, drawn 64 with one system call (RFC 6455 §5.3: unpredictable).
final class MaskingKeys: Sendable {
    /// For all connections: a batch for each would cost memory for every idle one.
    static let shared = MaskingKeys()

    private let drawn = Mutex<[UInt32]>([])

    func next() -> MaskingKey {
        drawn.withLock { drawn in
            if drawn.isEmpty { Self.draw(into: &drawn) }
            return MaskingKey(word: drawn.removeLast())
        }
    }

    private static func draw(into keys: inout [UInt32]) {
        keys.append(contentsOf: repeatElement(0, count: 64))
        // 256 bytes are the most that getentropy gives at once.
        let isDrawn = keys.withUnsafeMutableBytes { getentropy($0.baseAddress!, $0.count) == 0 }
        if !isDrawn { for index in keys.indices { keys[index] = .random(in: .min ... .max) } }
    }
}
