//! `make bench`: what a map query, an import and a start cost at a million sites, each beside a bare loop that does the
//! least that could be done, in the same run. Only the ratios travel from one machine to another.
//!
//! `--json` prints the table as JSON; `--sites N` takes another size.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod bare;
#[path = "../shared/load.rs"]
mod load;
mod places;
#[path = "../shared/table.rs"]
mod table;

use places::Place;
use rstar::{AABB, PointDistance, RTree, RTreeObject};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use table::{Row, Table};
use yimi::geo::{Bounds, Datum, Indexed, LonLat, PointIndex};
use yimi::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::import::{SitesImport, import_sites};
use yimi::jobs::Jobs;
use yimi::snapshot::{Live, load};
use yimi::store::Store;

/// Questions asked of each index.
const QUESTIONS: usize = 20_000;
/// The kind of which there are many, and the kind of which there are few.
const KIND: u16 = 3;
const CONNECTIONS: usize = 32;
const HTTP_TIME: Duration = Duration::from_secs(4);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let count = arguments
        .iter()
        .position(|a| a == "--sites")
        .and_then(|i| arguments.get(i + 1))
        .map_or(1_000_000, |n| n.parse().expect("a number"));
    let places = places::scatter(count);
    let mut table = Table::new(format!("{count} sites"));
    in_process(&places, &mut table);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    runtime.block_on(import(&places, folder.path(), &mut table));
    start(folder.path(), count, &mut table);
    runtime.block_on(over_http(&places, folder.path(), &mut table));
    table.print(arguments.iter().any(|a| a == "--json"));
}

/// The least that could be done: a planar tree of one kind, numbers only.
#[derive(Clone, Copy)]
struct Bare {
    at: [f64; 2],
    key: u32,
}

impl RTreeObject for Bare {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_point(self.at)
    }
}

impl PointDistance for Bare {
    fn distance_2(&self, to: &[f64; 2]) -> f64 {
        (self.at[0] - to[0]).powi(2) + (self.at[1] - to[1]).powi(2)
    }
}

fn in_process(places: &[Place], table: &mut Table) {
    let bare = |keep: &dyn Fn(&Place) -> bool| {
        let points = (0..).zip(places).filter(|(_, p)| keep(p)).map(|(key, p)| Bare { at: [p.lon, p.lat], key });
        RTree::bulk_load(points.collect::<Vec<_>>())
    };
    let (all, of_kind) = (bare(&|_| true), bare(&|p| p.kind == KIND));
    let indexed: Vec<Indexed> = (0..)
        .zip(places)
        .map(|(key, p)| Indexed { key, class: p.kind, at: LonLat::new(p.lon, p.lat).expect("a position") })
        .collect();
    let built = Instant::now();
    let index = PointIndex::build(&indexed);
    table.add(Row::once("pack the index", built.elapsed()));
    let asked = places::questions(places, QUESTIONS);
    let at = |q: &[f64; 2]| LonLat::new(q[0], q[1]).expect("a position");

    let bare_kind = table.time("bare rstar: nearest 10 of a kind", None, &asked, |q| {
        of_kind.nearest_neighbor_iter(q).take(10).map(|p| p.key as usize).sum()
    });
    table.time("nearest 10 of a kind, geodesic", Some(bare_kind), &asked, |q| {
        index.nearest(at(q), Some(&[KIND]), 10, f64::INFINITY, |_| true).iter().map(|f| f.0 as usize).sum()
    });
    let bare_all = table.time("bare rstar: nearest 10 of all", None, &asked, |q| {
        all.nearest_neighbor_iter(q).take(10).map(|p| p.key as usize).sum()
    });
    table.time("nearest 10 of all, geodesic", Some(bare_all), &asked, |q| {
        index.nearest(at(q), None, 10, f64::INFINITY, |_| true).iter().map(|f| f.0 as usize).sum()
    });
    let bare_box = table.time("bare rstar: box of 0.02°", None, &asked, |q| {
        let envelope = AABB::from_corners([q[0] - 0.01, q[1] - 0.01], [q[0] + 0.01, q[1] + 0.01]);
        all.locate_in_envelope(&envelope).map(|p| p.key as usize).sum()
    });
    table.time("box of 0.02°", Some(bare_box), &asked, |q| {
        let bounds = Bounds { west: q[0] - 0.01, south: q[1] - 0.01, east: q[0] + 0.01, north: q[1] + 0.01 };
        let mut sum = 0;
        index.in_box(&bounds, |key| {
            sum += key as usize;
            true
        });
        sum
    });
}

async fn import(places: &[Place], folder: &Path, table: &mut Table) {
    let file = folder.join("sites.csv");
    places::write_csv(places, &file);
    let began = Instant::now();
    let rows = csv::Reader::from_path(&file).expect("opens").byte_records().flatten().count();
    let bare = began.elapsed();
    assert_eq!(rows, places.len());
    table.add(Row::once("bare csv: read the rows", bare));

    let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
    let store = Store::open(&database(folder)).await.expect("opens");
    let import = SitesImport {
        file,
        kind: None,
        datum: Some(Datum::Wgs84),
        dry_run: false,
        all_or_nothing: false,
        who: "bench".into(),
    };
    let before_kb = table::memory_kb("self", "VmHWM");
    let began = Instant::now();
    let report = import_sites(&store, &rules, import, |_, _| {}).await.expect("imports");
    let took = began.elapsed();
    assert_eq!((report.refused, report.created), (0, places.len() as u64), "{:?}", report.problems.first());
    table.add(Row::once("import a CSV, rows and revisions stored", took).beside(bare).with_note(format!(
        "{:.0} rows/s; peak memory grew by {} MB",
        places.len() as f64 / took.as_secs_f64(),
        (table::memory_kb("self", "VmHWM") - before_kb) / 1024
    )));
    store.close().await;
}

/// Starts the real binary and waits until it is ready.
fn start(folder: &Path, count: usize, table: &mut Table) {
    let began = Instant::now();
    let mut server = std::process::Command::new(env!("CARGO_BIN_EXE_yimi"))
        .args(["serve", "--listen", "127.0.0.1:0", "--database", &database(folder)])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("starts");
    let mut line = String::new();
    let mut out = std::io::BufReader::new(server.stdout.take().expect("piped"));
    std::io::BufRead::read_line(&mut out, &mut line).expect("a line");
    let ready = began.elapsed();
    let memory = |what| table::memory_kb(&server.id().to_string(), what) / 1024;
    let now_mb = memory("VmRSS");
    // names are read for searching after the server is ready
    std::thread::sleep(Duration::from_secs(8));
    let (later_mb, peak_mb) = (memory("VmRSS"), memory("VmHWM"));
    server.kill().expect("stops");
    server.wait().expect("stopped");
    table.add(Row::once("start until ready", ready).with_note(format!(
        "{count} sites; resident {now_mb} MB when ready, {later_mb} MB with search, peak {peak_mb} MB"
    )));
}

async fn over_http(places: &[Place], folder: &Path, table: &mut Table) {
    let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
    let store = Store::open(&database(folder)).await.expect("opens");
    let live = Arc::new(Live::new(load(&store, rules).await.expect("loads")));
    let (whole, tiles) = (WholeAnswers::default(), TileCache::default());
    let jobs = Jobs::new(store.clone());
    let sheets = Jobs::new(store.clone());
    let app = App {
        live,
        store,
        jobs,
        sheets,
        page: PageSettings::default(),
        web: WebFiles::BuiltIn,
        whole,
        tiles,
        gate: Gate::default(),
    };
    let ours = load::serve(router(Arc::new(app))).await;
    let asked = places::questions(places, 2000);
    let kind = "hospital";
    let nearest: Vec<String> =
        asked.iter().map(|q| format!("/api/nearby?lon={:.5}&lat={:.5}&kind={kind}&limit=10", q[0], q[1])).collect();
    let boxes: Vec<String> = asked
        .iter()
        .map(|q| {
            format!(
                "/api/sites?bbox={:.5},{:.5},{:.5},{:.5}&limit=10",
                q[0] - 0.01,
                q[1] - 0.01,
                q[0] + 0.01,
                q[1] + 0.01
            )
        })
        .collect();
    // the bare server serialises ten sites like ours, which it holds ready
    let sample = load::get(ours, &nearest[0]).await;
    let bare = load::serve(bare::bare(&sample)).await;
    let hello = load::requests(bare, &["/hello".to_owned()], CONNECTIONS, HTTP_TIME).await;
    table.add(Row::load("bare axum: hello", &hello, None));
    let ten = load::requests(bare, &["/ten".to_owned()], CONNECTIONS, HTTP_TIME).await;
    table.add(Row::load("bare axum: ten prepared sites, serialised", &ten, None));
    let near = load::requests(ours, &nearest, CONNECTIONS, HTTP_TIME).await;
    table.add(Row::load("GET /api/nearby, 10 of a kind", &near, Some(&ten)));
    let boxed = load::requests(ours, &boxes, CONNECTIONS, HTTP_TIME).await;
    table.add(Row::load("GET /api/sites, 10 in a box of 0.02°", &boxed, Some(&ten)));
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("bench.db").display())
}
