//! `make bench`: what coverage costs at 50,000, 500,000 and five million junctions, beside a bare search over the same
//! graph in the same run; what amending it costs; a service area; an answer over HTTP; the import of an extract. Only the
//! ratios travel from one machine to another.
//!
//! `--json` prints the tables as JSON; `--junctions N` takes one other size.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod bare;
#[path = "../shared/city.rs"]
mod city;
mod county;
#[path = "../shared/load.rs"]
mod load;
#[path = "../shared/table.rs"]
mod table;

use bare::Bare;
use city::{Chance, City};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use table::{Row, Table};
use yimi::children::{AgeBand, Cell, Children, Method};
use yimi::coverage::{Coverage, Demand};
use yimi::geo::LonLat;
use yimi::network::{Joined, Nearest, SNAP_LIMIT_M, Search, Walk};

/// Sites of the full searches, as many at every size.
const SITES: usize = 1_000;
/// Junctions for one site where sites come and go, so that a site's region is as large at every size.
const JUNCTIONS_A_SITE: usize = 500;
/// Junctions for one cell with children.
const JUNCTIONS_A_CELL: usize = 4;
/// How often a full search is timed.
const ROUNDS: usize = 5;
/// How many sites are added, moved and removed.
const EDITS: usize = 2_000;
/// The limit of a service area.
const LIMITS: [u32; 3] = [300_000, 600_000, 900_000];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let one = arguments.iter().position(|a| a == "--junctions").and_then(|i| arguments.get(i + 1));
    let sizes = one.map_or(vec![50_000, 500_000, 5_000_000], |n| vec![n.parse().expect("a number")]);
    let json = arguments.iter().any(|a| a == "--json");
    for size in sizes {
        let mut table = Table::new(format!("{size} junctions"));
        at_size(size, &mut table);
        table.print(json);
    }
    let mut table = Table::new("a county".to_owned());
    county::imports(&mut table);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(county::answers(&mut table));
    table.print(json);
}

fn at_size(size: usize, table: &mut Table) {
    let city = City::new(size);
    let rules = yimi::config::rules(Path::new("data")).expect("the data files are right");
    let profile = &rules.profiles.all()[rules.profiles.index(None).expect("a usual one")];
    let mut chance = Chance::new(11);
    let sites = |n: usize, chance: &mut Chance| -> Vec<(u32, LonLat)> {
        (1..=n as u32).map(|id| (id, city.somewhere(chance))).collect()
    };
    let few = sites(SITES, &mut chance);
    let many = sites((size / JUNCTIONS_A_SITE).max(20), &mut chance);
    // row by row, as rasters of people have them
    let mut places: Vec<LonLat> = (0..size / JUNCTIONS_A_CELL).map(|_| city.somewhere(&mut chance)).collect();
    places.sort_by_key(|at| ((at.lat() * 500.0) as i64, at.e7()[0]));
    let cells = places.into_iter().map(|at| Cell { id: "".into(), at, counts: vec![3] }).collect();
    let children = Children::new(vec![AgeBand { from: 0, to: 14 }], Method::Given, true, cells);
    let (nodes, streets, bytes) = (city.network.node_count(), city.network.edges().len(), city.network.bytes());
    let spots: Vec<LonLat> = (0..EDITS).map(|_| city.somewhere(&mut chance)).collect();

    let built = Instant::now();
    let network = Arc::new(city.network);
    let walk = Arc::new(Walk::new(network, profile, &rules.profiles.crossings, &[]));
    table.add(Row::once("a walk of one profile", built.elapsed()).with_note(format!(
        "{nodes} junctions, {streets} streets; {:.1} bytes a directed street, {:.1} with the walk",
        bytes as f64 / (2 * streets) as f64,
        (bytes + walk.bytes()) as f64 / (2 * streets) as f64
    )));
    let began = Instant::now();
    let demand = Arc::new(Demand::join(&walk, &Demand::snap(&walk, &children)));
    table.add(Row::once("cells joined to the streets", began.elapsed()).with_note(format!("{} cells", demand.len())));

    full(&walk, &demand, &few, table);
    amended(&walk, &demand, &many, &spots, table);
    service_areas(&walk, &demand, &spots, table);
}

/// The median of some rounds, after one to warm up.
fn median<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut last = work();
    let mut took: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            last = work();
            began.elapsed()
        })
        .collect();
    took.sort();
    (took[ROUNDS / 2], last)
}

fn full(walk: &Arc<Walk>, demand: &Arc<Demand>, sites: &[(u32, LonLat)], table: &mut Table) {
    let join = |at: LonLat| walk.snap(at, SNAP_LIMIT_M).map(|at| walk.join(&at));
    let joined: Vec<(u32, Joined)> = sites.iter().filter_map(|(id, at)| Some((*id, join(*at)?))).collect();
    let starts: Vec<_> = joined.iter().map(|(id, joined)| (*id, joined.ends)).collect();
    let mut bare = Bare::of(walk);
    // the width that serves the bare loop best
    let by_width = (8..=16).map(|shift| {
        let ends = || starts.iter().flat_map(|(_, ends)| *ends);
        (median(|| bare.search(ends(), shift).len()).0, shift)
    });
    let (least, shift) = by_width.min().expect("some");
    table.add(Row::once("bare: times from all sites to all junctions", least).with_note(format!(
        "one thread, buckets of {} ms, {} sites",
        1_u32 << shift,
        starts.len()
    )));
    let (took, nearest) = median(|| Nearest::<1>::build(walk, starts.iter().copied(), 1));
    table.add(Row::once("nearest site of all junctions, one thread", took).beside(least));
    let wanted = bare.search(starts.iter().flat_map(|(_, ends)| *ends), shift);
    let same = nearest.all().iter().zip(wanted).all(|([label], millis)| label.millis() == *millis);
    assert!(same, "the same times as the bare search");
    let (took, _) = median(|| Nearest::<1>::build(walk, starts.iter().copied(), 2));
    table.add(Row::once("nearest site of all junctions, two threads", took).beside(least));
    let (took, _) = median(|| sites.iter().filter_map(|(_, at)| join(*at)).count());
    table.add(Row::once("sites joined to the streets", took).beside(least));
    let (took, _) = median(|| Coverage::build(walk.clone(), demand.clone(), sites, 1));
    table.add(Row::once("full coverage, sites and cells too, one thread", took).beside(least));
    let (took, mut coverage) = median(|| Coverage::build(walk.clone(), demand.clone(), sites, 2));
    table.add(Row::once("full coverage, two threads", took).beside(least));
    let began = Instant::now();
    coverage.complete(2);
    table.add(Row::once("second-nearest too, two threads", began.elapsed()).beside(least));
}

fn amended(walk: &Arc<Walk>, demand: &Arc<Demand>, sites: &[(u32, LonLat)], spots: &[LonLat], table: &mut Table) {
    let mut coverage = Coverage::build(walk.clone(), demand.clone(), sites, 2);
    for what in ["nearest kept", "second-nearest kept too"] {
        let first = sites.len() as u32 + 1;
        let new: Vec<(u32, LonLat)> = (first..).zip(spots.iter().copied()).collect();
        table.time(&format!("a site added, {what}"), None, &new[..EDITS / 2], |(id, at)| {
            coverage.put(*id, *at);
            coverage.cells().len()
        });
        let moved: Vec<(u32, LonLat)> = (first..).zip(spots[EDITS / 2..].iter().copied()).collect();
        table.time(&format!("a site moved, {what}"), None, &moved, |(id, at)| {
            coverage.put(*id, *at);
            coverage.cells().len()
        });
        // each is put back untimed, so that a second round removes as much
        let mut micros: Vec<f64> = Vec::new();
        for (id, at) in &moved {
            let began = Instant::now();
            coverage.remove(*id);
            micros.push(began.elapsed().as_secs_f64() * 1e6);
            coverage.put(*id, *at);
        }
        micros.sort_by(f64::total_cmp);
        table.add(Row::spread(&format!("a site removed, {what}"), &micros));
        for (id, _) in &moved {
            coverage.remove(*id);
        }
        coverage.complete(2);
    }
}

fn service_areas(walk: &Walk, demand: &Demand, spots: &[LonLat], table: &mut Table) {
    let joined: Vec<Joined> =
        spots.iter().filter_map(|at| walk.snap(*at, SNAP_LIMIT_M).map(|at| walk.join(&at))).collect();
    let mut search = Search::default();
    let bare = table.time("bare search of 15 minutes from a place", None, &joined, |place| {
        walk.spread(&mut search, &place.ends, LIMITS[2]);
        search.reached().len()
    });
    table.time("service area of 5, 10, 15 minutes, streets cut", Some(bare), &joined, |place| {
        walk.service_area(place, &LIMITS, &mut search).iter().map(|belt| belt.lines.len()).sum()
    });
    table.time("children within 15 minutes of a place", Some(bare), &joined, |place| {
        yimi::coverage::reach(walk, demand, place, LIMITS[2], &mut search).cells.len()
    });
}
