import Foundation
import Transport

/// The way to the service: through the environment's proxy. The gateway has none: its token is for nobody else.
enum ServiceRoute {
    @Sendable static func proxy(for endpoint: Endpoint) throws(TransportFailure) -> Proxy? {
        try Proxy.named(in: ProcessInfo.processInfo.environment, for: endpoint)
    }
}
