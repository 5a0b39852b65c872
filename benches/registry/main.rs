//! `cargo bench --bench registry`: how many sites units register and a reviewer publishes in a second on `SQLite`, and how long it
//! takes from the reviewer's request until a listener hears that the map has changed. The whole service answers, without the sockets;
//! every change is on the disk before it is answered. Beside each stands a bare loop that commits as many rows
//! of the same weight and does nothing else.
//!
//! `--json` prints the table as JSON; `--pairs N` takes another number.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../shared/load.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod load;
#[path = "../shared/table.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod table;
mod world;

use futures_util::StreamExt;
use load::Load;
use serde_json::Value;
use std::path::Path;
use std::time::{Duration, Instant};
use table::{Row, Table};
use world::World;

/// Who write at once.
const MANY: usize = 16;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let pairs = arguments.iter().position(|a| a == "--pairs").and_then(|i| arguments.get(i + 1));
    let pairs: usize = pairs.map_or(2_000, |n| n.parse().expect("a number"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let mut table =
        Table::new(format!("{pairs} sites registered and published, SQLite, on the disk before the answer"));
    runtime.block_on(measure(pairs, &mut table));
    table.print(arguments.iter().any(|a| a == "--json"));
}

async fn measure(pairs: usize, table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let bare = bare(folder.path(), pairs).await;
    table.add(Row::load("bare: a transaction of two rows", &bare, None).with_note(String::new()));
    let world = World::made(folder.path()).await;
    let (registered, load) = at_once(1, pairs, |number| world.registers(number)).await;
    table.add(Row::load("register and submit, one after the other", &load, Some(&bare)).with_note(String::new()));
    let (_, load) = at_once(1, pairs, |number| world.publishes(&registered[number])).await;
    table.add(Row::load("publish, one after the other", &load, Some(&bare)).with_note(String::new()));
    let both = |number: usize| {
        let world = &world;
        async move {
            let registered = world.registers(number).await;
            world.publishes(&registered).await
        }
    };
    let (_, load) = at_once(MANY, pairs, both).await;
    let note = format!("{MANY} at once; a pair is two transactions");
    table.add(Row::load("register + publish", &load, Some(&bare)).with_note(note));
    heard(&world, pairs.min(500), table).await;
}

/// From the reviewer's request until a listener hears of the new mark, and until the answer.
async fn heard(world: &World, count: usize, table: &mut Table) {
    let mut events = world.listens().await;
    events.next().await.expect("the mark of now");
    let (mut told, mut answered) = (Vec::new(), Vec::new());
    for number in 0..count {
        let registered = world.registers(number).await;
        // whoever listens breathes after each event
        tokio::time::sleep(Duration::from_millis(60)).await;
        let began = Instant::now();
        let hears = async {
            events.next().await.expect("a change");
            began.elapsed()
        };
        let publishes = async {
            world.publishes(&registered).await;
            began.elapsed()
        };
        let (hears, publishes) = tokio::join!(hears, publishes);
        told.push(hears.as_secs_f64() * 1e6);
        answered.push(publishes.as_secs_f64() * 1e6);
    }
    told.sort_by(f64::total_cmp);
    answered.sort_by(f64::total_cmp);
    table.add(Row::spread("from publish to heard by server-sent event", &told));
    table.add(Row::spread("from publish to its answer", &answered));
}

/// Does something `count` times, so many at once, in order of their numbers.
async fn at_once<T: Send, F: Future<Output = T>>(
    many: usize,
    count: usize,
    work: impl Fn(usize) -> F,
) -> (Vec<T>, Load) {
    let began = Instant::now();
    let timed = |number: usize| {
        let work = work(number);
        async move {
            let began = Instant::now();
            let done = work.await;
            (done, began.elapsed().as_secs_f64() * 1e6)
        }
    };
    let done: Vec<(T, f64)> = futures_util::stream::iter((0..count).map(timed)).buffered(many).collect().await;
    let per_second = count as f64 / began.elapsed().as_secs_f64();
    let (made, mut micros): (Vec<T>, Vec<f64>) = done.into_iter().unzip();
    micros.sort_by(f64::total_cmp);
    let (median_us, p99_us) = (micros[count / 2], micros[count * 99 / 100]);
    (made, Load { per_second, median_us, p99_us, bytes: 0 })
}

/// The least that could be done: two rows of about the weight of a registration and of its line, on the disk.
async fn bare(folder: &Path, count: usize) -> Load {
    use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
    use sqlx::{ConnectOptions, Connection};
    let options = SqliteConnectOptions::new().filename(folder.join("bare.db")).create_if_missing(true);
    let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let mut database = options.connect().await.expect("opens");
    sqlx::query("create table t (id integer primary key, text text)").execute(&mut database).await.expect("a table");
    let text = "x".repeat(600);
    let (mut micros, began) = (Vec::with_capacity(count), Instant::now());
    for _ in 0..count {
        let began = Instant::now();
        let mut change = database.begin().await.expect("begins");
        for _ in 0..2 {
            sqlx::query("insert into t (text) values ($1)").bind(&text).execute(&mut *change).await.expect("a row");
        }
        change.commit().await.expect("on the disk");
        micros.push(began.elapsed().as_secs_f64() * 1e6);
    }
    let per_second = count as f64 / began.elapsed().as_secs_f64();
    micros.sort_by(f64::total_cmp);
    Load { per_second, median_us: micros[count / 2], p99_us: micros[count * 99 / 100], bytes: 0 }
}

/// A registration's id and version.
fn of(registration: &Value) -> (&str, i64) {
    (registration["id"].as_str().expect("an id"), registration["version"].as_i64().expect("a version"))
}
