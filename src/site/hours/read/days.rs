//! Which days: years, months and dates, weeks, weekdays and holidays.

use super::super::rule::{Dates, Days, Days7, Holiday, MonthDay, Weeks, Years};
use super::super::token::Token;
use super::names::{holiday, month, weekday};
use super::{Read, Reader};

/// Years that can be meant.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

impl Reader {
    pub(super) fn year(&self, ahead: usize) -> Option<i32> {
        match self.peek(ahead) {
            Some(Token::Number { value, digits: 4 }) if YEARS.contains(value) => i32::try_from(*value).ok(),
            _ => None,
        }
    }

    /// `2025 Oct 1`: the year belongs to the date. `2025 Oct` is a year and a month.
    pub(super) fn dated_year(&self) -> bool {
        self.year(0).is_some() && self.word(1, month).is_some() && self.day_number(2)
    }

    /// Whether a number may be a day of a month.
    fn day_number(&self, ahead: usize) -> bool {
        self.number(ahead).is_some_and(|day| day <= 31) && self.no_hours(ahead)
    }

    /// Whether a number is not the hours of a time. In `Aug 31: 08:00` the first colon is for reading.
    pub(super) fn no_hours(&self, ahead: usize) -> bool {
        let hours = self.sign(ahead + 1, ':') && self.number(ahead + 2).is_some() && !self.sign(ahead + 3, ':');
        self.number(ahead).is_some() && !hours
    }

    pub(super) fn years(&mut self) -> Read<Vec<Years>> {
        let mut years = Vec::new();
        loop {
            let Some(from) = self.year(0) else { return self.refuse("a year") };
            self.place += 1;
            let to = if self.take('+') {
                i32::MAX
            } else if self.take('-') {
                let Some(to) = self.year(0).filter(|to| *to > from) else { return self.refuse("a later year") };
                self.place += 1;
                to
            } else {
                from
            };
            years.push(Years { from, to });
            if !(self.sign(0, ',') && self.year(1).is_some()) {
                return Ok(years);
            }
            self.place += 1;
        }
    }

    pub(super) fn dates(&mut self) -> Read<Vec<Dates>> {
        let mut dates = Vec::new();
        loop {
            self.dates_of_one(&mut dates)?;
            let more = self.sign(0, ',') && (self.word(1, month).is_some() || self.year(1).is_some());
            if !more {
                break;
            }
            self.place += 1;
        }
        let with_year = |one: &Dates| matches!(one, Dates::Days { from: MonthDay { year: Some(_), .. }, .. });
        let years = dates.iter().filter(|one| with_year(one)).count();
        if years == 0 || years == dates.len() { Ok(dates) } else { self.refuse("a year for each date or for none") }
    }

    /// `Apr-Oct`, or the dates that follow one month: `Oct 1-7,15`, `Dec 20-Jan 5`.
    fn dates_of_one(&mut self, dates: &mut Vec<Dates>) -> Read<()> {
        let year = self.year(0);
        self.place += usize::from(year.is_some());
        let Some(from) = self.word(0, month) else { return self.refuse("a month") };
        self.place += 1;
        if !self.day_number(0) {
            if year.is_some() {
                return self.refuse("a day of the month");
            }
            let range = self.sign(0, '-').then(|| self.word(1, month)).flatten();
            self.place += if range.is_some() { 2 } else { 0 };
            if self.day_number(0) {
                return self.refuse("days for both months or for none");
            }
            dates.push(Dates::Months { from, to: range.unwrap_or(from) });
            return Ok(());
        }
        loop {
            let start = self.month_day(year, from)?;
            let end = if self.take('-') { self.second_day(start)? } else { start };
            let backwards = (end.year, end.month, end.day) < (start.year, start.month, start.day);
            if backwards && (start.year.is_some() || start.month == end.month) {
                return self.refuse("a later day");
            }
            dates.push(Dates::Days { from: start, to: end });
            if end.month != from || !(self.sign(0, ',') && self.day_number(1)) {
                return Ok(());
            }
            self.place += 1;
        }
    }

    fn month_day(&mut self, year: Option<i32>, month: u32) -> Read<MonthDay> {
        let longest = match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        if !self.day_number(0) {
            return self.refuse("a day of the month");
        }
        Ok(MonthDay { year, month, day: self.within(1..=longest, "a day of the month")? })
    }

    /// The end of a range of days: `7`, `Jan 5`, or `2026 Jan 5` where the start has a year.
    fn second_day(&mut self, start: MonthDay) -> Read<MonthDay> {
        let year = self.year(0);
        self.place += usize::from(year.is_some());
        let Some(month) = self.word(0, month) else {
            return if year.is_some() { self.refuse("a month") } else { self.month_day(start.year, start.month) };
        };
        self.place += 1;
        if year.is_some() != start.year.is_some() {
            return self.refuse("a year for both days or for none");
        }
        self.month_day(year, month)
    }

    pub(super) fn weeks(&mut self) -> Read<Vec<Weeks>> {
        let mut weeks = Vec::new();
        self.place += 1;
        loop {
            let from = self.within(1..=53, "a week from 1 to 53")?;
            let to = if self.take('-') { self.within(from..=53, "a later week")? } else { from };
            let every = if to > from && self.take('/') { self.within(2..=26, "every 2 to 26 weeks")? } else { 1 };
            weeks.push(Weeks { from, to, every });
            if !(self.sign(0, ',') && self.no_hours(1)) {
                return Ok(weeks);
            }
            self.place += 1;
        }
    }

    /// Weekdays and holidays. Holidays before weekdays without a comma narrow them; in one list with them they add.
    pub(super) fn weekdays(&mut self, days: &mut Days) -> Read<bool> {
        let list = self.weekday_list()?;
        let holidays: Vec<Holiday> =
            list.iter().filter_map(|day| if let Days7::Holiday(one) = day { Some(*one) } else { None }).collect();
        if let ([only], 1) = (&*holidays, list.len()) {
            let only = *only;
            return self.wide(&mut days.holidays, vec![only]);
        }
        if !days.holidays.is_empty() && !holidays.is_empty() {
            return self.refuse("weekdays");
        }
        self.wide(&mut days.weekdays, list)
    }

    fn weekday_list(&mut self) -> Read<Vec<Days7>> {
        let mut list = Vec::new();
        loop {
            if let Some(school) = self.word(0, holiday) {
                self.place += 1;
                let later = if school { 0 } else { self.days_later(1)? };
                list.push(Days7::Holiday(Holiday { school, later }));
            } else {
                self.weekday_item(&mut list)?;
            }
            let more = self.word(1, weekday).is_some() || self.word(1, holiday).is_some();
            if !(self.sign(0, ',') && more) {
                return Ok(list);
            }
            self.place += 1;
        }
    }

    fn weekday_item(&mut self, list: &mut Vec<Days7>) -> Read<()> {
        let Some(from) = self.word(0, weekday) else { return self.refuse("a weekday") };
        self.place += 1;
        if self.take('[') {
            let numbers = self.nth()?;
            let later = self.days_later(6)?;
            list.extend(numbers.into_iter().map(|nth| Days7::Nth { weekday: from, nth, later }));
            return Ok(());
        }
        let mut to = from;
        if self.take('-') {
            let Some(end) = self.word(0, weekday) else { return self.refuse("a weekday") };
            self.place += 1;
            to = end;
        }
        list.push(Days7::Range(from, to));
        Ok(())
    }

    /// `1,3-4,-1]`.
    fn nth(&mut self) -> Read<Vec<i8>> {
        let wanted = "a number from 1 to 5 or from -5 to -1";
        let mut numbers = Vec::new();
        loop {
            let back = self.take('-');
            let from = self.within(1..=5, wanted)?;
            let to = if !back && self.take('-') { self.within(from..=5, wanted)? } else { from };
            numbers.extend((from..=to).map(|nth| if back { -(nth as i8) } else { nth as i8 }));
            if self.take(']') {
                return Ok(numbers);
            }
            if !self.take(',') {
                return self.refuse("]");
            }
        }
    }

    /// `+1 day`, `-2 days`, not more than `most`; 0 where nothing of it stands.
    fn days_later(&mut self, most: u32) -> Read<i64> {
        let back = self.sign(0, '-');
        let day = |word: &str| matches!(word, "day" | "days").then_some(());
        if !(back || self.sign(0, '+')) || self.number(1).is_none() || self.word(2, day).is_none() {
            return Ok(0);
        }
        self.place += 1;
        let days = i64::from(self.within(1..=most, "1 day, or up to 6 from the nth weekday")?);
        self.place += 1;
        Ok(if back { -days } else { days })
    }
}
