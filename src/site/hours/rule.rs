//! The parts of an expression, as they were read.

use chrono::Weekday;
use serde::Serialize;
use std::sync::Arc;

/// What a rule says of the times that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody is there.
    Open,
    /// Nobody is there.
    Closed,
    /// The expression itself leaves it open, or only a comment says when.
    Unknown,
}

/// How a rule stands to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// `;`: on the days that it names, what stood before is gone.
    Replaces,
    /// `,`: what stood before stays.
    Adds,
    /// `||`: only where nothing before is open or unknown.
    Fallback,
}

/// One rule: days, times of day, and what holds then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub join: Join,
    pub days: Days,
    /// None at all: the whole day.
    pub spans: Vec<Span>,
    pub kind: Kind,
    pub comment: Option<Arc<str>>,
}

/// Which days: one of each list that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Days {
    pub years: Vec<Years>,
    pub dates: Vec<Dates>,
    pub weeks: Vec<Weeks>,
    /// Holidays written before weekdays without a comma: `SH Mo-Fr` are the working days of school holidays.
    pub holidays: Vec<Holiday>,
    pub weekdays: Vec<Days7>,
}

impl Days {
    /// Whether any day is meant.
    pub fn every(&self) -> bool {
        let Self { years, dates, weeks, holidays, weekdays } = self;
        years.is_empty() && dates.is_empty() && weeks.is_empty() && holidays.is_empty() && weekdays.is_empty()
    }

    /// All holidays that are named, wherever they stand.
    pub fn named_holidays(&self) -> impl Iterator<Item = &Holiday> {
        let among = self.weekdays.iter().filter_map(|day| if let Days7::Holiday(one) = day { Some(one) } else { None });
        self.holidays.iter().chain(among)
    }
}

/// `2025`, `2025-2027`, `2025+`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Years {
    pub from: i32,
    pub to: i32,
}

/// A day of a month, with or without its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthDay {
    pub year: Option<i32>,
    pub month: u32,
    pub day: u32,
}

/// `Apr-Oct`, or `Oct 1-7` and `Dec 20-Jan 5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    Months { from: u32, to: u32 },
    Days { from: MonthDay, to: MonthDay },
}

/// Weeks by ISO 8601, every so many from the first on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weeks {
    pub from: u32,
    pub to: u32,
    pub every: u32,
}

/// What stands in a list of weekdays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Days7 {
    /// `Mo-Fr`, also over the end of the week.
    Range(Weekday, Weekday),
    /// `Sa[1]`, `Su[-1]`, and so many days later: the nth of its month, from the end where it is negative.
    Nth { weekday: Weekday, nth: i8, later: i64 },
    /// `PH` or `SH` in a list with commas.
    Holiday(Holiday),
}

/// `PH`, `SH`, and so many days later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holiday {
    pub school: bool,
    pub later: i64,
}

/// A time of day, minutes after midnight or after what the sun does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    At(u16),
    Sun { event: SunEvent, later: i32 },
}

/// What the sun does; dawn and dusk are civil.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SunEvent {
    /// The sun is 6° below the horizon, before it rises.
    Dawn,
    /// It rises.
    Sunrise,
    /// It sets.
    Sunset,
    /// The sun is 6° below the horizon, after it set.
    Dusk,
}

impl SunEvent {
    /// When it is about, minutes after midnight: enough to tell which of two times is meant to come first.
    pub(super) const fn usual(self) -> i32 {
        match self {
            Self::Dawn => 330,
            Self::Sunrise => 360,
            Self::Sunset => 1080,
            Self::Dusk => 1110,
        }
    }
}

/// Times of a day; the end may lie on the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Time,
    pub end: End,
}

/// How a span ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `10:00-14:00`.
    At(Time),
    /// `17:00+`: nobody says when.
    Open,
    /// `10:00-14:00+`: then, or later.
    AtOrLater(Time),
}
