//! The one place that asks the machine for the time, so that everything else can be given a date.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, Utc};

/// China has one time zone, eight hours ahead of UTC, and no summer time.
const CHINA_OFFSET_SECS: i32 = 8 * 3600;

/// Today's date where the county is.
#[must_use]
pub fn today() -> NaiveDate {
    let utc = Utc::now();
    FixedOffset::east_opt(CHINA_OFFSET_SECS).map_or(utc.date_naive(), |zone| utc.with_timezone(&zone).date_naive())
}

/// This instant.
#[must_use]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// This instant in RFC 3339, UTC, to the millisecond.
#[must_use]
pub fn now_rfc3339() -> String {
    rfc3339(Utc::now())
}

/// An instant in RFC 3339, UTC, to the millisecond: always as long, so that texts sort as instants do.
#[must_use]
pub fn rfc3339(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The instant that a text of [`rfc3339`] tells.
#[must_use]
pub fn from_rfc3339(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.to_utc())
}

/// The instant so many days ago, written the same way.
#[must_use]
pub fn ago(days: i64) -> String {
    (Utc::now() - chrono::Duration::days(days)).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The instant so many days ago, as [`now_rfc3339`] writes it.
#[must_use]
pub fn days_ago_rfc3339(days: u64) -> String {
    let now = Utc::now();
    let then = now.checked_sub_days(chrono::Days::new(days)).unwrap_or(now);
    then.to_rfc3339_opts(SecondsFormat::Millis, true)
}
