import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket

/// SwiftNIO's client: a handler behind NIOWebSocket's frame coder.
/// usage: NIOClient URL echo|receive BYTES OUTSTANDING SECONDS
@main
struct NIOClient {
    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 6, let url = URL(string: words[1]), let host = url.host, let port = url.port,
            let bytes = Int(words[3]), let outstanding = Int(words[4]), let seconds = Int(words[5])
        else {
            FileHandle.standardError.write(
                Data("usage: NIOClient URL echo|receive BYTES OUTSTANDING SECONDS\n".utf8))
            exit(64)
        }
        let isEcho = words[2] == "echo"
        let path = isEcho ? "/echo" : "/flood/\(bytes)"
        let upgrade = try await ClientBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrader = NIOTypedWebSocketClientUpgrader(maxFrameSize: 16 << 20) { channel, _ in
                        channel.eventLoop.makeCompletedFuture {
                            let handler = MessageHandler(
                                isEcho: isEcho, bytes: bytes, outstanding: isEcho ? outstanding : 1,
                                seconds: seconds)
                            try channel.pipeline.syncOperations.addHandler(handler)
                            return channel
                        }
                    }
                    let head = HTTPRequestHead(
                        version: .http1_1, method: .GET, uri: path, headers: ["Host": "\(host):\(port)"])
                    let configuration = NIOTypedHTTPClientUpgradeConfiguration(
                        upgradeRequestHead: head, upgraders: [upgrader],
                        notUpgradingCompletionHandler: { $0.eventLoop.makeFailedFuture(NotUpgraded()) })
                    return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(
                        configuration: .init(upgradeConfiguration: configuration))
                }
            }
        let channel: any Channel = try await upgrade.get()
        channel.pipeline.fireUserInboundEventTriggered(Begin.now)
        // The handler ends the program.
        while true { try await Task.sleep(for: .seconds(60)) }
    }
}

struct NotUpgraded: Error {}

enum Begin { case now }

final class MessageHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private let payload: ByteBuffer
    private let isEcho: Bool
    private let outstanding: Int
    private var meter: Meter

    init(isEcho: Bool, bytes: Int, outstanding: Int, seconds: Int) {
        payload = ByteBuffer(repeating: UInt8(ascii: "x"), count: bytes)
        meter = Meter(seconds: seconds)
        (self.isEcho, self.outstanding) = (isEcho, outstanding)
    }

    /// ``Begin``: once the upgrade is complete. A flood is begun with one message.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is Begin else { return }
        for _ in 0..<outstanding { send(context) }
        context.flush()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard frame.opcode == .binary, frame.fin else { fatalError("an unexpected frame") }
        if meter.count(frame.data.readableBytes) {
            print(meter.line)
            exit(0)
        }
        if isEcho { send(context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { fatalError("\(error)") }

    private func send(_ context: ChannelHandlerContext) {
        let frame = WebSocketFrame(fin: true, opcode: .binary, maskKey: .random(), data: payload)
        context.write(wrapOutboundOut(frame), promise: nil)
    }
}
