//! `cargo bench --bench what_if`: what a planner who drags a site waits for, at 50,000, 500,000 and five million junctions:
//! the real server over HTTP, beside one that gives an empty answer. The time is to stay the same at every size.
//!
//! `--json` prints the tables as JSON; `--junctions N` takes one other size.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../shared/city.rs"]
mod city;
#[path = "../shared/load.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod load;
#[path = "../shared/table.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod table;
mod world;

use city::Chance;
use load::Load;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use table::{Row, Table, memory_kb};
use yimi::geo::LonLat;

/// Positions of the dragged site.
const POSITIONS: usize = 2_000;
/// How long each row is asked for.
const TIME: Duration = Duration::from_secs(6);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let one = arguments.iter().position(|a| a == "--junctions").and_then(|i| arguments.get(i + 1));
    let sizes = one.map_or(vec![50_000, 500_000, 5_000_000], |n| vec![n.parse().expect("a number")]);
    let json = arguments.iter().any(|a| a == "--json");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    for size in sizes {
        let mut table = Table::new(format!("what if, {size} junctions"));
        runtime.block_on(at_size(size, &mut table));
        table.print(json);
    }
}

async fn at_size(size: usize, table: &mut Table) {
    let world = world::World::made(size).await;
    let ours = load::serve(world.router).await;
    let empty = axum::Router::new().route("/api/what-if", axum::routing::post(|| async { axum::Json(json!({})) }));
    let bare = load::serve(empty).await;
    let began = Instant::now();
    load::asked(ours, &posted(&question())).await;
    table.add(Row::once("the first answer, for which coverage is searched", began.elapsed()).with_note(format!(
        "{} sites, {} cells, {} towns; {} MB",
        world.sites,
        world.cells,
        world.towns,
        memory_kb("self", "VmRSS") / 1024
    )));
    let dragged = world.dragged;
    let with = |change: &dyn Fn(&LonLat) -> Value| -> Vec<String> {
        dragged.iter().map(|at| posted(&merged(&change(at)))).collect()
    };
    let place = |at: &LonLat| json!({"lon": at.lon(), "lat": at.lat()});
    let drag = with(&|at| json!({"add": [place(at)]}));
    let least = load::whole_requests(bare, &drag, 1, TIME).await;
    table.add(Row::load("bare: an empty answer", &least, None));
    let mut row = async |what: &str, requests: &[String], at_once: usize| {
        let load: Load = load::whole_requests(ours, requests, at_once, TIME).await;
        table.add(Row::load(what, &load, Some(&least)));
    };
    row("a site dragged: figures, towns", &drag, 1).await;
    row("a site dragged: cells too", &with(&|at| json!({"add": [place(at)], "cells": true})), 1).await;
    let all = |at: &LonLat| json!({"add": [place(at)], "cells": true, "gaps": true});
    row("a site dragged: cells and gaps too", &with(&all), 1).await;
    let plan = |at: &LonLat| {
        let others: Vec<Value> = dragged.iter().step_by(POSITIONS / 4).map(place).collect();
        let add = [vec![place(at)], others].concat();
        json!({"add": add, "remove": [1, 2, 3], "cells": true})
    };
    row("the same, with four more sites and three closed: cells", &with(&plan), 1).await;
    let posts: Vec<String> =
        world.crossings.iter().map(|at| posted(&merged(&json!({"posts": [place(at)], "cells": true})))).collect();
    row("a safety post at another crossing each time: cells", &posts, 1).await;
    row("a site dragged by four planners at once: cells", &with(&|at| json!({"add": [place(at)], "cells": true})), 4)
        .await;
    let closed: Vec<String> =
        (1..=world.sites.min(2_000)).map(|id| posted(&merged(&json!({"remove": [id], "cells": true})))).collect();
    row("another site closed each time: cells", &closed, 1).await;
}

fn question() -> Value {
    json!({"kind": "school", "minutes": 15})
}

fn merged(change: &Value) -> Value {
    let mut body = question();
    body.as_object_mut().expect("an object").extend(change.as_object().expect("fields").clone());
    body
}

fn posted(body: &Value) -> String {
    let body = body.to_string();
    format!(
        "POST /api/what-if HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A way through the city, twenty to fifty metres from one place to the next, turning now and then and at its border.
fn dragged([west, south, east, north]: [f64; 4], chance: &mut Chance) -> Vec<LonLat> {
    let (mut lon, mut lat, mut towards) = (f64::midpoint(west, east), f64::midpoint(south, north), 0.3_f64);
    (0..POSITIONS)
        .map(|_| {
            let metres = 20.0 + 30.0 * chance.share();
            towards += chance.share() - 0.5;
            let (dx, dy) = (towards.cos() * metres / 96_000.0, towards.sin() * metres / 111_000.0);
            if !(west..east).contains(&(lon + dx)) || !(south..north).contains(&(lat + dy)) {
                towards += std::f64::consts::PI;
            } else {
                (lon, lat) = (lon + dx, lat + dy);
            }
            LonLat::new(lon, lat).expect("a position")
        })
        .collect()
}
