extension Phrases {
    package static let english = Phrases(
        greeting: "Hello, what can I do for you?",
        greetingByName: "Hello {name}, what can I do for you?",
        fillers: [
            "One moment, I'm on it.", "Still working on it.", "This takes a little longer.",
            "I'm still waiting for the answer.", "Still at it, thanks for your patience.",
        ],
        queueFillers: ["The other question is still being answered.", "Yours has not been asked yet."],
        tryingFillers: ["I'm still trying.", "I keep trying, one more moment."],
        approvalFillers: ["I'm waiting for your approval.", "Please look at your phone and decide."],
        waitingBehindOther: "Another question is being answered first.",
        waitingBehindEarlier: "The agent is still finishing your earlier question.",
        gatewayUnavailable: "Your agent isn't answering right now. I keep trying, this takes a moment.",
        emptyQuestion: "I didn't catch the question.",
        nothingSpeakable: "The answer has nothing that can be spoken.",
        saidInFull: "That's all.",
        lateAnswer: "About your earlier question: {answer}",
        stoppedWaiting: "All right, I stop waiting.",
        acknowledged: "Okay.",
        stopping: "I have to stop here, before the answer came.",
        restarting: "I'm restarting. Please ask me again in a few seconds.",
        interrupted: """
            I was interrupted before the answer came. I don't know whether your question was carried out.
            """,
        callHasEnded: "The call has ended, so I did not pass your question on.",
        noReply: "The agent finished without saying anything.",
        unauthorized: "I can't ask your agent: the gateway doesn't accept my token. Please check the setup.",
        toolNotAllowed:
            "I can't ask your agent: the gateway doesn't allow it yet. Running the setup fixes that.",
        forbidden: "The gateway's rules didn't let me pass your question on.",
        refused: "The gateway refused the question, so it was not asked.",
        notAGateway: "What answers at the gateway's address is not your agent. Please check the setup.",
        rateLimited: "The gateway is too busy, so your question was not asked. Please try again in a minute.",
        unreachable: "I can't reach your agent right now, so your question was not asked.",
        tooManyOpenFiles: """
            I can't ask your agent: my computer has too many files and connections open. Please try again \
            in a moment.
            """,
        queuedTooLong: "An earlier question took too long, so yours was not asked. Please ask again.",
        notWrittenDown: "I couldn't keep a record of it on disk, so it was not asked.",
        timedOut: "I have no answer yet. The agent may still be working on it.",
        uncertain:
            "I passed your question on, but I can't find an answer. I don't know whether it was carried out.",
        sessionLost:
            "The agent lost our conversation and started a new one. I don't know whether your question was carried out.",
        agentFailed: "The agent stopped with an error before it had an answer.",
        approvalAsked: "This needs your approval. I've sent a request to your phone.",
        approvalBySpeech: "This needs your approval, and I can't reach your phone. Say approve or deny.",
        approvalDenied: "You said no, so nothing was done.",
        approvalTimedOut: "No approval came in time, so nothing was done.",
        approvalFailed: "I couldn't get your approval, so nothing was done.",
        deniedBySpeech: "All right, nothing was done.",
        testPushSent: "I've sent a test notification to your phone.",
        testPushNoDevice: "No phone is set up for notifications.",
        testPushFailed: "The test notification could not be sent.",
        textTimedOut: """
            Your message reached the agent, but there is no answer yet. It may still be working on it.
            """,
        textUncertain: """
            I passed your message on, but I can't find an answer. I don't know whether it was carried out.
            """,
        textAgentFailed: """
            Your message reached the agent, but it stopped with an error before it had an answer.
            """,
        textNotApproved: "This needs the owner's approval, which did not come, so nothing was done.",
        stopWords: [
            "stop", "stop it", "never mind", "nevermind", "cancel", "cancel it", "cancel that", "forget it",
        ],
        approveWords: ["approve", "approved", "i approve"],
        denyWords: ["deny", "denied", "i deny"])
}
