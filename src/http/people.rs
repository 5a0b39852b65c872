//! `/api/people`: who has an account, for the administrator.

use super::body::Body;
use super::problem::{Problem, ProblemBody};
use super::registrations::UnitName;
use super::router::App;
use super::scenarios::Texts;
use super::session::told;
use super::signed::Signed;
use super::version::{tagged, version};
use crate::auth::{Role, account};
use crate::registry::people::{AmendedPerson, NewLink, NewPerson, PeopleError, add, amend, link, roles_of};
use crate::store::{PersonRow, UnitRow};
use crate::text::Words;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Somebody with an account, as the administrator sees them.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PersonListed {
    id: i64,
    version: i64,
    account: String,
    name: String,
    #[schema(required)]
    unit: Option<UnitName>,
    roles: Vec<Role>,
    /// Whether they may sign in.
    active: bool,
    /// Whether they have set a password.
    has_password: bool,
    /// RFC 3339.
    created: String,
    /// RFC 3339.
    updated: String,
}

/// Everybody with an account.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PeopleList {
    /// By account.
    people: Vec<PersonListed>,
}

/// Somebody who is to have an account.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonBody {
    /// What they sign in with: 2 to 40 letters, digits, dots, hyphens or Han characters.
    account: String,
    /// What they are called.
    name: String,
    /// Their unit's id; a member has one.
    unit: Option<String>,
    /// What they are, at least one.
    roles: Vec<Role>,
}

/// What somebody is to be from now on.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonChange {
    /// What they are called.
    name: String,
    /// Their unit's id.
    unit: Option<String>,
    /// What they are, at least one.
    roles: Vec<Role>,
    /// Whether they may sign in.
    active: bool,
}

/// A one-time link.
#[derive(Serialize, utoipa::ToSchema)]
pub struct LinkMade {
    /// The address below this server's, to hand on; nothing tells it again.
    link: String,
    /// `invitation` or `reset`.
    purpose: &'static str,
    /// RFC 3339.
    expires: String,
}

/// Somebody new, with their link.
#[derive(Serialize, utoipa::ToSchema)]
pub struct PersonMade {
    person: PersonListed,
    #[serde(flatten)]
    link: LinkMade,
}

/// Where the page is that a link leads to. Behind `#`, so that no log of a server has it.
#[must_use]
pub fn link_address(token: &str) -> String {
    format!("/register.html#/link/{token}")
}

impl LinkMade {
    fn of(link: NewLink) -> Self {
        Self { link: link_address(&link.token), purpose: link.purpose, expires: link.expires }
    }
}

impl PersonListed {
    fn of(row: PersonRow, units: &[UnitRow]) -> Self {
        let roles = roles_of(&row);
        let named = |id: String| {
            let name = units.iter().find(|unit| unit.id == id).map_or_else(|| id.clone(), |unit| unit.name.clone());
            UnitName { id, name }
        };
        Self {
            id: row.id,
            version: row.version,
            account: row.account,
            name: row.name,
            unit: row.unit.map(named),
            roles,
            active: row.active,
            has_password: row.password_hash.is_some(),
            created: row.created,
            updated: row.updated,
        }
    }
}

/// Everybody with an account.
#[utoipa::path(get, path = "/api/people", operation_id = "listPeople", tag = "people",
    responses((status = 200, body = PeopleList), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub(super) async fn people(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let units = app.store.units().await?;
    let people = app.store.people().await?.into_iter().map(|row| PersonListed::of(row, &units)).collect();
    told(&PeopleList { people })
}

/// Adds somebody. The answer has the link by which they set their password, once.
#[utoipa::path(post, path = "/api/people", operation_id = "addPerson", tag = "people",
    request_body = PersonBody,
    responses(
        (status = 201, body = PersonMade), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody),
    ))]
pub(super) async fn add_person(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Body(body): Body<PersonBody>,
) -> Result<Response, Problem> {
    let mut texts = Texts::default();
    let name = texts.name("name", &body.name);
    let account = account(&body.account);
    if account.is_none() {
        let wanted =
            Words::fixed("2 到 40 个字母、数字、点、短横或汉字", "2 to 40 letters, digits, dots, hyphens or Han");
        texts.refuse("account", &body.account, wanted);
    }
    texts.done()?;
    let new = NewPerson { account: account.unwrap_or_default(), name, unit: body.unit, roles: body.roles };
    let (row, link) = add(&app.store, new, None, &by.account).await?;
    let link = link.ok_or_else(|| Problem::Internal("somebody new without a password has no link".to_owned()))?;
    let units = app.store.units().await?;
    let mut response = told(&PersonMade { person: PersonListed::of(row, &units), link: LinkMade::of(link) })?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Changes what somebody is. Who may no longer sign in is signed out at once.
#[utoipa::path(put, path = "/api/people/{id}", operation_id = "amendPerson", tag = "people",
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version that is changed, such as \"3\"")),
    request_body = PersonChange,
    responses(
        (status = 200, body = PersonListed), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 412, body = ProblemBody),
        (status = 422, body = ProblemBody, description = "Nobody would be left to look after people"),
        (status = 428, body = ProblemBody),
    ))]
pub(super) async fn amend_person(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<PersonChange>,
) -> Result<Response, Problem> {
    let version = version(&headers)?.ok_or(Problem::NoVersion)?;
    let mut texts = Texts::default();
    let name = texts.name("name", &body.name);
    texts.done()?;
    let new = AmendedPerson { name, unit: body.unit, roles: body.roles, active: body.active };
    let row = amend(&app.store, number(&id)?, version, new, &by.account).await?;
    app.gate.forget();
    let version = row.version;
    Ok(tagged(told(&PersonListed::of(row, &app.store.units().await?))?, version))
}

/// Makes a link by which somebody sets their password; the one before no longer works.
#[utoipa::path(post, path = "/api/people/{id}/link", operation_id = "makeLink", tag = "people",
    params(("id" = i64, Path)),
    responses(
        (status = 201, body = LinkMade), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
        (status = 404, body = ProblemBody),
    ))]
pub(super) async fn make_link(
    State(app): State<Arc<App>>,
    Signed(by): Signed,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let mut response = told(&LinkMade::of(link(&app.store, number(&id)?, &by.account).await?))?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

fn number(id: &str) -> Result<i64, Problem> {
    id.parse().map_err(|_not_a_number: std::num::ParseIntError| Problem::from(PeopleError::Unknown))
}

impl From<PeopleError> for Problem {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Unknown => {
                Self::NotFound(Words::fixed("没有这个人，或已停用", "no such person, or no longer active"))
            }
            PeopleError::NoLink => Self::NotFound(Words::fixed(
                "链接已用过或已过期，请向管理员要一个新的",
                "the link was used or is too old; ask the administrator for a new one",
            )),
            PeopleError::Taken(account) => {
                Self::wrong("account", &account, Words::fixed("还没有人用的账号", "an account that nobody has"))
            }
            PeopleError::NoUnit(id) => {
                Self::wrong("unit", &id, Words::fixed("一个单位的编号", "the id of a unit; GET /api/units lists them"))
            }
            PeopleError::UnitNeeded => {
                Self::wrong("unit", "", Words::fixed("填报员须有所属单位", "a unit, as a member registers its sites"))
            }
            PeopleError::NoRole => Self::wrong("roles", "[]", Words::fixed("至少一个角色", "at least one role")),
            PeopleError::LastAdministrator => Self::Infeasible(Words::fixed(
                "这是最后一位管理员，请先让另一个人担任",
                "this is the last administrator; make somebody else one first",
            )),
            PeopleError::Older { now } => Self::Older(Words::new(
                format!("此人的资料已有第 {now} 版，请重新打开再修改"),
                format!("the person stands at version {now}; open that first and change it again"),
            )),
            PeopleError::Random(error) => Self::Internal(error.to_string()),
            PeopleError::Store(error) => Self::Store(error),
        }
    }
}
