//! What is known of a day: the rules painted for every way in which the calendar lets the day be read, and where the
//! ways differ, unknown.

use super::day::Reading;
use super::paint::{Mark, Minutes, paint};
use super::rule::{Kind, Rule};
use super::{Calendar, DAY, Fact, Hours, Read};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;
use std::sync::Arc;

/// Why nobody knows whether a place is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unsure {
    /// The text can't be read.
    Unreadable,
    /// The hours themselves say unknown, or only a comment says when.
    Said,
    /// It opened, and no closing time is written.
    OpenEnd,
    /// Public holidays of that year are not announced, or not in the calendar.
    PublicHolidays,
    /// Nobody has confirmed when schools are closed.
    SchoolHolidays,
    /// A weekend day that is worked, as a weekday on which the place rests.
    WorkedDay,
    /// The hours follow the sun, and the calendar has no place to watch it from.
    Sun,
}

/// A part of a day in which the same holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its first minute, after midnight.
    pub from: u16,
    /// The minute after its last; 1440 is midnight.
    pub to: u16,
    /// What holds.
    pub kind: Kind,
    /// Why it is unknown, where it is.
    pub unsure: Option<Unsure>,
    /// What the hours add in words.
    pub comment: Option<Arc<str>>,
}

impl Piece {
    /// Whether the same holds, with the same reason and words.
    pub(super) fn same(&self, other: &Self) -> bool {
        (self.kind, self.unsure, &self.comment) == (other.kind, other.unsure, &other.comment)
    }
}

/// One way to read a day, and what makes it one of several.
#[derive(Debug, Clone, Copy)]
struct Way {
    reading: Reading,
    because: Option<Unsure>,
}

impl Hours {
    /// What holds through a day, from midnight to midnight without a gap.
    #[must_use]
    pub fn day(&self, date: NaiveDate, calendar: &Calendar) -> Vec<Piece> {
        let Some(read) = &self.read else {
            let unsure = Some(Unsure::Unreadable);
            return vec![Piece { from: 0, to: DAY, kind: Kind::Unknown, unsure, comment: None }];
        };
        read.day(date, calendar)
    }
}

impl Read {
    fn day(&self, date: NaiveDate, calendar: &Calendar) -> Vec<Piece> {
        let today = self.ways(date, calendar);
        let before = date.pred_opt().map(|date| self.ways(date, calendar)).unwrap_or_default();
        let because = today.iter().chain(&before).find_map(|way| way.because).unwrap_or(Unsure::Said);
        let before: Vec<_> = before.into_iter().map(|way| Some(way.reading)).collect();
        let before = if before.is_empty() { vec![None] } else { before };
        let mut painted = Vec::with_capacity(today.len() * before.len());
        for day in &today {
            painted.extend(before.iter().map(|before| paint(&self.rules, day.reading, *before, calendar)));
        }
        self.agreed(&painted, because)
    }

    /// Every way to read a date that makes a difference to these hours.
    fn ways(&self, date: NaiveDate, calendar: &Calendar) -> Vec<Way> {
        let plain = Reading { date, weekday: date.weekday(), public: false, school: false };
        let mut ways = vec![Way { reading: plain, because: None }];
        if let Some(weekday) = calendar.worked_as(date) {
            ways = self.weekdays(plain, weekday, calendar);
        }
        if self.may_differ(false, date, calendar) {
            doubled(&mut ways, Unsure::PublicHolidays, |reading| reading.public = true);
        }
        if self.may_differ(true, date, calendar) {
            doubled(&mut ways, Unsure::SchoolHolidays, |reading| reading.school = true);
        }
        ways
    }

    /// A day that is worked: as the weekday it stands for, and also as it is where the place rests on that weekday but
    /// would be open.
    fn weekdays(&self, plain: Reading, weekday: Weekday, calendar: &Calendar) -> Vec<Way> {
        let worked = Reading { weekday, ..plain };
        let rests = |reading| {
            let minutes = paint(&self.rules, reading, None, calendar);
            minutes.iter().all(|mark| mark.kind(&self.rules) == Kind::Closed)
        };
        if rests(worked) && !rests(plain) {
            return [worked, plain].map(|reading| Way { reading, because: Some(Unsure::WorkedDay) }).into();
        }
        vec![Way { reading: worked, because: None }]
    }

    /// Whether a holiday that these hours name, on a date or so many days before, may or may not be one.
    fn may_differ(&self, school: bool, date: NaiveDate, calendar: &Calendar) -> bool {
        let holidays = self.rules.iter().flat_map(|rule| rule.days.named_holidays());
        holidays.filter(|holiday| holiday.school == school).any(|holiday| {
            let meant = date.checked_sub_signed(chrono::TimeDelta::days(holiday.later)).unwrap_or(date);
            let fact = if school { calendar.school_holiday(meant) } else { calendar.public_holiday(meant) };
            fact == Fact::Unsure
        })
    }

    /// The pieces of a day; where the ways differ it is unknown.
    fn agreed(&self, painted: &[Box<Minutes>], because: Unsure) -> Vec<Piece> {
        let Some((first, others)) = painted.split_first() else { return Vec::new() };
        if others.is_empty() {
            return self.pieces(first.chunk_by(|one, next| one == next).map(|run| (run.len(), Some(run[0]))), because);
        }
        let kind = |mark: Mark| mark.kind(&self.rules);
        let seen = first.iter().enumerate().map(|(at, mark)| {
            let same = others.iter().all(|other| kind(other[at]) == kind(*mark));
            same.then_some(*mark)
        });
        let seen: Vec<Option<Mark>> = seen.collect();
        self.pieces(seen.chunk_by(|one, next| one == next).map(|run| (run.len(), run[0])), because)
    }

    /// Pieces from runs of minutes; a run without a mark is one that nobody knows.
    fn pieces(&self, runs: impl Iterator<Item = (usize, Option<Mark>)>, because: Unsure) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut from = 0;
        for (length, mark) in runs {
            let to = from + length as u16;
            push(&mut pieces, self.piece(from..to, mark, because));
            from = to;
        }
        pieces
    }

    fn piece(&self, minutes: std::ops::Range<u16>, mark: Option<Mark>, because: Unsure) -> Piece {
        let rule = |number: u16| -> &Rule { &self.rules[usize::from(number)] };
        let (kind, unsure, comment) = match mark {
            None => (Kind::Unknown, Some(because), None),
            Some(Mark::Nothing) => (Kind::Closed, None, None),
            Some(Mark::OpenEnd(number)) => (Kind::Unknown, Some(Unsure::OpenEnd), rule(number).comment.clone()),
            Some(Mark::Sun(number)) => (Kind::Unknown, Some(Unsure::Sun), rule(number).comment.clone()),
            Some(Mark::Rule(number)) => {
                let kind = rule(number).kind;
                (kind, (kind == Kind::Unknown).then_some(Unsure::Said), rule(number).comment.clone())
            }
        };
        Piece { from: minutes.start, to: minutes.end, kind, unsure, comment }
    }
}

/// Adds a piece, or lengthens the last where the same holds.
fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    match pieces.last_mut().filter(|last| last.same(&piece)) {
        Some(last) => last.to = piece.to,
        None => pieces.push(piece),
    }
}

fn doubled(ways: &mut Vec<Way>, because: Unsure, other: fn(&mut Reading)) {
    for place in 0..ways.len() {
        ways[place].because.get_or_insert(because);
        let mut way = ways[place];
        other(&mut way.reading);
        ways.push(way);
    }
}
