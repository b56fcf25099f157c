import Foundation

/// The text of the launchd agent: launchd.plist(5). launchd starts an agent again whatever its exit status, so the bridge
/// stays instead of ending for a refused key, and tries again when the configuration was changed.
struct LaunchAgent: Equatable {
    /// The absolute path of the program.
    let program: String
    /// CLAWDTALK_HOME.
    let home: String

    static let label = "com.clawdtalk.bridge"
    /// By which a file is known as ours.
    static let mark =
        "<!-- Written by `clawdtalk service install`; `clawdtalk service remove` takes it away. -->"

    var text: String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        \(Self.mark)
        <plist version="1.0">
        <dict>
            <key>Label</key>
            <string>\(Self.label)</string>
            <key>ProgramArguments</key>
            <array>
                <string>\(Self.escaped(program))</string>
                <string>run</string>
                <string>--stay</string>
            </array>
            <key>EnvironmentVariables</key>
            <dict>
                \(environmentLine)
            </dict>
            <key>StandardErrorPath</key>
            <string>\(Self.escaped(home))/.connect.log</string>
            <key>RunAtLoad</key>
            <true/>
            <key>KeepAlive</key>
            <true/>
            <key>ThrottleInterval</key>
            <integer>10</integer>
            <key>ExitTimeOut</key>
            <integer>45</integer>
            <key>Umask</key>
            <integer>63</integer>
        </dict>
        </plist>

        """
    }

    /// By which an agent is known as that of one home.
    var environmentLine: String { "<key>CLAWDTALK_HOME</key><string>\(Self.escaped(home))</string>" }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
