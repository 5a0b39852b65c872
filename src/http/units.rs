//! `/api/units`: who answers for what. The names and ids of units are everybody's; who adds them is the administrator.

use super::body::Body;
use super::config::DEMONSTRATION;
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::scenarios::Texts;
use super::session::told;
use super::signed::Signed;
use super::version::{tagged, version};
use crate::auth::unit_id;
use crate::registry::units::{NewUnit, UnitError, add, amend};
use crate::store::UnitRow;
use crate::text::Words;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A responsible unit.
#[derive(Serialize, utoipa::ToSchema)]
pub struct UnitListed {
    /// Letters, digits and hyphens; null for one that only the targets name.
    #[schema(required)]
    id: Option<String>,
    /// What it is called.
    name: String,
    /// Whether the county has confirmed that it is the one.
    confirmed: bool,
    /// Whether it belongs to the demonstration county; the page must say so.
    demonstration: bool,
    /// Counts its changes; 0 for one that only the targets name.
    version: i64,
}

/// All responsible units.
#[derive(Serialize, utoipa::ToSchema)]
pub struct UnitList {
    /// Those that are registered, by id, and then those that only the targets name, in their order.
    units: Vec<UnitListed>,
}

/// A unit that is to be.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitBody {
    /// Letters, digits and hyphens; usually the next of u001, u002 …
    id: Option<String>,
    /// What it is called.
    name: String,
    /// Whether the county has confirmed that it is the one; usually it has.
    confirmed: Option<bool>,
}

/// What a unit is to be from now on.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitChange {
    /// What it is called.
    name: String,
    /// Whether the county has confirmed that it is the one.
    confirmed: bool,
}

impl From<UnitRow> for UnitListed {
    fn from(row: UnitRow) -> Self {
        let demonstration = row.source == DEMONSTRATION;
        Self { id: Some(row.id), name: row.name, confirmed: row.confirmed, demonstration, version: row.version }
    }
}

/// All responsible units: those that are registered, and those that only the targets name.
#[utoipa::path(get, path = "/api/units", operation_id = "listUnits", tag = "plan", responses((status = 200, body = UnitList)))]
pub(super) async fn units(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let mut units: Vec<UnitListed> = app.store.units().await?.into_iter().map(UnitListed::from).collect();
    let named = app.live.read().rules().plan.units();
    for unit in named {
        if !units.iter().any(|known| known.name == unit.name) {
            units.push(UnitListed {
                id: None,
                name: unit.name,
                confirmed: unit.confirmed,
                demonstration: false,
                version: 0,
            });
        }
    }
    told(&UnitList { units })
}

/// Adds a unit.
#[utoipa::path(post, path = "/api/units", operation_id = "addUnit", tag = "people",
    request_body = UnitBody,
    responses(
        (status = 201, body = UnitListed), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody),
    ))]
pub(super) async fn add_unit(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Body(body): Body<UnitBody>,
) -> Result<Response, Problem> {
    let mut texts = Texts::default();
    let name = texts.name("name", &body.name);
    let id = body.id.as_deref().map(|id| (id, unit_id(id)));
    if let Some((found, None)) = id {
        texts.refuse("id", found, Words::fixed("1 到 40 个字母、数字或短横", "1 to 40 letters, digits or hyphens"));
    }
    texts.done()?;
    let new = NewUnit { id: id.and_then(|(_, id)| id), name, confirmed: body.confirmed.unwrap_or(true) };
    let row = add(&app.store, new, &by.account).await?;
    let version = row.version;
    let mut response = tagged(told(&UnitListed::from(row))?, version);
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Changes a unit's name. Its id stays.
#[utoipa::path(put, path = "/api/units/{id}", operation_id = "amendUnit", tag = "people",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version that is changed, such as \"3\"")),
    request_body = UnitChange,
    responses(
        (status = 200, body = UnitListed), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 412, body = ProblemBody),
        (status = 428, body = ProblemBody),
    ))]
pub(super) async fn amend_unit(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<UnitChange>,
) -> Result<Response, Problem> {
    let version = version(&headers)?.ok_or(Problem::NoVersion)?;
    let mut texts = Texts::default();
    let name = texts.name("name", &body.name);
    texts.done()?;
    let row = amend(&app.store, &id, version, name, body.confirmed, &by.account).await?;
    app.gate.forget();
    let version = row.version;
    Ok(tagged(told(&UnitListed::from(row))?, version))
}

impl From<UnitError> for Problem {
    fn from(error: UnitError) -> Self {
        match error {
            UnitError::Unknown => Self::NotFound(Words::fixed("没有这个单位或令牌", "no such unit or token")),
            UnitError::IdTaken(id) => {
                Self::wrong("id", &id, Words::fixed("还没有单位用的编号", "an id that no unit has"))
            }
            UnitError::NameTaken(name) => {
                Self::wrong("name", &name, Words::fixed("还没有单位用的名称", "a name that no unit has"))
            }
            UnitError::Older { now } => Self::Older(Words::new(
                format!("单位的资料已有第 {now} 版，请重新打开再修改"),
                format!("the unit stands at version {now}; open that first and change it again"),
            )),
            UnitError::TooManyTokens => Self::Full(Words::new(
                format!("一个单位最多 {} 个有效令牌，请先撤销不用的", crate::registry::units::MOST_TOKENS),
                error.to_string(),
            )),
            UnitError::Random(error) => Self::Internal(error.to_string()),
            UnitError::Store(error) => Self::Store(error),
        }
    }
}
