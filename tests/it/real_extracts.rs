//! Real OpenStreetMap extracts, when they lie in the folder beside the project; skipped, and said so, when not.

use crate::world::World;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use yimi::children::{AgeBand, Cell, Children, Method};
use yimi::coverage::{Coverage, Demand};
use yimi::geo::{LonLat, geodesic_m};
use yimi::network::{Walk, build};
use yimi::osm::Extract;

/// Where an extract is; nothing, and that is said, where there is none.
pub fn extract(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm").join(name);
    if !path.exists() {
        println!("skipped: {name} is not on this machine");
        return None;
    }
    Some(path)
}

#[tokio::test]
async fn liechtenstein_comes_in_where_it_is_and_nearby_agrees_with_looking_at_every_site() {
    let Some(path) = extract("liechtenstein.osm.pbf") else { return };
    let world = World::empty().await;
    let report = world.import_path(path.clone(), |_| {}).await.expect("imports");
    assert_eq!(report.refused, 0, "{:?}", report.problems);
    assert!(report.created >= 40, "{report:?}");
    let again = world.import_path(path, |_| {}).await.expect("imports");
    assert_eq!((again.created, again.amended, again.unchanged), (0, 0, report.created));
    let anybody = world.anybody().await;
    let all = anybody.reads("/api/sites?limit=5000").await;
    let sites: Vec<LonLat> = all["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|f| {
            let at = &f["geometry"]["coordinates"];
            LonLat::new(at[0].as_f64().expect("lon"), at[1].as_f64().expect("lat")).expect("a position")
        })
        .collect();
    assert!(sites.iter().all(|at| (9.4..9.7).contains(&at.lon()) && (47.0..47.3).contains(&at.lat())));
    for i in 0..100 {
        let from =
            LonLat::new(9.47 + f64::from(i % 10) * 0.017, 47.05 + f64::from(i / 10) * 0.022).expect("a position");
        let mut wanted: Vec<f64> = sites.iter().map(|at| geodesic_m(from, *at)).collect();
        wanted.sort_by(f64::total_cmp);
        let answer = anybody.reads(&format!("/api/nearby?lon={}&lat={}", from.lon(), from.lat())).await;
        let told: Vec<f64> = answer["features"]
            .as_array()
            .expect("features")
            .iter()
            .map(|f| f["properties"]["distance_m"].as_f64().expect("metres"))
            .collect();
        assert!(told.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 0.02) && told.len() == 10, "{from:?}: {told:?}");
    }
}

#[tokio::test]
async fn every_other_extract_is_read_whole() {
    for (name, at_least) in [
        ("monaco.osm.gz", 6),
        ("singapore-bayfront.osm.pbf", 0),
        ("porto-alegre.osm.pbf", 0),
        ("uncompressed-blobs.osm.pbf", 0),
    ] {
        let Some(path) = extract(name) else { continue };
        let report = World::empty().await.import_path(path, |_| {}).await.expect(name);
        assert!(report.refused == 0 && report.created >= at_least, "{name}: {report:?}");
    }
}

/// The network of an extract as the usual walker sees it.
fn walk_of(path: &Path) -> Arc<Walk> {
    let built = build(&Extract::open(path).expect("opens"), None, &mut |_, _| {}).expect("a network");
    let rules = yimi::config::rules(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data"))).expect("right");
    let usual = rules.profiles.index(None).expect("a usual one");
    Arc::new(Walk::new(Arc::new(built.network), &rules.profiles.all()[usual], &rules.profiles.crossings, &[]))
}

#[test]
fn coverage_amended_by_hundreds_of_edits_is_that_of_building_anew() {
    for (name, edits) in
        [("liechtenstein.osm.pbf", 150), ("porto-alegre.osm.pbf", 150), ("singapore-bayfront.osm.pbf", 700)]
    {
        let Some(path) = extract(name) else { continue };
        let walk = walk_of(&path);
        let nodes = walk.network().node_count() as u32;
        // places beside junctions drawn by lot, so that most but not all have a street near
        let mut state = 17_u64;
        let mut draw = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % u64::from(below)) as u32
        };
        let mut somewhere = || {
            let at = walk.network().node(draw(nodes));
            let off = |draw: u32| f64::from(draw) / 1e5 - 0.002;
            let at = LonLat::new(at.lon() + off(draw(401)), at.lat() + off(draw(401))).expect("a position");
            (at, draw(40))
        };
        let cells = (0..600).map(|_| Cell { id: "".into(), at: somewhere().0, counts: vec![1] }).collect();
        let children = Children::new(vec![AgeBand { from: 0, to: 14 }], Method::Given, true, cells);
        let demand = Arc::new(Demand::join(&walk, &Demand::snap(&walk, &children)));
        let mut coverage = Coverage::build(walk.clone(), demand.clone(), &[], 2);
        coverage.complete(2);
        let mut sites = BTreeMap::new();
        for edit in 0..edits {
            let (at, id) = somewhere();
            if edit % 3 == 2 {
                sites.remove(&id);
                coverage.remove(id);
            } else {
                sites.insert(id, at);
                coverage.put(id, at);
            }
            let all: Vec<(u32, LonLat)> = sites.iter().map(|(id, at)| (*id, *at)).collect();
            let mut anew = Coverage::build(walk.clone(), demand.clone(), &all, 1 + edit % 2);
            anew.complete(1 + edit % 2);
            assert!(coverage.cells() == anew.cells() && coverage.unsnapped() == anew.unsnapped(), "{name} {edit}");
            assert!((0..nodes).all(|node| coverage.node(node) == anew.node(node)), "{name} {edit}");
        }
    }
}
