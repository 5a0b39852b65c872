//! The whole service over sockets: a million sites on half a million junctions in a real database, the nearest by walking
//! time and the one box beside a bare server that serialises ten prepared sites.

#[path = "../map/bare.rs"]
mod bare;

use crate::city::{Chance, City};
use crate::load;
use crate::table::{Row, Table};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use yimi::geo::{Datum, LonLat};
use yimi::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::import::{SitesImport, import_sites};
use yimi::jobs::Jobs;
use yimi::registry::{NewDataset, Reason, record_dataset};
use yimi::snapshot::{Live, load as loaded};
use yimi::store::{Packed, Store};

const CONNECTIONS: usize = 32;
const TIME: Duration = Duration::from_secs(4);
const QUESTIONS: usize = 2000;
const KINDS: [&str; 10] = [
    "reading_space",
    "school",
    "kindergarten",
    "hospital",
    "parents_school",
    "rehabilitation",
    "playground",
    "childcare",
    "volunteer_station",
    "reading_space",
];
const HOURS: [&str; 4] = ["Tu-Su 09:00-17:30; PH off", "\"Mo-Fr 08:00-12:00,14:00-18:00\"", "24/7", ""];
const NAMES: [&str; 8] = ["曙光", "和平", "青年", "前进", "文化", "东苑", "洛神湖", "鱼山"];

pub fn over_http(sites: usize, junctions: usize, json: bool) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let mut table = Table::new(format!("over HTTP: {sites} sites, {junctions} junctions, {CONNECTIONS} connections"));
    runtime.block_on(measured(sites, junctions, &mut table));
    table.print(json);
}

async fn measured(sites: usize, junctions: usize, table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await.expect("opens");
    let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
    let city = City::new(junctions);
    let mut chance = Chance::new(11);
    let file = folder.path().join("sites.csv");
    std::fs::write(&file, rows(&city, &mut chance, sites)).expect("written");
    let (datum, who) = (Some(Datum::Wgs84), "bench".to_owned());
    let import = SitesImport { file, kind: None, datum, dry_run: false, all_or_nothing: true, who };
    import_sites(&store, &rules, import, |_, _| {}).await.expect("sites");
    let asked: Vec<LonLat> = (0..QUESTIONS).map(|_| city.somewhere(&mut chance)).collect();
    put(&store, &city.network.to_bytes().expect("bytes")).await;
    drop(city);
    let live = Arc::new(Live::new(loaded(&store, rules).await.expect("loads")));
    let began = Instant::now();
    live.prepare_names();
    table.add(Row::once("names made ready", began.elapsed()));
    let began = Instant::now();
    live.prepare_doors();
    table.add(Row::once("doors made ready, with stairs and without", began.elapsed()));
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
    let near = |more: &str| -> Vec<String> {
        let body = |at: &LonLat| {
            format!("{{\"lon\":{:.6},\"lat\":{:.6},\"at\":\"2025-06-07T16:00\"{more}}}", at.lon(), at.lat())
        };
        asked.iter().map(|at| to_post("/api/nearby", &body(at))).collect()
    };
    let kind = near(",\"kind\":\"hospital\"");
    let bare = load::serve(bare::bare(&load::asked(ours, &kind[0]).await)).await;
    let hello = load::requests(bare, &["/hello".to_owned()], CONNECTIONS, TIME).await;
    table.add(Row::load("bare axum: hello", &hello, None));
    let ten = load::requests(bare, &["/ten".to_owned()], CONNECTIONS, TIME).await;
    table.add(Row::load("bare axum: ten prepared sites, serialised", &ten, None));
    for (what, requests) in [
        ("POST /api/nearby by walk, 10 of a kind", kind),
        ("POST /api/nearby by walk, 10 of all", near("")),
        ("POST /api/nearby by walk, 10 of a kind that are open", near(",\"kind\":\"hospital\",\"open\":true")),
    ] {
        let ours = load::whole_requests(ours, &requests, CONNECTIONS, TIME).await;
        table.add(Row::load(what, &ours, Some(&ten)));
    }
    for (what, typed) in [
        ("GET /api/search, two characters", vec!["曙光", "光社", "湖幼", "山阅"]),
        ("GET /api/search, pinyin and initials", vec!["shuguang", "sgsq", "luoshenhu", "dongyuan"]),
        ("GET /api/search, a typo", vec!["曙先社区医院", "shuguagn", "heping youeryaun"]),
        ("GET /api/search, a kind and a place", vec!["library 曙光", "学校 和平"]),
    ] {
        let paths: Vec<String> = typed.iter().map(|typed| format!("/api/search?q={}", encoded(typed))).collect();
        let ours = load::requests(ours, &paths, CONNECTIONS, TIME).await;
        table.add(Row::load(what, &ours, Some(&ten)));
    }
}

fn rows(city: &City, chance: &mut Chance, sites: usize) -> String {
    let mut csv = "id,kind,name,lon,lat,opening_hours,address,unit,capacity\n".to_owned();
    for id in 0..sites {
        let (at, kind) = (city.somewhere(chance), KINDS[id % KINDS.len()]);
        let (name, hours) = (NAMES[id / 10 % NAMES.len()], HOURS[id % 7 % HOURS.len()]);
        let (lon, lat) = (at.lon(), at.lat());
        let what = ["阅读空间", "小学", "幼儿园", "医院", "家长学校"][id % 5];
        writeln!(
            csv,
            "S{id},{kind},{name}社区第{id}{what},{lon:.7},{lat:.7},{hours},人民路{}号,某街道办事处,{}",
            id % 997,
            20 + id % 80
        )
        .expect("text");
    }
    csv
}

fn to_post(path: &str, body: &str) -> String {
    let head = "Host: localhost\r\nContent-Type: application/json";
    format!("POST {path} HTTP/1.1\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn encoded(words: &str) -> String {
    words.bytes().fold(String::new(), |mut all, byte| {
        write!(all, "%{byte:02X}").expect("text");
        all
    })
}

async fn put(store: &Store, bytes: &[u8]) {
    let packed = Packed::of(bytes).expect("packed");
    let mut change = store.change().await.expect("a change");
    let new = NewDataset { kind: "network", source: "bench", stats: "{}", packed: &packed };
    record_dataset(&mut change, &new, &Reason { who: "bench".into(), why: "bench".into() }).await.expect("recorded");
    change.commit().await.expect("committed");
}
