//! One piece of work, as those see it who wait for it.

use serde::Serialize;
use serde_json::value::RawValue;
use std::sync::Arc;
use tokio::sync::watch;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Others are before it.
    Queued,
    /// It is worked on.
    Running,
    /// It has ended by itself.
    Done,
    /// Somebody stopped it; there may be a result all the same.
    Cancelled,
    /// It can't be done, or went wrong.
    Failed,
}

impl Status {
    /// Its name in JSON and in the database.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// From its name.
    pub(super) fn named(id: &str) -> Option<Self> {
        [Self::Queued, Self::Running, Self::Done, Self::Cancelled, Self::Failed].into_iter().find(|it| it.id() == id)
    }

    /// Whether nothing more will come.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::Failed)
    }
}

/// JSON that is passed on as it is.
pub type Json = Arc<RawValue>;

/// A job at a moment.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Where it stands.
    pub status: Status,
    /// How far it has got.
    pub progress: Option<Json>,
    /// What came of it.
    pub result: Option<Json>,
    /// Why it failed.
    pub problem: Option<Json>,
}

impl Seen {
    pub(super) fn new(status: Status) -> Self {
        Self { status, progress: None, result: None, problem: None }
    }
}

/// Why work ended without a result, as JSON for whoever asked.
#[derive(Debug)]
pub struct Failed(pub Box<RawValue>);

/// A piece of work that was asked for.
#[derive(Debug)]
pub struct Job {
    /// Unguessable.
    pub id: String,
    /// What it does.
    pub kind: &'static str,
    /// What was asked, JSON.
    pub request: Json,
    /// When, RFC 3339.
    pub asked: String,
    pub(super) state: watch::Sender<Seen>,
    stop: watch::Sender<bool>,
}

impl Job {
    pub(super) fn new(id: String, kind: &'static str, request: Json, asked: String) -> Self {
        let state = watch::Sender::new(Seen::new(Status::Queued));
        Self { id, kind, request, asked, state, stop: watch::Sender::new(false) }
    }

    /// How it stands now and, through what is returned, whenever that changes.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Seen> {
        self.state.subscribe()
    }

    /// How it stands now.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.state.borrow().clone()
    }

    /// Tells it to stop. It ends when it notices, with the best that it has.
    pub fn cancel(&self) {
        self.stop.send_replace(true);
    }

    /// Whether it was told to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.stop.borrow()
    }

    /// Until it is told to stop.
    pub(super) async fn cancelled(&self) {
        // the sender lives as long as the job
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
    }
}

/// How work tells where it is, and hears that it should stop.
#[derive(Debug)]
pub struct Report(pub(super) Arc<Job>);

impl Report {
    /// Tells how far the work has got. Only the newest is kept.
    pub fn progress(&self, progress: &impl Serialize) {
        let Ok(json) = serde_json::value::to_raw_value(progress) else { return };
        self.0.state.send_modify(|seen| seen.progress = Some(json.into()));
    }

    /// Whether the work should end with what it has.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.is_cancelled()
    }
}
