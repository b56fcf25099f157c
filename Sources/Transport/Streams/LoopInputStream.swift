package import Foundation

/// A Foundation input stream that an ``EventLoop`` reads without blocking.
///
/// `read` returns 0 only at the end, and -1 both for an error (then `streamError` is set) and where it would
/// have to wait (then it is nil). Delegates and run loops are not used: on Linux they never fire
/// (shared/spec/style.md §3a). Every member of the class cluster is overridden because Darwin requires it.
package class LoopInputStream: InputStream {
    private var status = Stream.Status.notOpen
    private var failure: TransportError?
    private weak var observer: (any StreamDelegate)?

    init() { super.init(data: Data()) }

    /// Bytes that were taken from the descriptor already: poll(2) will not announce them.
    var hasBufferedBytes: Bool { false }

    func fail(_ error: TransportError) -> Int {
        (status, failure) = (.error, error)
        return -1
    }

    func reachEnd() -> Int {
        status = .atEnd
        return 0
    }

    package override var streamStatus: Stream.Status { status }
    package override var streamError: (any Error)? { failure }
    package override var hasBytesAvailable: Bool { status == .open }
    package override var delegate: (any StreamDelegate)? {
        get { observer }
        set { observer = newValue }
    }

    package override func open() { status = .open }
    package override func close() { status = .closed }
    package override func schedule(in aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}
    package override func remove(from aRunLoop: RunLoop, forMode mode: RunLoop.Mode) {}

    package override func getBuffer(
        _ buffer: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, length len: UnsafeMutablePointer<Int>
    ) -> Bool { false }

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
