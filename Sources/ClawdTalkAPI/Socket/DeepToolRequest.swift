/// A question of the service's voice AI; answered exactly once.
package struct DeepToolRequest: Equatable, Sendable {
    package let requestID: String
    package let callID: String?
    package let query: String

    package init(requestID: String, callID: String?, query: String) {
        (self.requestID, self.callID, self.query) = (requestID, callID, query)
    }
}
