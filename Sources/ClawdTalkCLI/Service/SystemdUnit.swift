import Foundation

/// The text of the systemd user unit: systemd.service(5), systemd.exec(5), systemd.syntax(7). Nothing in it needs a
/// privilege that a user's manager lacks; docs/service.md says which options were tried and left out.
struct SystemdUnit: Equatable {
    /// The absolute path of the program.
    let program: String
    /// CLAWDTALK_HOME.
    let home: String

    static let name = "clawdtalk.service"
    /// By which a file is known as ours.
    static let mark = "# Written by `clawdtalk service install`; `clawdtalk service remove` takes it away."

    var text: String {
        """
        \(Self.mark)
        [Unit]
        Description=ClawdTalk voice bridge

        [Service]
        Type=notify
        \(environmentLine)
        ExecStart=\(command) run
        ExecReload=/bin/kill -HUP $MAINPID
        StandardOutput=null
        StandardError=append:\(Self.specifiersEscaped(home))/.connect.log
        Restart=always
        RestartSec=5
        RestartPreventExitStatus=64 76 77 78
        TimeoutStartSec=60
        TimeoutStopSec=45
        WatchdogSec=30
        UMask=0077
        LimitCORE=0
        MemoryMax=512M
        TasksMax=64
        NoNewPrivileges=yes
        LockPersonality=yes
        MemoryDenyWriteExecute=yes
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service
        SystemCallErrorNumber=EPERM

        [Install]
        WantedBy=default.target

        """
    }

    /// By which a unit is known as that of one home.
    var environmentLine: String { "Environment=\(Self.quoted("CLAWDTALK_HOME=" + home))" }

    /// systemd takes no quotes and backslashes in the path of a program, env(1) does. The colon keeps `$` as it is.
    private var command: String {
        let isPlain = program.allSatisfy { !#""'\"#.contains($0) }
        return isPlain ? ":" + Self.quoted(program) : ":/usr/bin/env " + Self.quoted(program)
    }

    /// One word of a line, whatever is in it.
    static func quoted(_ word: String) -> String {
        let escaped = word.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#)
        return "\"" + specifiersEscaped(escaped) + "\""
    }

    private static func specifiersEscaped(_ text: String) -> String { text.replacing("%", with: "%%") }
}
