//! The hours of seven days, for a table.

use super::{Calendar, DAY, Hours, Kind, Notes, Piece, Unsure};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::sync::Arc;

/// Seven days, from a date on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week<'a> {
    /// The days in order.
    pub days: Vec<DayRow<'a>>,
    /// Whether the hours say what holds on public holidays. Where they do not and a day is one, whoever shows the
    /// table should say so: in China many places keep other hours then, whatever the syntax says.
    pub names_public_holidays: bool,
    /// The same of school holidays.
    pub names_school_holidays: bool,
}

/// One day of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRow<'a> {
    /// The date.
    pub date: NaiveDate,
    /// Its weekday.
    pub weekday: Weekday,
    /// When it is open or nobody knows, in order; none where it is closed all day.
    pub spans: Vec<DaySpan>,
    /// What the hours add where they are closed, such as 馆内整理.
    pub closed_comment: Option<Arc<str>>,
    /// What the calendar says of the day.
    pub notes: Notes<'a>,
}

/// Times of a day; what runs over midnight stands whole on the day on which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySpan {
    /// The first minute after midnight.
    pub from: u16,
    /// The minute after the last; beyond 1440 on the next day.
    pub to: u16,
    /// Open, or unknown.
    pub kind: Kind,
    /// Why it is unknown, where it is.
    pub unsure: Option<Unsure>,
    /// What the hours add.
    pub comment: Option<Arc<str>>,
}

impl Hours {
    /// The hours of seven days from a date on; nothing where the text can't be read.
    #[must_use]
    pub fn week<'a>(&self, from: NaiveDate, calendar: &'a Calendar) -> Option<Week<'a>> {
        self.read.as_ref()?;
        let dates = (0..7).filter_map(|ahead| from.checked_add_days(Days::new(ahead)));
        Some(Week {
            days: dates.map(|date| self.row(date, calendar)).collect(),
            names_public_holidays: self.names_public_holidays(),
            names_school_holidays: self.names_school_holidays(),
        })
    }

    fn row<'a>(&self, date: NaiveDate, calendar: &'a Calendar) -> DayRow<'a> {
        let pieces = self.day(date, calendar);
        let day = |date: Option<NaiveDate>| date.map(|date| self.day(date, calendar)).unwrap_or_default();
        let (before, after) = (day(date.pred_opt()), day(date.succ_opt()));
        let mut shown = pieces.iter().filter(|piece| piece.kind != Kind::Closed).peekable();
        shown.next_if(|first| runs_over(before.last(), first));
        let mut spans: Vec<DaySpan> = shown.map(span).collect();
        if let Some((last, first)) = pieces.last().zip(after.first())
            && runs_over(Some(last), first)
            && let Some(span) = spans.last_mut()
        {
            span.to = DAY + first.to;
        }
        let closed_comment = pieces.iter().filter(|piece| piece.kind == Kind::Closed).find_map(|p| p.comment.clone());
        DayRow { date, weekday: date.weekday(), spans, closed_comment, notes: calendar.notes(date) }
    }
}

/// Whether the first piece of a day is what began on the day before: neither of the two fills its day.
fn runs_over(last: Option<&Piece>, first: &Piece) -> bool {
    let part = |piece: &Piece| piece.to - piece.from < DAY;
    last.is_some_and(|last| {
        last.kind != Kind::Closed && last.to == DAY && first.from == 0 && last.same(first) && part(last) && part(first)
    })
}

fn span(piece: &Piece) -> DaySpan {
    let Piece { from, to, kind, unsure, comment } = piece.clone();
    DaySpan { from, to, kind, unsure, comment }
}
