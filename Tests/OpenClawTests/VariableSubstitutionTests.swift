import JSON5
import Testing

@testable import OpenClaw

@Suite("gateway.md C4: ${NAME}")
struct VariableSubstitutionTests {
    @Test(
        "in texts",
        arguments: [
            ("${A}", "1"), ("x${A}y${B}z", "x1y${A}z"), ("$${A}", "${A}"), ("$$${A}", "$${A}"), ("$A", "$A"),
            ("${a}", "${a}"), ("${1A}", "${1A}"), ("${UNSET}", "${UNSET}"), ("$${UNSET}", "${UNSET}"),
            ("${}", "${}"),
            ("${A", "${A"), ("${A }", "${A }"), ("${_X1}", "u"), ("$", "$"), ("", ""), ("é${A}🦞", "é1🦞"),
            ("${A}${A}", "11"), ("${${A}}", "${1}"),
        ])
    func texts(text: String, expected: String) {
        let values = ["A": "1", "B": "${A}", "_X1": "u"]
        #expect(VariableSubstitution { values[$0] }.apply(to: text) == expected)
    }

    @Test("everywhere but in keys")
    func values() throws {
        let sample = OpenClawSample("{'${A}': ['${A}', {x: '${A}'}, 1, null, true]}", environment: ["A": "v"])
        #expect(
            try sample.load().value
                == .object([
                    (
                        "${A}",
                        .array([.string("v"), .object([("x", .string("v"))]), .number(1), .null, .bool(true)])
                    )
                ]))
    }
}
