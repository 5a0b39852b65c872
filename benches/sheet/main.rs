//! `cargo bench --bench sheet`: what a unit waits for whose spreadsheet of 10,000 rows is read, looked through beside 10,000
//! public sites of the kind, and written down; and whoever corrects one cell of it. The rows stand as densely as a county's
//! sites, and once all in one spot, where each is near every other.
//!
//! `--rows N` takes another size.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../shared/load.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod load;
#[path = "../shared/table.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod table;

use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use table::{Row, Table};
use yimi::import::sheet::{Edit, Intake, ReadSheet, edit, lines};
use yimi::import::{SitesImport, import_sites};
use yimi::snapshot::{Live, load as load_snapshot};
use yimi::store::{SheetRow, Store};

/// Rounds, of which the median is told.
const ROUNDS: usize = 7;
const TOWNS: [&str; 10] = ["铜城", "新城", "鱼山", "姜楼", "牛角店", "大桥", "高集", "姚寨", "陈集", "刘集"];
const WORDS: [&str; 8] = ["文化", "青年", "和平", "建设", "曙光", "书香", "安康", "阳光"];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let rows = arguments.iter().position(|a| a == "--rows").and_then(|i| arguments.get(i + 1));
    let rows: usize = rows.map_or(10_000, |n| n.parse().expect("a number"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let mut table = Table::new(format!("a sheet of {rows} rows beside {rows} public sites"));
    measured(&runtime, rows, &mut table);
    table.print(arguments.iter().any(|a| a == "--json"));
}

/// Where the row with a number is: 0.5° by 0.5°, as large as a county.
fn place(n: usize, spread: f64) -> [f64; 2] {
    let fraction = |k: f64| (n as f64 * k).fract();
    [116.0 + spread * fraction(0.754_877_666), 36.0 + spread * fraction(0.569_840_291)]
}

fn name(n: usize) -> String {
    format!("{}镇{}社区第{}书屋", TOWNS[n % 10], WORDS[n / 10 % 8], n / 80 + 1)
}

fn csv(rows: usize, spread: f64) -> Vec<u8> {
    let mut text = "编号,类别,名称,经度,纬度,坐标系,地址,容量\n".to_owned();
    for n in 0..rows {
        let [lon, lat] = place(n, spread);
        // writing to a string does not fail
        let _ = writeln!(text, "{n},阅读空间,{},{lon:.6},{lat:.6},wgs84,文化街{n}号,{}", name(n), n % 100);
    }
    text.into_bytes()
}

fn workbook(csv: &[u8]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(String::from_utf8_lossy(csv).lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("a cell"),
                Err(_text) => sheet.write_string(row, column, cell).expect("a cell"),
            };
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            work();
            began.elapsed()
        })
        .collect();
    took.sort();
    took[ROUNDS / 2]
}

fn measured(runtime: &tokio::runtime::Runtime, rows: usize, table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let store =
        runtime.block_on(Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display()))).expect("opens");
    let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
    // the public sites are those of the sheet, some metres away
    let sites = String::from_utf8(csv(rows, 0.500_5)).expect("text");
    let file = folder.path().join("sites.csv");
    std::fs::write(&file, sites).expect("written");
    let import =
        SitesImport { file, kind: None, datum: None, dry_run: false, all_or_nothing: false, who: "bench".into() };
    runtime.block_on(import_sites(&store, &rules, import, |_, _| {})).expect("sites");
    let live = Live::new(runtime.block_on(load_snapshot(&store, rules.clone())).expect("loads"));
    let kind = rules.catalogue.kind_index("reading_space").expect("a kind");
    let handle = runtime.handle();
    let intake =
        Intake { live: &live, store: &store, runtime: handle, unit: None, kind, tell: &|_| (), stopped: &|| false };
    let none = BTreeSet::new();
    for (how, spread) in [("spread over a county", 0.5), ("all in one spot", 0.000_01)] {
        let bytes = csv(rows, spread);
        let read = intake.read(&bytes, "bench.csv", None).expect("reads");
        let check = |read: &ReadSheet| intake.check(&read.columns, read.datum, &read.rows, &none).expect("checks");
        let took = median(|| drop(check(&read)));
        let (verdicts, _) = check(&read);
        let amber = verdicts.iter().filter(|verdict| !verdict.warnings.is_empty()).count();
        table.add(Row::once(&format!("look through all rows, {how}"), took).with_note(format!("{amber} amber")));
        if spread < 0.1 {
            continue;
        }
        table.add(Row::once("read CSV", median(|| drop(intake.read(&bytes, "bench.csv", None).expect("reads")))));
        let book = workbook(&bytes);
        table.add(Row::once("read XLSX", median(|| drop(intake.read(&book, "bench.xlsx", None).expect("reads")))));
        let kept = lines(&read.rows, &verdicts, &none).expect("lines");
        let sheet = SheetRow {
            id: "0".repeat(32),
            author: "bench".into(),
            unit: None,
            name: "bench.csv".into(),
            kind: "reading_space".into(),
            crs: None,
            state: "ready".into(),
            job: None,
            columns: serde_json::to_string(&read.columns).expect("JSON"),
            hint: None,
            problem: None,
            created: "2026-01-01T00:00:00.000Z".into(),
        };
        let write = || {
            runtime.block_on(async {
                let mut change = store.change().await.expect("begins");
                change.put_sheet(&sheet).await.expect("written");
                change.put_sheet_lines(&sheet.id, &kept).await.expect("written");
                change.commit().await.expect("kept");
            });
        };
        table.add(Row::once("write all rows down", median(write)));
        let mut line = 2;
        let correct = || {
            line += 1;
            let edits = vec![Edit { line, cell: Some((2, format!("新名称{line}"))), ..Edit::default() }];
            runtime.block_on(edit(&store, &live, (&sheet, kind), edits)).expect("edited");
        };
        table.add(Row::once("correct one cell", median(correct)));
    }
}
