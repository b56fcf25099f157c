/// Entries that outlive the process, given from outside: files in the product, memory in tests. Used from one thread.
package protocol Spool<Entry>: AnyObject {
    associatedtype Entry: SpoolEntry

    /// What was saved, in the order of the numbers; what cannot be read is left out.
    func load() -> [Entry]
    /// Saves an entry in place of the one of its number, as a whole and after everything that was handed over before.
    /// - Parameter completion: called on the same thread, inside this call or later, when neither a kill nor a loss of
    ///   power takes the entry any more; or with a failure for the log, and the one before is still there then.
    func save(_ entry: Entry, then completion: @escaping (Result<Void, any Error>) -> Void)
    /// Counts for what was handed over before.
    func remove(_ number: Int)
}
