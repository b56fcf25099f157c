extension Phrases {
    static let spanish = Phrases(
        greeting: "Hola, ¿en qué puedo ayudarte?",
        greetingByName: "Hola {name}, ¿en qué puedo ayudarte?",
        fillers: [
            "Un momento, estoy en ello.", "Sigo en ello.", "Esto tarda un poco más.",
            "Todavía espero la respuesta.", "Sigo en ello, gracias por tu paciencia.",
        ],
        queueFillers: ["La otra pregunta todavía se está contestando.", "La tuya aún no se ha hecho."],
        tryingFillers: ["Lo sigo intentando.", "Un momento más, lo sigo intentando."],
        approvalFillers: ["Espero tu aprobación.", "Por favor, mira tu teléfono y decide."],
        waitingBehindOther: "Primero se está contestando otra pregunta.",
        waitingBehindEarlier: "El agente todavía está terminando tu pregunta anterior.",
        gatewayUnavailable: "Tu agente no contesta ahora mismo. Lo sigo intentando, un momento.",
        emptyQuestion: "No he entendido la pregunta.",
        nothingSpeakable: "En la respuesta no hay nada que se pueda leer.",
        saidInFull: "Eso es todo.",
        lateAnswer: "Sobre tu pregunta de antes: {answer}",
        stoppedWaiting: "De acuerdo, dejo de esperar.",
        acknowledged: "Vale.",
        stopping: "Tengo que parar aquí, antes de que llegue la respuesta.",
        restarting: "Me estoy reiniciando. Pregúntame otra vez en unos segundos.",
        interrupted: "Me interrumpieron antes de la respuesta. No sé si tu pregunta se llevó a cabo.",
        callHasEnded: "La llamada ha terminado, así que no transmití la pregunta.",
        noReply: "El agente terminó sin decir nada.",
        unauthorized: """
            No puedo preguntar a tu agente: la pasarela no acepta mi token. Por favor, revisa la configuración.
            """,
        toolNotAllowed: """
            No puedo preguntar a tu agente: la pasarela todavía no lo permite. La configuración lo arregla.
            """,
        forbidden: "Las reglas de la pasarela no dejaron pasar tu pregunta.",
        refused: "La pasarela rechazó la pregunta, así que no se hizo.",
        notAGateway: """
            Lo que contesta en la dirección de la pasarela no es tu agente. Por favor, revisa la configuración.
            """,
        rateLimited: """
            La pasarela está demasiado ocupada y tu pregunta no se hizo. Inténtalo otra vez en un minuto.
            """,
        unreachable: "Ahora mismo no llego a tu agente, así que tu pregunta no se hizo.",
        tooManyOpenFiles: """
            No puedo preguntar a tu agente: mi ordenador tiene demasiados archivos y conexiones abiertos. \
            Inténtalo otra vez en un momento.
            """,
        queuedTooLong:
            "Una pregunta anterior tardó demasiado y la tuya no se hizo. Por favor, pregunta otra vez.",
        notWrittenDown: "No pude guardarla en el disco, así que no se hizo.",
        timedOut: "Todavía no tengo respuesta. Puede que el agente siga trabajando en ello.",
        uncertain: "Pasé tu pregunta, pero no encuentro la respuesta. No sé si se llevó a cabo.",
        sessionLost:
            "El agente perdió nuestra conversación y empezó otra. No sé si tu petición se llevó a cabo.",
        agentFailed: "El agente se detuvo con un error antes de tener una respuesta.",
        approvalAsked: "Esto necesita tu aprobación. He enviado una solicitud a tu teléfono.",
        approvalBySpeech: """
            Esto necesita tu aprobación y no llego a tu teléfono. Di: apruebo o rechazo.
            """,
        approvalDenied: "Has dicho que no, así que no se hizo nada.",
        approvalTimedOut: "La aprobación no llegó a tiempo, así que no se hizo nada.",
        approvalFailed: "No pude obtener tu aprobación, así que no se hizo nada.",
        deniedBySpeech: "De acuerdo, no se hizo nada.",
        testPushSent: "He enviado una notificación de prueba a tu teléfono.",
        testPushNoDevice: "No hay ningún teléfono configurado para notificaciones.",
        testPushFailed: "No se pudo enviar la notificación de prueba.",
        textTimedOut: """
            Tu mensaje llegó al agente, pero todavía no hay respuesta. Puede que siga trabajando en ello.
            """,
        textUncertain: "Pasé tu mensaje, pero no encuentro la respuesta. No sé si se llevó a cabo.",
        textAgentFailed: """
            Tu mensaje llegó al agente, pero se detuvo con un error antes de tener una respuesta.
            """,
        textNotApproved: """
            Esto necesita la aprobación del propietario, que no llegó, así que no se hizo nada.
            """,
        stopWords: ["para", "basta", "cancela", "cancelar", "olvídalo", "déjalo", "no importa"],
        approveWords: ["apruebo", "aprobar", "aprobado", "lo apruebo"],
        denyWords: ["rechazo", "rechazar", "rechazado", "lo rechazo"])
}
