//! Opening hours: when somebody is there.
//!
//! Hours are written in the [syntax of OpenStreetMap](https://wiki.openstreetmap.org/wiki/Key:opening_hours). What can't
//! be read stays as it was written, and its state is unknown. What can be read means what `opening_hours.js`, the
//! reference implementation, makes of it; `docs/HOURS.md` has how often both agree and where they differ.
//!
//! **Holidays** are data (`data/calendar.toml`). `PH` is every day off that the State Council announces for a year, with the
//! weekends in it; `SH` is 寒假 and 暑假. Where nobody has announced a year or nobody has confirmed the school holidays,
//! both answers are tried: where they agree the state is known all the same, else it is unknown, and says why.
//!
//! **Days worked in exchange** (调休上班) have no syntax. On such a Saturday or Sunday a place keeps the hours of the weekday
//! that it stands for, as schools and offices do: `Mo-Fr 08:00-18:00` is open, a school's reading room for weekends is
//! not. Years, months, dates, weeks and the nth weekday of a month name the date itself and stay. Where a place would
//! be open on the weekend but rests on that weekday (`Tu-Su`, worked as a Monday), nobody knows which it keeps, and the
//! state is unknown where the two differ. The notices do not say which weekday each day stands for; the calendar takes
//! the days given up in their order.
//!
//! All times are the county's, to the minute. A minute belongs to what begins with it: at 17:00 `08:00-17:00` is closed.

mod book;
mod calendar;
mod day;
mod known;
mod paint;
mod read;
mod rule;
mod state;
#[cfg(test)]
mod tests;
mod token;
mod told;
mod week;

pub use book::{HoursBook, HoursId, Kinds, OpenNow, Told};
pub use calendar::{Calendar, Fact, Notes, Source};
pub use known::{Piece, Unsure};
pub use read::{MAX_CHARS, Misread};
pub use rule::{Kind, SunEvent};
pub use state::{CLOSES_SOON_MINUTES, Change, LOOK_AHEAD_DAYS, State};
pub use told::{ChangeTold, DayTold, Opening, SpanTold, WeekTold, minute};
pub use week::{DayRow, DaySpan, Week};

use rule::Rule;
use std::sync::Arc;

/// Minutes of a day.
pub(crate) const DAY: u16 = 24 * 60;

/// Opening hours, read once; a copy costs nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    written: Arc<str>,
    read: Option<Arc<Read>>,
}

/// What an expression came to.
#[derive(Debug, PartialEq, Eq)]
struct Read {
    rules: Vec<Rule>,
    names_public: bool,
    names_school: bool,
}

impl Hours {
    /// Reads hours. A text that is no expression stays as it is; its state is unknown. Cost: microseconds.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let read = read::rules(text).ok().map(|rules| Arc::new(Read::of(rules)));
        Self { written: text.into(), read }
    }

    /// Why a text is no expression, for the person who writes it.
    pub fn check(text: &str) -> Result<(), Misread> {
        read::rules(text).map(drop)
    }

    /// The text, as it was written.
    #[must_use]
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether it could be read.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.read.is_some()
    }

    /// Whether it says what holds on public holidays.
    #[must_use]
    pub fn names_public_holidays(&self) -> bool {
        self.read.as_ref().is_some_and(|read| read.names_public)
    }

    /// Whether it says what holds in school holidays.
    #[must_use]
    pub fn names_school_holidays(&self) -> bool {
        self.read.as_ref().is_some_and(|read| read.names_school)
    }
}

impl Read {
    fn of(rules: Vec<Rule>) -> Self {
        let names = |school| rules.iter().flat_map(|rule| rule.days.named_holidays()).any(|one| one.school == school);
        Self { names_public: names(false), names_school: names(true), rules }
    }
}
