//! The one place that asks the machine for the time, so that everything else can be given a date.

use chrono::{FixedOffset, NaiveDate, SecondsFormat, Utc};

/// China has one time zone, eight hours ahead of UTC, and no summer time.
const CHINA_OFFSET_SECS: i32 = 8 * 3600;

/// Today's date where the county is.
#[must_use]
pub fn today() -> NaiveDate {
    let utc = Utc::now();
    FixedOffset::east_opt(CHINA_OFFSET_SECS).map_or(utc.date_naive(), |zone| utc.with_timezone(&zone).date_naive())
}

/// This instant in RFC 3339, UTC, to the millisecond.
#[must_use]
pub fn now_rfc3339() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true)
}
