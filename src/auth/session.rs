//! How long somebody stays signed in, and how long a link works.

use chrono::{DateTime, TimeDelta, Utc};

/// A session ends when it was not used for so long.
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// A session ends so long after it began.
pub const ABSOLUTE: TimeDelta = TimeDelta::days(30);
/// How long an invitation works.
pub const INVITATION: TimeDelta = TimeDelta::days(7);
/// How long a link for a new password works.
pub const RESET: TimeDelta = TimeDelta::days(1);

/// Whether a session that began and was last used then is still one.
#[must_use]
pub fn is_alive(begun: DateTime<Utc>, seen: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - seen < IDLE && now - begun < ABSOLUTE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_it_rests_and_when_it_is_old() {
        let begun = DateTime::from_timestamp(1_700_000_000, 0).expect("a time");
        let alive = |seen: TimeDelta, now: TimeDelta| is_alive(begun, begun + seen, begun + now);
        assert!(alive(TimeDelta::zero(), TimeDelta::zero()));
        assert!(alive(TimeDelta::zero(), IDLE - TimeDelta::seconds(1)) && !alive(TimeDelta::zero(), IDLE));
        let last = ABSOLUTE - TimeDelta::hours(1);
        assert!(alive(last, ABSOLUTE - TimeDelta::seconds(1)) && !alive(last, ABSOLUTE));
    }
}
