//! The composition root: the store is open; load the snapshot, follow the log, build the router, serve, and shut down in
//! order when told to.

use crate::http::{App, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use crate::jobs::Jobs;
use crate::snapshot::{Live, Rules, follow, load};
use crate::store::Store;
use anyhow::Context;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;
use tokio::net::TcpListener;

/// Serves until the process is told to stop.
pub async fn serve(
    store: Store,
    rules: Arc<Rules>,
    listen: SocketAddr,
    page: PageSettings,
    web: WebFiles,
) -> anyhow::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind(listen).await.with_context(|| format!("can't listen on {listen}"))?;
    let live = Arc::new(Live::new(load(&store, rules.clone()).await?));
    tracing::info!(sites = live.read().len(), took_ms = start.elapsed().as_millis() as u64, "loaded");

    let following = tokio::spawn(follow(store.clone(), live.clone(), rules));
    let warming = live.clone();
    // the first search should not wait for a million readings
    tokio::task::spawn_blocking(move || warming.prepare_names());
    let app = Arc::new(App {
        live,
        store: store.clone(),
        page,
        web,
        whole: WholeAnswers::default(),
        tiles: TileCache::default(),
        jobs: Jobs::new(store.clone()),
    });
    let address = listener.local_addr()?;
    println!("一米 Yimi: http://{address}");
    let stopping = app.clone();
    let stop = async move {
        told_to_stop().await;
        // whoever listens to a job would keep the service open until it ends
        stopping.jobs.stop_all();
    };
    axum::serve(listener, router(app)).with_graceful_shutdown(stop).await?;

    following.abort();
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Waits for Ctrl-C or SIGTERM.
async fn told_to_stop() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl-C can't be heard");
            std::future::pending::<()>().await;
        }
    };
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::warn!(%error, "SIGTERM can't be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}
