//! Jobs that wait, run and have lately ended.

use super::job::{Failed, Job, Json, Report, Seen, Status};
use crate::store::{JobRow, Store, StoreError};
use crate::{chance, clock};
use serde_json::value::RawValue;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

/// Jobs that run at once: each may take every core.
const AT_ONCE: usize = 1;
/// Jobs that may wait for their turn; more would wait so long that they are better asked again.
const WAITING: usize = 16;
/// Ended jobs that are still in memory.
const REMEMBERED: usize = 32;

/// Why a job is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// Too many wait already.
    #[error("{WAITING} jobs wait already")]
    Full,
    /// The machine gives no randomness for its id.
    #[error("no randomness: {0}")]
    Chance(#[from] getrandom::Error),
}

/// All jobs of this process.
#[derive(Debug)]
pub struct Jobs {
    store: Store,
    turns: Arc<Semaphore>,
    /// The newest last.
    known: Mutex<VecDeque<Arc<Job>>>,
}

impl Jobs {
    /// No job yet; results go to `store`.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, turns: Arc::new(Semaphore::new(AT_ONCE)), known: Mutex::default() }
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<Arc<Job>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes work in; it begins when its turn comes. `work` runs on a thread of its own.
    pub fn start(
        &self,
        kind: &'static str,
        request: Box<RawValue>,
        work: impl FnOnce(&Report) -> Result<Box<RawValue>, Failed> + Send + 'static,
    ) -> Result<Arc<Job>, NotTaken> {
        self.start_as(chance::token()?, kind, request, work)
    }

    /// The same under an id that was made before, so that it can be written down before the work begins.
    pub fn start_as(
        &self,
        id: String,
        kind: &'static str,
        request: Box<RawValue>,
        work: impl FnOnce(&Report) -> Result<Box<RawValue>, Failed> + Send + 'static,
    ) -> Result<Arc<Job>, NotTaken> {
        let job = Arc::new(Job::new(id, kind, request.into(), clock::now_rfc3339()));
        {
            let mut known = self.known();
            if known.iter().filter(|job| !job.seen().status.is_over()).count() >= AT_ONCE + WAITING {
                return Err(NotTaken::Full);
            }
            while known.len() >= REMEMBERED + AT_ONCE + WAITING {
                let over = known.iter().position(|job| job.seen().status.is_over());
                known.remove(over.unwrap_or(0));
            }
            known.push_back(job.clone());
        }
        tokio::spawn(run(self.store.clone(), self.turns.clone(), job.clone(), work));
        Ok(job)
    }

    /// The job with an id, if this process has it.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Arc<Job>> {
        self.known().iter().find(|job| job.id == id).cloned()
    }

    /// A job of before, from the database. One that was not over when its process ended never will be.
    pub async fn of_before(&self, id: &str) -> Result<Option<(Json, Seen)>, StoreError> {
        let Some(row) = self.store.job(id).await? else { return Ok(None) };
        let json = |text: String| RawValue::from_string(text).ok().map(Json::from);
        let status = Status::named(&row.status).filter(|status| status.is_over()).unwrap_or(Status::Failed);
        let (result, problem) = (row.result.and_then(json), row.problem.and_then(json));
        let Some(request) = json(row.request) else { return Ok(None) };
        Ok(Some((request, Seen { status, progress: None, result, problem })))
    }

    /// Tells all to stop, so that the process can end.
    pub fn stop_all(&self) {
        self.known().iter().for_each(|job| job.cancel());
    }
}

/// A job from its turn to its end, which is written down before anybody is told.
async fn run(
    store: Store,
    turns: Arc<Semaphore>,
    job: Arc<Job>,
    work: impl FnOnce(&Report) -> Result<Box<RawValue>, Failed> + Send + 'static,
) {
    keep(&store, &job, &Seen::new(Status::Queued)).await;
    let turn = tokio::select! {
        biased;
        () = job.cancelled() => {
            end(&store, &job, Seen::new(Status::Cancelled)).await;
            return;
        }
        turn = turns.acquire_owned() => turn,
    };
    job.state.send_modify(|seen| seen.status = Status::Running);
    let report = Report(job.clone());
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(&report)
    });
    let mut seen = Seen::new(Status::Done);
    match done.await {
        Ok(Ok(result)) => seen.result = Some(result.into()),
        Ok(Err(Failed(problem))) => (seen.status, seen.problem) = (Status::Failed, Some(problem.into())),
        Err(stopped) => {
            tracing::error!(%stopped, kind = job.kind, "a job went wrong");
            seen.status = Status::Failed;
        }
    }
    if job.is_cancelled() {
        seen.status = Status::Cancelled;
    }
    seen.progress = job.seen().progress;
    end(&store, &job, seen).await;
}

async fn end(store: &Store, job: &Job, seen: Seen) {
    keep(store, job, &seen).await;
    job.state.send_replace(seen);
}

/// Writes a job down. Where that fails its result is still there as long as the process is.
async fn keep(store: &Store, job: &Job, seen: &Seen) {
    let text = |json: &Option<Json>| json.as_ref().map(|json| json.get().to_owned());
    let row = JobRow {
        id: job.id.clone(),
        kind: job.kind.to_owned(),
        status: seen.status.id().to_owned(),
        request: job.request.get().to_owned(),
        result: text(&seen.result),
        problem: text(&seen.problem),
        asked: job.asked.clone(),
        ended: seen.status.is_over().then(clock::now_rfc3339),
    };
    if let Err(error) = store.put_job(&row).await {
        tracing::error!(%error, kind = job.kind, "a job could not be written down");
    }
}
