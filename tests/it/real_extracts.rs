//! Real OpenStreetMap extracts, when they lie in the folder beside the project; skipped, and said so, when not.

use crate::world::World;
use std::path::{Path, PathBuf};
use yimi::geo::{LonLat, geodesic_m};

fn extract(name: &str) -> Option<PathBuf> {
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
