/// What texts and reports need from outside.
package struct MessagePorts {
    package let settings: MessageSettings
    package let requests: ServiceRequests
    package let texts: any Spool<TextEntry>
    package let reports: any Spool<ReportEntry>
    /// Seconds; ages must outlive the process.
    package let unixTime: () -> Int

    package init(
        settings: MessageSettings, requests: ServiceRequests, texts: any Spool<TextEntry>,
        reports: any Spool<ReportEntry>, unixTime: @escaping () -> Int
    ) {
        (self.settings, self.requests, self.texts) = (settings, requests, texts)
        (self.reports, self.unixTime) = (reports, unixTime)
    }
}
