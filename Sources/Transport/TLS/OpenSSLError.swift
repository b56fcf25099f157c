import COpenSSL

/// OpenSSL's queue of errors for this thread.
enum OpenSSLError {
    /// The reason of the oldest error, after which the queue is empty.
    static func takeReason() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0 else { return "no reason given" }
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
