//! The shape of reports over the wire.

use crate::store::ReportRow;
use serde::{Deserialize, Serialize};

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// It is closed for good.
    Closed,
    /// It has moved.
    Moved,
    /// It has other hours.
    Hours,
    /// The way to it crosses a road dangerously.
    Crossing,
    /// Something else, in words.
    Other,
}

impl What {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Moved => "moved",
            Self::Hours => "hours",
            Self::Crossing => "crossing",
            Self::Other => "other",
        }
    }
}

/// A report to be kept.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportBody {
    /// The site's number.
    pub site: i64,
    /// `closed`, `moved`, `hours`, `crossing` or `other`.
    pub what: What,
    /// In words, at most 500 characters; needed for `other`. No names or telephone numbers, please.
    #[serde(default)]
    pub text: String,
    /// Where, degrees east in WGS-84.
    #[serde(default)]
    pub lon: Option<f64>,
    /// Where, degrees north.
    #[serde(default)]
    pub lat: Option<f64>,
}

/// An answer to a report.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportAnswerBody {
    /// `done` or `dismissed`.
    pub state: Outcome,
    /// What was done, or why not; 1 to 2,000 characters, seen by whoever sent the report.
    pub answer: String,
}

/// What came of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words say it")]
pub enum Outcome {
    Done,
    Dismissed,
}

impl Outcome {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Dismissed => "dismissed",
        }
    }
}

/// A report that was just sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportSent {
    /// By it whoever sent the report sees what became of it.
    pub id: String,
    /// `open`.
    pub state: &'static str,
}

/// What whoever sent a report sees of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportState {
    /// Its id.
    pub id: String,
    /// The site's number.
    pub site: i64,
    /// What was the matter.
    pub what: String,
    /// `open`, `done` or `dismissed`.
    pub state: String,
    /// What was answered.
    pub answer: String,
    /// RFC 3339.
    pub made: String,
    /// When it was answered.
    pub decided: Option<String>,
}

/// A report as the desk sees it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportAnswer {
    /// Its id.
    pub id: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// The site's number.
    pub site: i64,
    /// What the site is called.
    pub site_name: String,
    /// The id of the unit that answers for the site.
    pub unit: Option<String>,
    /// What is the matter.
    pub what: String,
    /// In words.
    pub text: String,
    /// WGS-84 degrees.
    pub lon: Option<f64>,
    /// WGS-84 degrees.
    pub lat: Option<f64>,
    /// `open`, `done` or `dismissed`.
    pub state: String,
    /// What was answered.
    pub answer: String,
    /// RFC 3339.
    pub made: String,
    /// When it was answered.
    pub decided: Option<String>,
}

/// A page of reports.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportList {
    /// Oldest first.
    pub reports: Vec<ReportAnswer>,
    /// Hand this back as `cursor` for the next page; null on the last.
    pub next: Option<String>,
}

impl ReportAnswer {
    /// A stored report as the desk sees it.
    pub fn of(row: ReportRow) -> Self {
        let ReportRow { id, version, site, what, text, lon, lat, state, answer, made, decided, unit, site_name } = row;
        Self { id, version, site, site_name, unit, what, text, lon, lat, state, answer, made, decided }
    }
}
