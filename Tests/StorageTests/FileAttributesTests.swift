#if os(Linux)
    import CXattr
    import Foundation
    import Testing

    @testable import Storage

    @Suite("No attribute of a file is lost without a word")
    struct FileAttributesTests {
        let folder: ScratchFolder
        init() throws { folder = try ScratchFolder() }

        private static let takesAttributes = {
            guard let folder = try? ScratchFolder(), let path = try? folder.file("a", "") else {
                return false
            }
            return setxattr(path, "user.x", "y", 1, 0) == 0
        }()

        @Test("texts, empty ones and long ones stay", .enabled(if: Self.takesAttributes))
        func kept() throws {
            let path = try folder.file("a", "old")
            let values = ["user.note": Array("kept".utf8), "user.empty": [], "user.long": [UInt8](1...200)]
            for (name, value) in values { #expect(setxattr(path, name, value, value.count, 0) == 0) }
            let snapshot = try #require(try FileSnapshot.read(path))
            try FileReplacement(of: path, expecting: .unchanged(snapshot)).write(Array("new".utf8))
            #expect(try folder.text("a") == "new")
            for (name, value) in values { #expect(try FileAttributes.value(of: name, path) == value) }
        }

        /// An access list in the kernel's form: owner, one more user, group, mask, others.
        private static let accessList: [UInt8] =
            [2, 0, 0, 0]
            + [(0x01, 6, UInt32.max), (0x02, 4, 1234), (0x04, 4, .max), (0x10, 4, .max), (0x20, 0, .max)]
            .flatMap { (tag: UInt16, rights: UInt16, id: UInt32) -> [UInt8] in
                [tag, rights].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
                    + (0..<4).map { UInt8(truncatingIfNeeded: id >> (8 * $0)) }
            }

        @Test("the access list stays", .enabled(if: Self.takesAttributes))
        func accessList() throws {
            let path = try folder.file("a", "old")
            let name = "system.posix_acl_access"
            guard setxattr(path, name, Self.accessList, Self.accessList.count, 0) == 0 else { return }
            let snapshot = try #require(try FileSnapshot.read(path))
            try FileReplacement(of: path, expecting: .unchanged(snapshot)).write(Array("new".utf8))
            #expect(try FileAttributes.value(of: name, path) == Self.accessList)
        }

        /// As a call that fails so often first.
        private final class Script {
            var answers: [(Int, Int32)]
            init(_ answers: [(Int, Int32)]) { self.answers = answers }

            func call(_ buffer: UnsafeMutableRawPointer?, _ size: Int) -> Int {
                let (result, number) = answers.removeFirst()
                errno = number
                if let buffer, result > 0 {
                    buffer.copyMemory(from: [UInt8](repeating: 0x61, count: result), byteCount: result)
                }
                return result
            }
        }

        @Test("one that grows between the two calls is read again")
        func grows() throws {
            let script = Script([(2, 0), (-1, ERANGE), (4, 0), (4, 0)])
            #expect(try FileAttributes.value(of: "user.a", "/x", script.call) == Array("aaaa".utf8))
            let list = Script([(2, 0), (-1, ERANGE), (4, 0), (4, 0)])
            #expect(try FileAttributes.names("/x", list.call) == ["aaaa"])
        }

        @Test(
            "one that vanishes is left out, and a file system without attributes has none",
            arguments: [ENODATA, ENOTSUP])
        func vanishes(number: Int32) throws {
            #expect(try FileAttributes.value(of: "user.a", "/x", Script([(-1, number)]).call) == nil)
            #expect(try FileAttributes.value(of: "user.a", "/x", Script([(2, 0), (-1, number)]).call) == nil)
            #expect(try FileAttributes.names("/x", Script([(-1, ENOTSUP)]).call).isEmpty)
        }

        @Test("what cannot be read otherwise is a failure that names it", arguments: [EIO, EACCES, E2BIG])
        func fails(number: Int32) {
            #expect(throws: StorageFailure("/x", .attributesNotKept("user.a"))) {
                try FileAttributes.value(of: "user.a", "/x", Script([(-1, number)]).call)
            }
            #expect(throws: StorageFailure.system("/x", "listing its attributes", number)) {
                try FileAttributes.names("/x", Script([(-1, number)]).call)
            }
        }

        @Test("what only the system may read is the system's")
        func system() throws {
            let value = try FileAttributes.value(
                of: "security.x", "/x", isSystem: true, Script([(-1, EACCES)]).call)
            #expect(value == nil)
        }
    }
#endif
