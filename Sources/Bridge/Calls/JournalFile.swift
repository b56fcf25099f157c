/// The file of a ``CallJournal``, given from outside. It need not survive a loss of power, only of the process; what
/// cannot be written is left out.
package protocol JournalFile: AnyObject {
    func read() -> [UInt8]
    func append(_ bytes: [UInt8])
    func replace(with bytes: [UInt8])
}
