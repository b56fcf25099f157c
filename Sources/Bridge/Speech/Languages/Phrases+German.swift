extension Phrases {
    static let german = Phrases(
        greeting: "Hallo, was kann ich für dich tun?",
        greetingByName: "Hallo {name}, was kann ich für dich tun?",
        fillers: [
            "Einen Moment, ich bin dran.", "Ich bin noch dabei.", "Das dauert ein wenig länger.",
            "Ich warte noch auf die Antwort.", "Noch immer dabei, danke für deine Geduld.",
        ],
        queueFillers: ["Die andere Frage wird noch beantwortet.", "Deine ist noch nicht gestellt."],
        tryingFillers: ["Ich versuche es weiter.", "Noch einen Moment, ich versuche es weiter."],
        approvalFillers: ["Ich warte auf deine Freigabe.", "Bitte schau auf dein Telefon und entscheide."],
        waitingBehindOther: "Zuerst wird eine andere Frage beantwortet.",
        waitingBehindEarlier: "Der Agent ist noch mit deiner vorigen Frage beschäftigt.",
        gatewayUnavailable: "Dein Agent antwortet gerade nicht. Ich versuche es weiter, einen Moment.",
        emptyQuestion: "Ich habe die Frage nicht verstanden.",
        nothingSpeakable: "In der Antwort ist nichts, was man vorlesen kann.",
        saidInFull: "Das ist alles.",
        lateAnswer: "Zu deiner Frage von vorhin: {answer}",
        stoppedWaiting: "Gut, ich warte nicht länger.",
        acknowledged: "Okay.",
        stopping: "Ich muss hier aufhören, bevor die Antwort da ist.",
        restarting: "Ich starte gerade neu. Frag mich bitte in ein paar Sekunden noch einmal.",
        interrupted: """
            Ich wurde unterbrochen, bevor die Antwort kam. Ob deine Frage ausgeführt wurde, weiß ich nicht.
            """,
        callHasEnded: "Der Anruf ist zu Ende, ich habe die Frage nicht weitergegeben.",
        noReply: "Der Agent ist fertig, ohne etwas zu sagen.",
        unauthorized: """
            Ich kann deinen Agenten nicht fragen: Das Gateway nimmt mein Token nicht an. Bitte prüfe das Setup.
            """,
        toolNotAllowed: """
            Ich kann deinen Agenten nicht fragen: Das Gateway erlaubt es noch nicht. Das Setup behebt das.
            """,
        forbidden: "Die Regeln des Gateways haben deine Frage nicht durchgelassen.",
        refused: "Das Gateway hat die Frage abgelehnt, sie wurde nicht gestellt.",
        notAGateway:
            "Was unter der Adresse des Gateways antwortet, ist nicht dein Agent. Bitte prüfe das Setup.",
        rateLimited: """
            Das Gateway ist überlastet, deine Frage wurde nicht gestellt. Bitte versuche es in einer Minute noch einmal.
            """,
        unreachable: "Ich erreiche deinen Agenten gerade nicht, deine Frage wurde nicht gestellt.",
        tooManyOpenFiles: """
            Ich kann deinen Agenten nicht fragen: Auf meinem Rechner sind zu viele Dateien und \
            Verbindungen offen. Bitte versuche es gleich noch einmal.
            """,
        queuedTooLong: """
            Eine frühere Frage hat zu lange gedauert, deine wurde nicht gestellt. Bitte frag noch einmal.
            """,
        notWrittenDown: "Ich konnte sie nicht auf der Platte festhalten, darum wurde sie nicht gestellt.",
        timedOut: "Ich habe noch keine Antwort. Vielleicht arbeitet der Agent noch daran.",
        uncertain: """
            Ich habe deine Frage weitergegeben, finde aber keine Antwort. Ob sie ausgeführt wurde, weiß ich nicht.
            """,
        sessionLost:
            "Der Agent hat unser Gespräch verloren und ein neues begonnen. Ich weiß nicht, ob deine Frage ausgeführt wurde.",
        agentFailed: "Der Agent ist mit einem Fehler stehen geblieben, bevor er eine Antwort hatte.",
        approvalAsked: "Dafür brauche ich deine Freigabe. Ich habe eine Anfrage an dein Telefon geschickt.",
        approvalBySpeech: """
            Dafür brauche ich deine Freigabe, und ich erreiche dein Telefon nicht. Sag: freigeben oder ablehnen.
            """,
        approvalDenied: "Du hast abgelehnt, es wurde nichts getan.",
        approvalTimedOut: "Es kam rechtzeitig keine Freigabe, es wurde nichts getan.",
        approvalFailed: "Ich konnte deine Freigabe nicht bekommen, es wurde nichts getan.",
        deniedBySpeech: "Gut, es wurde nichts getan.",
        testPushSent: "Ich habe eine Testnachricht an dein Telefon geschickt.",
        testPushNoDevice: "Es ist kein Telefon für Benachrichtigungen eingerichtet.",
        testPushFailed: "Die Testnachricht konnte nicht gesendet werden.",
        textTimedOut: """
            Deine Nachricht hat den Agenten erreicht, aber es gibt noch keine Antwort. Vielleicht arbeitet er noch daran.
            """,
        textUncertain: """
            Ich habe deine Nachricht weitergegeben, finde aber keine Antwort. Ob sie ausgeführt wurde, weiß ich nicht.
            """,
        textAgentFailed: """
            Deine Nachricht hat den Agenten erreicht, aber er ist mit einem Fehler stehen geblieben.
            """,
        textNotApproved: "Dafür braucht es die Freigabe des Besitzers. Sie kam nicht, es wurde nichts getan.",
        stopWords: ["stopp", "stop", "halt", "vergiss es", "abbrechen", "egal", "schon gut"],
        approveWords: ["freigeben", "freigegeben", "ich gebe es frei"],
        denyWords: ["ablehnen", "abgelehnt", "ich lehne ab"])
}
