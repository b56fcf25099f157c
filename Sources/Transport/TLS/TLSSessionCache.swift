import COpenSSL
import Foundation
import Synchronization

/// Sessions that servers gave, each to be resumed once by a later connection to the same host and port: it saves the
/// certificates and their checks (RFC 8446 §2.2). No early data is ever sent.
///
/// Bounded: a few for each name, because many connections to one host begin at once, and the oldest go first.
final class TLSSessionCache: Sendable {
    private struct Session: @unchecked Sendable {
        // Proof: never changed here; OpenSSL counts references atomically.
        let pointer: OpaquePointer
    }

    private struct Sessions {
        /// The newest last.
        var kept: [(name: String, session: Session)] = []
        /// The name of each connection that is open, by the address of its SSL.
        var names: [Int: String] = [:]

        /// Takes the newest of a name.
        mutating func take(_ name: String) -> Session? {
            kept.lastIndex { $0.name == name }.map { kept.remove(at: $0).session }
        }

        /// - Returns: what has to go for it.
        mutating func keep(_ session: Session, _ name: String) -> [Session] {
            kept.append((name, session))
            var gone: [Session] = []
            let sameName = kept.indices.filter { kept[$0].name == name }
            if sameName.count > TLSSessionCache.maximumSessionsForName {
                gone.append(kept.remove(at: sameName[0]).session)
            }
            while kept.count > TLSSessionCache.maximumSessions { gone.append(kept.removeFirst().session) }
            return gone
        }
    }

    private let sessions = Mutex(Sessions())

    static let maximumSessions = 64
    static let maximumSessionsForName = 16

    /// Keeps the sessions of a client's context, which must not outlive the cache.
    func keepThose(of context: OpaquePointer) {
        _ = ct_SSL_CTX_set_session_cache_mode(
            context, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE))
        SSL_CTX_set_ex_data(context, 0, Unmanaged.passUnretained(self).toOpaque())
        SSL_CTX_sess_set_new_cb(context) { ssl, session in
            guard let ssl, let session, let context = SSL_get_SSL_CTX(ssl),
                let cache = SSL_CTX_get_ex_data(context, 0)
            else { return 0 }
            // 1: the reference is ours now.
            return Unmanaged<TLSSessionCache>.fromOpaque(cache).takeUnretainedValue().keep(session, of: ssl)
                ? 1 : 0
        }
    }

    /// Lets a new connection resume an earlier session with the same name.
    /// - Parameter pin: a session whose certificate it no longer accepts is dropped: the server may have a new one.
    func offer(to ssl: OpaquePointer, _ name: String, pin: CertificatePin?) {
        let id = Int(bitPattern: ssl)
        sessions.withLock { $0.names[id] = name }
        while let session = sessions.withLock({ $0.take(name) }) {
            defer { SSL_SESSION_free(session.pointer) }
            if let pin {
                guard let certificate = SSL_SESSION_get0_peer(session.pointer),
                    pin.objection(toCertificate: certificate) == nil
                else { continue }
            }
            SSL_set_session(ssl, session.pointer)
            return
        }
    }

    func forget(_ ssl: OpaquePointer) {
        let id = Int(bitPattern: ssl)
        sessions.withLock { $0.names[id] = nil }
    }

    private func keep(_ pointer: OpaquePointer, of ssl: OpaquePointer) -> Bool {
        let (id, session) = (Int(bitPattern: ssl), Session(pointer: pointer))
        let gone: [Session]? = sessions.withLock { sessions in
            sessions.names[id].map { sessions.keep(session, $0) }
        }
        gone?.forEach { SSL_SESSION_free($0.pointer) }
        return gone != nil
    }

    deinit { sessions.withLock { $0.kept.forEach { SSL_SESSION_free($0.session.pointer) } } }
}
