import ArgumentParser
import ClawdTalkAPI

extension TelephoneNumber {
    /// A number of the command line as a request carries it. - Throws: ``CommandFailure`` with status 64.
    static func required(_ typed: String) throws -> String {
        guard let number = TelephoneNumber(typed) else {
            throw CommandFailure(
                .usage,
                Console.printable(
                    "\"\(typed)\" is not certain to be one telephone number. Write + and the country first, "
                        + "as in +13125550101."))
        }
        return number.text
    }
}

extension TelephoneNumber: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}
