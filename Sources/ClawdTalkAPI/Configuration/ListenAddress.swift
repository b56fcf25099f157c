/// An address of this machine and a port, written `127.0.0.1:9464` or `[::1]:9464`.
package struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
    /// An IPv4 or IPv6 address, the latter without brackets.
    package let address: String
    package let port: UInt16

    package var isIPv6: Bool { address.contains(":") }
    package var description: String { (isIPv6 ? "[\(address)]" : address) + ":\(port)" }

    /// - Returns: nil for anything else, names of machines included.
    package init?(_ text: String) {
        if let match = text.wholeMatch(of: /\[([0-9A-Fa-f:.]+)\]:([0-9]{1,5})/), let port = UInt16(match.2) {
            (address, self.port) = (String(match.1), port)
        } else if let match = text.wholeMatch(of: /([0-9]{1,3}(?:\.[0-9]{1,3}){3}):([0-9]{1,5})/),
            let port = UInt16(match.2), match.1.split(separator: ".").allSatisfy({ UInt8($0) != nil })
        {
            (address, self.port) = (String(match.1), port)
        } else {
            return nil
        }
    }
}
