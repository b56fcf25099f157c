/// What texts and reports need from outside, beside what all have.
package struct MessagePorts {
    package var settings: MessageSettings
    package let texts: any Spool<TextEntry>
    package let reports: any Spool<ReportEntry>
    /// Ages must outlive the process.
    package let clock: SteadyClock

    package init(
        settings: MessageSettings, texts: any Spool<TextEntry>, reports: any Spool<ReportEntry>,
        clock: SteadyClock
    ) {
        (self.settings, self.texts, self.reports) = (settings, texts, reports)
        self.clock = clock
    }
}
