package import ClawdTalkAPI
package import Ports
import Wire

/// The service's REST API as the rules use it: one request, one answer read into a value.
package final class ServiceRequests {
    package internal(set) var rest: ServiceREST
    private let http: any HTTPPort

    private static let deadline = Duration.seconds(15)

    package init(rest: ServiceREST, http: any HTTPPort) { (self.rest, self.http) = (rest, http) }

    /// Sends once; calls back once, unless cancelled.
    @discardableResult
    func send<Value: Decodable>(
        _ request: HTTPRequest, as type: Value.Type,
        completion: @escaping (Result<Value, RESTFailure>) -> Void
    ) -> any Cancellable {
        http.send(request, deadline: Self.deadline) { result in
            switch result {
            case .failure(let failure):
                completion(
                    .failure(failure.mayHaveArrived ? .noAnswer(failure.reason) : .notSent(failure.reason)))
            case .success(let response):
                do throws(RESTFailure) {
                    completion(.success(try RESTFailure.value(of: response, as: type)))
                } catch {
                    completion(.failure(error))
                }
            }
        }
    }
}
