//! Whether somebody is there at a given time.

use chrono::NaiveDateTime;
use opening_hours::localization::Country;
use opening_hours::{Context, OpeningHours, RuleKind};

/// Whether hours in OSM syntax say open at a local time; nothing where they leave it unknown or do not read. Public
/// holidays are those of China, the statutory days only: no days that are worked in exchange, no school holidays.
#[must_use]
pub fn is_open(hours: &str, at: NaiveDateTime) -> Option<bool> {
    let hours: OpeningHours = hours.parse().ok()?;
    let hours = hours.with_context(Context::default().with_holidays(Country::CN.holidays()));
    match hours.state(at).0 {
        RuleKind::Open => Some(true),
        RuleKind::Closed => Some(false),
        RuleKind::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_open_closed_or_unknown() {
        let at = |text: &str| text.parse().expect("a time");
        for (hours, time, open) in [
            ("Mo-Fr 08:00-18:00", "2025-06-02T08:00:00", Some(true)),
            ("Mo-Fr 08:00-18:00", "2025-06-02T18:00:00", Some(false)),
            ("Mo-Fr 08:00-18:00", "2025-06-01T10:00:00", Some(false)),
            ("Tu-Su 09:00-17:00; PH off", "2025-10-01T10:00:00", Some(false)),
            ("Tu-Su 09:00-17:00; PH off", "2025-10-15T10:00:00", Some(true)),
            ("24/7", "2025-01-01T03:00:00", Some(true)),
            ("Mo-Su 09:00-17:00 unknown", "2025-10-15T10:00:00", None),
            ("every day", "2025-10-15T10:00:00", None),
        ] {
            assert_eq!(is_open(hours, at(time)), open, "{hours} {time}");
        }
    }
}
