//! A generated county in a real database, and the real service over it.

use crate::city::{Chance, City};
use crate::{POSITIONS, dragged};
use axum::Router;
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use yimi::children::{AgeBand, CHILDREN, Cell, Children, Method};
use yimi::geo::{Datum, LonLat};
use yimi::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::import::{SitesImport, import_areas, import_sites};
use yimi::jobs::Jobs;
use yimi::network::{Crossing, Protection, Rank};
use yimi::registry::{NewDataset, Reason, record_dataset};
use yimi::snapshot::{Live, load};
use yimi::store::{Packed, Store};

/// Junctions for one site and for one cell with children, as in the bench of coverage.
const JUNCTIONS_A_SITE: usize = 500;
const JUNCTIONS_A_CELL: usize = 4;
/// Junctions of a town: some eighteen kilometres across, as large ones are.
const JUNCTIONS_A_TOWN: usize = 10_000;
/// One junction of so many has a road to be crossed.
const JUNCTIONS_A_CROSSING: u32 = 8;

pub struct World {
    pub router: Router,
    pub sites: usize,
    pub cells: usize,
    pub towns: usize,
    /// Where the site is dragged.
    pub dragged: Vec<LonLat>,
    /// Crossings in some part of the city.
    pub crossings: Vec<LonLat>,
    _folder: tempfile::TempDir,
}

impl World {
    pub async fn made(junctions: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await.expect("opens");
        let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
        let city = City::new(junctions);
        let mut chance = Chance::new(11);
        let bounds = city.bounds();
        let towns = towns(folder.path(), bounds, junctions);
        import_areas(&store, &folder.path().join("areas.geojson"), Datum::Wgs84, "bench").await.expect("areas");
        let sites = (junctions / JUNCTIONS_A_SITE).max(20);
        let mut csv = "kind,name,lon,lat,id\n".to_owned();
        for id in 1..=sites {
            let at = city.somewhere(&mut chance);
            writeln!(csv, "school,S{id},{:.7},{:.7},{id}", at.lon(), at.lat()).expect("text");
        }
        let file = folder.path().join("sites.csv");
        std::fs::write(&file, csv).expect("written");
        let import = SitesImport {
            file,
            kind: None,
            datum: Some(Datum::Wgs84),
            dry_run: false,
            all_or_nothing: true,
            who: "bench".into(),
        };
        import_sites(&store, &rules, import, |_, _| {}).await.expect("sites");
        let mut places: Vec<LonLat> = (0..junctions / JUNCTIONS_A_CELL).map(|_| city.somewhere(&mut chance)).collect();
        places.sort_by_key(|at| ((at.lat() * 500.0) as i64, at.e7()[0]));
        let cells = places.len();
        let counted = places.into_iter().map(|at| Cell { id: "".into(), at, counts: vec![3] }).collect();
        let children = Children::new(vec![AgeBand { from: 0, to: 14 }], Method::Given, true, counted);
        put(&store, CHILDREN, &children.to_bytes().expect("bytes")).await;
        drop(children);
        let network = city.network.with_crossings(crossed);
        let nodes = network.node_count() as u32 / 2..network.node_count() as u32;
        let crossings = nodes.filter(|node| network.crossing(*node).is_some()).take(POSITIONS);
        let crossings = crossings.map(|node| network.node(node)).collect();
        put(&store, "network", &network.to_bytes().expect("bytes")).await;
        drop(network);
        let live = Arc::new(Live::new(load(&store, rules).await.expect("loads")));
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
        let dragged = dragged(bounds, &mut chance);
        Self { router: router(Arc::new(app)), sites, cells, towns, dragged, crossings, _folder: folder }
    }
}

async fn put(store: &Store, kind: &str, bytes: &[u8]) {
    let packed = Packed::of(bytes).expect("packed");
    let mut change = store.change().await.expect("a change");
    let new = NewDataset { kind, source: "bench", stats: "{}", packed: &packed };
    let reason = Reason { who: "bench".into(), why: "bench".into() };
    record_dataset(&mut change, &new, &reason).await.expect("recorded");
    change.commit().await.expect("committed");
}

fn crossed(at: LonLat) -> Option<Crossing> {
    let mixed = at.e7()[0].wrapping_mul(31).wrapping_add(at.e7()[1]).cast_unsigned() >> 3;
    let crossing = Crossing { rank: Rank::Secondary, protection: Protection::None, oneway: false };
    mixed.is_multiple_of(JUNCTIONS_A_CROSSING).then_some(crossing)
}

/// Square towns over all of it.
fn towns(folder: &Path, [west, south, east, north]: [f64; 4], junctions: usize) -> usize {
    let side = ((junctions / JUNCTIONS_A_TOWN) as f64).sqrt().ceil().max(1.0) as usize;
    let (width, height) = ((east - west) / side as f64, (north - south) / side as f64);
    let town = |place: usize| {
        let (w, s) = (west + (place % side) as f64 * width, south + (place / side) as f64 * height);
        let (e, n) = (w + width, s + height);
        json!({
            "type": "Feature",
            "properties": {"code": format!("{:09}", 371_000_000 + place), "name": format!("镇{place}"), "county": "某县", "outline": "schematic"},
            "geometry": {"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]},
        })
    };
    let towns: Vec<_> = (0..side * side).map(town).collect();
    let count = towns.len();
    let text = json!({"type": "FeatureCollection", "features": towns}).to_string();
    std::fs::write(folder.join("areas.geojson"), text).expect("written");
    count
}
