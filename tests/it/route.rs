//! `/api/route`, and what brings the network there.

use crate::world::World;
use crate::worlds::{Drawn, a_crossing_with_signals_beside_an_unmarked_one, a_river_without_bridge};
use yimi::import::{Clip, ImportError, NetworkImport, NetworkReport, import_network};
use yimi::network::BuildError;

async fn bring(world: &World, content: &str, clip: Option<&str>) -> Result<NetworkReport, ImportError> {
    let file = world.file("streets.osm", content);
    let clip = clip.map(|clip| Clip::parse(clip).expect("a clip"));
    import_network(&world.store, NetworkImport { file, clip, who: "test".into() }, |_, _| {}).await
}

fn ask(drawn: &Drawn, from: char, to: char) -> String {
    let [a, b] = [drawn.at(from), drawn.at(to)];
    format!("/api/route?from={},{}&to={},{}", a.lon(), a.lat(), b.lon(), b.lat())
}

#[tokio::test]
async fn a_way_is_a_line_with_its_time_and_its_crossings() {
    let drawn = a_crossing_with_signals_beside_an_unmarked_one();
    let world = World::empty().await;
    bring(&world, &drawn.xml(), None).await.expect("imports");
    let anybody = world.anybody().await;
    let answer = anybody.gets(&ask(&drawn, 'c', 'd')).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type"), answer.header("cache-control")),
        (200, "application/geo+json", "no-store")
    );
    let feature = answer.json();
    assert_eq!((&feature["type"], &feature["geometry"]["type"]), (&"Feature".into(), &"LineString".into()));
    assert_eq!(feature["geometry"]["coordinates"].as_array().map(Vec::len), Some(3));
    let told = &feature["properties"];
    assert_eq!((&told["profile"], &told["crossings"][0]["protection"]), (&"child_6_9".into(), &"signals".into()));
    assert_eq!(told["crossings"][0]["delay_secs"], 25.0);
    let number = |name: &str| told[name].as_f64().expect(name);
    assert!((number("length_m") - 40.0).abs() < 0.1 && (number("walk_secs") - 65.0).abs() < 0.2, "{told}");
    assert!(number("snapped_from_m") < 0.1 && number("snapped_to_m") < 0.1);
    let slow = anybody.reads(&(ask(&drawn, 'c', 'd') + "&profile=wheelchair")).await;
    assert_eq!(slow["properties"]["profile"], "wheelchair");
    assert!(slow["properties"]["walk_secs"].as_f64().expect("secs") > number("walk_secs"));
}

#[tokio::test]
async fn why_there_is_no_way_is_told_in_plain_words() {
    let drawn = a_river_without_bridge();
    let world = World::empty().await;
    let anybody = world.anybody().await;
    let told = |answer: &crate::world::Answer| {
        let json = answer.json();
        (answer.status.as_u16(), json["detail"].as_str().unwrap_or_default().to_owned(), json["detail_zh"].to_string())
    };
    let (status, en, zh) = told(&anybody.gets(&ask(&drawn, 'a', 'b')).await);
    assert!(status == 404 && en.contains("no walking network") && zh.contains("步行网络"), "{en} {zh}");
    bring(&world, &drawn.xml(), None).await.expect("imports");
    anybody.catches_up().await;
    anybody.reads(&ask(&drawn, 'a', 'b')).await;
    let (status, en, zh) = told(&anybody.gets(&ask(&drawn, 'a', 'c')).await);
    assert!(status == 404 && en.contains("no way on foot") && zh.contains("没有步行可达"), "{en} {zh}");
    let (status, en, zh) = told(&anybody.gets("/api/route?from=116.2,36.29&to=116.2,36.3").await);
    assert!(status == 404 && en.contains("start is more than 300 m") && zh.contains("起点 300 米"), "{en} {zh}");
    for address in [
        "/api/route",
        "/api/route?from=116.2,36.3",
        "/api/route?from=116.2&to=116.2,36.3",
        "/api/route?from=116.2,96.3&to=116.2,36.3",
        "/api/route?from=116.2,36.3&to=116.2,36.3&profile=giant",
        "/api/route?from=116.2,36.3&to=116.2,36.3&by=wings",
    ] {
        let answer = anybody.gets(address).await;
        assert_eq!(answer.status.as_u16(), 400, "{address}");
        assert!(answer.json()["errors"][0]["wanted"]["zh"].is_string());
    }
}

#[tokio::test]
async fn what_is_broken_or_no_network_leaves_the_one_in_use_in_use() {
    let drawn = a_river_without_bridge();
    let world = World::empty().await;
    let first = bring(&world, &drawn.xml(), None).await.expect("imports");
    assert!(first.version == 1 && !first.unchanged && first.areas.is_none());
    let again = bring(&world, &drawn.xml(), None).await.expect("imports");
    assert!(again.version == 1 && again.unchanged, "the same content is no new version");
    let anybody = world.anybody().await;
    let xml = drawn.xml();
    let broken = bring(&world, &xml[..xml.len() / 2], None).await.expect_err("cut off");
    assert!(matches!(broken, ImportError::Network(BuildError::Osm(_))), "{broken}");
    let empty = bring(&world, "<osm></osm>", None).await.expect_err("nothing to walk on");
    assert!(matches!(empty, ImportError::Network(BuildError::NoWays { .. })), "{empty}");
    let elsewhere = bring(&world, &xml, Some("0,0,1,1")).await.expect_err("elsewhere");
    assert!(matches!(elsewhere, ImportError::Network(BuildError::Outside { .. })), "{elsewhere}");
    assert!(matches!(bring(&world, &xml, Some("99")).await, Err(ImportError::Unsaid(_))), "no such area");
    anybody.catches_up().await;
    anybody.reads(&ask(&drawn, 'a', 'b')).await;
    world.anybody().await.reads(&ask(&drawn, 'a', 'b')).await;
}

#[tokio::test]
async fn a_new_network_takes_the_place_of_the_former_and_sites_stay() {
    let (drawn, other) = (a_river_without_bridge(), a_crossing_with_signals_beside_an_unmarked_one());
    let world = World::empty().await;
    world.sites("kind,name,lon,lat\nschool,甲校,116.05,36.05\n").await;
    bring(&world, &drawn.xml(), None).await.expect("imports");
    let anybody = world.anybody().await;
    anybody.reads(&ask(&drawn, 'c', 'd')).await;
    assert_eq!(bring(&world, &other.xml(), None).await.expect("imports").version, 2);
    anybody.catches_up().await;
    let over = anybody.reads(&ask(&other, 'a', 'b')).await;
    assert_eq!(over["properties"]["crossings"][0]["protection"], "unmarked");
    assert_eq!(anybody.gets("/api/sites").await.names(), ["甲校"]);
}

#[tokio::test]
async fn areas_without_streets_are_named_and_a_clip_takes_what_lies_in_an_area() {
    let world = World::two_towns().await;
    let streets = |lons: &[f64]| {
        let street = |(i, lon): (usize, &f64)| {
            let (a, b) = (2 * i + 1, 2 * i + 2);
            let node = |id: usize, lat: f64| format!("<node id=\"{id}\" lon=\"{lon}\" lat=\"{lat}\"/>");
            let way = "<tag k=\"highway\" v=\"path\"/></way>";
            let way = format!("<way id=\"{a}\"><nd ref=\"{a}\"/><nd ref=\"{b}\"/>{way}");
            (node(a, 36.02) + &node(b, 36.08), way)
        };
        let (nodes, ways): (String, String) = lons.iter().enumerate().map(street).unzip();
        format!("<osm>{nodes}{ways}</osm>")
    };
    let one = bring(&world, &streets(&[116.05]), None).await.expect("imports").areas.expect("compared");
    assert_eq!((one.covered, one.total, one.without[0].zh.as_ref()), (1, 2, "乙镇"));
    // another county's extract is refused, and the network in use stays in use
    let error = bring(&world, &streets(&[117.05]), None).await.expect_err("elsewhere").to_string();
    assert!(
        error.contains("117.050,36.020,117.050,36.080") && error.contains("116.000,36.000,116.200,36.100"),
        "{error}"
    );
    let row = world.store.dataset_in_use("network").await.expect("asked").expect("in use");
    assert_eq!(row.version, 1);
    let both = bring(&world, &streets(&[116.05, 116.15]), None).await.expect("imports");
    assert_eq!((both.built.edges, both.areas.expect("compared").covered), (2, 2));
    let clipped = bring(&world, &streets(&[116.05, 116.15]), Some("371524102")).await.expect("imports");
    assert_eq!((clipped.built.edges, clipped.areas.expect("compared").covered), (1, 1));
    let whole = bring(&world, &streets(&[116.05, 116.15, 117.0]), Some("371524")).await.expect("imports");
    assert_eq!(whole.built.edges, 2);
}

#[tokio::test]
async fn a_way_is_told_in_steps_with_the_safest_beside_it_and_back_home() {
    // straight over a main road where nothing stops the traffic, and lights 60 m beside
    let drawn = a_crossing_with_signals_beside_an_unmarked_one();
    let world = World::empty().await;
    bring(&world, &drawn.xml(), None).await.expect("imports");
    let anybody = world.anybody().await;
    let [from, to] = ['a', 'b'].map(|point| [drawn.at(point).lon(), drawn.at(point).lat()]);
    let asked = async |more: serde_json::Value| {
        let mut body = serde_json::json!({ "from": from, "to": to });
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let answer = anybody.sends("POST", "/api/route", &body).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{}", answer.text);
        answer.json()
    };
    let found = asked(serde_json::json!({})).await;
    assert_eq!(found, anybody.reads(&ask(&drawn, 'a', 'b')).await, "the same in an address");
    let told = &found["properties"];
    let steps = told["steps"].as_array().expect("steps");
    let acts: Vec<&str> = steps.iter().map(|step| step["act"].as_str().expect("a word")).collect();
    assert_eq!(acts, ["start", "cross", "walk", "arrive"], "{steps:?}");
    assert!(steps.iter().all(|step| step["text"]["zh"].is_string() && step["text"]["en"].is_string()));
    let metres: f64 = steps.iter().map(|step| step["m"].as_f64().expect("metres")).sum();
    assert!((metres - told["length_m"].as_f64().expect("metres")).abs() < 0.1, "{metres}");
    assert_eq!(told["crossings"][0]["on_duty"], false);
    let safest = &told["safest"];
    assert_eq!(safest["crossings"][0]["protection"], "signals", "{safest}");
    let secs = |way: &serde_json::Value| way["walk_secs"].as_f64().expect("seconds");
    assert!((secs(safest) - secs(told) - safest["extra_secs"].as_f64().expect("seconds")).abs() < 0.11);
    assert!(safest["geometry"]["coordinates"].as_array().is_some_and(|line| line.len() > 3));
    let home = asked(serde_json::json!({ "home": true })).await;
    let line = |way: &serde_json::Value| way["geometry"]["coordinates"].as_array().expect("a line").clone();
    let mut back = line(&home);
    back.reverse();
    assert_eq!((back, secs(&home["properties"])), (line(&found), secs(told)));
    for wrong in
        [serde_json::json!({ "home": "yes" }), serde_json::json!({ "to": [1] }), serde_json::json!({ "by": 1 })]
    {
        let mut body = serde_json::json!({ "from": from, "to": to });
        body.as_object_mut().expect("an object").extend(wrong.as_object().expect("an object").clone());
        assert_eq!(anybody.sends("POST", "/api/route", &body).await.status.as_u16(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn with_a_post_on_duty_straight_ahead_there_is_no_safer_way() {
    let drawn = a_crossing_with_signals_beside_an_unmarked_one();
    let world = World::empty().await;
    bring(&world, &drawn.xml(), None).await.expect("imports");
    let at = drawn.at('a');
    let row = format!("safety_post,校门口,{:.7},{:.7},Mo-Fr 07:20-08:00\n", at.lon(), at.lat());
    world.sites(&format!("kind,name,lon,lat,duty_hours\n{row}")).await;
    let anybody = world.anybody().await;
    let way = async |at: &str| anybody.reads(&format!("{}&at={at}", ask(&drawn, 'a', 'b'))).await["properties"].clone();
    let (on_duty, alone) = (way("2025-06-02T07:30").await, way("2025-06-02T10:00").await);
    assert!(on_duty["crossings"][0]["on_duty"] == true && on_duty["safest"].is_null(), "{on_duty}");
    assert!(alone["crossings"][0]["on_duty"] == false && alone["safest"].is_object(), "{alone}");
    // nearby tells the same times
    let near = format!("/api/nearby?lon={}&lat={}&kind=safety_post", drawn.at('b').lon(), drawn.at('b').lat());
    for (at, way) in [("2025-06-02T07:30", &on_duty), ("2025-06-02T10:00", &alone)] {
        let found = anybody.reads(&format!("{near}&at={at}")).await["features"][0]["properties"].clone();
        assert_eq!(found["walk_secs"], way["walk_secs"], "{at}");
        assert_eq!(found["unguarded"] == 0, way["safest"].is_null());
    }
}
