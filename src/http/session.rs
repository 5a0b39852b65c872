//! `/api/session`, `/api/sessions` and `/api/password`: signing in and out.
//!
//! An account that does not exist is answered as a wrong password is, and takes as long. Tries are counted by address, by
//! account, and by both together, in memory only; one that was right is taken back. Each sign-in has a token of its own, whatever the browser
//! showed before.

use super::body::Body;
use super::gate::{self, Caller, Held, Rate, SessionToken};
use super::headers::{JSON, private};
use super::problem::{Problem, ProblemBody};
use super::registrations::UnitName;
use super::router::App;
use super::signed::Signed;
use crate::auth::{Action, Person, Role, allowed, password};
use crate::registry::people::{PeopleError, change_password, person_of};
use crate::registry::sessions::{failed, sign_in, sign_out, sign_out_everywhere};
use crate::store::{PersonRow, UnitRow};
use crate::text::{Words, fold};
use axum::extract::{Extension, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// Wrong passwords of one account from one address: ten at once, then one a minute. Counted together, so that nobody keeps
/// the right person out from elsewhere.
const BY_BOTH: Rate = Rate { burst: 10, every: Duration::from_mins(1) };
/// Wrong passwords of one account from anywhere; more than one guesser has, and far fewer than a password stands.
const BY_ACCOUNT: Rate = Rate { burst: 200, every: Duration::from_secs(10) };
/// Wrong passwords from one address, behind which a whole office may sit.
const BY_ADDRESS: Rate = Rate { burst: 40, every: Duration::from_secs(10) };
/// How long somebody waits while others' passwords are hashed.
const TURN: Duration = Duration::from_secs(10);

/// Who wants to sign in.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    account: String,
    password: String,
}

/// A password and the one that it was.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    old: String,
    new: String,
}

/// Somebody with an account, as they are told of themselves.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PersonAnswer {
    id: i64,
    account: String,
    name: String,
    #[schema(required)]
    unit: Option<UnitName>,
    roles: Vec<Role>,
    may: Vec<Action>,
}

/// Who is signed in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionAnswer {
    /// Nobody when null.
    #[schema(required)]
    person: Option<PersonAnswer>,
}

impl PersonAnswer {
    fn of(person: &Person, unit_name: Option<&str>) -> Self {
        let named = |id: &str| UnitName { id: id.to_owned(), name: unit_name.unwrap_or(id).to_owned() };
        Self {
            id: person.id.0,
            account: person.account.clone(),
            name: person.name.clone(),
            unit: person.unit.as_ref().map(|unit| named(&unit.0)),
            roles: person.roles.clone(),
            may: allowed(&person.roles),
        }
    }
}

/// Signs in. The answer brings the cookie; other sessions stay.
#[utoipa::path(post, path = "/api/session", operation_id = "signIn", tag = "people",
    request_body = SignIn,
    responses(
        (status = 200, body = SessionAnswer), (status = 400, body = ProblemBody),
        (status = 401, body = ProblemBody, description = "Account or password is wrong; it is not said which"),
        (status = 429, body = ProblemBody, description = "Tried too often; Retry-After says when to try again"),
    ))]
pub(super) async fn sign_in_here(
    State(app): State<Arc<App>>,
    caller: Caller,
    former: Option<Extension<SessionToken>>,
    Body(said): Body<SignIn>,
) -> Result<Response, Problem> {
    let account = fold(&said.account);
    let tries = try_once(&app, caller, &account)?;
    let row = app.store.person_by_account(&account).await?;
    let hash = row.as_ref().filter(|row| row.active).and_then(|row| row.password_hash.clone());
    if !hashing(&app, move || password::is_right(&said.password, hash.as_deref())).await? {
        failed(&app.store, row.as_ref().map(|row| row.account.as_str())).await?;
        return Err(Problem::SignIn);
    }
    let row = row.ok_or(Problem::SignIn)?;
    let former = former.map(|Extension(SessionToken(token))| token);
    let token = match sign_in(&app.store, &row, former.as_deref()).await {
        // they changed while the password was looked at
        Err(PeopleError::Unknown) => return Err(Problem::SignIn),
        signed_in => signed_in?,
    };
    tries.were_right(&app);
    app.gate.forget();
    signed_in(&app, &row, &token).await
}

/// Who is signed in here, or nobody.
#[utoipa::path(get, path = "/api/session", operation_id = "getSession", tag = "people",
    responses((status = 200, body = SessionAnswer)))]
pub(super) async fn session(held: Option<Extension<Arc<Held>>>) -> Result<Response, Problem> {
    told(&SessionAnswer { person: held.map(|held| PersonAnswer::of(&held.person, held.unit_name.as_deref())) })
}

/// Signs out here.
#[utoipa::path(delete, path = "/api/session", operation_id = "signOut", tag = "people",
    responses((status = 204), (status = 401, body = ProblemBody)))]
pub(super) async fn sign_out_here(
    State(app): State<Arc<App>>,
    Signed(person): Signed,
    token: Option<Extension<SessionToken>>,
) -> Result<Response, Problem> {
    if let Some(Extension(SessionToken(token))) = token {
        sign_out(&app.store, &person.account, &token).await?;
    }
    Ok(signed_out(&app))
}

/// Signs out everywhere, on all devices.
#[utoipa::path(delete, path = "/api/sessions", operation_id = "signOutEverywhere", tag = "people",
    responses((status = 204), (status = 401, body = ProblemBody)))]
pub(super) async fn sign_out_all(State(app): State<Arc<App>>, Signed(person): Signed) -> Result<Response, Problem> {
    sign_out_everywhere(&app.store, person.id.0, &person.account).await?;
    Ok(signed_out(&app))
}

/// Changes the own password: signed out everywhere else, signed in anew here.
#[utoipa::path(put, path = "/api/password", operation_id = "changePassword", tag = "people",
    request_body = NewPassword,
    responses(
        (status = 200, body = SessionAnswer),
        (status = 400, body = ProblemBody, description = "The old one is wrong, or the new one too short or too common"),
        (status = 401, body = ProblemBody), (status = 429, body = ProblemBody),
    ))]
pub(super) async fn own_password(
    State(app): State<Arc<App>>,
    Signed(person): Signed,
    caller: Caller,
    Body(said): Body<NewPassword>,
) -> Result<Response, Problem> {
    let tries = try_once(&app, caller, &person.account)?;
    let row = app.store.person(person.id.0).await?.ok_or(Problem::Unsigned)?;
    let (old, hash) = (said.old, row.password_hash.clone());
    if !hashing(&app, move || password::is_right(&old, hash.as_deref())).await? {
        failed(&app.store, Some(&row.account)).await?;
        return Err(Problem::wrong("old", "", Words::fixed("现在的密码", "the password that you have now")));
    }
    tries.were_right(&app);
    let hash = new_hash(&app, said.new, &row, "new").await?;
    let (row, token) = change_password(&app.store, row.id, hash).await?;
    app.gate.forget();
    signed_in(&app, &row, &token).await
}

/// Checks a new password and hashes it. The password itself is repeated nowhere.
pub(super) async fn new_hash(
    app: &Arc<App>,
    password: String,
    row: &PersonRow,
    field: &'static str,
) -> Result<String, Problem> {
    let unit = unit_of(app, row).await?.map(|unit| unit.name).unwrap_or_default();
    let (account, name, live) = (row.account.clone(), row.name.clone(), app.clone());
    hashing(app, move || {
        let now = live.live.read();
        let rules = now.rules().clone();
        let (full, initials) = rules.readings.of(&fold(&unit));
        let readings = full.split(' ').chain(initials.split(' '));
        let known = [account.as_str(), &name, &unit].into_iter().chain(readings);
        // no name of a site is folded that has another length anyway
        let length = password::without_digits(&password).chars().count();
        let sites = now.all().map(|held| held.site.name.as_ref()).filter(|name: &&str| name.chars().count() == length);
        rules.passwords.check(&password, known.chain(sites)).map_err(|why| Problem::wrong(field, "", why))?;
        drop(now);
        password::hash(&password).map_err(|error| Problem::Internal(format!("a password can't be hashed: {error}")))
    })
    .await?
}

/// Signed in: who they are, with the cookie.
pub(super) async fn signed_in(app: &App, row: &PersonRow, token: &str) -> Result<Response, Problem> {
    let unit = unit_of(app, row).await?;
    let person = PersonAnswer::of(&person_of(row), unit.as_ref().map(|unit| unit.name.as_str()));
    let mut response = told(&SessionAnswer { person: Some(person) })?;
    response.headers_mut().extend(gate::given(token, app.gate.https).map(|cookie| (header::SET_COOKIE, cookie)));
    Ok(response)
}

async fn unit_of(app: &App, row: &PersonRow) -> Result<Option<UnitRow>, Problem> {
    Ok(match &row.unit {
        Some(id) => app.store.unit(id).await?,
        None => None,
    })
}

fn signed_out(app: &App) -> Response {
    app.gate.forget();
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.headers_mut().extend(gate::taken(app.gate.https).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// An answer for one person, which nobody keeps.
pub(super) fn told(answer: &impl Serialize) -> Result<Response, Problem> {
    Ok(private(JSON, serde_json::to_vec(answer).map_err(|error| Problem::Internal(error.to_string()))?))
}

/// Tries that were counted, until they turn out to be right.
pub(super) struct Tried {
    caller: Caller,
    account: String,
}

impl Tried {
    pub(super) fn were_right(self, app: &App) {
        app.gate.tries.give_back(("address", self.caller), BY_ADDRESS);
        app.gate.tries.give_back(("both", self.caller, &self.account), BY_BOTH);
        app.gate.tries.give_back(("account", &self.account), BY_ACCOUNT);
    }
}

/// Counts a try of a password or a link.
pub(super) fn try_once(app: &App, caller: Caller, account: &str) -> Result<Tried, Problem> {
    let tries = &app.gate.tries;
    let wait = |wait: Duration| Problem::TooOften(wait.as_secs() + 1);
    tries.take(("address", caller), BY_ADDRESS).map_err(wait)?;
    tries.take(("both", caller, account), BY_BOTH).map_err(wait)?;
    tries.take(("account", account), BY_ACCOUNT).map_err(wait)?;
    Ok(Tried { caller, account: account.to_owned() })
}

/// Hashes on a thread of its own, as many at once as there are cores.
async fn hashing<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let turn = tokio::time::timeout(TURN, app.gate.hashing.clone().acquire_owned()).await;
    let Ok(Ok(turn)) = turn else { return Err(Problem::Refused(StatusCode::SERVICE_UNAVAILABLE)) };
    let work = move || {
        let _turn = turn;
        work()
    };
    tokio::task::spawn_blocking(work).await.map_err(|stopped| Problem::Internal(format!("hashing stopped: {stopped}")))
}
