//! Registrations: what units say about sites, and what reviewers decide about it.
//!
//! Members see and change those of their own unit, reviewers all. Whoever changes one says with `If-Match` which version
//! they saw; who comes second is answered with 409 and both versions.

mod check;
mod decide;
mod desk;
mod filled;
mod history;
mod list;
mod one;
mod shape;
mod warnings;
mod write;

pub(super) use check::*;
pub(super) use decide::*;
pub(super) use desk::*;
pub(super) use filled::{area_at, needed, refused};
pub(super) use history::*;
pub(super) use list::*;
pub(super) use one::*;
pub(super) use write::*;

use super::problem::{Clash, Problem, Wrong};
use super::router::App;
use super::version::version;
use crate::registry::registrations::RegistrationError;
use crate::snapshot::catch_up;
use crate::store::RegistrationRow;
use crate::text::Words;
use axum::http::HeaderMap;
use serde_json::Value;
use shape::PublicSite;
pub(super) use shape::{PhotoAnswer, UnitName, Units};

/// Registrations that wait for a reviewer longer than this are overdue.
const OVERDUE_DAYS: i64 = 5;

/// The version that a change must say.
pub(super) fn said_version(headers: &HeaderMap) -> Result<i64, Problem> {
    version(headers)?.ok_or(Problem::NoVersion)
}

/// Takes in what was just committed, so that the very next read shows it and all listeners hear of it. When that fails it
/// is logged, and the next look at the log takes it in.
pub(super) async fn take_in(app: &App) {
    let rules = app.live.read().rules().clone();
    if let Err(error) = catch_up(&app.store, &app.live, &rules).await {
        tracing::error!(%error, "what was committed is not shown yet");
    }
}

fn unknown() -> Problem {
    Problem::NotFound(Words::fixed(
        "没有这条登记，或它不属于您的单位",
        "no such registration, or it is not your unit's",
    ))
}

/// A failure as it is told. `yours` is what was sent, where something was.
async fn failed(app: &App, error: RegistrationError, yours: Option<Value>) -> Problem {
    let units = match Units::of(&app.store).await {
        Ok(units) => units,
        Err(error) => return error.into(),
    };
    let told = |row: RegistrationRow| {
        let answer = list::in_lists(app, row, &units);
        serde_json::to_value(answer).unwrap_or_default()
    };
    match error {
        RegistrationError::Older { now } => conflict(
            Words::new(
                format!("这条登记已有第 {} 版，请对照后再保存", now.version),
                format!("the registration stands at version {}; compare the two and save again", now.version),
            ),
            yours,
            told(*now),
        ),
        RegistrationError::Elsewhere { now } => conflict(
            Words::new(
                format!("这条登记的状态是“{}”，不能这样操作", state_zh(&now)),
                format!("the registration is {:?}, where this can't be done", now.state).to_lowercase(),
            ),
            yours,
            told(*now),
        ),
        RegistrationError::SiteMoved { yours, site } => conflict(
            Words::new(
                format!("场所已公开到第 {} 版，这次修改依据的是旧版，请对照后再修改", site.version),
                format!("the site stands at version {}, and this amendment was made on an older one", site.version),
            ),
            Some(told(*yours)),
            // homes count down; whoever wants to see one opens the registration
            if site.id > 0 { serde_json::to_value(PublicSite::of(*site)).unwrap_or_default() } else { Value::Null },
        ),
        other => plain(other),
    }
}

fn conflict(words: Words, yours: Option<Value>, theirs: Value) -> Problem {
    Problem::Conflict(Box::new(Clash { words, yours, theirs }))
}

fn state_zh(row: &RegistrationRow) -> &'static str {
    use crate::store::State;
    match row.state {
        State::Draft => "草稿",
        State::Submitted => "待审核",
        State::Returned => "已退回",
        State::Published => "已公开",
        State::Withdrawn => "已撤回",
    }
}

/// The failures that tell no version.
fn plain(error: RegistrationError) -> Problem {
    let needed = || Words::fixed("必填", "it is needed");
    match error {
        RegistrationError::Unknown => unknown(),
        RegistrationError::NoSite => {
            Problem::NotFound(Words::fixed("没有这个场所或这个版本", "no such site, or no such version of it"))
        }
        RegistrationError::NotAllowed => Problem::not_allowed(),
        RegistrationError::OtherUnits => Problem::Forbidden(Words::fixed("这属于另一个单位", "this is another unit's")),
        RegistrationError::NoUnit => Problem::Forbidden(Words::fixed(
            "您的账号还没有所属单位，请联系管理员",
            "your account belongs to no unit; ask the administrator",
        )),
        RegistrationError::Incomplete(fields) => {
            let wrong = |field: &str| Wrong { field: field.to_owned(), found: String::new(), wanted: needed() };
            Problem::Parameters(fields.into_iter().map(wrong).collect())
        }
        RegistrationError::Wrong { field, found, wanted } => Problem::wrong(field, &found, wanted),
        RegistrationError::Store(error) => Problem::Store(error),
        error => Problem::Internal(error.to_string()),
    }
}
