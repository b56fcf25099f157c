import ArgumentParser
import ClawdTalkAPI

extension AssistantCommands {
    struct List: MissionsRequest {
        static let configuration = CommandConfiguration(
            commandName: "list-assistants",
            abstract: "List the assistants as `id: name (model=..., features=[...])`.")

        @Option(help: ArgumentHelp("Only those with this name.", valueName: "name")) var name: String?
        @Option(help: ArgumentHelp("This page only; all of them without it.", valueName: "number"))
        var page: Int?
        @Option(help: ArgumentHelp("How many are asked for at a time.", valueName: "number")) var size = 25
        @OptionGroup var options: ServiceOptions

        func validate() throws {
            guard (page ?? 1) >= 1, size >= 1 else {
                throw ValidationError("--page and --size take numbers from 1.")
            }
        }

        func answer(of service: ServiceClient) async throws -> ServiceAnswer {
            let name = name.flatMap { $0.isEmpty ? nil : $0 }
            guard let page else {
                return try show(await service.assistants(size: size, name: name))
            }
            let answer = try await service.assistants(page: page, size: size, name: name)
            let items = try ServiceClient.items(of: answer, in: ["assistants", "data"])
            let meta = answer["meta"] ?? .null
            let total = (meta["total_results"] ?? meta["total"])?.integer ?? items.count
            Console.error("page \(page)/\(meta["total_pages"]?.integer ?? 1) (\(total))")
            return try show(items)
        }

        private func show(_ items: [JSONValue]) throws -> ServiceAnswer {
            try ServiceAnswer(items) {
                let id = try $0.requiredID("id", "assistant_id")
                let features = ($0["enabled_features"]?.elements ?? []).compactMap(\.string)
                let model = $0["model"]?.string ?? "unknown"
                return "\(id): \($0["name"]?.string ?? "unnamed") "
                    + "(model=\(model), features=[\(features.joined(separator: ", "))])"
            }
        }
    }
}
