//! Whoever wants to know at once that something changed is told here.
//!
//! What is told is kept as its newest value, not as a queue: whoever listens late or slowly hears where things are now,
//! and a listener costs the same whether it reads or not.

use super::Live;
use tokio::sync::watch;

/// What has changed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct News {
    /// [`super::Snapshot::mark`] of what is shown.
    pub mark: u64,
    /// Counts the changes on desks, registrations and reports, that this process has seen.
    pub desk: u64,
    /// Whether this is the end: the process stops.
    pub is_over: bool,
}

#[derive(Debug)]
pub(super) struct Telling(watch::Sender<News>);

impl Telling {
    pub fn new(mark: u64) -> Self {
        Self(watch::Sender::new(News { mark, desk: 0, is_over: false }))
    }

    /// What is shown goes by another mark.
    pub fn shown(&self, mark: u64) {
        self.0.send_if_modified(|news| std::mem::replace(&mut news.mark, mark) != mark);
    }

    /// Something on desks changed.
    pub fn desk(&self) {
        self.0.send_modify(|news| news.desk += 1);
    }
}

impl Live {
    /// Hears of every change from now on.
    #[must_use]
    pub fn listen(&self) -> watch::Receiver<News> {
        self.news.0.subscribe()
    }

    /// Tells all listeners that nothing more comes, so that they leave.
    pub fn stop_telling(&self) {
        self.news.0.send_modify(|news| news.is_over = true);
    }
}
