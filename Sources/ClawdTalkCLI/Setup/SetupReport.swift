/// What `setup --json` prints. Members are only ever added.
struct SetupReport: Encodable {
    var config: String
    var config_changed = false
    var env_file: String?
    var openclaw: String?
    /// already_allowed, patched, shown (with --dry-run), declined, refused or none.
    var patch = "none"
    var patched_files: [String] = []
    var backups: [String] = []
    /// Why openclaw.json was not changed, and what to paste by hand.
    var refusal: String?
    var fragment: String?
    var voice_agent: String?
    var notes: [String] = []
    var doctor: DoctorReport?
}
