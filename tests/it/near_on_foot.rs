//! `/api/nearby` by walking time: against the routes to every site, and where there is nothing to be found.

use crate::world::{Anybody, World};
use crate::worlds::{Drawn, a_crossing_with_signals_beside_an_unmarked_one, a_river_without_bridge};
use serde_json::{Value, json};
use yimi::geo::{LonLat, geodesic_m};

async fn near(anybody: &Anybody, body: Value) -> Value {
    let answer = anybody.sends("POST", "/api/nearby", &body).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{body}: {}", answer.text);
    let json = answer.json();
    assert_eq!(json["features"].as_array().map(Vec::len), json["numberReturned"].as_u64().map(|n| n as usize));
    json
}

fn names(answer: &Value) -> Vec<&str> {
    told(&answer["features"], "name").iter().map(|name| name.as_str().expect("a name")).collect()
}

fn told<'a>(features: &'a Value, what: &str) -> Vec<&'a Value> {
    features.as_array().expect("features").iter().map(|feature| &feature["properties"][what]).collect()
}

/// Sites, by whether an answer may name them.
fn all(sites: &Value) -> Vec<(i64, [f64; 2], &Value)> {
    let site = |feature: &'_ Value| {
        let at = serde_json::from_value(feature["geometry"]["coordinates"].clone()).expect("a position");
        (feature["id"].as_i64().expect("a number"), at)
    };
    sites["features"].as_array().expect("sites").iter().map(|f| (site(f).0, site(f).1, &f["properties"])).collect()
}

#[tokio::test]
async fn walking_times_are_those_of_the_routes_and_nobody_nearer_is_left_out() {
    let world = World::planned().await;
    let anybody = world.anybody().await;
    // a school morning with posts on duty, and a Saturday evening
    let asked = [
        ("reading_space", "child_6_9", "2025-06-02T07:30", [116.2432, 36.3359]),
        ("reading_space", "wheelchair", "2025-06-07T20:00", [116.2601, 36.3301]),
        ("hospital", "toddler_with_carer", "2025-06-02T07:30", [116.2301, 36.3422]),
    ];
    for (kind, profile, at, [lon, lat]) in asked {
        let sites = anybody.reads(&format!("/api/sites?kind={kind}&limit=1000")).await;
        let mut wanted: Vec<(u64, i64, f64)> = Vec::new();
        for (id, [to_lon, to_lat], _) in all(&sites) {
            let address = format!("/api/route?from={lon},{lat}&to={to_lon},{to_lat}&profile={profile}&at={at}");
            let answer = anybody.gets(&address).await;
            if answer.status == 200 {
                let way = answer.json()["properties"].clone();
                let secs = way["walk_secs"].as_f64().expect("seconds");
                wanted.push(((secs * 10.0).round() as u64, id, way["length_m"].as_f64().expect("metres")));
            }
        }
        wanted.retain(|(tenths, ..)| *tenths <= 72_000);
        wanted.sort_unstable_by_key(|(tenths, id, _)| (*tenths, *id));
        wanted.truncate(12);
        assert!(wanted.len() >= 8, "{kind} {profile}: {wanted:?}");
        let body = json!({ "lon": lon, "lat": lat, "kind": kind, "profile": profile, "at": at, "limit": 12 });
        let answer = near(&anybody, body).await;
        assert_eq!((&answer["by"], &answer["profile"], &answer["at"]), (&"walk".into(), &profile.into(), &at.into()));
        let found: Vec<(f64, f64)> = told(&answer["features"], "walk_secs")
            .into_iter()
            .zip(told(&answer["features"], "walk_m"))
            .map(|(secs, m)| (secs.as_f64().expect("seconds"), m.as_f64().expect("metres")))
            .collect();
        assert_eq!(found.len(), wanted.len(), "{kind} {profile}");
        for ((secs, m), (tenths, id, length_m)) in found.iter().zip(&wanted) {
            assert!(
                (secs * 10.0 - *tenths as f64).abs() <= 1.01 && (m - length_m).abs() < 0.02,
                "{id}: {secs} {m}, by route {tenths} {length_m}"
            );
        }
        assert!(found.is_sorted_by(|one, next| one.0 <= next.0));
    }
}

#[tokio::test]
async fn on_saturday_at_eight_in_the_evening_only_what_is_open_is_told_and_the_rest_is_explained() {
    let world = World::planned().await;
    let anybody = world.anybody().await;
    let body = json!({ "lon": 116.2502, "lat": 36.3270, "kind": "reading_space", "at": "2025-06-07T20:00", "open": true, "limit": 100 });
    let open = near(&anybody, body.clone()).await;
    assert!(
        !names(&open).is_empty() && told(&open["features"], "opening").iter().all(|o| o["state"] == "open"),
        "{open}"
    );
    let (zh, en) = (open["explain"]["zh"].as_str().expect("why"), open["explain"]["en"].as_str().expect("why"));
    assert!(zh.contains("不开放") && en.contains("not open"), "{zh} {en}");
    let mut whenever = body;
    whenever["open"] = false.into();
    let whenever = near(&anybody, whenever).await;
    let is_open = |opening: &&Value| opening["state"] == "open";
    assert_eq!(told(&whenever["features"], "opening").into_iter().filter(is_open).count(), names(&open).len());
    assert!(names(&whenever).len() > names(&open).len());
    assert!(told(&whenever["features"], "opening").iter().any(|opening| opening.is_null()), "some have told no hours");
}

/// Three sites at the ends of two streets.
async fn two_streets() -> (Drawn, World) {
    let drawn = Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 400.0, 0.0), ('c', 400.0, 300.0), ('m', 0.0, 300.0)])
        .way("abcm", "highway=residential");
    let world = World::empty().await;
    world.network(&drawn.xml()).await;
    let row =
        |name: &str, at: LonLat, rest: &str| format!("reading_space,{name},{:.7},{:.7},{rest}\n", at.lon(), at.lat());
    let rows = [
        row("巷尾书屋", drawn.at('m'), "Mo-Su 09:00-17:00,0,6,yes"),
        row("桥头书屋", drawn.at('b'), "Sa 10:00-21:00,3,12,limited"),
        row("街角书屋", drawn.at('c'), ",,,no"),
    ];
    world.sites(&format!("kind,name,lon,lat,opening_hours,age_min,age_max,accessibility\n{}", rows.concat())).await;
    (drawn, world)
}

#[tokio::test]
async fn what_is_near_by_the_map_is_far_on_foot_and_every_need_narrows_it_down() {
    let (drawn, world) = two_streets().await;
    let anybody = world.anybody().await;
    let from = drawn.at('a');
    let asked = |more: Value| {
        let mut body = json!({ "lon": from.lon(), "lat": from.lat(), "at": "2025-06-07T20:00" });
        body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        body
    };
    let found = near(&anybody, asked(json!({}))).await;
    assert_eq!(names(&found), ["桥头书屋", "街角书屋", "巷尾书屋"]);
    let secs: Vec<f64> = told(&found["features"], "walk_secs").iter().map(|s| s.as_f64().expect("seconds")).collect();
    for (secs, wanted) in secs.iter().zip([400.0, 700.0, 1100.0]) {
        assert!((secs - wanted).abs() < 3.0, "{secs}");
    }
    assert_eq!(names(&near(&anybody, asked(json!({ "by": "line" }))).await), ["巷尾书屋", "桥头书屋", "街角书屋"]);
    for (need, wanted) in [
        (json!({ "open": true }), vec!["桥头书屋"]),
        (json!({ "age": 2 }), vec!["街角书屋", "巷尾书屋"]),
        (json!({ "age": 8 }), vec!["桥头书屋", "街角书屋"]),
        (json!({ "accessibility": "yes,limited" }), vec!["桥头书屋", "巷尾书屋"]),
        (json!({ "limit": 1 }), vec!["桥头书屋"]),
        (json!({ "within_secs": 800 }), vec!["桥头书屋", "街角书屋"]),
        (json!({ "by": "line", "within_m": 350 }), vec!["巷尾书屋"]),
        (json!({ "kind": "school,reading_space", "open": true, "age": 4 }), vec!["桥头书屋"]),
    ] {
        assert_eq!(names(&near(&anybody, asked(need.clone())).await), wanted, "{need}");
        // the same in an address
        let more = need.as_object().expect("an object").iter().fold(String::new(), |address, (name, value)| {
            format!("{address}&{name}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        });
        let address = format!("/api/nearby?lon={}&lat={}&at=2025-06-07T20:00{more}", from.lon(), from.lat());
        assert_eq!(names(&anybody.reads(&address).await), wanted, "{address}");
    }
    for wrong in [
        json!({ "within_m": 5, "by": "walk" }),
        json!({ "within_secs": 5, "by": "line" }),
        json!({ "within_secs": 0 }),
        json!({ "age": 19 }),
        json!({ "open": "perhaps" }),
        json!({ "profile": "giant" }),
        json!({ "at": "tomorrow" }),
        json!({ "kind": ["school"] }),
        json!({ "accessibility": "somewhat" }),
        json!({ "castle": "yes" }),
        json!({ "lon": 181 }),
        json!({ "lat": null }),
    ] {
        let answer = anybody.sends("POST", "/api/nearby", &asked(wrong.clone())).await;
        assert_eq!(answer.status.as_u16(), 400, "{wrong}: {}", answer.text);
    }
    // what an address says would stand in logs
    for address in ["/api/nearby?lon=1", "/api/route?from=1,2"] {
        let answer = anybody.sends("POST", address, &asked(json!({}))).await;
        assert!(answer.status.as_u16() == 400 && answer.text.contains("no such parameter"), "{}", answer.text);
    }
}

#[tokio::test]
async fn where_nothing_fits_it_is_said_why_and_what_lies_beyond() {
    let (drawn, world) = two_streets().await;
    let anybody = world.anybody().await;
    let from = drawn.at('a');
    let body = json!({ "lon": from.lon(), "lat": from.lat(), "kind": "reading_space", "at": "2025-06-08T20:00", "open": true });
    let found = near(&anybody, body).await;
    assert_eq!(names(&found), [] as [&str; 0]);
    let en = found["explain"]["en"].as_str().expect("why");
    assert!(en.contains("2 not open") && en.contains("1 not known to be open"), "{en}");
    assert!(en.ends_with("these do not fit in everything"), "{en}");
    let beyond: Vec<&Value> = told(&found["beyond"], "name");
    assert_eq!(beyond, ["桥头书屋", "街角书屋", "巷尾书屋"]);
    assert!(told(&found["beyond"], "walk_secs").iter().all(|secs| secs.is_number()));
    assert_eq!(found["beyond"][0]["properties"]["opening"]["state"], "closed");
    // nothing of that kind at all
    let none = near(&anybody, json!({ "lon": from.lon(), "lat": from.lat(), "kind": "hospital" })).await;
    assert!(none["explain"]["en"].as_str().expect("why").contains("no such place") && none["beyond"] == json!([]));
    // now is the county's time, with whoever is on duty then
    let now = near(&anybody, json!({ "lon": from.lon(), "lat": from.lat(), "at": "now" })).await;
    assert_eq!(now["at"].as_str().map(str::len), Some("2025-06-07T12:00".len()), "{now}");
    let to = drawn.at('b');
    let ends = json!({ "from": [from.lon(), from.lat()], "to": [to.lon(), to.lat()], "at": "now" });
    assert_eq!(anybody.sends("POST", "/api/route", &ends).await.status.as_u16(), 200);
    // what fits farther away comes before what does not fit
    let body = json!({ "lon": from.lon(), "lat": from.lat(), "at": "2025-06-07T12:00", "open": true, "accessibility": "yes", "within_secs": 60 });
    let farther = near(&anybody, body).await;
    assert_eq!((names(&farther), told(&farther["beyond"], "name")), (vec![], vec![&json!("巷尾书屋")]));
    assert!(farther["explain"]["en"].as_str().expect("why").ends_with("these fit, but are farther"), "{farther}");
    let body = json!({ "lon": from.lon(), "lat": from.lat(), "age": 17, "accessibility": "no", "fee": "no" });
    let others = near(&anybody, body).await;
    assert!(others["explain"]["en"].as_str().expect("why").contains("3 not fitting: Step-free"), "{others}");
    let homes = near(&anybody, json!({ "lon": from.lon(), "lat": from.lat(), "kind": "hope_cabin" })).await;
    assert!(homes["explain"]["zh"].as_str().expect("why").contains("只按乡镇计数"), "{homes}");
    // so near that nothing lies within
    let close = near(&anybody, json!({ "lon": from.lon(), "lat": from.lat(), "within_secs": 60 })).await;
    assert!(close["explain"]["zh"].as_str().expect("why").contains("步行 1 分钟内") && close["beyond"][0].is_object());
}

#[tokio::test]
async fn far_from_any_street_at_the_pole_and_at_180_degrees_there_is_an_answer() {
    let (_, world) = two_streets().await;
    let anybody = world.anybody().await;
    for (lon, lat) in [(116.3, 36.3), (0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-180.0, 0.0), (116.2, 36.31)] {
        let found = near(&anybody, json!({ "lon": lon, "lat": lat })).await;
        assert_eq!(names(&found), [] as [&str; 0], "{lon} {lat}");
        assert!(found["explain"]["zh"].as_str().expect("why").contains("300 米内没有步行道路"), "{found}");
        assert_eq!(found["beyond"].as_array().map(Vec::len), Some(3), "in a straight line, {lon} {lat}");
        assert!(found["beyond"][0]["properties"]["walk_secs"].is_null());
    }
    // an empty county, with streets and without
    let empty = World::empty().await;
    let found = near(&empty.anybody().await, json!({ "lon": 116.2, "lat": 36.3 })).await;
    assert_eq!((&found["by"], &found["beyond"]), (&"line".into(), &json!([])));
    assert!(found["explain"]["en"].as_str().expect("why").contains("no such place"));
    let on_foot =
        empty.anybody().await.sends("POST", "/api/nearby", &json!({ "lon": 1, "lat": 1, "by": "walk" })).await;
    assert_eq!(on_foot.status.as_u16(), 404);
    empty.network(&a_river_without_bridge().xml()).await;
    let found = near(&empty.anybody().await, json!({ "lon": 116.2, "lat": 36.3 })).await;
    assert_eq!((&found["by"], &found["beyond"]), (&"walk".into(), &json!([])));
}

#[tokio::test]
async fn sites_that_come_move_and_go_are_found_where_they_are() {
    let drawn = a_crossing_with_signals_beside_an_unmarked_one();
    let world = World::empty().await;
    world.network(&drawn.xml()).await;
    let site = |at: LonLat| format!("id,kind,name,lon,lat\nS1,school,甲校,{:.7},{:.7}\n", at.lon(), at.lat());
    world.sites(&site(drawn.at('d'))).await;
    let anybody = world.anybody().await;
    let from = drawn.at('a');
    let ask = async || near(&anybody, json!({ "lon": from.lon(), "lat": from.lat(), "profile": "wheelchair" })).await;
    let first = told(&ask().await["features"], "walk_secs")[0].as_f64().expect("seconds");
    world.sites(&site(drawn.at('b'))).await;
    world
        .sites(&format!("kind,name,lon,lat\nschool,乙校,{:.7},{:.7}\n", drawn.at('c').lon(), drawn.at('c').lat()))
        .await;
    anybody.catches_up().await;
    let now = ask().await;
    assert_eq!(names(&now), ["乙校", "甲校"]);
    let over = &now["features"][1]["properties"];
    assert!(over["walk_secs"].as_f64().expect("seconds") < first && over["unguarded"] == 1, "{over}");
    let straight = geodesic_m(from, drawn.at('b'));
    assert!((over["distance_m"].as_f64().expect("metres") - straight).abs() < 0.1);
    assert!((over["walk_m"].as_f64().expect("metres") - straight).abs() < 0.1);
}
