//! A progress bar on standard error, for what takes longer than a second; nothing when nobody watches.

use crate::http::SitingProgress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::{Duration, Instant};

/// What is done faster needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar over the bytes of a file, shown once a second has passed.
pub struct ByteBar {
    bar: ProgressBar,
    start: Instant,
}

impl ByteBar {
    /// A bar that says `what`.
    pub fn new(what: &str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Self { bar, start: Instant::now() }
    }

    /// Moves the bar.
    pub fn at(&self, done: u64, total: u64) {
        if self.bar.is_hidden() && self.start.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(total);
        self.bar.set_position(done);
    }
}

/// Does `work`; when it takes longer than a second, something turns meanwhile.
pub async fn watched<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::pin!(work);
    tokio::select! {
        done = &mut work => return done,
        () = tokio::time::sleep(PATIENCE) => {}
    }
    let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
    spinner.enable_steady_tick(Duration::from_millis(100));
    let done = work.await;
    spinner.finish_and_clear();
    done
}

impl Drop for ByteBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// What a search for a plan is at, shown once a second has passed.
pub struct SearchBar {
    bar: ProgressBar,
    start: Instant,
}

impl SearchBar {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(100), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {msg}") {
            bar.set_style(style);
        }
        Self { bar, start: Instant::now() }
    }

    /// Moves the bar; plan and bound stand beside it.
    pub fn at(&mut self, progress: &SitingProgress) {
        if self.bar.is_hidden() && self.start.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position((progress.share.unwrap_or(0.0) * 100.0) as u64);
        let value = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.0}"));
        let (plan, bound) = (value(progress.objective), value(progress.bound));
        self.bar.set_message(format!("{}  {plan} ≤ {bound}", progress.stage));
    }
}

impl Drop for SearchBar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
