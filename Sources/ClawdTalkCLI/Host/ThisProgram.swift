import Foundation

/// The program that runs.
enum ThisProgram {
    /// Its absolute path. - Throws: ``CommandFailure`` when the system does not tell.
    static func path() throws -> String {
        guard let path = Bundle.main.executablePath else {
            throw CommandFailure(.failure, "the path of this program is not known.")
        }
        return path
    }
}
