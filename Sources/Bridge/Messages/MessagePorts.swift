/// What texts and reports need from outside, beside what all have.
package struct MessagePorts {
    package var settings: MessageSettings
    package let texts: any Spool<TextEntry>
    package let reports: any Spool<ReportEntry>
    /// Seconds; ages must outlive the process.
    package let unixTime: () -> Int

    package init(
        settings: MessageSettings, texts: any Spool<TextEntry>, reports: any Spool<ReportEntry>,
        unixTime: @escaping () -> Int
    ) {
        (self.settings, self.texts, self.reports) = (settings, texts, reports)
        self.unixTime = unixTime
    }
}
