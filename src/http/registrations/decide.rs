//! What a reviewer decides: publish, return, merge, many at once.

use super::super::body::Body;
use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::filled::{needed, refused, text};
use super::shape::RegistrationAnswer;
use super::write::changed;
use super::{failed, said_version, take_in};
use crate::auth::Action;
use crate::registry::registrations::{Decision, decide, give_back, merge, publish};
use crate::text::Words;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Registrations that are decided about at once.
const MOST: usize = 200;

/// A note for the log.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// At most 2,000 characters.
    #[serde(default)]
    pub note: String,
}

/// Why something is returned.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// 1 to 2,000 characters.
    pub reason: String,
}

/// The site that is kept.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// Its number.
    pub into: i64,
    /// The version of it that was seen.
    pub version: i64,
}

/// One of many.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideOne {
    /// The registration.
    pub id: String,
    /// The version that was seen.
    pub version: i64,
}

/// What is done with many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words say it")]
pub enum DecisionWord {
    Publish,
    Return,
}

/// A decision about many.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideBody {
    /// 1 to 200 of them.
    pub ids: Vec<DecideOne>,
    /// `publish` or `return`.
    pub decision: DecisionWord,
    /// Needed to return; otherwise a note for the log.
    #[serde(default)]
    pub reason: String,
}

/// What became of one.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DecidedOne {
    id: String,
    ok: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemBody>,
}

/// What became of each, in order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DecidedAnswer {
    results: Vec<DecidedOne>,
}

/// Publishes what was submitted. The public map shows it from the next read on.
#[utoipa::path(post, path = "/api/registrations/{id}/publish", operation_id = "publishRegistration", tag = "registrations",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version that was seen")),
    request_body = NoteBody,
    responses(
        (status = 200, body = RegistrationAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 409, body = ProblemBody, description = "It, or the site that it amends, has changed meanwhile: `yours` and `theirs`"),
        (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn publish_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<NoteBody>,
) -> Result<Response, Problem> {
    who.may(Action::Review)?;
    let version = said_version(&headers)?;
    let note = noted("note", &body.note)?;
    let rules = app.live.read().rules().clone();
    match publish(&app.store, &rules.catalogue, &who.0, (&id, version), &note).await {
        Ok(row) => changed(&app, row).await,
        Err(error) => Err(failed(&app, error, None).await),
    }
}

/// Returns what was submitted to its unit, with a reason.
#[utoipa::path(post, path = "/api/registrations/{id}/return", operation_id = "returnRegistration", tag = "registrations",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version that was seen")),
    request_body = ReasonBody,
    responses(
        (status = 200, body = RegistrationAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn return_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<ReasonBody>,
) -> Result<Response, Problem> {
    who.may(Action::Review)?;
    let version = said_version(&headers)?;
    let reason = needed("reason", &body.reason)?;
    match give_back(&app.store, &who.0, (&id, version), &reason).await {
        Ok(row) => changed(&app, row).await,
        Err(error) => Err(failed(&app, error, None).await),
    }
}

/// Lays a submitted duplicate over a site that is there: what it says more is added, the site's name, place, unit and what
/// both say stay. When it was about another site, that one closes.
#[utoipa::path(post, path = "/api/registrations/{id}/merge", operation_id = "mergeRegistration", tag = "registrations",
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version that was seen")),
    request_body = MergeBody,
    responses(
        (status = 200, body = RegistrationAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody), (status = 404, body = ProblemBody), (status = 409, body = ProblemBody),
        (status = 428, body = ProblemBody),
    ))]
pub(in super::super) async fn merge_registration(
    State(app): State<Arc<App>>,
    who: Signed,
    Path(id): Path<String>,
    headers: HeaderMap,
    Body(body): Body<MergeBody>,
) -> Result<Response, Problem> {
    who.may(Action::Review)?;
    let version = said_version(&headers)?;
    match merge(&app.store, &who.0, (&id, version), (body.into, body.version)).await {
        Ok(row) => changed(&app, row).await,
        Err(error) => Err(failed(&app, error, None).await),
    }
}

/// Publishes or returns many. One that can't be leaves the others as they are decided; each is told.
#[utoipa::path(post, path = "/api/registrations/decide", operation_id = "decideRegistrations", tag = "registrations",
    request_body = DecideBody,
    responses(
        (status = 200, body = DecidedAnswer), (status = 400, body = ProblemBody), (status = 401, body = ProblemBody),
        (status = 403, body = ProblemBody),
    ))]
pub(in super::super) async fn decide_registrations(
    State(app): State<Arc<App>>,
    who: Signed,
    Body(body): Body<DecideBody>,
) -> Result<Response, Problem> {
    who.may(Action::Review)?;
    if !(1..=MOST).contains(&body.ids.len()) {
        let wanted = Words::new(format!("1 到 {MOST} 条登记"), format!("1 to {MOST} registrations"));
        return Err(Problem::Parameters(vec![refused("ids", &body.ids.len().to_string(), wanted)]));
    }
    let decision = match body.decision {
        DecisionWord::Publish => Decision::Publish(noted("reason", &body.reason)?),
        DecisionWord::Return => Decision::Return(needed("reason", &body.reason)?),
    };
    let many: Vec<(String, i64)> = body.ids.into_iter().map(|one| (one.id, one.version)).collect();
    let rules = app.live.read().rules().clone();
    let decided = decide(&app.store, &rules.catalogue, &who.0, &many, &decision).await;
    take_in(&app).await;
    let mut results = Vec::with_capacity(many.len());
    for ((id, _), result) in many.into_iter().zip(decided) {
        let problem = match result {
            Ok(_) => None,
            Err(error) => Some(failed(&app, error, None).await.body()),
        };
        results.push(DecidedOne { id, ok: problem.is_none(), problem });
    }
    let json = serde_json::to_vec(&DecidedAnswer { results }).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(private(JSON, json))
}

/// A note that may be empty.
fn noted(field: &str, said: &str) -> Result<String, Problem> {
    let mut wrong = Vec::new();
    let said = text(&mut wrong, field, said);
    if wrong.is_empty() { Ok(said) } else { Err(Problem::Parameters(wrong)) }
}
