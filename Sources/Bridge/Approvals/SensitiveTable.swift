/// The standard lines of ``SensitiveRequests``: what cannot be undone, costs money, opens something, or speaks in the
/// owner's name.
enum SensitiveTable {
    static let lines =
        ["delete", "erase", "wipe", "destroy", "purge", "get rid of"].map { "\($0): \(things)" }
        + ["pay", "transfer", "wire", "send", "withdraw", "donate", "refund", "invest"].map {
            "\($0): \(money)"
        }
        + ["buy", "purchase", "order", "sell", "book"].map { "\($0): \(goods)" }
        + ["restart", "reboot", "shut down", "stop", "kill", "disable", "turn off"].map {
            "\($0): \(machines)"
        }
        + ["deploy", "publish", "merge", "push", "force push", "roll back"].map { "\($0): \(code)" }
        + ["reveal", "share", "tell", "give"].map { "\($0): password, passcode, pin, api key, card number" }
        + [
            "remove: \(holdings)", "drop: database, table, volume, index",
            "change: \(secrets)", "reset: \(secrets)", "rotate: \(secrets)",
            "send: email, e-mail, mail, document, file, contract, password",
            "forward: email, e-mail, mail, document, file, message",
            "reply: email, e-mail, mail",
            "post: tweet, photo, picture, video, status, comment, announcement",
            "cancel: subscription, order, booking, reservation, flight, hotel, contract, account, membership",
            "cancel: it, them, that",
            "close: account, position",
            "unlock: door, gate, garage, car, house, safe, phone",
            "open: door, gate, garage, safe",
            "disarm: alarm, system",
            "grant: access, permission, role, admin",
            "revoke: access, permission, role, key, token, certificate",
            "install: software, package, program, update, extension, plugin",
            "uninstall: software, package, program, app, extension, plugin",
            "format: disk, drive, card, partition",
            "sign: contract, document, agreement, lease",
            "accept: contract, offer, agreement, terms",
            "run: command, script, migration",
            "execute: command, script, migration",
            "charge: card, account, customer",
        ]

    private static let things =
        holdings + ", document, photo, picture, video, email, mail, message, note, contact, data, record, "
        + "everything, event, meeting, appointment, task, list, history, project, e-mail, "
        + "it, them, those, these, all, that"
    private static let holdings = """
        file, folder, directory, account, user, repo, repository, branch, database, table, backup, disk, drive, server, \
        machine, volume, website, site, domain, key, certificate
        """
    private static let money = """
        money, bill, invoice, rent, fine, fee, deposit, cash, dollar, euro, pound, fund, payment, salary, bitcoin, \
        crypto, stock, share, bucks, it
        """
    private static let goods = """
        ticket, flight, hotel, room, trip, stock, share, bitcoin, crypto, domain, subscription, gift card, phone, \
        laptop, computer, car, house, food, pizza, taxi, ride
        """
    private static let machines = """
        server, machine, computer, service, router, alarm, firewall, gateway, database, production, container, process, \
        heating, camera
        """
    private static let code = """
        code, branch, build, site, website, app, production, pull request, main, master, package, commit, article, post, \
        release
        """
    private static let secrets = """
        password, passcode, pin, api key, key, token, secret, credential, permission, security question, bank account, \
        billing address, shipping address
        """
}
