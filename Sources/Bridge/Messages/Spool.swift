/// Entries that outlive the process, given from outside: files in the product, memory in tests. Used from one thread.
package protocol Spool<Entry>: AnyObject {
    associatedtype Entry: SpoolEntry

    /// What was saved, in the order of the numbers; what cannot be read is left out.
    func load() -> [Entry]
    /// Returns when neither a kill nor a loss of power takes the entry any more; the one of that number is replaced as
    /// a whole. What is thrown is for the log, and the one before is still there then.
    func save(_ entry: Entry) throws
    func remove(_ number: Int)
}
