import Foundation
import OpenClaw

/// What setup added, kept in CLAWDTALK_HOME so that uninstall takes away exactly that.
struct SetupRecord: Codable, Equatable {
    /// In openclaw.json and the files it includes, in the order in which it was added.
    var additions: [PatchAddition] = []
    /// setup wrote CLAWDTALK_API_KEY into this file.
    var keyFile: String?
}
