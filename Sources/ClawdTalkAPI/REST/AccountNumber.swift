package import Wire

/// The telephone number of the account's owner, as the service knows it.
package enum AccountNumber {
    /// Asks for the account (shared/spec/clawtalk.md, GET /me); older services do not know it.
    package static func request(_ rest: ServiceREST) -> HTTPRequest { rest.get(["me"]) }

    /// E.164; nil when there is none, or when its owner has not shown that it is theirs.
    package static func number(in response: HTTPResponse) -> String? {
        guard (200...299).contains(response.status), let account = JSONValue(parsing: response.body),
            account["phone_verified"] != .bool(false), let number = account["phone"]?.string
        else { return nil }
        return TelephoneNumber.isE164(number) ? number : nil
    }
}
