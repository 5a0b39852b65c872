//! Scenarios: plans that somebody gave a name, to come back to, to show and to compare.
//!
//! Nobody needs an account. Whoever has a scenario's link, which can't be guessed, reads it; whoever got the key when it
//! was made may change it, with the header `Scenario-Key`. No address lists them, and nobody's cache keeps them.

mod compare;
mod compared;
mod export;
mod figures;
mod read;
mod shape;
mod tasks;
mod words;
mod write;

pub(super) use compare::*;
pub use export::scenario_file;
pub(super) use export::*;
pub(super) use read::*;
pub(super) use tasks::*;
pub(super) use words::Texts;
pub(super) use write::*;

use super::problem::Problem;
use crate::registry::is_secret;
use crate::registry::scenarios::ScenarioError;
use crate::store::{ScenarioRow, Store};
use crate::text::Words;
use axum::http::HeaderMap;

/// The header that the key comes in.
const KEY: &str = "scenario-key";

/// The scenario with an id.
async fn kept(store: &Store, id: &str) -> Result<ScenarioRow, Problem> {
    // what can't be an id is not looked for
    let row = if is_secret(id) { store.scenario(id).await? } else { None };
    row.ok_or_else(unknown)
}

fn unknown() -> Problem {
    Problem::NotFound(Words::fixed(
        "没有这个方案：链接可能不完整，或方案已被删除",
        "no such scenario; the link may be cut short, or somebody removed it",
    ))
}

/// The key that a request comes with, perhaps none.
fn key(headers: &HeaderMap) -> &str {
    headers.get(KEY).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

impl From<ScenarioError> for Problem {
    fn from(error: ScenarioError) -> Self {
        match error {
            ScenarioError::Unknown => unknown(),
            ScenarioError::WrongKey => Self::Forbidden(Words::fixed(
                "只有保存这个方案的人能修改它(Scenario-Key);您可以另存一份",
                "only whoever saved this scenario may change it (Scenario-Key); you can save a copy of your own",
            )),
            ScenarioError::Older { now } => Self::Older(Words::new(
                format!("方案已有第 {now} 版，请先打开最新版再修改"),
                format!("the scenario stands at version {now}; open that first and change it again"),
            )),
            ScenarioError::Full { most } => Self::Full(Words::new(
                format!("已存满 {most} 个方案，请删除不用的，或请管理员清理"),
                format!("{most} scenarios are kept, which is all there is room for; remove some that nobody uses"),
            )),
            ScenarioError::TooManyTasks => Self::Full(Words::new(
                format!("一个方案最多交办 {} 项", crate::registry::scenarios::MOST_TASKS),
                error.to_string(),
            )),
            ScenarioError::NoPlace { places } => Self::wrong(
                "place",
                "",
                Words::new(
                    format!("0 到 {} 的整数(方案有 {places} 处拟建)", places.saturating_sub(1)),
                    format!("the place of one of the plan's {places} proposed sites, from 0"),
                ),
            ),
            ScenarioError::Plan(_) | ScenarioError::Random(_) => Self::Internal(error.to_string()),
            ScenarioError::Store(error) => Self::Store(error),
        }
    }
}
