package import Wire

/// An address of this machine and a port, written `127.0.0.1:9464` or `[::1]:9464`.
package struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
    package let address: IPAddress
    package let port: UInt16

    package var description: String { "\(HostName(address).urlText):\(port)" }

    /// - Returns: nil for anything else, names of machines included.
    package init?(_ text: String) {
        guard let place = try? URLAuthority(Substring(text)), place.userInfo == nil,
            let address = place.host.address, let port = place.port
        else { return nil }
        (self.address, self.port) = (address, UInt16(port))
    }
}
