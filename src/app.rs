//! The composition root: the store is open; load the snapshot, follow the log, build the router, serve, and shut down in
//! order when told to.

use crate::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, link_address, router};
use crate::jobs::Jobs;
use crate::registry::people::first_administrator;
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
    gate: Gate,
) -> anyhow::Result<()> {
    let start = Instant::now();
    let listener = TcpListener::bind(listen).await.with_context(|| format!("can't listen on {listen}"))?;
    let live = Arc::new(Live::new(load(&store, rules.clone()).await?));
    tracing::info!(sites = live.read().len(), took_ms = start.elapsed().as_millis() as u64, "loaded");

    let following = tokio::spawn(follow(store.clone(), live.clone(), rules));
    let warming = live.clone();
    // the first search should not wait for a million readings
    tokio::task::spawn_blocking(move || {
        warming.prepare_names();
        warming.prepare_doors();
    });
    let app = Arc::new(App {
        live,
        store: store.clone(),
        page,
        web,
        whole: WholeAnswers::default(),
        tiles: TileCache::default(),
        jobs: Jobs::new(store.clone()),
        sheets: Jobs::new(store.clone()),
        gate,
    });
    let address = listener.local_addr()?;
    println!("一米 Yimi: http://{address}");
    let reached = app.page.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    invite_first_administrator(&store, &reached).await?;
    let stopping = app.clone();
    let stop = async move {
        told_to_stop().await;
        // whoever listens to a job or to the map would keep the service open until it ends
        stopping.jobs.stop_all();
        stopping.sheets.stop_all();
        stopping.live.stop_telling();
    };
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;

    following.abort();
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// While nobody looks after people, whoever started the service is given a link to become the one who does. It is printed
/// and not logged.
async fn invite_first_administrator(store: &Store, reached: &str) -> anyhow::Result<()> {
    if let Some((person, link)) = first_administrator(store, "yimi serve").await? {
        let (account, place) = (&person.account, link_address(&link.token));
        println!("首位管理员(账号 {account})请打开此链接设置密码,只能用一次:");
        println!("The first administrator (account {account}) sets a password by this link, which works once:");
        println!("  {reached}{place}");
    }
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
