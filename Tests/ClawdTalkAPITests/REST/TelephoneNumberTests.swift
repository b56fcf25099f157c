import Testing

@testable import ClawdTalkAPI

@Suite("Telephone numbers of the command line")
struct TelephoneNumberTests {
    @Test(
        "what is certain becomes E.164",
        arguments: [
            ("+1 (312) 555-0101", "+13125550101"), ("+13125550101", "+13125550101"),
            (" +1.312.555.0101 ", "+13125550101"), ("+15551234567", "+15551234567"),
            ("0049 30 1234567", "+49301234567"), ("00 49 (30) 123/4567", "+49301234567"),
            ("13125550101", "+13125550101"), ("1 312-555-0101", "+13125550101"),
            ("+290\u{A0}22222", "+29022222"), ("+123456789012345", "+123456789012345"),
        ])
    func certain(typed: String, expected: String) {
        #expect(TelephoneNumber(typed)?.text == expected)
    }

    @Test(
        "ten digits are of no certain country, and go as digits",
        arguments: [
            ("3125550101", "3125550101"), ("(312) 555-0101", "3125550101"), ("0301234567", "0301234567"),
        ])
    func tenDigits(typed: String, expected: String) {
        #expect(TelephoneNumber(typed)?.text == expected)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "+", " ", "abc", "+1 312 CALL ME", "312555010", "13120550101", "11125550101", "491701234567",
            "+49 (0)30 1234567", "+0301234567", "+123456", "+1234567890123456", "00123456", "000123456789",
            "1+3125550101", "+1+3125550101", "++13125550101", "+13125550101;ext=5", "+13125550101 x5",
            "+١٣١٢٥٥٥٠١٠١", "+1312555\n0101", "٣١٢٥٥٥٠١٠١", "tel:+13125550101",
        ])
    func refused(typed: String) {
        #expect(TelephoneNumber(typed) == nil)
    }

    @Test(
        "what is meant as a number: nothing but one, with + or 00 or of ten digits and more",
        arguments: [
            ("+1 (312) 555-0101", true), ("+12", true), ("3125550101", true), ("0049123", true),
            ("13120550101", true), ("491701234567", true), ("2024", false), ("555", false),
            ("555-0101", false),
            ("call 3125550101", false), ("", false), ("+", false), ("...", false),
            ("2026-11-27 10:00", false),
        ])
    func meant(text: String, expected: Bool) {
        #expect(TelephoneNumber.isMeant(by: text) == expected)
    }
}
