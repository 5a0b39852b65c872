//! Keeps a live snapshot up with the revision log, whichever process writes to it.

use super::{Live, Rules, load};
use crate::basemap::BASEMAP;
use crate::children::CHILDREN;
use crate::clock;
use crate::snapshot::load::{basemap, children, walks};
use crate::store::{Changed, Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// How often the log is looked at. A look is one small query and only happens here, never in a read.
const PACE: Duration = Duration::from_millis(300);
/// Lines taken in at once; between such batches readers get their turn.
const BATCH: i64 = 500;
/// When so large a part of all sites has changed, loading anew is cheaper than amending.
const RELOAD_SHARE: usize = 4;
const RELOAD_FROM: usize = 20_000;

/// Follows until the task is dropped. A failing database is told in the log once and tried again.
pub async fn follow(store: Store, live: Arc<Live>, rules: Arc<Rules>) {
    let mut failing = false;
    loop {
        tokio::time::sleep(PACE).await;
        match catch_up(&store, &live, &rules).await {
            Ok(()) => failing = false,
            Err(error) if !failing => {
                tracing::error!(%error, "the revision log can't be followed; what is shown may be old");
                failing = true;
            }
            Err(_) => {}
        }
    }
}

/// Brings the snapshot up to the newest line, and to today.
pub async fn catch_up(store: &Store, live: &Arc<Live>, rules: &Arc<Rules>) -> Result<(), StoreError> {
    let _alone = live.following.lock().await;
    live.close_due(clock::today());
    loop {
        let (known, held) = {
            let now = live.read();
            (now.revision, now.len())
        };
        let newest = store.latest_revision().await?;
        if newest <= known {
            return Ok(());
        }
        let behind = usize::try_from(newest - known).unwrap_or(usize::MAX);
        let lines = store.changed_after(known, BATCH).await?;
        let areas_changed = lines.iter().any(|line| line.noun == "area");
        if areas_changed || (behind > RELOAD_FROM && behind > held / RELOAD_SHARE) {
            let fresh = load(store, rules.clone()).await?;
            live.amend(|now| *now = fresh);
            let live = live.clone();
            tokio::task::spawn_blocking(move || {
                live.prepare_names();
                live.prepare_doors();
            });
        } else {
            amend(store, live, rules, &lines).await?;
            if lines.iter().any(|line| line.noun == "dataset" && line.noun_id == "network") {
                let live = live.clone();
                tokio::task::spawn_blocking(move || live.prepare_doors());
            }
        }
    }
}

async fn amend(store: &Store, live: &Live, rules: &Arc<Rules>, lines: &[Changed]) -> Result<(), StoreError> {
    let about_sites = lines.iter().filter(|line| line.noun == "site");
    let ids: Vec<i64> = about_sites.filter_map(|line| line.noun_id.parse().ok()).collect();
    let rows = store.sites_by_id(&ids).await?;
    let today = clock::today();
    let replaced = |kind: &str| lines.iter().any(|line| line.noun == "dataset" && line.noun_id == kind);
    let network = if replaced("network") { Some(walks(store, rules).await?) } else { None };
    let people = if replaced(CHILDREN) { Some(children(store).await?) } else { None };
    let ground = if replaced(BASEMAP) { Some(basemap(store).await?) } else { None };
    live.amend(|now| {
        if let Some(basemap) = ground {
            now.basemap = basemap;
            now.name_places();
        }
        if let Some(walks) = network {
            now.walks = walks;
        }
        if let Some(children) = people {
            now.children = children;
        }
        for row in &rows {
            now.take_in(row, today);
        }
        if let Some(line) = lines.last() {
            now.revision = line.id;
        }
        if let Some(line) = lines.iter().rfind(|line| line.is_shown()) {
            now.shown = line.id;
        }
        if let Some(line) = lines.iter().rfind(|line| line.is_of_people()) {
            now.people = line.id;
        }
    });
    if lines.iter().any(Changed::is_on_desks) {
        live.news.desk();
    }
    Ok(())
}
