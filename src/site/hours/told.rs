//! Hours as they are sent: times on the county's clock, to the minute, without a zone. A page puts them in words.

use super::{Change, DaySpan, Kind, Notes, State, Unsure, Week};
use crate::text::Words;
use chrono::{NaiveDate, NaiveDateTime};
use serde::Serialize;
use std::sync::Arc;

/// How a time is written: `2026-03-02T16:40`.
#[must_use]
pub fn minute(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M").to_string()
}

/// Whether a place is open at a time, and when that changes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Opening {
    /// It is.
    Open {
        /// Until when; null where that is more than two weeks away.
        until: Option<ChangeTold>,
        /// Whether it surely closes within half an hour.
        closes_soon: bool,
        /// What the hours add.
        #[schema(value_type = Option<String>)]
        comment: Option<Arc<str>>,
    },
    /// It is not.
    Closed {
        /// When it opens; null where that is more than two weeks away.
        opens: Option<ChangeTold>,
        /// What the hours add.
        #[schema(value_type = Option<String>)]
        comment: Option<Arc<str>>,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        why: Unsure,
        /// From when on it is known again, within two weeks.
        until: Option<String>,
        /// What the hours add.
        #[schema(value_type = Option<String>)]
        comment: Option<Arc<str>>,
    },
}

/// When something changes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ChangeTold {
    /// Local time, `2026-03-02T17:00`.
    at: String,
    /// Whether the place then closes, or opens; else nobody knows from then on.
    sure: bool,
}

impl From<Change> for ChangeTold {
    fn from(change: Change) -> Self {
        Self { at: minute(change.at), sure: change.sure }
    }
}

impl From<State> for Opening {
    fn from(state: State) -> Self {
        match state {
            State::Open { until, closes_soon, comment } => {
                Self::Open { until: until.map(Into::into), closes_soon, comment }
            }
            State::Closed { opens, comment } => Self::Closed { opens: opens.map(Into::into), comment },
            State::Unknown { why, until, comment } => Self::Unknown { why, until: until.map(minute), comment },
        }
    }
}

/// The hours of seven days.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WeekTold {
    days: Vec<DayTold>,
    /// Whether the hours say what holds on public holidays.
    names_public_holidays: bool,
    /// Whether they say what holds in school holidays.
    names_school_holidays: bool,
}

/// One day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DayTold {
    #[schema(value_type = String)]
    date: NaiveDate,
    /// 0 is Monday.
    weekday: u32,
    /// When it is open or nobody knows, in order; none where it is closed all day.
    spans: Vec<SpanTold>,
    /// What the hours add where they are closed.
    closed_comment: Option<String>,
    /// The public holiday that it belongs to.
    holiday: Option<Words>,
    /// The weekday as which a weekend day is worked; 0 is Monday.
    worked_as: Option<u32>,
    /// The school holidays that it belongs to, or may belong to.
    school: Option<Words>,
    /// Whether public holidays of its year are known.
    public_known: bool,
    /// Whether it is known if schools are open.
    school_known: bool,
}

/// Times of a day.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SpanTold {
    /// The first minute after midnight.
    from: u16,
    /// The minute after the last; beyond 1440 on the next day.
    to: u16,
    kind: Kind,
    /// Why it is unknown, where it is.
    why: Option<Unsure>,
    /// What the hours add.
    comment: Option<String>,
}

impl From<Week<'_>> for WeekTold {
    fn from(week: Week<'_>) -> Self {
        let day = |day: super::DayRow<'_>| {
            let Notes { holiday, worked_as, school, public_known, school_known } = day.notes;
            DayTold {
                date: day.date,
                weekday: day.weekday.num_days_from_monday(),
                spans: day.spans.into_iter().map(Into::into).collect(),
                closed_comment: day.closed_comment.map(|comment| comment.to_string()),
                holiday: holiday.cloned(),
                worked_as: worked_as.map(|weekday| weekday.num_days_from_monday()),
                school: school.cloned(),
                public_known,
                school_known,
            }
        };
        let Week { days, names_public_holidays, names_school_holidays } = week;
        Self { days: days.into_iter().map(day).collect(), names_public_holidays, names_school_holidays }
    }
}

impl From<DaySpan> for SpanTold {
    fn from(span: DaySpan) -> Self {
        let DaySpan { from, to, kind, unsure, comment } = span;
        Self { from, to, kind, why: unsure, comment: comment.map(|comment| comment.to_string()) }
    }
}
