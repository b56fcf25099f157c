// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// The dependencies of each target are the drawing of the house (docs/design.md); ArchitectureTests checks them.
let package = Package(
    name: "clawdtalk",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "clawdtalk", targets: ["ClawdTalkCLI"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CXattr"),
        .systemLibrary(name: "CMalloc"),

        .target(name: "Wire", dependencies: ["CZlib"], swiftSettings: settings),
        .target(name: "Transport", dependencies: ["Wire", "CLinux", "COpenSSL"], swiftSettings: settings),
        .target(name: "JSON5", swiftSettings: settings),
        .target(name: "Storage", dependencies: ["CXattr"], swiftSettings: settings),
        .target(name: "Ports", dependencies: ["Wire"], swiftSettings: settings),
        .target(name: "Agent", dependencies: ["Ports"], swiftSettings: settings),
        .target(name: "ClawdTalkAPI", dependencies: ["JSON5", "Wire"], swiftSettings: settings),
        .target(
            name: "OpenClaw", dependencies: ["Agent", "JSON5", "Ports", "Storage", "Wire"],
            swiftSettings: settings),
        .target(
            name: "Missions",
            dependencies: ["ClawdTalkAPI", "Storage", .product(name: "SwiftCSV", package: "SwiftCSV")],
            swiftSettings: settings),
        .target(
            name: "Bridge",
            dependencies: [
                "Agent", "ClawdTalkAPI", "Ports", "Wire", .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .target(
            name: "Simulator", dependencies: ["Transport", "Wire", "ClawdTalkAPI"], swiftSettings: settings),
        .executableTarget(
            name: "ClawdTalkCLI",
            dependencies: [
                "Agent", "Bridge", "CMalloc", "ClawdTalkAPI", "JSON5", "Missions", "OpenClaw", "Ports",
                "Simulator", "Storage", "Transport", "Wire",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),

        // What the conformance suite examines (scripts/autobahn.sh).
        .executableTarget(
            name: "AutobahnClient", dependencies: ["Transport", "Wire"], path: "Tests/AutobahnClient",
            swiftSettings: settings),

        // This project's clients in the benchmark (scripts/bench.sh).
        .executableTarget(
            name: "BenchmarkClient", dependencies: ["Transport", "Wire"], path: "Tests/BenchmarkClient",
            swiftSettings: settings),

        // Thousands of idle connections in one process (scripts/bench-connections.sh).
        .executableTarget(
            name: "ConnectionsClient", dependencies: ["CMalloc", "Transport", "Wire"],
            path: "Tests/ConnectionsClient", swiftSettings: settings),

        // A service and a gateway for scripts that check or measure the program (scripts/image-check.sh).
        .executableTarget(
            name: "StandIns", dependencies: ["Simulator", "Transport"], path: "Tests/StandIns",
            swiftSettings: settings),

        // A day's work at full speed (scripts/soak.sh).
        .executableTarget(
            name: "Soak", dependencies: ["Simulator", "TestSupport", "Transport"], path: "Tests/Soak",
            swiftSettings: settings),

        // Work while everything breaks, by a seed's plan (scripts/chaos.sh).
        .executableTarget(
            name: "Chaos", dependencies: ["Bridge", "Simulator", "TestSupport", "Transport"],
            path: "Tests/Chaos",
            swiftSettings: settings),

        // Manual time and scripted peers, for tests only.
        .target(
            name: "TestSupport", dependencies: ["Bridge", "Ports", "Wire"], path: "Tests/TestSupport",
            swiftSettings: settings),
        .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: settings),
        .testTarget(
            name: "TransportTests", dependencies: ["Transport", "Wire"], exclude: ["Servers"],
            swiftSettings: settings),
        .testTarget(name: "JSON5Tests", dependencies: ["JSON5"], swiftSettings: settings),
        // Ends itself in the middle of a replacement (StorageTests).
        .executableTarget(
            name: "ReplacementVictim", dependencies: ["Storage"], path: "Tests/ReplacementVictim",
            swiftSettings: settings),
        .testTarget(name: "StorageTests", dependencies: ["CXattr", "Storage"], swiftSettings: settings),
        .testTarget(
            name: "ClawdTalkAPITests", dependencies: ["ClawdTalkAPI", "Wire"], swiftSettings: settings),
        .testTarget(
            name: "MissionsTests",
            dependencies: ["ClawdTalkAPI", "Missions", "Simulator", "TestSupport", "Transport", "Wire"],
            swiftSettings: settings),
        .testTarget(
            name: "AgentTests", dependencies: ["Agent", "Ports", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "OpenClawTests", dependencies: ["Agent", "OpenClaw", "Ports", "TestSupport", "Wire"],
            swiftSettings: settings),
        .testTarget(
            name: "BridgeTests",
            dependencies: [
                "Agent", "Bridge", "ClawdTalkAPI", "OpenClaw", "Ports", "TestSupport", "Wire",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ClawdTalkCLITests",
            dependencies: [
                "Bridge", "ClawdTalkAPI", "ClawdTalkCLI", "Ports", "Storage", "TestSupport", "Transport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .testTarget(name: "ArchitectureTests", swiftSettings: settings),
        .testTarget(
            name: "ScenarioTests",
            dependencies: ["ClawdTalkAPI", "Simulator", "TestSupport", "Transport", "Wire"],
            exclude: ["Setup/terminal.py"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
