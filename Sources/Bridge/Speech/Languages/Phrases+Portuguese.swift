extension Phrases {
    static let portuguese = Phrases(
        greeting: "Olá, em que posso ajudar?",
        greetingByName: "Olá {name}, em que posso ajudar?",
        fillers: [
            "Um momento, já estou a tratar disso.", "Ainda estou a trabalhar nisso.",
            "Isto demora um pouco mais.",
            "Ainda espero pela resposta.", "Continuo a tratar disso, obrigado pela paciência.",
        ],
        queueFillers: ["A outra pergunta ainda está a ser respondida.", "A sua ainda não foi feita."],
        tryingFillers: ["Continuo a tentar.", "Mais um momento, continuo a tentar."],
        approvalFillers: ["Espero pela sua aprovação.", "Por favor, olhe para o telefone e decida."],
        waitingBehindOther: "Primeiro está a ser respondida outra pergunta.",
        waitingBehindEarlier: "O agente ainda está a terminar a sua pergunta anterior.",
        gatewayUnavailable: "O seu agente não responde agora. Continuo a tentar, um momento.",
        emptyQuestion: "Não percebi a pergunta.",
        nothingSpeakable: "A resposta não tem nada que se possa ler.",
        saidInFull: "É tudo.",
        lateAnswer: "Sobre a sua pergunta anterior: {answer}",
        stoppedWaiting: "Está bem, deixo de esperar.",
        acknowledged: "Está bem.",
        stopping: "Tenho de parar aqui, antes de chegar a resposta.",
        restarting: "Estou reiniciando. Pergunte-me de novo em alguns segundos.",
        interrupted: "Fui interrompido antes da resposta. Não sei se o seu pedido foi executado.",
        callHasEnded: "A chamada terminou, por isso não transmiti a pergunta.",
        noReply: "O agente terminou sem dizer nada.",
        unauthorized: """
            Não posso perguntar ao seu agente: o gateway não aceita o meu token. Verifique a configuração.
            """,
        toolNotAllowed: """
            Não posso perguntar ao seu agente: o gateway ainda não o permite. A configuração resolve isso.
            """,
        forbidden: "As regras do gateway não deixaram passar a sua pergunta.",
        refused: "O gateway recusou a pergunta, por isso não foi feita.",
        notAGateway: "O que responde no endereço do gateway não é o seu agente. Verifique a configuração.",
        rateLimited:
            "O gateway está demasiado ocupado e a sua pergunta não foi feita. Tente daqui a um minuto.",
        unreachable: "Agora não consigo chegar ao seu agente, por isso a sua pergunta não foi feita.",
        tooManyOpenFiles: """
            Não posso perguntar ao seu agente: o meu computador tem demasiados ficheiros e ligações \
            abertos. Tente de novo daqui a pouco.
            """,
        queuedTooLong:
            "Uma pergunta anterior demorou demasiado e a sua não foi feita. Pergunte outra vez, por favor.",
        notWrittenDown: "Não consegui guardá-la no disco, por isso não foi feita.",
        timedOut: "Ainda não tenho resposta. O agente pode ainda estar a trabalhar nisso.",
        uncertain: "Passei a sua pergunta, mas não encontro a resposta. Não sei se foi executada.",
        sessionLost:
            "O agente perdeu a nossa conversa e começou outra. Não sei se o seu pedido foi executado.",
        agentFailed: "O agente parou com um erro antes de ter uma resposta.",
        approvalAsked: "Isto precisa da sua aprovação. Enviei um pedido para o seu telefone.",
        approvalBySpeech: """
            Isto precisa da sua aprovação e não consigo chegar ao seu telefone. Diga: aprovo ou recuso.
            """,
        approvalDenied: "Disse que não, por isso nada foi feito.",
        approvalTimedOut: "A aprovação não chegou a tempo, por isso nada foi feito.",
        approvalFailed: "Não consegui obter a sua aprovação, por isso nada foi feito.",
        deniedBySpeech: "Está bem, nada foi feito.",
        testPushSent: "Enviei uma notificação de teste para o seu telefone.",
        testPushNoDevice: "Nenhum telefone está configurado para notificações.",
        testPushFailed: "Não foi possível enviar a notificação de teste.",
        textTimedOut: """
            A sua mensagem chegou ao agente, mas ainda não há resposta. Ele pode ainda estar a trabalhar nisso.
            """,
        textUncertain: "Passei a sua mensagem, mas não encontro a resposta. Não sei se foi executada.",
        textAgentFailed: """
            A sua mensagem chegou ao agente, mas ele parou com um erro antes de ter uma resposta.
            """,
        textNotApproved: """
            Isto precisa da aprovação do proprietário, que não chegou, por isso nada foi feito.
            """,
        stopWords: ["para", "pare", "chega", "cancela", "cancelar", "esquece", "deixa estar", "não importa"],
        approveWords: ["aprovo", "aprovar", "aprovado"],
        denyWords: ["recuso", "recusar", "recusado"])
}
