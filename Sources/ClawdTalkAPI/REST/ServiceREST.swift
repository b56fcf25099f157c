import Foundation
package import Wire

/// Requests to the service's REST API (shared/spec/rest-api.md 1.4).
package struct ServiceREST: Sendable {
    private let baseURL: String
    package var apiKey: String

    /// - Parameter baseURL: with `/v1`.
    package init(baseURL: String, apiKey: String) { (self.baseURL, self.apiKey) = (baseURL, apiKey) }

    package func get(_ path: [String], query: [(String, String)] = []) -> HTTPRequest {
        request("GET", path, query: query, body: [])
    }

    package func post(_ path: [String], _ body: some Encodable) -> HTTPRequest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Values of our own always encode.
        return request("POST", path, query: [], body: (try? encoder.encode(body)).map(Array.init) ?? [])
    }

    /// - Parameter body: nil sends none; an empty object is sent.
    package func request(_ method: String, _ path: [String], body: JSONValue?) -> HTTPRequest {
        request(method, path, query: [], body: body.map { Array($0.compactText.utf8) } ?? [])
    }

    private func request(
        _ method: String, _ path: [String], query: [(String, String)], body: [UInt8]
    ) -> HTTPRequest {
        var url = baseURL + path.map { "/" + PercentEncoding.encode($0) }.joined()
        if !query.isEmpty {
            url += "?" + query.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        }
        let fields = HTTPFields([
            ("Authorization", "Bearer \(apiKey)"), ("Content-Type", "application/json"),
            ("Accept", "application/json"),
        ])
        return HTTPRequest(method: method, url: url, fields: fields, body: body)
    }
}
