extension Phrases {
    static let dutch = Phrases(
        greeting: "Hallo, wat kan ik voor je doen?",
        greetingByName: "Hallo {name}, wat kan ik voor je doen?",
        fillers: [
            "Een ogenblik, ik ben ermee bezig.", "Ik ben er nog mee bezig.", "Dit duurt iets langer.",
            "Ik wacht nog op het antwoord.", "Nog steeds bezig, bedankt voor je geduld.",
        ],
        queueFillers: ["De andere vraag wordt nog beantwoord.", "Die van jou is nog niet gesteld."],
        tryingFillers: ["Ik blijf het proberen.", "Nog een ogenblik, ik blijf het proberen."],
        approvalFillers: ["Ik wacht op je toestemming.", "Kijk alsjeblieft op je telefoon en beslis."],
        waitingBehindOther: "Eerst wordt een andere vraag beantwoord.",
        waitingBehindEarlier: "De agent is nog bezig met je vorige vraag.",
        gatewayUnavailable: "Je agent antwoordt nu niet. Ik blijf het proberen, een ogenblik.",
        emptyQuestion: "Ik heb de vraag niet verstaan.",
        nothingSpeakable: "In het antwoord staat niets dat voorgelezen kan worden.",
        saidInFull: "Dat is alles.",
        lateAnswer: "Over je vraag van daarnet: {answer}",
        stoppedWaiting: "Goed, ik wacht niet langer.",
        acknowledged: "Oké.",
        stopping: "Ik moet hier stoppen, voordat het antwoord er is.",
        restarting: "Ik word opnieuw gestart. Vraag het me over een paar seconden nog eens.",
        interrupted: """
            Ik werd onderbroken voordat het antwoord kwam. Ik weet niet of je vraag is uitgevoerd.
            """,
        callHasEnded: "Het gesprek is voorbij, ik heb de vraag niet doorgegeven.",
        noReply: "De agent is klaar zonder iets te zeggen.",
        unauthorized: """
            Ik kan je agent niets vragen: de gateway accepteert mijn token niet. Controleer de configuratie.
            """,
        toolNotAllowed: """
            Ik kan je agent niets vragen: de gateway staat het nog niet toe. De configuratie lost dat op.
            """,
        forbidden: "De regels van de gateway lieten je vraag niet door.",
        refused: "De gateway weigerde de vraag, dus die is niet gesteld.",
        notAGateway:
            "Wat op het adres van de gateway antwoordt, is niet je agent. Controleer de configuratie.",
        rateLimited:
            "De gateway heeft het te druk, je vraag is niet gesteld. Probeer het over een minuut opnieuw.",
        unreachable: "Ik kan je agent nu niet bereiken, dus je vraag is niet gesteld.",
        tooManyOpenFiles: """
            Ik kan je agent niets vragen: op mijn computer zijn te veel bestanden en verbindingen open. \
            Probeer het zo meteen opnieuw.
            """,
        queuedTooLong:
            "Een eerdere vraag duurde te lang, die van jou is niet gesteld. Vraag het alsjeblieft opnieuw.",
        notWrittenDown: "Ik kon hem niet op schijf bewaren, dus hij is niet gesteld.",
        timedOut: "Ik heb nog geen antwoord. Misschien is de agent er nog mee bezig.",
        uncertain: """
            Ik heb je vraag doorgegeven, maar ik vind geen antwoord. Ik weet niet of die is uitgevoerd.
            """,
        sessionLost:
            "De agent is ons gesprek kwijtgeraakt en begon een nieuw. Ik weet niet of je vraag is uitgevoerd.",
        agentFailed: "De agent stopte met een fout voordat er een antwoord was.",
        approvalAsked: "Hiervoor heb ik je toestemming nodig. Ik heb een verzoek naar je telefoon gestuurd.",
        approvalBySpeech: """
            Hiervoor heb ik je toestemming nodig, en ik kan je telefoon niet bereiken. Zeg: toestaan of weigeren.
            """,
        approvalDenied: "Je hebt nee gezegd, dus er is niets gedaan.",
        approvalTimedOut: "De toestemming kwam niet op tijd, dus er is niets gedaan.",
        approvalFailed: "Ik kon je toestemming niet krijgen, dus er is niets gedaan.",
        deniedBySpeech: "Goed, er is niets gedaan.",
        testPushSent: "Ik heb een testmelding naar je telefoon gestuurd.",
        testPushNoDevice: "Er is geen telefoon ingesteld voor meldingen.",
        testPushFailed: "De testmelding kon niet worden verstuurd.",
        textTimedOut: """
            Je bericht heeft de agent bereikt, maar er is nog geen antwoord. Misschien is hij er nog mee bezig.
            """,
        textUncertain: """
            Ik heb je bericht doorgegeven, maar ik vind geen antwoord. Ik weet niet of het is uitgevoerd.
            """,
        textAgentFailed: """
            Je bericht heeft de agent bereikt, maar hij stopte met een fout voordat er een antwoord was.
            """,
        textNotApproved: """
            Hiervoor is toestemming van de eigenaar nodig. Die kwam niet, dus er is niets gedaan.
            """,
        stopWords: ["stop", "hou op", "annuleer", "annuleren", "laat maar", "vergeet het"],
        approveWords: ["toestaan", "toegestaan", "ik sta het toe"],
        denyWords: ["weigeren", "geweigerd", "ik weiger"])
}
