/// A whole request as callers give it: an absolute http or https URL, fields and body.
package struct HTTPRequest: Equatable, Sendable {
    package var method: String
    package var url: String
    package var fields: HTTPFields
    package var body: [UInt8]

    package init(method: String, url: String, fields: HTTPFields = HTTPFields(), body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}
