import COpenSSL
import Foundation
import Synchronization

/// Sessions that servers gave, to be taken up once each by the next connection to the same host and port: it saves the
/// certificates and their checks (RFC 8446 §2.2). No early data is ever sent.
final class TLSSessionCache: Sendable {
    private struct Session: @unchecked Sendable {
        // Proof: never changed here; OpenSSL counts references atomically.
        let pointer: OpaquePointer
    }

    private struct Sessions {
        var byName: [String: Session] = [:]
        /// The name of each connection that is open, by the address of its SSL.
        var names: [Int: String] = [:]
    }

    private let sessions = Mutex(Sessions())

    private static let maximumSessions = 32

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

    /// Lets a new connection take up an earlier session with the same name.
    func offer(to ssl: OpaquePointer, _ name: String) {
        let id = Int(bitPattern: ssl)
        let session = sessions.withLock { sessions in
            sessions.names[id] = name
            return sessions.byName.removeValue(forKey: name)
        }
        guard let session else { return }
        SSL_set_session(ssl, session.pointer)
        SSL_SESSION_free(session.pointer)
    }

    func forget(_ ssl: OpaquePointer) {
        let id = Int(bitPattern: ssl)
        sessions.withLock { $0.names[id] = nil }
    }

    private func keep(_ pointer: OpaquePointer, of ssl: OpaquePointer) -> Bool {
        let (id, session) = (Int(bitPattern: ssl), Session(pointer: pointer))
        let (isKept, replaced) = sessions.withLock { sessions -> (Bool, Session?) in
            guard let name = sessions.names[id], sessions.byName.count < Self.maximumSessions else {
                return (false, nil)
            }
            return (true, sessions.byName.updateValue(session, forKey: name))
        }
        if let replaced { SSL_SESSION_free(replaced.pointer) }
        return isKept
    }

    deinit { sessions.withLock { $0.byName.values.forEach { SSL_SESSION_free($0.pointer) } } }
}
