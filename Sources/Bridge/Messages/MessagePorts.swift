/// What texts and reports need from outside, beside what all have.
package struct MessagePorts {
    package var settings: MessageSettings
    package let texts: any Spool<TextEntry>
    package let reports: any Spool<ReportEntry>
    /// nil where an answer is lost when its caller hangs up.
    package let hangups: (any Spool<HangupEntry>)?
    /// Ages must outlive the process.
    package let clock: SteadyClock

    package init(
        settings: MessageSettings, texts: any Spool<TextEntry>, reports: any Spool<ReportEntry>,
        hangups: (any Spool<HangupEntry>)? = nil, clock: SteadyClock
    ) {
        (self.settings, self.texts, self.reports) = (settings, texts, reports)
        (self.hangups, self.clock) = (hangups, clock)
    }
}
