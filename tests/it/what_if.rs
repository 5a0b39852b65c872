//! `/api/what-if`: what it says is what coverage says once the change is really there.

use crate::coverage::{HEAD, one_street, site, times};
use crate::world::{Answer, Anybody, World};
use crate::worlds::place;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use std::path::Path;
use yimi::geo::Datum;
use yimi::import::import_areas;
use yimi::network::{Rank, build};
use yimi::osm::Extract;

fn at(east: f64, north: f64) -> Value {
    let at = place([east, north]);
    json!({"lon": at.lon(), "lat": at.lat()})
}

async fn posts(anybody: &Anybody, body: impl Into<Body>) -> Answer {
    let request = Request::post("/api/what-if").header("content-type", "application/json").body(body.into());
    anybody.asks(request.expect("a request")).await
}

async fn asks(anybody: &Anybody, body: &Value) -> Value {
    let answer = posts(anybody, body.to_string()).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

fn with(question: &Value, change: &Value) -> Value {
    let mut body = question.clone();
    body.as_object_mut().expect("an object").extend(change.as_object().expect("fields").clone());
    body
}

#[tokio::test]
async fn a_proposed_site_is_counted_as_if_it_were_there() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 0.0, 0.0))).await;
    let anybody = world.anybody().await;
    let question = json!({"kind": "school", "minutes": 11, "cells": true, "streets": true, "gaps": true});
    let answer = asks(&anybody, &with(&question, &json!({"add": [at(1500.0, 0.0)]}))).await;
    // a metre a second: cells are 0, 4, 11 and 25 minutes from the school; the new one has 25, 21, 14, 0 and 10 to them
    for (field, wanted) in
        [("children_total", 69), ("children_before", 10), ("children_after", 36), ("gained", 26), ("lost", 0)]
    {
        assert_eq!(answer[field], wanted, "{field}: {answer}");
    }
    assert_eq!(answer["by_town"], json!([{"area": null, "children": 69, "before": 10, "after": 36}]));
    assert_eq!(answer["cells"], json!({"index": [3, 4], "secs": [1, 601], "site": [-1, -1]}), "rounded up");
    let added = &answer["add"][0];
    assert_eq!((&added["on_street"], &added["children"], &added["alone"]), (&true.into(), &26.into(), &26.into()));
    assert_eq!((&answer["minutes"], &answer["profile"]), (&11.into(), &"child_6_9".into()));
    // and nothing of it is kept
    let nothing = asks(&anybody, &question).await;
    let none = json!({"index": [], "secs": [], "site": []});
    assert_eq!((&nothing["children_after"], &nothing["gained"], &nothing["lost"]), (&10.into(), &0.into(), &0.into()));
    assert_eq!((&nothing["cells"], &nothing["streets"], &nothing["by_town"]), (&none, &none, &json!([])));
    let bare = asks(&anybody, &json!({"kind": "school"})).await;
    assert_eq!((&bare["cells"], &bare["streets"], &bare["gaps"]), (&Value::Null, &Value::Null, &Value::Null));
}

#[tokio::test]
async fn each_change_says_what_it_does_by_itself() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 0.0, 0.0) + &site(2, "school", 239.0, 0.0))).await;
    let anybody = world.anybody().await;
    let change = json!({
        "kind": "school", "minutes": 11, "remove": [1, 2], "gaps": true,
        "add": [at(1500.0, 0.0), at(1510.0, 0.0), at(700.0, 2000.0), at(700.0, 900.0)],
    });
    let answer = asks(&anybody, &change).await;
    // either school serves the first three cells
    assert_eq!(answer["remove"], json!([{"site": 1, "children": 0}, {"site": 2, "children": 0}]));
    assert_eq!((&answer["gained"], &answer["lost"], &answer["children_after"]), (&26.into(), &10.into(), &26.into()));
    let told = |place: usize| {
        let added = &answer["add"][place];
        (added["on_street"].as_bool(), added["children"].as_u64(), added["alone"].as_u64())
    };
    // two beside each other serve the same children; the others lie off the streets
    assert_eq!([told(0), told(1)], [(Some(true), Some(26), Some(0)); 2]);
    assert_eq!([told(2), told(3)], [(Some(false), Some(0), Some(0)); 2]);
    let away = |place: usize| answer["add"][place]["away_m"].as_f64();
    assert!(away(2).is_none() && away(3).is_some_and(|metres| (metres - 781.0).abs() < 2.0), "{answer}");
    let gap = &answer["gaps"][1];
    assert_eq!((&gap["children"], &gap["site"]), (&10.into(), &json!({"id": -1, "name": ""})), "{answer}");
}

#[tokio::test]
async fn what_can_not_be_understood_is_refused_by_its_field() {
    let world = one_street().await;
    let rows = site(1, "school", 0.0, 0.0) + &site(2, "playground", 239.0, 0.0) + &site(3, "safety_post", 1200.0, 0.0);
    world.sites(&(HEAD.to_owned() + &rows)).await;
    let anybody = world.anybody().await;
    let many: Vec<Value> = (0..51).map(|_| at(0.0, 0.0)).collect();
    for (change, field, words) in [
        (json!({"kind": ""}), "kind", "one kind that is shown as points"),
        (json!({"kind": "hope_cabin"}), "kind", "one kind that is shown as points"),
        (json!({"kind": "castle"}), "kind", "one of the kinds"),
        (json!({"minutes": 0}), "minutes", "a whole number from 1 to 120"),
        (json!({"minutes": "ten"}), "minutes", "a whole number"),
        (json!({"profile": "giant"}), "profile", "one of toddler_with_carer"),
        (json!({"at": "noon"}), "at", "a local time"),
        (json!({"ages": "0-9"}), "ages", "0–2, 3–14"),
        (json!({"only": {"colour": "red"}}), "only.colour", "no such attribute"),
        (json!({"only": {"kind": "school"}}), "only.kind", "no such attribute"),
        (json!({"only": {"demonstration": "perhaps"}}), "only.demonstration", ""),
        (json!({"colour": "red"}), "colour", "no such field"),
        (json!({"add": [{"lon": 116.2, "lat": 36.3}, {"lon": 116.2}]}), "add[1].lat", "it is needed"),
        (json!({"add": [{"lon": "east", "lat": 36.3}]}), "add[0].lon", "a number"),
        (json!({"add": [{"lon": 181, "lat": 36.3}]}), "add[0].lon", "a longitude from -180 to 180"),
        (json!({"add": [{"lon": 116.2, "lat": -91}]}), "add[0].lat", "a latitude from -90 to 90"),
        (json!({"add": [{"lon": 116.2, "lat": 36.3, "opening_hours": "early"}]}), "add[0].opening_hours", "OSM"),
        (json!({"add": many}), "add", "at most 50"),
        (json!({"posts": many}), "posts", "at most 50"),
        (json!({"posts": [{"lon": 116.2, "lat": 95}]}), "posts[0].lat", "a latitude"),
        (json!({"remove": [1, 99]}), "remove[1]", "a site that exists"),
        (json!({"remove": [1, 2]}), "remove[1]", "or a safety post"),
        (json!({"remove": [-3]}), "remove[0]", "a whole number"),
        (json!({"remove": vec![1; 201]}), "remove", "at most 200"),
        (json!({"hours": [{"site": 3, "opening_hours": "24/7"}]}), "hours[0].site", "a site that exists"),
        (json!({"hours": [{"site": 1, "opening_hours": "early"}]}), "hours[0].opening_hours", "OSM"),
        (json!({"hours": [{"site": 1}]}), "hours[0].opening_hours", "it is needed"),
    ] {
        let body = with(&json!({"kind": "school"}), &change);
        let answer = posts(&anybody, body.to_string()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (400, "application/problem+json"),
            "{body}"
        );
        let error = &answer.json()["errors"][0];
        assert!(error["field"] == field && error["wanted"]["zh"].is_string(), "{body}: {}", answer.text);
        assert!(error["wanted"]["en"].as_str().is_some_and(|told| told.contains(words)), "{body}: {}", answer.text);
    }
    let told = posts(&anybody, "{\"kind\":").await;
    assert_eq!((told.status.as_u16(), &told.json()["errors"][0]["field"]), (400, &"body".into()));
    let long = format!("{{\"kind\":\"{}\"}}", "a".repeat(70_000));
    assert_eq!(posts(&anybody, long).await.status, 413);
    let untyped = Request::post("/api/what-if").body(Body::from("{\"kind\":\"school\"}")).expect("a request");
    let told = anybody.asks(untyped).await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (415, "application/problem+json"));
    assert!(told.json()["detail_zh"].as_str().is_some_and(|words| words.contains("application/json")));
    let empty = World::empty().await.anybody().await;
    let told = posts(&empty, "{\"kind\":\"school\"}").await;
    assert!(told.status == 404 && told.text.contains("yimi import network"), "{}", told.text);
}

/// A site of the demonstration county's streets: kind, name, place, hours, duty hours.
#[derive(Clone)]
struct Row(&'static str, String, [f64; 2], &'static str, &'static str);

/// The demonstration county's streets and children with other sites. They are numbered from 1 in this order.
async fn county(rows: &[Row]) -> Anybody {
    let world = World::empty().await;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge");
    import_areas(&world.store, &data.join("areas.geojson"), Datum::Wgs84, "test").await.expect("areas");
    world.network_of(data.join("network.osm.pbf")).await;
    world.children_of(data.join("children.csv")).await;
    let line = |(id, Row(kind, name, [lon, lat], open, duty)): (usize, &Row)| {
        format!("{kind},{name},{lon:.7},{lat:.7},{id},{open},{duty}\n")
    };
    let head = "kind,name,lon,lat,id,opening_hours,duty_hours\n";
    world.sites(&(head.to_owned() + &rows.iter().enumerate().map(line).collect::<String>())).await;
    world.anybody().await
}

/// Every so many-th cell of the demonstration county.
fn cells(every: usize) -> Vec<[f64; 2]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge/children.csv");
    let text = std::fs::read_to_string(path).expect("the file");
    let place = |line: &str| {
        let mut degrees = line.split(',').skip(1).map(|cell| cell.parse().expect("degrees"));
        [degrees.next().expect("a longitude"), degrees.next().expect("a latitude")]
    };
    text.lines().skip(1).step_by(every).map(place).collect()
}

/// Every so many-th crossing of a road that takes time.
fn crossings(every: usize) -> Vec<[f64; 2]> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/donge/network.osm.pbf");
    let network = build(&Extract::open(&file).expect("opens"), None, &mut |_, _| {}).expect("a network").network;
    let crossed = |node: &u32| network.crossing(*node).is_some_and(|crossing| crossing.rank >= Rank::Secondary);
    let nodes = (0..network.node_count() as u32).filter(crossed).step_by(every);
    nodes.map(|node| [network.node(node).lon(), network.node(node).lat()]).collect()
}

/// Times with a change laid over them.
fn laid(before: &[(u16, u32)], changed: &Value) -> Vec<(u16, i64)> {
    let mut all: Vec<(u16, i64)> = before.iter().map(|(secs, site)| (*secs, i64::from(*site))).collect();
    let numbers = |name: &str| -> Vec<i64> { serde_json::from_value(changed[name].clone()).expect("numbers") };
    for ((index, secs), site) in numbers("index").into_iter().zip(numbers("secs")).zip(numbers("site")) {
        let now = (u16::try_from(secs).expect("seconds"), site);
        let place = &mut all[usize::try_from(index).expect("a place")];
        assert_ne!(*place, now, "what does not change is not sent");
        *place = now;
    }
    all
}

#[tokio::test]
async fn the_difference_is_that_of_coverage_before_and_after() {
    let near = cells(25);
    let guarded = crossings(9);
    assert!(near.len() > 40 && guarded.len() > 8, "{} {}", near.len(), guarded.len());
    let school = |n: usize, open| Row("school", format!("所{n}"), near[n], open, "");
    let post = |n: usize, duty| Row("safety_post", format!("岗{n}"), guarded[n], "", duty);
    let weekday = "Mo-Fr 07:00-09:00";
    let mut rows: Vec<Row> =
        (0..24).map(|n| school(n, if n % 3 == 0 { "Sa-Su 09:00-17:00" } else { weekday })).collect();
    rows.extend((0..4).map(|n| post(n, weekday)));
    let before = county(&rows).await;
    // closed: the second and the fifth; other hours: the first opens, the third closes; the first post goes, four come
    let mut after = rows.clone();
    (after[0].3, after[2].3) = ("Mo-Su 06:00-20:00", "Sa-Su 09:00-17:00");
    after.extend((24..27).map(|n| school(n, "24/7")));
    after.extend((4..8).map(|n| post(n, "24/7")));
    let gone = [1, 4, 24];
    let kept: Vec<usize> = (0..after.len()).filter(|place| !gone.contains(place)).collect();
    let after: Vec<Row> = kept.iter().map(|place| after[*place].clone()).collect();
    // what a number after the change was before it, or which proposed one it is
    let told = |site: u32| match site {
        0 => 0,
        site => match (kept[site as usize - 1], rows.len()) {
            (place, all) if place < all => i64::try_from(place + 1).expect("small"),
            (place, all) => -i64::try_from(place - all + 1).expect("small"),
        },
    };
    let after = county(&after).await;
    let spot = |[lon, lat]: &[f64; 2]| json!({"lon": lon, "lat": lat});
    let change = json!({
        "add": near[24..27].iter().map(spot).collect::<Vec<_>>(), "remove": [2, 5, 25],
        "hours": [{"site": 1, "opening_hours": "Mo-Su 06:00-20:00"}, {"site": 3, "opening_hours": "Sa-Su 09:00-17:00"}],
        "cells": true, "streets": true, "gaps": true,
    });
    let more = json!({"posts": guarded[4..8].iter().map(spot).collect::<Vec<_>>()});
    for (question, change) in [
        (json!({"kind": "school", "minutes": 15, "at": "2025-06-02T07:30"}), with(&change, &more)),
        (
            json!({"kind": "school", "minutes": 30, "at": "2025-06-01T10:00", "profile": "wheelchair"}),
            with(&change, &more),
        ),
        (json!({"kind": "school", "minutes": 10, "ages": "3-5"}), change.clone()),
    ] {
        let query: String = question
            .as_object()
            .expect("fields")
            .iter()
            .map(|(name, value)| format!("{name}={}&", value.to_string().trim_matches('"')))
            .collect();
        let timed = query.replace("minutes=15&", "").replace("minutes=30&", "").replace("minutes=10&", "");
        let timed = timed.replace("ages=3-5&", "");
        let answer = asks(&before, &with(&question, &change)).await;
        let was = before.reads(&format!("/api/coverage?{query}")).await;
        let is = after.reads(&format!("/api/coverage?{query}")).await;
        for (field, wanted) in [
            ("children_total", &was["children_total"]),
            ("children_before", &was["children_covered"]),
            ("children_after", &is["children_covered"]),
        ] {
            assert_eq!(&answer[field], wanted, "{field} {query}");
        }
        let number = |value: &Value| value.as_u64().expect("a number");
        assert_eq!(
            number(&answer["children_before"]) + number(&answer["gained"]) - number(&answer["lost"]),
            number(&answer["children_after"])
        );
        let mut moved = 0;
        for (was, is) in was["areas"].as_array().expect("areas").iter().zip(is["areas"].as_array().expect("areas")) {
            let told = answer["by_town"].as_array().expect("towns").iter().find(|town| town["area"] == was["id"]);
            let (covered, now) = (&was["children_covered"], &is["children_covered"]);
            match told {
                None => assert_eq!(covered, now, "{} {query}", was["id"]),
                Some(town) => assert_eq!((&town["before"], &town["after"]), (covered, now), "{query}"),
            }
            moved += usize::from(told.is_some());
        }
        assert!(moved > 0 && moved == answer["by_town"].as_array().expect("towns").len(), "{query}");
        for path in ["cells", "streets"] {
            let address = format!("/api/coverage/{path}?{timed}");
            let (was, is) = (times(&before.bytes(&address).await), times(&after.bytes(&address).await));
            let is: Vec<(u16, i64)> = is.into_iter().map(|(secs, site)| (secs, told(site))).collect();
            assert!(laid(&was, &answer[path]) == is, "{address}");
        }
        let gaps = |answer: &Value| -> Vec<Value> {
            let told = |gap: &Value| json!([gap["name"], gap["lon"], gap["children"], gap["cells"], gap["walk_secs"]]);
            answer["gaps"].as_array().expect("gaps").iter().map(told).collect()
        };
        assert_eq!(gaps(&answer), gaps(&is), "{query}");
        // many planners at once do not disturb each other
        let body = with(&question, &change);
        let (one, two, other) = tokio::join!(asks(&before, &body), asks(&before, &body), asks(&before, &question));
        assert!(one == answer && two == answer && other["gained"] == 0);
    }
}

#[tokio::test]
async fn a_post_sees_to_the_crossings_near_it() {
    let spots = crossings(1);
    let anybody = county(&[Row("school", "校".into(), spots[0], "", "")]).await;
    let mut all: Vec<Value> = spots.iter().take(49).map(|[lon, lat]| json!({"lon": lon, "lat": lat})).collect();
    all.push(json!({"lon": 0.0, "lat": 0.0}));
    let answer = asks(&anybody, &json!({"kind": "school", "minutes": 20, "posts": all, "cells": true})).await;
    let told = answer["posts"].as_array().expect("posts");
    assert_eq!((told.len(), told.last()), (50, Some(&json!({"crossing": false, "crossings": 0}))));
    assert!(told[..49].iter().all(|post| post["crossing"] == true && post["crossings"].as_u64() > Some(0)), "{answer}");
    // somebody on duty only ever shortens the way
    assert_eq!(answer["lost"], 0);
    assert!(answer["cells"]["index"].as_array().is_some_and(|cells| !cells.is_empty()), "{answer}");
}
