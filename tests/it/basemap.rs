//! The base map: from an extract through the importer and the database to tiles that anybody may read.

use crate::mvt::{Layer, decode, turn};
use crate::world::{Anybody, World};
use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use yimi::geo::{Bounds, LonLat};
use yimi::import::{Clip, NetworkImport, NetworkReport, import_network};
use yimi::snapshot::load;

/// An extract drawn by hand around 116° E, 36° N.
#[derive(Default)]
struct Drawing {
    nodes: String,
    ways: String,
    relations: String,
    last: i64,
}

impl Drawing {
    fn node(&mut self, [lon, lat]: [f64; 2], tags: &[(&str, &str)]) -> i64 {
        self.last += 1;
        let _ = write!(self.nodes, r#"<node id="{}" lon="{lon}" lat="{lat}">{}</node>"#, self.last, written(tags));
        self.last
    }

    fn way(&mut self, line: &[[f64; 2]], closed: bool, tags: &[(&str, &str)]) -> i64 {
        let mut ids: Vec<i64> = line.iter().map(|at| self.node(*at, &[])).collect();
        if closed {
            ids.push(ids[0]);
        }
        self.last += 1;
        let refs: String = ids.iter().map(|id| format!(r#"<nd ref="{id}"/>"#)).collect();
        let _ = write!(self.ways, r#"<way id="{}">{refs}{}</way>"#, self.last, written(tags));
        self.last
    }

    fn area(&mut self, members: &[(i64, &str)], tags: &[(&str, &str)]) {
        self.last += 1;
        let members: String =
            members.iter().map(|(way, role)| format!(r#"<member type="way" ref="{way}" role="{role}"/>"#)).collect();
        let _ = write!(self.relations, r#"<relation id="{}">{members}{}</relation>"#, self.last, written(tags));
    }

    fn text(&self) -> String {
        format!("<osm>{}{}{}</osm>", self.nodes, self.ways, self.relations)
    }
}

fn written(tags: &[(&str, &str)]) -> String {
    tags.iter().map(|(key, value)| format!(r#"<tag k="{key}" v="{value}"/>"#)).collect()
}

fn square(west: f64, south: f64, side: f64) -> Vec<[f64; 2]> {
    vec![[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
}

/// A street and a river through a village with a lake that has an island.
fn village() -> Drawing {
    let mut drawing = Drawing::default();
    drawing.way(
        &[[116.0, 36.005], [116.03, 36.005]],
        false,
        &[("highway", "residential"), ("name", "文化街"), ("name:en", "Wenhua Street")],
    );
    drawing.way(&[[116.0, 36.006], [116.03, 36.006]], false, &[("highway", "footway")]);
    drawing.way(&[[116.0, 36.0], [116.03, 36.01]], false, &[("waterway", "river"), ("name", "小河")]);
    drawing.way(&square(116.004, 36.006, 0.0002), true, &[("building", "yes")]);
    let shore = drawing.way(&square(116.01, 36.011, 0.01), true, &[]);
    let island = drawing.way(&square(116.013, 36.014, 0.003), true, &[]);
    drawing.area(
        &[(shore, "outer"), (island, "inner")],
        &[("type", "multipolygon"), ("natural", "water"), ("name", "洛神湖")],
    );
    drawing.node([116.005, 36.0055], &[("place", "village"), ("name", "王庄村"), ("name:en", "Wangzhuang")]);
    drawing.node([116.5, 36.5], &[("place", "village"), ("name", "远村")]);
    drawing
}

async fn import(world: &World, file: PathBuf, clip: Option<Clip>) -> NetworkReport {
    let import = NetworkImport { file, clip, who: "test".into() };
    import_network(&world.store, import, |_, _| {}).await.expect("imports")
}

async fn with(drawing: &Drawing) -> (World, NetworkReport) {
    let world = World::empty().await;
    let report = import(&world, world.file("village.osm", drawing.text()), None).await;
    (world, report)
}

/// The number of the tile that holds a place.
fn tile_of(zoom: u8, [lon, lat]: [f64; 2]) -> [u32; 2] {
    let n = f64::from(1_u32 << zoom);
    let y = (1.0 - lat.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    [((lon + 180.0) / 360.0 * n) as u32, (y * n) as u32]
}

async fn tile(anybody: &Anybody, zoom: u8, at: [f64; 2]) -> BTreeMap<String, Layer> {
    let [x, y] = tile_of(zoom, at);
    decode(&anybody.bytes(&format!("/api/tiles/base/{zoom}/{x}/{y}")).await)
}

const VILLAGE: [f64; 2] = [116.005, 36.0055];

#[tokio::test]
async fn one_import_gives_network_and_base_map_each_with_its_line() {
    let (world, report) = with(&village()).await;
    assert!(!report.unchanged && !report.basemap.unchanged);
    assert_eq!((report.version, report.basemap.version), (1, 1));
    let holds = report.basemap.holds;
    assert_eq!((holds.roads, holds.waters, holds.buildings, holds.places), (2, 2, 1, 3));
    let again = import(&world, world.file("village.osm", village().text()), None).await;
    assert!(again.unchanged && again.basemap.unchanged);
    let lines = world.store.changed_after(0, 10).await.expect("the log");
    let kinds: Vec<_> = lines.iter().map(|line| (line.noun.as_str(), line.noun_id.as_str())).collect();
    assert_eq!(kinds, [("dataset", "network"), ("dataset", "basemap")]);
}

#[tokio::test]
async fn features_show_from_their_zoom_on_where_they_are() {
    let (world, _) = with(&village()).await;
    let anybody = world.anybody().await;
    let near = tile(&anybody, 14, VILLAGE).await;
    assert!(near.values().all(|layer| (layer.version, layer.extent) == (2, 8192)));
    let street = near["roads"].one("street", Some("文化街")).expect("the street");
    assert_eq!(street.tags["name_en"], "Wenhua Street");
    assert!(near["roads"].one("path", None).is_some() && near["buildings"].one("building", None).is_some());
    let name = near["names"].one("village", Some("王庄村")).expect("the village");
    assert_eq!((name.of_type, name.tags["name_en"].as_str()), (1, "Wangzhuang"));
    // the street runs level through the tile, at the height of its latitude
    let north = (1.0 - 36.005_f64.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * 16384.0;
    let wanted = (north.fract() * 8192.0).round() as i64;
    assert!(street.chains.iter().flatten().all(|at| (at[1] - wanted).abs() <= 1), "{street:?} {wanted}");
    // farther out there are only larger things, and streets without their names
    let village = tile(&anybody, 11, VILLAGE).await;
    assert!(village["roads"].one("street", None).is_some_and(|street| !street.tags.contains_key("name")));
    assert!(village["roads"].one("path", None).is_none() && !village.contains_key("buildings"));
    let county = tile(&anybody, 8, VILLAGE).await;
    assert_eq!(county.keys().collect::<Vec<_>>(), ["water", "waterways"]);
    // and none where there is nothing
    let [x, y] = tile_of(14, [116.3, 36.3]);
    let empty = anybody.gets(&format!("/api/tiles/base/14/{x}/{y}")).await;
    assert_eq!((empty.status.as_u16(), empty.text.as_str()), (204, ""));
    assert!(empty.header("etag").starts_with("W/"));
}

#[tokio::test]
async fn areas_are_cut_at_the_tile_with_their_holes_and_turned_as_the_specification_wants() {
    let (world, _) = with(&village()).await;
    let anybody = world.anybody().await;
    let mut whole = 0;
    for at in [[116.011, 36.012], [116.0195, 36.0205], [116.0145, 36.0155]] {
        let layers = tile(&anybody, 14, at).await;
        let lake = layers["water"].one("water", None).expect("the lake");
        let margin = 8192 / 64;
        let inside = |part: &i64| (-margin..=8192 + margin).contains(part);
        assert!(lake.chains.iter().flatten().flatten().all(inside), "{lake:?}");
        assert!(turn(&lake.chains[0]) > 0 && lake.chains.iter().skip(1).all(|hole| turn(hole) < 0));
        whole += usize::from(lake.chains.len() == 2);
    }
    assert!(whole > 0, "the island is in one of them");
    // the whole lake in one tile: 0.01° by 0.01° less a hole of 0.003° by 0.003°
    let lake = tile(&anybody, 10, VILLAGE).await["water"].one("water", None).expect("the lake").clone();
    let area: i64 = lake.chains.iter().map(|ring| turn(ring)).sum();
    let side = 0.01 / 360.0 * 1024.0 * 4096.0;
    let wanted = 2.0 * side * side / 36.016_f64.to_radians().cos() * 0.91;
    assert!((area as f64 / wanted - 1.0).abs() < 0.03, "{area} {wanted}");
}

#[tokio::test]
async fn a_clip_keeps_what_reaches_into_it_and_what_holds_all_of_it() {
    let world = World::empty().await;
    let mut drawing = village();
    // a network needs a street: one path in each box
    drawing.way(&[[116.01055, 36.0116], [116.01065, 36.0116]], false, &[("highway", "footway")]);
    drawing.way(&[[116.013, 36.0032], [116.014, 36.0032]], false, &[("highway", "footway")]);
    let file = world.file("village.osm", drawing.text());
    let clip = |west, south, east, north| Some(Clip::Box(Bounds { west, south, east, north }));
    // a box in the open lake: no shore comes near
    let lake = import(&world, file.clone(), clip(116.0105, 36.0115, 116.0107, 36.0117)).await.basemap.holds;
    assert_eq!((lake.waters, lake.roads, lake.places), (1, 1, 1));
    // the street and the river cross this box with no node inside
    let street = import(&world, file, clip(116.012, 36.003, 116.016, 36.0055)).await.basemap.holds;
    assert_eq!((street.roads, street.waters, street.buildings), (2, 1, 0));
}

#[tokio::test]
async fn tiles_are_kept_by_their_mark_until_another_extract_replaces_them() {
    let (world, _) = with(&village()).await;
    let anybody = world.anybody().await;
    let [x, y] = tile_of(14, VILLAGE);
    let address = format!("/api/tiles/base/14/{x}/{y}");
    let first = anybody.gets(&address).await;
    assert_eq!(first.header("content-type"), "application/vnd.mapbox-vector-tile");
    let again =
        |mark: &str| Request::get(&address).header("if-none-match", mark).body(Body::empty()).expect("a request");
    assert_eq!(anybody.asks(again(first.header("etag"))).await.status.as_u16(), 304);
    let renamed = village().text().replace("王庄村", "李庄村");
    import(&world, world.file("village.osm", renamed), None).await;
    anybody.catches_up().await;
    let second = anybody.asks(again(first.header("etag"))).await;
    assert_eq!(second.status.as_u16(), 200);
    assert_ne!(second.header("etag"), first.header("etag"));
    assert!(tile(&anybody, 14, VILLAGE).await["names"].one("village", Some("李庄村")).is_some());
}

#[tokio::test]
async fn what_is_no_tile_is_told_and_so_is_that_there_is_no_base_map() {
    let (world, _) = with(&village()).await;
    let anybody = world.anybody().await;
    for wrong in ["15/0/0", "3/8/0", "3/0/8", "3/-1/0", "a/b/c", "14/99999999999/0"] {
        let answer = anybody.gets(&format!("/api/tiles/base/{wrong}")).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "application/problem+json"),
            "{wrong}"
        );
        assert!(answer.json()["detail_zh"].as_str().expect("words").contains("没有这个瓦片"), "{wrong}");
    }
    let bare = World::empty().await.anybody().await;
    for address in ["/api/tiles/base", "/api/tiles/base/0/0/0"] {
        let answer = bare.gets(address).await;
        assert_eq!(answer.status.as_u16(), 404, "{address}");
        assert!(answer.json()["detail"].as_str().expect("words").contains("yimi import network"));
    }
    assert!(bare.reads("/api/config").await["ground"].is_null());
}

#[tokio::test]
async fn the_tiles_describe_themselves_and_openstreetmap_is_credited() {
    let (world, _) = with(&village()).await;
    let anybody = world.anybody().await;
    let described = anybody.reads("/api/tiles/base").await;
    assert_eq!((&described["tilejson"], &described["maxzoom"]), (&"3.0.0".into(), &14.into()));
    assert!(described["attribution"].as_str().expect("words").contains("OpenStreetMap contributors"));
    let bounds: Vec<f64> = serde_json::from_value(described["bounds"].clone()).expect("a box");
    assert!((bounds[0] - 116.0).abs() < 1e-6 && (bounds[3] - 36.021).abs() < 1e-6, "{bounds:?}");
    let layers: Vec<_> =
        described["vector_layers"].as_array().expect("layers").iter().map(|l| l["id"].clone()).collect();
    assert_eq!(layers, ["land", "green", "water", "waterways", "buildings", "roads", "names"]);
    let config = anybody.reads("/api/config").await;
    assert_eq!((&config["openstreetmap"], &config["ground"]["demonstration"]), (&true.into(), &false.into()));
}

#[tokio::test]
async fn a_spot_is_named_after_the_nearest_place() {
    let (world, _) = with(&village()).await;
    let now = load(&world.store, world.rules.clone()).await.expect("loads");
    let map = &now.basemap().expect("a base map").map;
    let at = |lon, lat| LonLat::new(lon, lat).expect("a position");
    let near = map.place_near(at(116.01, 36.01), 5_000.0).expect("a village");
    assert_eq!((&*near.name.zh, &*near.name.en), ("王庄村", "Wangzhuang"));
    // no lake, however near, and nothing farther than asked
    assert_eq!(&*map.place_near(at(116.015, 36.016), 5_000.0).expect("a village").name.zh, "王庄村");
    assert!(map.place_near(at(116.2, 36.2), 1_000.0).is_none());
}

#[tokio::test]
async fn the_demonstration_county_has_its_river_and_says_what_it_is() {
    let world = World::demonstration().await;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge");
    let report = import(&world, data.join("network.osm.pbf"), None).await;
    assert!(report.basemap.holds.places > 500 && report.basemap.holds.greens > 100, "{report:?}");
    let anybody = world.anybody().await;
    let config = anybody.reads("/api/config").await;
    assert_eq!((&config["openstreetmap"], &config["ground"]["demonstration"]), (&false.into(), &true.into()));
    assert!(!anybody.gets("/api/tiles/base").await.text.contains("OpenStreetMap"));
    let river = tile(&anybody, 9, [116.2432, 36.3359]).await;
    assert!(river["water"].one("water", None).is_some() && river["roads"].one("trunk", None).is_some());
    let seat = tile(&anybody, 14, [116.2432, 36.3359]).await;
    assert!(seat["roads"].one("street", Some("建设路")).or(seat["roads"].one("tertiary", Some("建设路"))).is_some());
}

/// Every tile of every zoom of a box: how many bytes the largest has.
async fn largest(anybody: &Anybody, [west, south, east, north]: [f64; 4]) -> usize {
    let mut largest = 0;
    for zoom in 0..=14 {
        let ([x0, y0], [x1, y1]) = (tile_of(zoom, [west, north]), tile_of(zoom, [east, south]));
        for x in x0..=x1 {
            for y in y0..=y1 {
                let bytes = anybody.bytes(&format!("/api/tiles/base/{zoom}/{x}/{y}")).await;
                decode(&bytes);
                largest = largest.max(bytes.len());
            }
        }
    }
    largest
}

#[tokio::test]
async fn tiles_of_real_extracts_are_right_and_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm");
    for (name, around, most) in [
        ("liechtenstein.osm.pbf", [9.46, 47.04, 9.65, 47.28], 80_000),
        ("monaco.osm.gz", [7.40, 43.72, 7.45, 43.76], 60_000),
        ("porto-alegre.osm.pbf", [-51.30, -30.15, -51.10, -29.95], 150_000),
    ] {
        let file = folder.join(name);
        if !file.exists() {
            println!("skipped: {name} is not on this machine");
            continue;
        }
        let world = World::empty().await;
        let report = import(&world, file, None).await;
        let largest = largest(&world.anybody().await, around).await;
        println!("{name}: {:?}, the largest tile has {largest} bytes", report.basemap);
        assert!(largest > 1_000 && largest < most, "{name}: {largest}");
    }
}
