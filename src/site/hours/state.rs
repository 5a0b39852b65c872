//! Whether a place is open at a time, and when that changes.

use super::{Calendar, DAY, Hours, Kind, Piece, Unsure};
use chrono::{Days, NaiveDateTime, TimeDelta, Timelike};
use std::sync::Arc;

/// How many days ahead the next change is looked for; after that it is left out.
pub const LOOK_AHEAD_DAYS: u64 = 14;
/// How many minutes before it closes a place closes soon.
pub const CLOSES_SOON_MINUTES: i64 = 30;

/// When something changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The minute, on the county's clock.
    pub at: NaiveDateTime,
    /// Whether the place then closes, or opens; else nobody knows from then on.
    pub sure: bool,
}

/// Whether a place is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is.
    Open {
        /// Until when; nothing where that is more than [`LOOK_AHEAD_DAYS`] away.
        until: Option<Change>,
        /// Whether it surely closes within [`CLOSES_SOON_MINUTES`].
        closes_soon: bool,
        /// What the hours add.
        comment: Option<Arc<str>>,
    },
    /// It is not.
    Closed {
        /// When it opens, or when nobody knows any more; nothing where that is more than [`LOOK_AHEAD_DAYS`] away.
        opens: Option<Change>,
        /// What the hours add.
        comment: Option<Arc<str>>,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        why: Unsure,
        /// From when on it is known again; within [`LOOK_AHEAD_DAYS`].
        until: Option<NaiveDateTime>,
        /// What the hours add, such as "by appointment".
        comment: Option<Arc<str>>,
    },
}

impl Hours {
    /// Whether the place is open at a time on the county's clock, and when that changes. Cost: microseconds a day that
    /// is looked at, at most [`LOOK_AHEAD_DAYS`].
    #[must_use]
    pub fn state(&self, at: NaiveDateTime, calendar: &Calendar) -> State {
        let now = self.piece_at(at, calendar);
        let change = self.change(at, now.kind, calendar);
        let comment = now.comment;
        let sure = change.map(|(at, kind)| Change { at, sure: kind != Kind::Unknown });
        match now.kind {
            Kind::Open => {
                let soon = |change: Change| change.sure && change.at - at <= TimeDelta::minutes(CLOSES_SOON_MINUTES);
                State::Open { until: sure, closes_soon: sure.is_some_and(soon), comment }
            }
            Kind::Closed => State::Closed { opens: sure, comment },
            Kind::Unknown => {
                let why = now.unsure.unwrap_or(Unsure::Said);
                State::Unknown { why, until: sure.map(|change| change.at), comment }
            }
        }
    }

    /// The same in one word, for filters.
    #[must_use]
    pub fn kind(&self, at: NaiveDateTime, calendar: &Calendar) -> Kind {
        self.piece_at(at, calendar).kind
    }

    fn piece_at(&self, at: NaiveDateTime, calendar: &Calendar) -> Piece {
        let minute = minute_of(at);
        let found = self.day(at.date(), calendar).into_iter().find(|piece| piece.to > minute);
        let nothing = Piece { from: 0, to: DAY, kind: Kind::Closed, unsure: None, comment: None };
        found.unwrap_or(nothing)
    }

    /// When another kind of state begins, and which.
    fn change(&self, at: NaiveDateTime, kind: Kind, calendar: &Calendar) -> Option<(NaiveDateTime, Kind)> {
        self.read.as_ref()?;
        let (date, minute) = (at.date(), minute_of(at));
        for ahead in 0..=LOOK_AHEAD_DAYS {
            let date = date.checked_add_days(Days::new(ahead))?;
            let pieces = self.day(date, calendar);
            let later = pieces.into_iter().find(|piece| (ahead > 0 || piece.from > minute) && piece.kind != kind);
            if let Some(piece) = later {
                let midnight = date.and_hms_opt(0, 0, 0)?;
                return Some((midnight + TimeDelta::minutes(piece.from.into()), piece.kind));
            }
        }
        None
    }
}

fn minute_of(at: NaiveDateTime) -> u16 {
    (at.hour() * 60 + at.minute()) as u16
}
