//! `GET /api/registrations`: the unit's list and the reviewer's queue.

use super::super::extract::Params;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::OVERDUE_DAYS;
use super::shape::{RegistrationAnswer, Units};
use crate::auth::{Action, Person};
use crate::clock;
use crate::registry::registrations::{RegistrationError, adopt_tasks};
use crate::site::{Catalogue, Visibility};
use crate::store::{Ask, Intent, RegistrationRow, State as Stands, UnitCounts};
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// A page without a `limit`.
const USUAL: usize = 50;
/// The largest page.
const MOST: usize = 200;
/// The longest search words, in characters.
const WORDS_MAX_CHARS: usize = 100;
/// Between the two parts of a cursor.
const BETWEEN: char = '~';

/// A page of registrations.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegistrationList {
    registrations: Vec<RegistrationAnswer>,
    /// Hand this back as `cursor` for the next page; null on the last.
    next: Option<String>,
    counts: RegistrationCounts,
}

/// How many stand where, of all that fit but for `state`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegistrationCounts {
    draft: i64,
    submitted: i64,
    returned: i64,
    published: i64,
    /// Of those submitted, how many have waited for more than 5 days.
    overdue: i64,
}

impl From<UnitCounts> for RegistrationCounts {
    fn from(counts: UnitCounts) -> Self {
        let UnitCounts { drafts: draft, submitted, returned, published, overdue, .. } = counts;
        Self { draft, submitted, returned, published, overdue }
    }
}

/// Registrations in the order in which they came to their state, the oldest first. Members see their own unit's. Of homes,
/// name and place are left out.
#[utoipa::path(get, path = "/api/registrations", operation_id = "listRegistrations", tag = "registrations",
    params(
        ("state" = Option<String>, Query, description = "States, separated by commas: draft, submitted, returned, published"),
        ("unit" = Option<String>, Query, description = "A unit's id"),
        ("kind" = Option<String>, Query, description = "A kind's id"),
        ("area" = Option<String>, Query, description = "A town's code"),
        ("q" = Option<String>, Query, description = "Part of the name, at most 100 characters"),
        ("change" = Option<String>, Query, description = "create, amend or close"),
        ("sort" = Option<String>, Query, description = "oldest (usual) or newest"),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
        ("limit" = Option<u32>, Query, description = "1 to 200, usually 50"),
    ),
    responses((status = 200, body = RegistrationList), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody)))]
pub(in super::super) async fn list_registrations(
    State(app): State<Arc<App>>,
    who: Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let rules = app.live.read().rules().clone();
    let Some(ask) = asked(&rules.catalogue, &who.0, query.as_deref())? else {
        return Err(super::plain(RegistrationError::NoUnit));
    };
    adopt_tasks(&app.store).await.map_err(super::plain)?;
    let mut rows = app.store.registrations(&Ask { limit: ask.limit + 1, ..ask.clone() }).await?;
    let more = rows.len() > ask.limit as usize;
    rows.truncate(ask.limit as usize);
    let next = rows.last().filter(|_| more).map(|row| format!("{}{BETWEEN}{}", row.since, row.id));
    let counts = app.store.registration_counts(&ask, &overdue()).await?.into();
    let units = Units::of(&app.store).await?;
    let registrations = rows.into_iter().map(|row| in_lists(&app, row, &units));
    let list = RegistrationList { registrations: registrations.collect(), next, counts };
    Ok(private(JSON, serde_json::to_vec(&list).map_err(|error| Problem::Internal(error.to_string()))?))
}

/// A registration as it is told to whoever has not opened it: of a home neither name nor place.
pub(super) fn in_lists(app: &App, row: RegistrationRow, units: &Units) -> RegistrationAnswer {
    let is_home = is_home(app.live.read().catalogue(), &row.kind);
    let answer = RegistrationAnswer::of(row, units);
    if is_home { answer.kept_back() } else { answer }
}

/// Whether sites of a kind are shown to nobody as points; a kind that is gone from the catalogue is treated as one.
pub(in super::super) fn is_home(catalogue: &Catalogue, kind: &str) -> bool {
    catalogue.kind_index(kind).is_none_or(|kind| catalogue.kind(kind).visibility == Visibility::Aggregate)
}

/// Whatever has waited since before this is overdue.
pub(super) fn overdue() -> String {
    clock::ago(OVERDUE_DAYS)
}

/// What is asked for; nothing for a member of no unit.
fn asked(catalogue: &Catalogue, who: &Person, query: Option<&str>) -> Result<Option<Ask>, Problem> {
    let mut params = Params::parse(query);
    let mut ask = Ask { states: states(&mut params), ..Ask::default() };
    ask.unit = params.text("unit");
    let kinds = Words::fixed("类别编号", "a kind of the catalogue");
    ask.kind = params.value::<String>("kind", &kinds, |id| catalogue.kind_index(id).is_some());
    ask.area = params.text("area");
    let words = Words::new(format!("最多 {WORDS_MAX_CHARS} 个字"), format!("at most {WORDS_MAX_CHARS} characters"));
    ask.words = params.value("q", &words, |words: &String| words.chars().count() <= WORDS_MAX_CHARS);
    if ask.words.is_some() {
        // or a home could be found by its name
        let homes = catalogue.kinds().iter().filter(|kind| kind.visibility == Visibility::Aggregate);
        ask.not_kinds = homes.map(|kind| kind.id.clone()).collect();
    }
    let changes = Words::fixed("create、amend 或 close", "create, amend or close");
    ask.change = params.value::<Word<Intent>>("change", &changes, |_| true).map(|word| word.0);
    let orders = Words::fixed("oldest 或 newest", "oldest or newest");
    let order = params.value::<String>("sort", &orders, |order| order == "oldest" || order == "newest");
    ask.newest_first = order.is_some_and(|order| order == "newest");
    ask.after = cursor(&mut params);
    ask.limit = i64::try_from(params.limit(USUAL, MOST)).unwrap_or(i64::MAX);
    params.done()?;
    if who.may(Action::Review) {
        return Ok(Some(ask));
    }
    let Some(own) = &who.unit else { return Ok(None) };
    if ask.unit.as_ref().is_some_and(|unit| *unit != own.0) {
        return Err(super::plain(RegistrationError::OtherUnits));
    }
    ask.unit = Some(own.0.clone());
    Ok(Some(ask))
}

/// `cursor`, as an earlier page gave it.
pub(in super::super) fn cursor(params: &mut Params) -> Option<(String, String)> {
    let text = params.text("cursor")?;
    let parts = text.split_once(BETWEEN).map(|(at, id)| (at.to_owned(), id.to_owned()));
    if parts.is_none() {
        params.refuse("cursor", &text, Words::fixed("上一页的 next", "the `next` of the page before"));
    }
    parts
}

fn states(params: &mut Params) -> Vec<Stands> {
    let Some(text) = params.text("state") else { return Vec::new() };
    let states: Option<Vec<Stands>> =
        text.split(',').map(|word| word.trim().parse::<Word<Stands>>().ok().map(|word| word.0)).collect();
    states.filter(|states| !states.contains(&Stands::Withdrawn)).unwrap_or_else(|| {
        let wanted = Words::fixed(
            "draft、submitted、returned、published,用逗号隔开",
            "draft, submitted, returned or published, separated by commas",
        );
        params.refuse("state", &text, wanted);
        Vec::new()
    })
}

/// A value of a list of words, as JSON has it.
struct Word<T>(T);

impl<T: serde::de::DeserializeOwned> std::str::FromStr for Word<T> {
    type Err = serde_json::Error;
    fn from_str(word: &str) -> Result<Self, Self::Err> {
        serde_json::from_value(word.into()).map(Self)
    }
}
