import Foundation
import Synchronization
import Testing

@testable import Storage

@Suite("Files are written on a thread of their own, in order")
struct StorageQueueTests {
    @Test("jobs run in the order in which they were given, and not on the thread of who gives them")
    func order() {
        let queue = StorageQueue(name: "test")
        let seen = Mutex<[Int]>([])
        let own = ObjectIdentifier(Thread.current)
        for number in 0..<1_000 {
            queue.perform {
                #expect(ObjectIdentifier(Thread.current) != own)
                seen.withLock { $0.append(number) }
            }
        }
        queue.wait()
        #expect(seen.withLock { $0 } == Array(0..<1_000))
    }

    @Test("one that gives a job is not held up by one that takes long")
    func slow() {
        let queue = StorageQueue(name: "test")
        let (disk, done) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        queue.perform { disk.wait() }
        queue.perform { done.signal() }
        disk.signal()
        done.wait()
    }

    @Test("what was given is done although nobody holds the queue any more")
    func forgotten() {
        let done = DispatchSemaphore(value: 0)
        do {
            let queue = StorageQueue(name: "test")
            for _ in 0..<10 { queue.perform { done.signal() } }
        }
        for _ in 0..<10 { done.wait() }
    }
}
