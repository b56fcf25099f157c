extension Phrases {
    static let italian = Phrases(
        greeting: "Ciao, cosa posso fare per te?",
        greetingByName: "Ciao {name}, cosa posso fare per te?",
        fillers: [
            "Un momento, me ne occupo.", "Ci sto ancora lavorando.", "Ci vuole un po' di più.",
            "Aspetto ancora la risposta.", "Ancora in corso, grazie per la pazienza.",
        ],
        queueFillers: ["L'altra domanda è ancora in corso.", "La tua non è ancora stata fatta."],
        tryingFillers: ["Sto ancora provando.", "Ancora un momento, continuo a provare."],
        approvalFillers: ["Aspetto la tua approvazione.", "Guarda il telefono, per favore, e decidi."],
        waitingBehindOther: "Prima c'è un'altra domanda.",
        waitingBehindEarlier: "L'agente sta ancora finendo la tua domanda precedente.",
        gatewayUnavailable: "Il tuo agente adesso non risponde. Continuo a provare, un momento.",
        emptyQuestion: "Non ho capito la domanda.",
        nothingSpeakable: "Nella risposta non c'è nulla che si possa leggere.",
        saidInFull: "È tutto.",
        lateAnswer: "Sulla tua domanda di prima: {answer}",
        stoppedWaiting: "Va bene, smetto di aspettare.",
        acknowledged: "Va bene.",
        stopping: "Devo fermarmi qui, prima che arrivi la risposta.",
        restarting: "Mi sto riavviando. Chiedimelo di nuovo tra qualche secondo.",
        interrupted: """
            Sono stato interrotto prima della risposta. Non so se la tua richiesta è stata eseguita.
            """,
        callHasEnded: "La chiamata è finita, quindi non ho inoltrato la domanda.",
        noReply: "L'agente ha finito senza dire nulla.",
        unauthorized: """
            Non posso chiedere al tuo agente: il gateway non accetta il mio token. Controlla la configurazione.
            """,
        toolNotAllowed: """
            Non posso chiedere al tuo agente: il gateway non lo permette ancora. La configurazione lo risolve.
            """,
        forbidden: "Le regole del gateway non hanno lasciato passare la tua domanda.",
        refused: "Il gateway ha rifiutato la domanda, quindi non è stata fatta.",
        notAGateway: "All'indirizzo del gateway non risponde il tuo agente. Controlla la configurazione.",
        rateLimited: """
            Il gateway è troppo occupato e la tua domanda non è stata fatta. Riprova fra un minuto.
            """,
        unreachable: "Adesso non raggiungo il tuo agente, la tua domanda non è stata fatta.",
        tooManyOpenFiles: """
            Non posso chiedere al tuo agente: il mio computer ha troppi file e troppe connessioni aperte. \
            Riprova fra un attimo.
            """,
        queuedTooLong: """
            Una domanda precedente è durata troppo, la tua non è stata fatta. Per favore, chiedi di nuovo.
            """,
        notWrittenDown: "Non ho potuto salvarla su disco, quindi non è stata fatta.",
        timedOut: "Non ho ancora una risposta. Forse l'agente ci sta ancora lavorando.",
        uncertain: """
            Ho passato la tua domanda, ma non trovo la risposta. Non so se è stata eseguita.
            """,
        sessionLost:
            "L'agente ha perso la nostra conversazione e ne ha iniziata un'altra. Non so se la tua richiesta è stata eseguita.",
        agentFailed: "L'agente si è fermato con un errore prima di avere una risposta.",
        approvalAsked: "Serve la tua approvazione. Ho inviato una richiesta al tuo telefono.",
        approvalBySpeech: """
            Serve la tua approvazione e non raggiungo il tuo telefono. Di': approvo o rifiuto.
            """,
        approvalDenied: "Hai detto di no, quindi non è stato fatto nulla.",
        approvalTimedOut: "L'approvazione non è arrivata in tempo, non è stato fatto nulla.",
        approvalFailed: "Non ho potuto ottenere la tua approvazione, non è stato fatto nulla.",
        deniedBySpeech: "Va bene, non è stato fatto nulla.",
        testPushSent: "Ho inviato una notifica di prova al tuo telefono.",
        testPushNoDevice: "Nessun telefono è configurato per le notifiche.",
        testPushFailed: "Non è stato possibile inviare la notifica di prova.",
        textTimedOut: """
            Il tuo messaggio è arrivato all'agente, ma non c'è ancora una risposta. Forse ci sta ancora lavorando.
            """,
        textUncertain: "Ho passato il tuo messaggio, ma non trovo la risposta. Non so se è stato eseguito.",
        textAgentFailed: """
            Il tuo messaggio è arrivato all'agente, ma si è fermato con un errore prima di avere una risposta.
            """,
        textNotApproved: """
            Serve l'approvazione del proprietario, che non è arrivata: non è stato fatto nulla.
            """,
        stopWords: ["stop", "basta", "fermati", "annulla", "lascia perdere", "lascia stare"],
        approveWords: ["approvo", "approvare", "approvato"],
        denyWords: ["rifiuto", "rifiutare", "rifiutato"])
}
