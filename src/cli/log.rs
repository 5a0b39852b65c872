//! Where the log goes: standard error, as text or (`YIMI_LOG_FORMAT=json`) one JSON object a line; how much: `YIMI_LOG`.

use tracing_subscriber::EnvFilter;

/// Starts logging: a server tells what it does, a command only what goes wrong.
pub fn start(server: bool) {
    let usual = if server { "info,sqlx=error" } else { "warn" };
    let filter = std::env::var("YIMI_LOG").ok().and_then(|filter| EnvFilter::try_new(filter).ok());
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter.unwrap_or_else(|| EnvFilter::new(usual)))
        .with_writer(std::io::stderr)
        .with_target(false);
    // a second start in one process (tests) keeps the first
    let _ = if std::env::var("YIMI_LOG_FORMAT").is_ok_and(|format| format == "json") {
        builder.json().try_init()
    } else {
        builder.with_ansi(false).try_init()
    };
}
