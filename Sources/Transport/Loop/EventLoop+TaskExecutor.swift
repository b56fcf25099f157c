/// Tasks can run on the loop's thread, where they reach a connection without a change of threads:
/// `withTaskExecutorPreference(loop) { … }`. They must not block.
extension EventLoop: TaskExecutor {
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
