//! `GET /api/desk`: how much waits on whom.

use super::super::headers::{JSON, private};
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::super::signed::Signed;
use super::list::overdue;
use super::shape::Units;
use crate::auth::Action;
use crate::registry::registrations::{RegistrationError, adopt_tasks};
use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// How much of a unit's stands where.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskUnit {
    /// Its id; null for registrations of no unit.
    unit: Option<String>,
    /// What it is called.
    name: String,
    drafts: i64,
    submitted: i64,
    returned: i64,
    published: i64,
    /// Of those submitted, how many have waited for more than 5 days.
    overdue: i64,
}

/// Reports from the public.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskReports {
    /// How many wait for an answer.
    open: i64,
}

/// A desk.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeskAnswer {
    /// Each unit that has registrations; for a member their own.
    units: Vec<DeskUnit>,
    reports: DeskReports,
}

/// How many registrations of each unit wait where, and how many reports wait for an answer. Members see their own unit's.
#[utoipa::path(get, path = "/api/desk", operation_id = "getDesk", tag = "registrations",
    responses((status = 200, body = DeskAnswer), (status = 401, body = ProblemBody), (status = 403, body = ProblemBody)))]
pub(in super::super) async fn desk(State(app): State<Arc<App>>, who: Signed) -> Result<Response, Problem> {
    who.may(Action::Register)?;
    let own = who.0.unit.as_ref().map(|unit| unit.0.as_str());
    let unit = match (who.0.may(Action::Review), own) {
        (true, _) => None,
        (false, Some(own)) => Some(own),
        (false, None) => return Err(super::plain(RegistrationError::NoUnit)),
    };
    adopt_tasks(&app.store).await.map_err(super::plain)?;
    let names = Units::of(&app.store).await?;
    let counts = app.store.desk_counts(unit, &overdue()).await?.into_iter().map(|counts| DeskUnit {
        name: counts.unit.clone().map_or_else(String::new, |unit| names.named(unit).name),
        unit: counts.unit,
        drafts: counts.drafts,
        submitted: counts.submitted,
        returned: counts.returned,
        published: counts.published,
        overdue: counts.overdue,
    });
    let reports = DeskReports { open: app.store.open_reports(unit).await? };
    let answer = DeskAnswer { units: counts.collect(), reports };
    Ok(private(JSON, serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))?))
}
