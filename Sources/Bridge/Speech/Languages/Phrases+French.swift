extension Phrases {
    static let french = Phrases(
        greeting: "Bonjour, que puis-je faire pour vous ?",
        greetingByName: "Bonjour {name}, que puis-je faire pour vous ?",
        fillers: [
            "Un instant, je m'en occupe.", "J'y travaille encore.", "Cela prend un peu plus de temps.",
            "J'attends encore la réponse.", "Toujours en cours, merci de votre patience.",
        ],
        queueFillers: ["L'autre question est encore en cours.", "La vôtre n'a pas encore été posée."],
        tryingFillers: ["J'essaie encore.", "Encore un instant, je continue d'essayer."],
        approvalFillers: [
            "J'attends votre accord.", "Regardez votre téléphone, s'il vous plaît, et décidez.",
        ],
        waitingBehindOther: "Une autre question passe d'abord.",
        waitingBehindEarlier: "L'agent termine encore votre question précédente.",
        gatewayUnavailable: "Votre agent ne répond pas en ce moment. Je continue d'essayer, un instant.",
        emptyQuestion: "Je n'ai pas compris la question.",
        nothingSpeakable: "La réponse ne contient rien qui puisse être lu.",
        saidInFull: "C'est tout.",
        lateAnswer: "À propos de votre question de tout à l'heure : {answer}",
        stoppedWaiting: "Très bien, je n'attends plus.",
        acknowledged: "D'accord.",
        stopping: "Je dois m'arrêter ici, avant la réponse.",
        restarting: "Je redémarre. Redemandez-moi dans quelques secondes.",
        interrupted: """
            J'ai été interrompu avant la réponse. Je ne sais pas si votre demande a été exécutée.
            """,
        callHasEnded: "L'appel est terminé, je n'ai donc pas transmis la question.",
        noReply: "L'agent a terminé sans rien dire.",
        unauthorized: """
            Je ne peux pas interroger votre agent : la passerelle refuse mon jeton. Vérifiez la configuration.
            """,
        toolNotAllowed: """
            Je ne peux pas interroger votre agent : la passerelle ne le permet pas encore. La configuration règle cela.
            """,
        forbidden: "Les règles de la passerelle n'ont pas laissé passer votre question.",
        refused: "La passerelle a refusé la question, elle n'a pas été posée.",
        notAGateway: """
            Ce qui répond à l'adresse de la passerelle n'est pas votre agent. Vérifiez la configuration.
            """,
        rateLimited: """
            La passerelle est trop occupée, votre question n'a pas été posée. Réessayez dans une minute.
            """,
        unreachable: "Je n'arrive pas à joindre votre agent, votre question n'a pas été posée.",
        tooManyOpenFiles: """
            Je ne peux pas interroger votre agent : mon ordinateur a trop de fichiers et de connexions \
            ouverts. Réessayez dans un instant.
            """,
        queuedTooLong: """
            Une question précédente a pris trop de temps, la vôtre n'a pas été posée. Veuillez la répéter.
            """,
        notWrittenDown: "Je n'ai pas pu l'enregistrer sur le disque, elle n'a donc pas été posée.",
        timedOut: "Je n'ai pas encore de réponse. L'agent y travaille peut-être encore.",
        uncertain: """
            J'ai transmis votre question, mais je ne trouve pas de réponse. Je ne sais pas si elle a été exécutée.
            """,
        sessionLost:
            "L'agent a perdu notre conversation et en a commencé une autre. Je ne sais pas si votre demande a été exécutée.",
        agentFailed: "L'agent s'est arrêté sur une erreur avant d'avoir une réponse.",
        approvalAsked: "Il me faut votre accord. J'ai envoyé une demande sur votre téléphone.",
        approvalBySpeech: """
            Il me faut votre accord, et je n'arrive pas à joindre votre téléphone. Dites : j'approuve ou je refuse.
            """,
        approvalDenied: "Vous avez refusé, rien n'a été fait.",
        approvalTimedOut: "L'accord n'est pas arrivé à temps, rien n'a été fait.",
        approvalFailed: "Je n'ai pas pu obtenir votre accord, rien n'a été fait.",
        deniedBySpeech: "Très bien, rien n'a été fait.",
        testPushSent: "J'ai envoyé une notification de test sur votre téléphone.",
        testPushNoDevice: "Aucun téléphone n'est configuré pour les notifications.",
        testPushFailed: "La notification de test n'a pas pu être envoyée.",
        textTimedOut: """
            Votre message est arrivé à l'agent, mais il n'y a pas encore de réponse. Il y travaille peut-être encore.
            """,
        textUncertain: """
            J'ai transmis votre message, mais je ne trouve pas de réponse. Je ne sais pas s'il a été exécuté.
            """,
        textAgentFailed: """
            Votre message est arrivé à l'agent, mais il s'est arrêté sur une erreur avant d'avoir une réponse.
            """,
        textNotApproved: "Il faut l'accord du propriétaire, qui n'est pas venu : rien n'a été fait.",
        stopWords: ["stop", "arrête", "arrêtez", "annule", "annulez", "laisse tomber", "laissez tomber"],
        approveWords: ["j'approuve", "approuver", "approuvé"],
        denyWords: ["je refuse", "refuser", "refusé"])
}
