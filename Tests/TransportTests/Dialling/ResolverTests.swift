import Foundation
import Synchronization
import Testing
import Wire

@testable import Transport

@Suite("The system's resolver")
struct ResolverTests {
    private let loop = EventLoop.forTests

    /// Lookups that hang until they are let go, and the names they were for.
    private final class HangingLookup: Sendable {
        private let gate = DispatchSemaphore(value: 0)
        private let names = Mutex<[String]>([])
        let started: AsyncStream<String>
        private let feed: AsyncStream<String>.Continuation

        init() { (started, feed) = AsyncStream.makeStream() }

        func answer(_ name: String, _ family: Int32) -> Resolver.Answer {
            names.withLock { $0.append(name) }
            feed.yield(name)
            gate.wait()
            let host = family == AF_INET ? "127.0.0.1" : "::1"
            return Resolver.Answer(addresses: [SocketAddress(numericHost: host, port: 0)].compactMap(\.self))
        }

        var asked: [String] { names.withLock(\.self) }
        func letGo(_ count: Int) { for _ in 0..<count { gate.signal() } }
    }

    private func resolver(_ lookup: HangingLookup) -> Resolver {
        Resolver(now: { .zero }, lookUp: lookup.answer)
    }

    /// Asks on the loop. - Returns: the answers as they come, and the interest.
    private func ask(_ resolver: Resolver, _ host: String, port: Int = 80) async throws -> (
        AsyncStream<Resolver.Answer>, LoopBound<Resolver.Interest>
    ) {
        let (answers, feed) = AsyncStream.makeStream(of: Resolver.Answer.self)
        let (loop, name) = (loop, try HostName(host))
        let interest = try await loop.run {
            let handler = LoopBound<(Resolver.Answer) -> Void>({ feed.yield($0) }, on: loop)
            return LoopBound(resolver.resolve(name, port: port, on: loop, onAnswer: handler), on: loop)
        }
        return (answers, interest)
    }

    @Test("two dials to one name start one lookup a family, and both are answered with their own port")
    func shared() async throws {
        let lookup = HangingLookup()
        let resolver = resolver(lookup)
        let (first, _) = try await ask(resolver, "Hung.example.", port: 80)
        let (second, _) = try await ask(resolver, "hung.example.", port: 443)
        var started = lookup.started.makeAsyncIterator()
        _ = (await started.next(), await started.next())
        lookup.letGo(2)
        for (answers, port) in [(first, 80), (second, 443)] {
            var answers = answers.makeAsyncIterator()
            let both = [await answers.next(), await answers.next()].compactMap { $0?.addresses.first }
            #expect(Set(both.map(\.family)) == [AF_INET, AF_INET6] && both.allSatisfy { $0.port == port })
        }
        #expect(lookup.asked == ["hung.example.", "hung.example."])
    }

    @Test("a resolver that hangs holds at most eight threads, whatever is dialled")
    func bounded() async throws {
        let lookup = HangingLookup()
        let resolver = resolver(lookup)
        var streams: [AsyncStream<Resolver.Answer>] = []
        for number in 0..<10 { streams.append(try await ask(resolver, "h\(number).example").0) }
        var started = lookup.started.makeAsyncIterator()
        for _ in 0..<LookupMachine.maximumRunning { _ = await started.next() }
        #expect(lookup.asked.count == LookupMachine.maximumRunning)
        lookup.letGo(20)
        for stream in streams {
            var answers = stream.makeAsyncIterator()
            _ = (await answers.next(), await answers.next())
        }
        #expect(lookup.asked.count == 20)
    }

    @Test("a dial that is given up gets no answer, and does not leave its lookup waiting")
    func cancelled() async throws {
        let lookup = HangingLookup()
        let resolver = resolver(lookup)
        var interests: [LoopBound<Resolver.Interest>] = []
        for number in 0..<6 { interests.append(try await ask(resolver, "h\(number).example").1) }
        let (answers, _) = try await ask(resolver, "last.example")
        let dropped = interests
        try await loop.run { dropped.forEach { $0.value.cancel() } }
        var started = lookup.started.makeAsyncIterator()
        for _ in 0..<LookupMachine.maximumRunning { _ = await started.next() }
        lookup.letGo(10)
        var last = answers.makeAsyncIterator()
        _ = (await last.next(), await last.next())
        // The first four names had every thread; the other two were waiting for nobody.
        #expect(lookup.asked.count == 10 && Set(lookup.asked.dropFirst(8)) == ["last.example"])
    }

    @Test("a dial whose lookup hangs ends at its deadline, and the next one does not start more threads")
    func dials() async throws {
        let lookup = HangingLookup()
        let (loop, resolver) = (loop, resolver(lookup))
        let endpoint = Endpoint(isSecure: false, host: try HostName("hung.example"), port: 1)
        for _ in 0..<2 {
            let result: TransportFailure? = await withCheckedContinuation { continuation in
                loop.execute {
                    Dial(
                        endpoint, on: loop, deadline: .milliseconds(30), resolver: resolver,
                        tls: { () throws(TransportFailure) in throw .tlsSetUp("unused") },
                        completion: { result in
                            if case .failure(let error) = result { continuation.resume(returning: error) }
                        })
                }
            }
            #expect(result == .timedOut(.resolve))
        }
        var started = lookup.started.makeAsyncIterator()
        _ = (await started.next(), await started.next())
        #expect(lookup.asked.count == 2)
        lookup.letGo(2)
    }

    @Test(
        "names of this machine are not asked of DNS",
        arguments: ["localhost", "x.localhost", "LOCALHOST.", "127.0.0.1"])
    func thisMachine(host: String) async throws {
        let lookup = HangingLookup()
        let (answers, interest) = try await ask(resolver(lookup), host, port: 7)
        var iterator = answers.makeAsyncIterator()
        let answer = try #require(await iterator.next())
        let first = try #require(SocketAddress(numericHost: "127.0.0.1", port: 7))
        #expect(answer.addresses.first == first && lookup.asked.isEmpty)
        #expect(try await loop.run { interest.value.answerCount } == 1)
    }
}
