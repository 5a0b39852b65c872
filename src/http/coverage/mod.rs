//! Coverage: which children reach a kind of site on foot, in how many minutes.
//!
//! `GET /api/coverage` has the figures, `/api/coverage/cells` and `/api/coverage/streets` the times that a map is painted
//! by, `/api/coverage/here` the way from any place to its nearest site. All take the same question.

mod answer;
mod ask;
mod body;
mod gap_answer;
mod gap_names;
mod here;
mod shape;
mod times;

pub(super) use ask::Asked;
pub use ask::at_time;
pub(super) use body::{QuestionFields, asked_in_body};
pub(super) use gap_answer::{GAPS, largest};
pub(super) use here::*;
pub use shape::{CoverageAnswer, GapAnswer, GroupFigures, NamedSite};
pub(super) use times::*;

use super::headers::{JSON, marked};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::snapshot::Live;
use answer::coverage_answer;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Searches at once. More would not be done sooner, and each may take as long, and hold as much, as a network is large.
static SEARCHES: Semaphore = Semaphore::const_new(4);
/// How long somebody waits for a turn.
const TURN: Duration = Duration::from_secs(10);

/// Runs work that may search a whole network on a thread that nobody else waits for, a few at once. A turn is over when the
/// work is, whether or not somebody still waits for the answer.
pub(super) async fn aside(work: impl FnOnce() -> Result<Response, Problem> + Send + 'static) -> Response {
    apart(work).await.unwrap_or_else(IntoResponse::into_response)
}

/// The same for whoever has something to do with what comes of it.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let Ok(Ok(turn)) = tokio::time::timeout(TURN, SEARCHES.acquire()).await else {
        return Err(Problem::Refused(StatusCode::SERVICE_UNAVAILABLE));
    };
    let work = move || {
        let _turn = turn;
        work()
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(made) => made,
        Err(stopped) => Err(Problem::Internal(format!("a search stopped: {stopped}"))),
    }
}

/// The answer to the parameters of `GET /api/coverage`, for the command line.
pub fn coverage_of(live: &Live, query: &str) -> Result<CoverageAnswer, Problem> {
    let (asked, _) = ask::asked(live, Some(query), true)?;
    coverage_answer(live, &asked)
}

/// The children within reach of a kind of site: of the county, of each town, and where those live who are not.
#[utoipa::path(get, path = "/api/coverage", operation_id = "getCoverage", tag = "coverage",
    params(
        ("kind" = String, Query, description = "One kind of sites that are shown as points. Attributes of the catalogue narrow it down, such as demonstration=true"),
        ("minutes" = Option<u32>, Query, description = "The limit, 1 to 120; usually the kind's own"),
        ("profile" = Option<String>, Query, description = "Who walks; usually child_6_9. GET /api/profiles lists them"),
        ("at" = Option<String>, Query, description = "Local time such as 2025-06-01T10:00: only sites known to be open then, with the safety posts on duty then"),
        ("ages" = Option<String>, Query, description = "Ages that are counted, such as 0-14 (usual)"),
    ),
    responses(
        (status = 200, body = CoverageAnswer),
        (status = 400, body = ProblemBody),
        (status = 404, body = ProblemBody, description = "No walking network or no children yet"),
    ))]
pub(super) async fn coverage(State(app): State<Arc<App>>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    aside(move || {
        let (asked, mark) = ask::asked(&app.live, query.as_deref(), true)?;
        let mark = format!("{mark:016x}");
        Ok(marked(&headers, &mark, JSON, || {
            let answer = coverage_answer(&app.live, &asked)?;
            let json = serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))?;
            Ok(json.into())
        }))
    })
    .await
}
