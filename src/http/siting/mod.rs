//! Siting: where the next sites of a kind should go, as a job with progress and a result that stays.
//!
//! `POST /api/siting` reads and checks all of the request ([`prepare`]), so that mistakes are answered at once; the job then
//! searches whom each place reaches ([`numbers`]), asks the engine for a plan and explains it ([`solve`]).

mod ask;
mod numbers;
mod prepare;
mod serves;
mod shape;
mod solve;
mod words;

pub use ask::{Candidates, CandidatesFrom, Listed, ObjectiveName, SitingRequest, Spot};
pub use prepare::prepare;
pub use shape::{SitingAnswer, SitingProgress};
pub use solve::{Solved, Watching, solve_prepared};

use super::body::Body;
use super::coverage::aside;
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::jobs::{Failed, Job, Json, NotTaken, Seen, Status};
use crate::text::Words;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use shape::SitingJob;
use std::convert::Infallible;
use std::sync::Arc;

/// Asks for a plan of new sites. The answer tells where to look and listen for it.
#[utoipa::path(post, path = "/api/siting", operation_id = "postSiting", tag = "siting",
    request_body = SitingRequest,
    responses(
        (status = 202, body = SitingJob, headers(("Location" = String, description = "Where the job is"))),
        (status = 400, body = ProblemBody), (status = 404, body = ProblemBody),
        (status = 422, body = ProblemBody, description = "No such plan can be"),
        (status = 503, body = ProblemBody, description = "Too many wait already"),
    ))]
pub(super) async fn start(State(app): State<Arc<App>>, Body(request): Body<SitingRequest>) -> Response {
    // started from the runtime's own thread, as the job is spawned there
    let runtime = tokio::runtime::Handle::current();
    aside(move || {
        let asked = raw(&request)?;
        let prepared = prepare(&app.live, request)?;
        let live = app.live.clone();
        let _here = runtime.enter();
        let job = app.jobs.start("siting", asked, move |report| {
            let mut tell = |progress: SitingProgress| report.progress(&progress);
            let watching = Watching { tell: &mut tell, stopped: &|| report.is_stopped() };
            let solved = solve_prepared(&live, prepared, watching).and_then(|solved| raw(&solved.answer));
            solved.map_err(|problem| Failed(raw(&problem.body()).unwrap_or_default()))
        });
        let job = job.map_err(|refused| match refused {
            NotTaken::Full => Problem::Refused(StatusCode::SERVICE_UNAVAILABLE),
            NotTaken::Chance(error) => Problem::Internal(error.to_string()),
        })?;
        let place = HeaderValue::from_str(&format!("/api/siting/{}", job.id));
        let mut response = (StatusCode::ACCEPTED, axum::Json(of_job(&job))).into_response();
        response.headers_mut().extend(place.ok().map(|place| (header::LOCATION, place)));
        Ok(response)
    })
    .await
}

/// How a siting job stands, and the plan when there is one.
#[utoipa::path(get, path = "/api/siting/{id}", operation_id = "getSiting", tag = "siting",
    params(("id" = String, Path)),
    responses((status = 200, body = SitingJob), (status = 404, body = ProblemBody)))]
pub(super) async fn one(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let (job, _) = found(&app, id).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], axum::Json(job)).into_response())
}

/// Tells the best plan so far and the bound as they come closer: events `progress`, and at the end `done` with the whole job.
#[utoipa::path(get, path = "/api/siting/{id}/events", operation_id = "getSitingEvents", tag = "siting",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 404, body = ProblemBody)))]
pub(super) async fn events(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let (told, job) = found(&app, id).await?;
    let events: std::pin::Pin<Box<dyn Stream<Item = Result<Event, Infallible>> + Send>> = match job {
        None => Box::pin(stream::iter([Ok(done(&told))])),
        Some(job) => Box::pin(follow(job)),
    };
    Ok(Sse::new(events).keep_alive(KeepAlive::default()).into_response())
}

/// Cancels a siting job. The best plan so far becomes its result, where there is one.
#[utoipa::path(delete, path = "/api/siting/{id}", operation_id = "cancelSiting", tag = "siting",
    params(("id" = String, Path)),
    responses((status = 200, body = SitingJob), (status = 404, body = ProblemBody)))]
pub(super) async fn cancel(State(app): State<Arc<App>>, Path(id): Path<String>) -> Result<Response, Problem> {
    if let Some(job) = app.jobs.get(&id) {
        job.cancel();
        let mut seen = job.watch();
        // it notices within a moment; whoever cancelled sees what became of it
        let _ = seen.wait_for(|seen| seen.status.is_over()).await;
    }
    one(State(app), Path(id)).await
}

fn raw(value: &impl Serialize) -> Result<Box<RawValue>, Problem> {
    to_raw_value(value).map_err(|error| Problem::Internal(error.to_string()))
}

fn told(id: String, request: Json, seen: Seen) -> SitingJob {
    let Seen { status, progress, result, mut problem } = seen;
    if status == Status::Failed && problem.is_none() {
        let broken = Problem::Internal("a job was broken off".to_owned()).body();
        problem = to_raw_value(&broken).ok().map(Json::from);
    }
    SitingJob { id, status, request, progress, result, problem }
}

fn of_job(job: &Job) -> SitingJob {
    told(job.id.clone(), job.request.clone(), job.seen())
}

/// A job of this process or of before.
async fn found(app: &App, id: String) -> Result<(SitingJob, Option<Arc<Job>>), Problem> {
    if let Some(job) = app.jobs.get(&id) {
        return Ok((of_job(&job), Some(job)));
    }
    match app.jobs.of_before(&id).await? {
        Some((request, seen)) => Ok((told(id, request, seen), None)),
        None => Err(Problem::NotFound(Words::fixed("没有这项计算", "no such job"))),
    }
}

fn event(name: &str, data: &impl Serialize) -> Event {
    Event::default().event(name).json_data(data).unwrap_or_default()
}

fn done(job: &SitingJob) -> Event {
    event("done", job)
}

/// What a job tells from now on, until it is over.
fn follow(job: Arc<Job>) -> impl Stream<Item = Result<Event, Infallible>> + Send {
    let mut seen = job.watch();
    seen.mark_changed();
    stream::unfold(Some((job, seen)), |state| async move {
        let (job, mut seen) = state?;
        seen.changed().await.ok()?;
        let now = seen.borrow_and_update().clone();
        if now.status.is_over() {
            return Some((Ok(done(&of_job(&job))), None));
        }
        let progress = match &now.progress {
            Some(progress) => event("progress", progress),
            None => event("waiting", &now.status),
        };
        Some((Ok(progress), Some((job, seen))))
    })
}
