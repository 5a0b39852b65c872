//! Reports: anybody says that a site is closed, has moved, has other hours or stands at a dangerous crossing. Nobody is asked who they
//! are; where they come from is only counted, in memory (`gate::Tries`).

mod desk;
mod send;
mod shape;

pub(super) use desk::*;
pub(super) use send::*;

use super::problem::{Clash, Problem};
use crate::registry::reports::ReportError;
use crate::text::Words;
use shape::ReportAnswer;

fn unknown() -> Problem {
    Problem::NotFound(Words::fixed("没有这条反馈", "no such report"))
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        match error {
            ReportError::Unknown => unknown(),
            ReportError::Older { now } => Self::Conflict(Box::new(Clash {
                words: Words::fixed("这条反馈已有人答复", "somebody has answered this report meanwhile"),
                yours: None,
                theirs: serde_json::to_value(ReportAnswer::of(*now)).unwrap_or_default(),
            })),
            ReportError::Full => Self::Full(Words::fixed(
                "待处理的反馈太多，请过几天再试",
                "too many reports wait for an answer; try again in some days",
            )),
            ReportError::Random(error) => Self::Internal(error.to_string()),
            ReportError::Store(error) => Self::Store(error),
        }
    }
}
