//! `make bench`: the nearest of a million sites by walking time at 500,000 and five million junctions and on an extract of
//! a real town, beside a bare search over the same graph in the same run. Only the ratios travel from one machine to another.
//!
//! `--json` prints the tables as JSON; `--junctions N` takes one other size; `--http` asks the whole service over sockets,
//! the one box too.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

mod bare;
#[path = "../shared/city.rs"]
mod city;
#[allow(dead_code, reason = "a shared file has more than each bench needs")]
#[path = "../shared/load.rs"]
mod load;
mod over_http;
#[allow(dead_code, reason = "a shared file has more than each bench needs")]
#[path = "../shared/table.rs"]
mod table;

use bare::Bare;
use city::{Chance, City};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use table::{Row, Table};
use yimi::geo::{Indexed, LonLat};
use yimi::network::{Doors, Network, SNAP_LIMIT_M, Walk, Wanted, build};
use yimi::osm::Extract;

const SITES: u32 = 1_000_000;
/// One of so many sites is of the kind that is asked for.
const KINDS: u32 = 20;
/// Sites of the rare kind.
const RARE: u32 = 10;
/// The filter keeps one site of so many.
const KEPT: u32 = 1_000;
/// The class of the rare kind.
const RARE_CLASS: u16 = 99;
/// How often each question is asked.
const ASKED: usize = 2_000;
/// The same for what takes milliseconds.
const ASKED_FAR: usize = 100;
/// Two hours.
const WITHIN: u32 = 7_200_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let one = arguments.iter().position(|a| a == "--junctions").and_then(|i| arguments.get(i + 1));
    let sizes = one.map_or(vec![500_000, 5_000_000], |n| vec![n.parse().expect("a number")]);
    let json = arguments.iter().any(|a| a == "--json");
    if arguments.iter().any(|a| a == "--http") {
        over_http::over_http(SITES as usize, sizes[0], json);
        return;
    }
    for size in sizes {
        let city = City::new(size);
        let mut chance = Chance::new(11);
        let places: Vec<LonLat> = (0..SITES as usize + ASKED).map(|_| city.somewhere(&mut chance)).collect();
        at_places(&format!("{size} junctions"), city.network, &places, json);
    }
    let path = Path::new("../shared/data/osm/porto-alegre.osm.pbf");
    if !path.exists() {
        eprintln!("  skipped, not there: {}", path.display());
        return;
    }
    let built = build(&Extract::open(path).expect("opens"), None, &mut |_, _| {}).expect("a network");
    let places = beside(&built.network);
    at_places("an extract of Porto Alegre", built.network, &places, json);
}

/// Places beside junctions drawn by lot.
fn beside(network: &Network) -> Vec<LonLat> {
    let mut chance = Chance::new(13);
    let mut place = || {
        let node = (chance.share() * network.node_count() as f64) as u32;
        let at = network.node(node);
        let mut off = || (chance.share() - 0.5) * 2e-3;
        LonLat::new(at.lon() + off(), at.lat() + off()).expect("a position")
    };
    (0..SITES as usize + ASKED).map(|_| place()).collect()
}

fn at_places(what: &str, network: Network, places: &[LonLat], json: bool) {
    let mut table = Table::new(what.to_owned());
    let rules = yimi::config::rules(Path::new("data")).expect("the data files are right");
    let profile = &rules.profiles.all()[rules.profiles.index(None).expect("a usual one")];
    let walk = Walk::new(Arc::new(network), profile, &rules.profiles.crossings, &[]);
    let (sites, asked) = places.split_at(SITES as usize);
    let class = |key: u32| if key % (SITES / RARE) == 7 { RARE_CLASS } else { (key % KINDS) as u16 };
    let sites: Vec<Indexed> = (0..).zip(sites).map(|(key, at)| Indexed { key, class: class(key), at: *at }).collect();
    let began = Instant::now();
    let mut doors = Doors::build(&walk, &sites);
    table.add(Row::once("a million sites joined to the streets", began.elapsed()).with_note(format!(
        "{} junctions, {} streets, {} doors, {:.1} bytes a site",
        walk.network().node_count(),
        walk.network().edges().len(),
        doors.len(),
        doors.bytes() as f64 / f64::from(SITES)
    )));
    near(&walk, &doors, asked, &mut table);
    rare(&walk, &doors, asked, &mut table);
    let moved: Vec<(Indexed, LonLat)> = sites.iter().copied().zip(asked.iter().copied()).collect();
    table.time("a site moved", None, &moved, |(site, at)| {
        doors.remove(&walk, site);
        doors.insert(&walk, &Indexed { at: *at, ..*site });
        doors.remove(&walk, &Indexed { at: *at, ..*site });
        usize::from(doors.insert(&walk, site))
    });
    table.print(json);
}

fn near(walk: &Walk, doors: &Doors, asked: &[LonLat], table: &mut Table) {
    let junction = |at: &LonLat| {
        let at = walk.snap(*at, SNAP_LIMIT_M)?;
        Some(walk.network().edge(at.edge).a)
    };
    let junctions: Vec<u32> = asked.iter().filter_map(junction).collect();
    let mut bare = Bare::of(walk, doors_by_junction(walk, doors.len()).into_iter());
    let least = table.time("bare: ten sites met, times only", None, &junctions, |node| bare.search(*node, 10));
    table.time("a place joined to the streets", Some(least), asked, |at| {
        walk.snap(*at, SNAP_LIMIT_M).map_or(0, |at| at.along_mm as usize)
    });
    for (what, classes, one_of) in [
        ("ten nearest of all", None, 1),
        ("ten nearest of a kind, one site of twenty", Some(&[3_u16][..]), 1),
        ("ten nearest that a filter keeps, one of a thousand", None, KEPT),
    ] {
        let wanted = Wanted { classes, limit: 10, within: u32::MAX };
        let meets = 10 * if classes.is_some() { KINDS } else { one_of } as usize;
        let least = if meets == 10 {
            least
        } else {
            table.time(&format!("bare: {meets} sites met"), None, &junctions, |node| bare.search(*node, meets))
        };
        table.time(what, Some(least), asked, |at| {
            let found = walk.on_foot(doors, *at, wanted, |key| key % one_of == 0).unwrap_or_default();
            found.last().map_or(0, |last| last.millis as usize)
        });
    }
}

fn rare(walk: &Walk, doors: &Doors, asked: &[LonLat], table: &mut Table) {
    let few = &asked[..ASKED_FAR];
    let classes = Some(&[RARE_CLASS][..]);
    // however far is all streets, which is seconds where they are many
    for (what, within, few) in [("two hours", WITHIN, few), ("however far", u32::MAX, &few[..5])] {
        let wanted = Wanted { classes, limit: 10, within };
        table.time(&format!("ten nearest of ten in all, searched for, {what}"), None, few, |at| {
            walk.on_foot(doors, *at, wanted, |_| true).map_or(0, |found| found.len())
        });
    }
}

/// As many sites, spread over the junctions by lot.
fn doors_by_junction(walk: &Walk, sites: usize) -> Vec<u32> {
    let mut chance = Chance::new(17);
    (0..sites).map(|_| (chance.share() * walk.network().node_count() as f64) as u32).collect()
}
