import Foundation
import Testing

@testable import Transport

@Suite("RFC 8305 §3-§4: which addresses are tried first")
struct AddressOrderTests {
    private func addresses(_ hosts: String...) throws -> [SocketAddress] {
        try hosts.map { try #require(SocketAddress(numericHost: $0, port: 1)) }
    }

    private func answer(_ hosts: String...) throws -> Resolver.Answer {
        Resolver.Answer(addresses: try hosts.map { try #require(SocketAddress(numericHost: $0, port: 1)) })
    }

    @Test("IPv6 is tried first although IPv4 was found a moment earlier")
    func lateIPv6() throws {
        var order = AddressOrder(answerCount: 2)
        #expect(try order.answered(answer("10.0.0.1", "10.0.0.2")) == .startDelay)
        let all = try addresses("2001:db8::1", "10.0.0.1", "2001:db8::2", "10.0.0.2", "2001:db8::3")
        #expect(
            try order.answered(answer("2001:db8::1", "2001:db8::2", "2001:db8::3"))
                == .race(all, isLast: true))
        #expect(order.delayEnded() == .wait)
        #expect(AddressOrder.resolutionDelay == .milliseconds(50))
    }

    @Test("IPv4 is tried after the delay, and IPv6 joins the race when it is found")
    func veryLateIPv6() throws {
        var order = AddressOrder(answerCount: 2)
        #expect(try order.answered(answer("10.0.0.1")) == .startDelay)
        #expect(try order.delayEnded() == .race(addresses("10.0.0.1"), isLast: false))
        #expect(try order.answered(answer("2001:db8::1")) == .race(addresses("2001:db8::1"), isLast: true))
    }

    @Test("IPv6 that is found first is tried at once")
    func earlyIPv6() throws {
        var order = AddressOrder(answerCount: 2)
        #expect(try order.answered(answer("2001:db8::1")) == .race(addresses("2001:db8::1"), isLast: false))
        #expect(try order.answered(answer("10.0.0.1")) == .race(addresses("10.0.0.1"), isLast: true))
    }

    @Test("a family without addresses holds nothing up")
    func oneFamily() throws {
        var order = AddressOrder(answerCount: 2)
        #expect(order.answered(Resolver.Answer(failure: "none")) == .wait)
        #expect(try order.answered(answer("10.0.0.1")) == .race(addresses("10.0.0.1"), isLast: true))
        order = AddressOrder(answerCount: 2)
        #expect(try order.answered(answer("10.0.0.1")) == .startDelay)
        #expect(
            try order.answered(Resolver.Answer(failure: "none")) == .race(addresses("10.0.0.1"), isLast: true)
        )
        order = AddressOrder(answerCount: 2)
        #expect(try order.answered(answer("::2")) == .race(addresses("::2"), isLast: false))
        #expect(order.answered(Resolver.Answer(failure: "none")) == .race([], isLast: true))
    }

    @Test("without any address the first reason is told")
    func nothing() {
        var order = AddressOrder(answerCount: 2)
        #expect(order.answered(Resolver.Answer(failure: "first")) == .wait)
        #expect(order.answered(Resolver.Answer(failure: "second")) == .failed(reason: "first"))
        order = AddressOrder(answerCount: 1)
        #expect(order.answered(Resolver.Answer()) == .failed(reason: "it has no address"))
    }

    @Test("this machine is tried at IPv4 first, where local servers listen")
    func knownAddresses() throws {
        var order = AddressOrder(answerCount: 1)
        #expect(
            try order.answered(answer("127.0.0.1", "::1"))
                == .race(addresses("127.0.0.1", "::1"), isLast: true))
    }
}
