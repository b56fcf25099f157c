extension ServiceClient {
    /// A list with all its pages: more are asked for only when an answer says that there are more.
    /// - Parameters:
    ///   - names: of the member that holds the list, tried in this order.
    ///   - first: the query of the first request.
    ///   - page: the query of the page with this number, from 2.
    package func list(
        _ path: [String], in names: [String], first: [(String, String)] = [],
        page: (Int) -> [(String, String)] = { [("page[number]", "\($0)")] }
    ) async throws(RESTFailure) -> [JSONValue] {
        var items: [JSONValue] = []
        var number = 1
        while true {
            let answer = try await get(path, query: number == 1 ? first : page(number))
            let more = try Self.items(of: answer, in: names)
            // A service that gives the same page again for ever is left.
            if number > 1, more.first == items.first { return items }
            items += more
            guard !more.isEmpty, Self.hasMore(answer, after: number, count: items.count) else { return items }
            number += 1
        }
    }

    package static func items(of answer: JSONValue, in names: [String]) throws(RESTFailure) -> [JSONValue] {
        if let items = answer.elements { return items }
        for name in names {
            if let items = answer[name]?.elements { return items }
            if answer[name] == .null { return [] }
        }
        throw .unreadable("something without a list of \(names[0])")
    }

    private static func hasMore(_ answer: JSONValue, after page: Int, count: Int) -> Bool {
        let meta = answer["meta"] ?? answer["pagination"] ?? .null
        if let pages = meta["total_pages"]?.integer { return page < pages }
        if let total = (meta["total_results"] ?? meta["total"])?.integer { return count < total }
        return false
    }
}

extension JSONValue {
    /// What an answer is about: the first of the envelopes that is there, else the answer itself.
    package func content(_ envelopes: String...) -> JSONValue {
        for name in envelopes {
            if let content = self[name], content != .null { return content }
        }
        return self
    }

    /// Itself, when it is an object that says something. - Throws: ``RESTFailure`` otherwise.
    func required(_ thing: String) throws(RESTFailure) -> JSONValue {
        guard isObject, isTruthy else { throw .unreadable("something that is no \(thing)") }
        return self
    }

    /// The identifier under the first of these names. - Throws: ``RESTFailure`` when there is none.
    package func requiredID(_ names: String...) throws(RESTFailure) -> String {
        for name in names {
            if let id = self[name]?.identifier { return id }
        }
        throw .unreadable("something without \(names.joined(separator: " or "))")
    }
}
