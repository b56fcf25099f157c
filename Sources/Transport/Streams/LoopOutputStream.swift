package import Foundation

/// A Foundation output stream that an ``EventLoop`` writes without blocking.
///
/// `write` may be short: the caller advances. -1 stands both for an error (then `streamError` is set) and for
/// a descriptor that takes nothing now (then it is nil).
package class LoopOutputStream: OutputStream {
    private var status = Stream.Status.notOpen
    private var failure: TransportError?
    private weak var observer: (any StreamDelegate)?

    init() { super.init(toMemory: ()) }

    #if !canImport(Darwin)
        /// Required by the superclass on Linux only.
        package required init(toMemory: ()) { super.init(toMemory: ()) }
    #endif

    /// Bytes that `write` took but the descriptor did not yet (TLS records).
    var hasUnsentBytes: Bool { false }

    /// Tries to hand over the unsent bytes. - Returns: false on an error, which is then in `streamError`.
    func flush() -> Bool { true }

    func fail(_ error: TransportError) -> Int {
        (status, failure) = (.error, error)
        return -1
    }

    package override var streamStatus: Stream.Status { status }
    package override var streamError: (any Error)? { failure }
    package override var hasSpaceAvailable: Bool { status == .open }
    package override var delegate: (any StreamDelegate)? {
        get { observer }
        set { observer = newValue }
    }

    package override func open() { status = .open }
    package override func close() { status = .closed }
    package override func schedule(in aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}
    package override func remove(from aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}

    #if canImport(Darwin)
        package override func property(forKey key: Stream.PropertyKey) -> Any? { nil }
        package override func setProperty(_ property: Any?, forKey key: Stream.PropertyKey) -> Bool { false }
    #else
        package override func property(forKey key: Stream.PropertyKey) -> AnyObject? { nil }
        package override func setProperty(_ property: AnyObject?, forKey key: Stream.PropertyKey) -> Bool {
            false
        }
    #endif
}
