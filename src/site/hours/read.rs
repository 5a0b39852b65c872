//! The grammar: from text to rules, or where it can't be read.
//!
//! It follows the [specification](https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification) and reads, beyond
//! it, only what has one meaning: full-width signs as a Chinese keyboard writes them, the longer dashes, names of days and
//! months in full or in small letters, hours of one digit. What has two readings is refused: times without minutes, a
//! closing hour before the opening one that was written without its 0 (`8:00-5:00` may be 17:00), `PH,SH Mo-Fr`, a
//! kind of selector twice in one rule, a date with a year in a list with dates without. Refused too, because nobody
//! writes them for places of children, are points in time, intervals (`/`) but for weeks, and Easter.

use super::rule::{Dates, Days, Days7, End, Holiday, Join, Kind, MonthDay, Rule, Span, SunEvent, Time, Weeks, Years};
use super::token::{Token, tokens};
use chrono::Weekday;

/// Longer texts are no person's opening hours.
pub const MAX_CHARS: usize = 400;
/// The last minute that a span may reach: the end of the next day.
const TWO_DAYS: u16 = 2 * super::DAY;
/// Years that can be meant.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

/// Why a text is no expression of opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// It is too long.
    #[error("{found} characters, at most {MAX_CHARS} are read")]
    Long {
        /// How many it has.
        found: usize,
    },
    /// It has nothing in it, or a rule has nothing in it.
    #[error("a rule without anything in it, character {at}")]
    Empty {
        /// Where, in characters from 0.
        at: usize,
    },
    /// A sign or a word that does not belong there.
    #[error("character {at} does not belong there: wanted {wanted}")]
    Unexpected {
        /// Where, in characters from 0.
        at: usize,
        /// What would have been understood.
        wanted: &'static str,
    },
}

/// All rules of an expression, in order.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, Misread> {
    let found = text.chars().count();
    if found > MAX_CHARS {
        return Err(Misread::Long { found });
    }
    let mut reader = Reader { tokens: tokens(text)?, place: 0, end: found };
    let mut rules = vec![reader.rule(Join::Replaces)?];
    while let Some(join) = reader.separator()? {
        rules.push(reader.rule(join)?);
    }
    Ok(rules)
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    place: usize,
    end: usize,
}

type Read<T> = Result<T, Misread>;

impl Reader {
    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.place + ahead).map(|(_, token)| token)
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead) == Some(&Token::Sign(sign))
    }

    fn number(&self, ahead: usize) -> Option<u32> {
        if let Some(Token::Number { value, .. }) = self.peek(ahead) { Some(*value) } else { None }
    }

    fn word<T>(&self, ahead: usize, meaning: fn(&str) -> Option<T>) -> Option<T> {
        if let Some(Token::Word(word)) = self.peek(ahead) { meaning(word) } else { None }
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.sign(0, sign);
        self.place += usize::from(found);
        found
    }

    fn at(&self) -> usize {
        self.tokens.get(self.place).map_or(self.end, |(at, _)| *at)
    }

    fn refuse<T>(&self, wanted: &'static str) -> Read<T> {
        Err(Misread::Unexpected { at: self.at(), wanted })
    }

    /// A number within bounds.
    fn within(&mut self, bounds: std::ops::RangeInclusive<u32>, wanted: &'static str) -> Read<u32> {
        match self.number(0).filter(|number| bounds.contains(number)) {
            Some(number) => {
                self.place += 1;
                Ok(number)
            }
            None => self.refuse(wanted),
        }
    }

    /// What joins the next rule to those before; nothing at the end, where one `;` too many does no harm.
    fn separator(&mut self) -> Read<Option<Join>> {
        let (join, signs) = match self.peek(0) {
            None => return Ok(None),
            Some(Token::Sign(';')) => (Join::Replaces, 1),
            Some(Token::Sign(',')) => (Join::Adds, 1),
            Some(Token::Sign('|')) if self.sign(1, '|') => (Join::Fallback, 2),
            Some(_) => return self.refuse("; or , or || or the end"),
        };
        self.place += signs;
        Ok((join != Join::Replaces || self.peek(0).is_some()).then_some(join))
    }

    fn rule(&mut self, join: Join) -> Read<Rule> {
        let start = self.place;
        let mut rule = Rule { join, days: Days::default(), spans: Vec::new(), kind: Kind::Open, comment: None };
        while self.selector(&mut rule)? {}
        let timed = !rule.spans.is_empty();
        let said = self.modifier(&mut rule);
        if self.place == start {
            return match self.peek(0) {
                None => Err(Misread::Empty { at: self.at() }),
                Some(_) => self.refuse("days, times of day, off or a comment"),
            };
        }
        if self.sign(0, ',') && !timed && !said {
            return self.refuse("times of day before a comma");
        }
        Ok(rule)
    }

    /// The next selector of a rule; nothing when there is none.
    fn selector(&mut self, rule: &mut Rule) -> Read<bool> {
        if self.number(0) == Some(24) && self.sign(1, '/') && self.number(2) == Some(7) {
            let always = Span { from: Time::At(0), end: End::At(Time::At(super::DAY)) };
            self.place += 3;
            return self.once(&mut rule.spans, vec![always]);
        }
        if self.word(0, weekday).is_some() || self.word(0, holiday).is_some() {
            return self.weekdays(&mut rule.days);
        }
        if self.word(0, month).is_some() || self.dated_year() {
            let dates = self.dates()?;
            return self.wide(&mut rule.days.dates, dates);
        }
        if self.year(0).is_some() {
            let years = self.years()?;
            return self.wide(&mut rule.days.years, years);
        }
        if self.word(0, |word| (word == "week").then_some(())).is_some() {
            let weeks = self.weeks()?;
            return self.wide(&mut rule.days.weeks, weeks);
        }
        if self.number(0).is_some() || self.sign(0, '(') || self.word(0, sun_event).is_some() {
            let spans = self.spans()?;
            return self.once(&mut rule.spans, spans);
        }
        Ok(false)
    }

    /// Fills a list that must not have been filled by an earlier selector.
    fn once<T>(&self, list: &mut Vec<T>, found: Vec<T>) -> Read<bool> {
        if !list.is_empty() {
            return self.refuse("one selector of a kind");
        }
        *list = found;
        Ok(true)
    }

    /// The same for what says which days, after which a colon may stand for readability.
    fn wide<T>(&mut self, list: &mut Vec<T>, found: Vec<T>) -> Read<bool> {
        self.take(':');
        self.once(list, found)
    }

    fn year(&self, ahead: usize) -> Option<i32> {
        match self.peek(ahead) {
            Some(Token::Number { value, digits: 4 }) if YEARS.contains(value) => i32::try_from(*value).ok(),
            _ => None,
        }
    }

    /// `2025 Oct 1`: the year belongs to the date. `2025 Oct` is a year and a month.
    fn dated_year(&self) -> bool {
        self.year(0).is_some() && self.word(1, month).is_some() && self.day_number(2)
    }

    /// Whether a number is a day of a month: not the hours of a time. In `Aug 31: 08:00` the first colon is for reading.
    fn day_number(&self, ahead: usize) -> bool {
        let hours = self.sign(ahead + 1, ':') && self.number(ahead + 2).is_some() && !self.sign(ahead + 3, ':');
        self.number(ahead).is_some_and(|day| day <= 31) && !hours
    }

    fn years(&mut self) -> Read<Vec<Years>> {
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

    fn dates(&mut self) -> Read<Vec<Dates>> {
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

    fn weeks(&mut self) -> Read<Vec<Weeks>> {
        let mut weeks = Vec::new();
        self.place += 1;
        loop {
            let from = self.within(1..=53, "a week from 1 to 53")?;
            let to = if self.take('-') { self.within(from..=53, "a later week")? } else { from };
            let every = if to > from && self.take('/') { self.within(2..=26, "every 2 to 26 weeks")? } else { 1 };
            weeks.push(Weeks { from, to, every });
            if !(self.sign(0, ',') && self.number(1).is_some() && !self.sign(2, ':')) {
                return Ok(weeks);
            }
            self.place += 1;
        }
    }

    /// Weekdays and holidays. Holidays before weekdays without a comma narrow them; in one list with them they add.
    fn weekdays(&mut self, days: &mut Days) -> Read<bool> {
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

    fn spans(&mut self) -> Read<Vec<Span>> {
        let mut spans = Vec::new();
        loop {
            spans.push(self.span()?);
            let more = (self.number(1).is_some() && self.sign(2, ':'))
                || self.sign(1, '(')
                || self.word(1, sun_event).is_some();
            if !(self.sign(0, ',') && more) {
                return Ok(spans);
            }
            self.place += 1;
        }
    }

    fn span(&mut self) -> Read<Span> {
        let (from, _) = self.time(super::DAY - 1)?;
        if self.take('+') {
            return Ok(Span { from, end: End::Open });
        }
        if !self.take('-') {
            return self.refuse("- and when it ends, or +");
        }
        let (mut to, digits) = self.time(TWO_DAYS)?;
        if let (Time::At(start), Time::At(end)) = (from, to)
            && end <= start
        {
            if digits == 1 && end < start {
                return self.refuse("an end with two digits, such as 17:00 or 05:00");
            }
            to = Time::At(end + super::DAY);
        }
        if self.sign(0, '/') {
            return self.refuse("no interval");
        }
        Ok(Span { from, end: if self.take('+') { End::AtOrLater(to) } else { End::At(to) } })
    }

    /// A time of day up to `last`, with how many digits the hour was written; 2 for what the sun does.
    fn time(&mut self, last: u16) -> Read<(Time, usize)> {
        if let Some(event) = self.word(0, sun_event) {
            self.place += 1;
            return Ok((Time::Sun { event, later: 0 }, 2));
        }
        if self.take('(') {
            let time = self.shifted_sun()?;
            return Ok((time, 2));
        }
        let digits = if let Some(Token::Number { digits, .. }) = self.peek(0) { *digits } else { 0 };
        if digits > 2 {
            return self.refuse("hours");
        }
        let minutes = self.clock()?;
        if minutes > last {
            self.place -= 3;
            return self.refuse("a time within the day");
        }
        Ok((Time::At(minutes), digits))
    }

    /// `sunset-01:30)`.
    fn shifted_sun(&mut self) -> Read<Time> {
        let Some(event) = self.word(0, sun_event) else { return self.refuse("dawn, sunrise, sunset or dusk") };
        self.place += 1;
        let back = self.take('-');
        if !back && !self.take('+') {
            return self.refuse("+ or -");
        }
        let minutes = i32::from(self.clock()?);
        if !self.take(')') {
            return self.refuse(")");
        }
        Ok(Time::Sun { event, later: if back { -minutes } else { minutes } })
    }

    /// `08:30` in minutes.
    fn clock(&mut self) -> Read<u16> {
        let hours = self.within(0..=48, "hours")?;
        if !self.take(':') {
            return self.refuse(":");
        }
        if !matches!(self.peek(0), Some(Token::Number { digits: 2, .. })) {
            return self.refuse("minutes with two digits");
        }
        let minutes = self.within(0..=59, "minutes")?;
        Ok((hours * 60 + minutes) as u16)
    }

    /// `off`, `unknown "by appointment"`, `"by appointment"`; a comment alone leaves open when it holds.
    fn modifier(&mut self, rule: &mut Rule) -> bool {
        let kind = self.word(0, kind);
        self.place += usize::from(kind.is_some());
        if let Some(Token::Comment(comment)) = self.peek(0) {
            rule.comment = Some(comment.as_str().into());
            self.place += 1;
        }
        let said = kind.is_some() || rule.comment.is_some();
        if said {
            rule.kind = kind.unwrap_or(Kind::Unknown);
        }
        said
    }
}

fn kind(word: &str) -> Option<Kind> {
    match word {
        "open" => Some(Kind::Open),
        "off" | "closed" => Some(Kind::Closed),
        "unknown" => Some(Kind::Unknown),
        _ => None,
    }
}

/// Whether a holiday is one of schools.
fn holiday(word: &str) -> Option<bool> {
    match word {
        "ph" => Some(false),
        "sh" => Some(true),
        _ => None,
    }
}

fn sun_event(word: &str) -> Option<SunEvent> {
    match word {
        "dawn" => Some(SunEvent::Dawn),
        "sunrise" => Some(SunEvent::Sunrise),
        "sunset" => Some(SunEvent::Sunset),
        "dusk" => Some(SunEvent::Dusk),
        _ => None,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "mo" | "mon" | "monday" => Some(Weekday::Mon),
        "tu" | "tue" | "tuesday" => Some(Weekday::Tue),
        "we" | "wed" | "wednesday" => Some(Weekday::Wed),
        "th" | "thu" | "thursday" => Some(Weekday::Thu),
        "fr" | "fri" | "friday" => Some(Weekday::Fri),
        "sa" | "sat" | "saturday" => Some(Weekday::Sat),
        "su" | "sun" | "sunday" => Some(Weekday::Sun),
        _ => None,
    }
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];
    let found = MONTHS.iter().position(|name| *name == word || (word.len() == 3 && name.starts_with(word)))?;
    u32::try_from(found + 1).ok()
}
