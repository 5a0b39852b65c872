//! A county's extract imported by the program itself, and its coverage asked for over HTTP.

use crate::load;
use crate::table::{Row, Table, memory_kb};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use yimi::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::jobs::Jobs;
use yimi::snapshot::{Live, load as load_snapshot};
use yimi::store::Store;

const HTTP_TIME: Duration = Duration::from_secs(4);

/// Imports each extract that is there into an empty database, by the program, watching its memory.
pub fn imports(table: &mut Table) {
    let mut files: Vec<PathBuf> = vec!["data/donge/network.osm.pbf".into()];
    let shared = Path::new("../shared/data/osm");
    files.extend(["liechtenstein.osm.pbf", "porto-alegre.osm.pbf"].map(|name| shared.join(name)));
    for file in files {
        if !file.exists() {
            eprintln!("  skipped, not there: {}", file.display());
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let began = Instant::now();
        let mut import = Command::new(env!("CARGO_BIN_EXE_yimi"))
            .args(["import", "network", "--json", "--database", &database(folder.path())])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut peak = 0;
        let done = loop {
            peak = peak.max(memory_kb(&import.id().to_string(), "VmHWM"));
            if let Some(done) = import.try_wait().expect("runs") {
                break done;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        assert!(done.success(), "{}", file.display());
        let took = began.elapsed();
        let megabytes = std::fs::metadata(&file).expect("there").len() as f64 / 1e6;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        table.add(Row::once(&format!("import {name}"), took).with_note(format!(
            "{megabytes:.2} MB, {:.1} MB/s, peak {} MB",
            megabytes / took.as_secs_f64(),
            peak / 1024
        )));
    }
}

/// The demonstration county's coverage over HTTP.
pub async fn answers(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = Command::new(env!("CARGO_BIN_EXE_yimi"))
        .args(["demo", "--database", &database(folder.path())])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("starts");
    assert!(demo.success());
    let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
    let store = Store::open(&database(folder.path())).await.expect("opens");
    let live = Arc::new(Live::new(load_snapshot(&store, rules).await.expect("loads")));
    let app = App {
        live,
        jobs: Jobs::new(store.clone()),
        sheets: Jobs::new(store.clone()),
        store,
        page: PageSettings::default(),
        web: WebFiles::BuiltIn,
        whole: WholeAnswers::default(),
        tiles: TileCache::default(),
        gate: Gate::default(),
    };
    let ours = load::serve(router(Arc::new(app))).await;
    let kinds = ["reading_space", "school", "playground", "hospital", "kindergarten"];
    let asked = |path: &str| -> Vec<String> {
        let each = |minutes: u32| kinds.map(|kind| format!("{path}?kind={kind}&minutes={minutes}"));
        (1..=30).flat_map(each).collect()
    };
    for path in asked("/api/coverage").iter().take(kinds.len()) {
        load::get(ours, path).await;
    }
    for connections in [1, 8] {
        let load = load::requests(ours, &asked("/api/coverage"), connections, HTTP_TIME).await;
        table.add(Row::load(&format!("GET /api/coverage, {connections} at once"), &load, None));
    }
    let cells: Vec<String> = kinds.iter().map(|kind| format!("/api/coverage/cells?kind={kind}")).collect();
    let load = load::requests(ours, &cells, 1, HTTP_TIME).await;
    table.add(Row::load("GET /api/coverage/cells", &load, None));
    let areas: Vec<String> = (1..=100).map(|site| format!("/api/service-area?site={site}&minutes=15")).collect();
    let load = load::requests(ours, &areas, 1, HTTP_TIME).await;
    table.add(Row::load("GET /api/service-area, 15 minutes", &load, None));
    let here: Vec<String> = (0..100)
        .map(|i| format!("/api/coverage/here?kind=school&lon={:.4}&lat=36.34", 116.21 + f64::from(i) * 7e-4))
        .collect();
    let load = load::requests(ours, &here, 1, HTTP_TIME).await;
    table.add(Row::load("GET /api/coverage/here, the way drawn", &load, None));
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("bench.db").display())
}
