//! Whether a rule names a day.

use super::rule::{Dates, Days, Days7, Holiday, MonthDay, Weeks};
use super::{Calendar, Fact};
use chrono::{Datelike, Days as DayCount, NaiveDate, TimeDelta, Weekday};

/// One way to read a date where the calendar leaves more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub date: NaiveDate,
    /// The weekday that is lived: on a day worked in exchange that of the day it stands for.
    pub weekday: Weekday,
    /// What a date is taken for whose public holidays nobody has announced yet.
    pub public: bool,
    /// What a date is taken for on which schools may be closed.
    pub school: bool,
}

impl Days {
    /// Whether a day is among them.
    pub fn contain(&self, day: Reading, calendar: &Calendar) -> bool {
        let date = day.date;
        let any = |empty: bool, found: bool| empty || found;
        any(self.years.is_empty(), self.years.iter().any(|years| (years.from..=years.to).contains(&date.year())))
            && any(self.holidays.is_empty(), self.holidays.iter().any(|one| one.holds(day, calendar)))
            && any(self.dates.is_empty(), self.dates.iter().any(|dates| dates.contain(date)))
            && any(self.weeks.is_empty(), self.weeks.iter().any(|weeks| weeks.contain(date)))
            && any(self.weekdays.is_empty(), self.weekdays.iter().any(|one| one.holds(day, calendar)))
    }
}

impl Holiday {
    fn holds(self, day: Reading, calendar: &Calendar) -> bool {
        let Some(date) = day.date.checked_sub_signed(TimeDelta::days(self.later)) else { return false };
        let (fact, taken) = if self.school {
            (calendar.school_holiday(date), day.school)
        } else {
            (calendar.public_holiday(date), day.public)
        };
        match fact {
            Fact::Yes => true,
            Fact::No => false,
            Fact::Unsure => taken,
        }
    }
}

impl Dates {
    fn contain(self, date: NaiveDate) -> bool {
        match self {
            Self::Months { from, to } if from <= to => (from..=to).contains(&date.month()),
            Self::Months { from, to } => date.month() >= from || date.month() <= to,
            Self::Days { from, to } => between(date, from, to),
        }
    }
}

/// Whether a date lies between two days; those without a year may span the new year. The 29th of February stands for
/// the end of that month in ranges, and for itself alone: `Feb 29` is no day of other years.
fn between(date: NaiveDate, from: MonthDay, to: MonthDay) -> bool {
    let number = |day: MonthDay| (day.year.unwrap_or_else(|| date.year()), day.month, day.day);
    let today = (date.year(), date.month(), date.day());
    if number(from) <= number(to) {
        (number(from)..=number(to)).contains(&today)
    } else {
        today >= number(from) || today <= number(to)
    }
}

impl Weeks {
    fn contain(self, date: NaiveDate) -> bool {
        let week = date.iso_week().week();
        (self.from..=self.to).contains(&week) && (week - self.from).is_multiple_of(self.every)
    }
}

impl Days7 {
    fn holds(&self, day: Reading, calendar: &Calendar) -> bool {
        match self {
            Self::Range(from, to) => {
                let since = |weekday: Weekday| weekday.days_since(*from);
                since(day.weekday) <= since(*to)
            }
            Self::Nth { weekday, nth, later } => is_nth(day.date, *weekday, *nth, *later),
            Self::Holiday(holiday) => holiday.holds(day, calendar),
        }
    }
}

/// Whether so many days before a date was the nth of a weekday in its month. It names a date, so that a day worked in
/// exchange does not move it.
fn is_nth(date: NaiveDate, weekday: Weekday, nth: i8, later: i64) -> bool {
    let Some(date) = date.checked_sub_signed(TimeDelta::days(later)) else { return false };
    if date.weekday() != weekday {
        return false;
    }
    if nth > 0 {
        return date.day0() / 7 + 1 == u32::from(nth.unsigned_abs());
    }
    let weeks = u64::from(nth.unsigned_abs());
    let in_month = |weeks: u64| date.checked_add_days(DayCount::new(7 * weeks)).map(|day| day.month());
    in_month(weeks - 1) == Some(date.month()) && in_month(weeks) != Some(date.month())
}
