//! `/api/coverage` and what stands beside it: figures against counting by hand, invariants, and changes that reach it by
//! the log.

use crate::world::{Anybody, World};
use crate::worlds::{Drawn, place};
use serde_json::Value;
use yimi::http::coverage_of;
use yimi::snapshot::{Live, load};

/// A street of 2,400 m east, with a branch north that a trunk road cuts off from it but for one crossing.
fn street() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, 0.0), ('m', 1200.0, 0.0), ('z', 2400.0, 0.0), ('n', 1200.0, 300.0)])
        .way("amz", "highway=residential")
        .way("mn", "highway=residential")
}

/// A street, four cells along it at 0, 239, 659 and 1,500 m from its beginning, one on the branch's end, and one far away.
async fn one_street() -> World {
    let world = World::empty().await;
    world.network(&street().xml()).await;
    let cells = [(0.0, 0.0), (239.0, 0.0), (659.0, 0.0), (1500.0, 0.0), (1200.0, 300.0), (700.0, 5000.0)];
    let mut csv = "id,lon,lat,age_0_2,age_3_14\n".to_owned();
    for (number, (east, north)) in cells.into_iter().enumerate() {
        let at = place([east, north]);
        csv.push_str(&format!("c{number},{:.7},{:.7},{},{}\n", at.lon(), at.lat(), 1, 1 << number));
    }
    world.children(&csv).await;
    world
}

fn site(id: u32, kind: &str, east: f64, north: f64) -> String {
    let at = place([east, north]);
    format!("{kind},所{id},{:.7},{:.7},{id}\n", at.lon(), at.lat())
}

const HEAD: &str = "kind,name,lon,lat,id\n";

fn children(answer: &Value) -> [u64; 3] {
    ["children_total", "children_covered", "children_unreached"].map(|name| answer[name].as_u64().expect(name))
}

#[tokio::test]
async fn children_are_counted_by_the_time_that_they_walk() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 0.0, 0.0))).await;
    let anybody = world.anybody().await;
    // a metre a second: cells are 0, 4, 11, 25 and 25 minutes away; the last has no street
    let answer = anybody.reads("/api/coverage?kind=school&minutes=11").await;
    assert_eq!(children(&answer), [69, 10, 33]);
    assert_eq!(answer["share"].as_f64().map(|share| (share * 1e6).round()), Some((10.0_f64 / 69.0 * 1e6).round()));
    let bands: Vec<u64> =
        answer["bands"].as_array().expect("bands").iter().map(|b| b["children"].as_u64().expect("n")).collect();
    assert_eq!(bands, [2 + 3, 0, 5, 9 + 17 + 33]);
    assert_eq!((&answer["curve"][0], &answer["curve"][4], &answer["curve"][60]), (&2.into(), &5.into(), &36.into()));
    assert_eq!((&answer["unsnapped"]["children"], &answer["unsnapped"]["listed"][0]["id"]), (&33.into(), &"c5".into()));
    assert_eq!((&answer["median_secs"], &answer["worst_decile_secs"]), (&1500.0.into(), &Value::Null));
    assert_eq!(
        (&answer["ages"]["to"], &answer["rests_on"], &answer["profile"]),
        (&14.into(), &"network".into(), &"child_6_9".into())
    );
    // within a thousand metres in a straight line, all but the last two
    assert_eq!(answer["straight"][2], serde_json::json!({"radius_m": 1000, "children": 10, "share": 10.0 / 69.0}));
    let young = anybody.reads("/api/coverage?kind=school&minutes=11&ages=0-2").await;
    assert_eq!(children(&young), [6, 3, 1]);
    let gap = &answer["gaps"][0];
    assert_eq!((&gap["children"], &gap["walk_secs"], &gap["site"]), (&33.into(), &Value::Null, &Value::Null));
    assert_eq!((&answer["gaps"][1]["children"], &answer["gaps"][1]["site"]["name"]), (&26.into(), &"所1".into()));
    let reached = |seconds: u64, answer: &Value| answer["curve"][usize::try_from(seconds / 60).expect("small")].clone();
    assert_eq!(reached(660, &answer), 10);
    assert_eq!(reached(600, &answer), 5);
}

#[tokio::test]
async fn a_slower_walker_a_later_hour_and_a_filter_reach_no_more() {
    let world = one_street().await;
    let place_at = |east: f64| place([east, 0.0]);
    let (near, far) = (place_at(0.0), place_at(1500.0));
    let csv = format!(
        "kind,name,lon,lat,id,opening_hours,demonstration,setting\nreading_space,甲,{:.7},{:.7},1,Mo-Fr 08:00-18:00,true,library\nreading_space,乙,{:.7},{:.7},2,Sa-Su 10:00-16:00,false,school\nreading_space,丙,{:.7},{:.7},3,,,\n",
        near.lon(),
        near.lat(),
        far.lon(),
        far.lat(),
        far.lon(),
        far.lat()
    );
    world.sites(&csv).await;
    let anybody = world.anybody().await;
    let covered = async |more: &str| {
        let answer = anybody.reads(&format!("/api/coverage?kind=reading_space&minutes=15{more}")).await;
        (children(&answer)[1], answer)
    };
    let (all, answer) = covered("").await;
    assert_eq!(all, 2 + 3 + 5 + 9 + 17);
    let settings: Vec<(Option<&str>, u64)> = answer["settings"]
        .as_array()
        .expect("settings")
        .iter()
        .filter(|row| row["children"] != 0)
        .map(|row| (row["id"].as_str(), row["children"].as_u64().expect("n")))
        .collect();
    // of two sites on the same spot the one with the smaller number serves
    assert_eq!(settings, [(Some("school"), 26), (Some("library"), 10)]);
    assert_eq!(settings.iter().map(|row| row.1).sum::<u64>(), all);
    let (weekday, answer) = covered("&at=2025-06-02T10:00").await;
    assert_eq!((weekday, &answer["at"]), (10, &"2025-06-02T10:00".into()));
    let sites = &answer["sites"];
    assert_eq!((&sites["counted"], &sites["not_open"], &sites["unknown_hours"]), (&1.into(), &1.into(), &1.into()));
    let (sunday, _) = covered("&at=2025-06-01+10:00").await;
    assert_eq!(sunday, 31);
    let (demonstration, _) = covered("&demonstration=true").await;
    let (slow, _) = covered("&profile=toddler_with_carer").await;
    assert!(demonstration == 10 && slow <= all, "{demonstration} {slow}");
}

#[tokio::test]
async fn what_can_not_be_asked_is_refused_with_what_can() {
    let world = World::empty().await;
    let anybody = world.anybody().await;
    let detail = async |anybody: &Anybody, address: &str| {
        let answer = anybody.gets(address).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}: {}", answer.text);
        (answer.status.as_u16(), answer.json()["detail"].as_str().expect("words").to_owned())
    };
    let (status, words) = detail(&anybody, "/api/coverage?kind=school").await;
    assert!(status == 404 && words.contains("yimi import network"), "{words}");
    world.network(&street().xml()).await;
    anybody.catches_up().await;
    for address in [
        "/api/coverage?kind=school",
        "/api/coverage/cells?kind=school",
        "/api/children/cells",
        "/api/coverage/here?kind=school&lon=116.2&lat=36.3",
    ] {
        let (status, words) = detail(&anybody, address).await;
        assert!(status == 404 && words.contains("yimi import children"), "{address}: {words}");
    }
    let world = one_street().await;
    let anybody = world.anybody().await;
    for (address, words) in [
        ("/api/coverage", "one kind that is shown as points"),
        ("/api/coverage?kind=castle", "one of the kinds"),
        ("/api/coverage?kind=school,playground", "one kind that is shown as points"),
        ("/api/coverage?kind=hope_cabin", "one kind that is shown as points"),
        ("/api/coverage?kind=school&minutes=0", "a whole number from 1 to 120"),
        ("/api/coverage?kind=school&minutes=ten", "a whole number from 1 to 120"),
        ("/api/coverage?kind=school&profile=giant", "one of toddler_with_carer"),
        ("/api/coverage?kind=school&at=noon", "a local time"),
        ("/api/coverage?kind=school&at=%2B262142-12-31T23:59", "a local time"),
        ("/api/coverage?kind=school&ages=0-9", "0–2, 3–14"),
        ("/api/coverage?kind=school&colour=red", "no such parameter"),
        ("/api/coverage/cells?kind=school&minutes=5", "no such parameter"),
        ("/api/service-area", "a site's number"),
        ("/api/service-area?site=-4", "a site's number"),
    ] {
        let (status, told) = detail(&anybody, address).await;
        assert!(status == 400 && told.contains(words), "{address}: {told}");
    }
    let (status, words) = detail(&anybody, "/api/service-area?site=99").await;
    assert!(status == 404 && words.contains("no such site"), "{words}");
    let (status, words) = detail(&anybody, "/api/coverage/here?kind=school&lon=116.2&lat=36.3").await;
    assert!(status == 404 && words.contains("no site of this kind"), "{words}");
    // where somebody asked from is kept by nobody, also when there is no answer
    let missing = anybody.gets("/api/coverage/here?kind=school&lon=116.2&lat=36.3").await;
    assert_eq!(missing.header("cache-control"), "no-store");
    let nobody = anybody.reads("/api/coverage?kind=school").await;
    assert_eq!(children(&nobody), [69, 0, 69]);
}

/// Times by cell or junction as they are sent: seconds and site.
fn times(bytes: &[u8]) -> Vec<(u16, u32)> {
    assert_eq!(&bytes[..8], b"YMTIMES1");
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four"));
    let n = number(8) as usize;
    assert_eq!(bytes.len(), 12 + n * 6);
    let secs = |i: usize| u16::from_le_bytes(bytes[12 + n * 4 + i * 2..][..2].try_into().expect("two"));
    (0..n).map(|i| (secs(i), number(12 + i * 4))).collect()
}

#[tokio::test]
async fn changes_reach_coverage_and_it_is_as_if_loaded_anew() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 0.0, 0.0) + &site(2, "school", 2400.0, 0.0))).await;
    let anybody = world.anybody().await;
    let addresses = [
        "/api/coverage?kind=school&minutes=10",
        "/api/coverage?kind=school&minutes=10&at=2025-06-02T07:30",
        "/api/coverage?kind=playground&minutes=10",
    ];
    for address in addresses {
        anybody.reads(address).await;
    }
    let before = children(&anybody.reads(addresses[0]).await)[1];
    for change in [
        // another site, one that moves, one that becomes another kind, one that comes back, a post
        site(3, "school", 1200.0, 300.0),
        site(1, "school", 600.0, 0.0),
        site(2, "playground", 2400.0, 0.0),
        site(2, "school", 700.0, 0.0),
        site(4, "safety_post", 1200.0, 0.0),
    ] {
        world.sites(&(HEAD.to_owned() + &change)).await;
        anybody.catches_up().await;
        let fresh = world.anybody().await;
        for address in addresses {
            assert_eq!(anybody.gets(address).await.text, fresh.gets(address).await.text, "{change} {address}");
        }
        for address in ["/api/coverage/cells?kind=school", "/api/coverage/streets?kind=school"] {
            assert_eq!(times(&anybody.bytes(address).await), times(&fresh.bytes(address).await), "{change} {address}");
        }
    }
    assert!(children(&anybody.reads(addresses[0]).await)[1] > before);
    // new children and new streets take the place of the old
    world.children("id,lon,lat,age_0_14\na,116.2,36.3,7\n").await;
    anybody.catches_up().await;
    assert_eq!(children(&anybody.reads(addresses[0]).await)[0], 7);
    world.network(&street().way("mn", "highway=steps").xml().replace("36.3", "36.4")).await;
    anybody.catches_up().await;
    assert_eq!(children(&anybody.reads(addresses[0]).await), [7, 0, 7]);
}

#[tokio::test]
async fn the_county_is_the_sum_of_its_parts_at_every_limit() {
    let world = World::planned().await;
    let anybody = world.anybody().await;
    for kind in ["reading_space", "school", "playground", "hospital"] {
        let mut last = 0;
        for minutes in [1, 5, 9, 10, 11, 15, 30, 60, 120] {
            let answer = anybody.reads(&format!("/api/coverage?kind={kind}&minutes={minutes}")).await;
            let [total, covered, unreached] = children(&answer);
            assert_eq!(total, 67_613);
            assert!(covered >= last && covered + unreached <= total, "{kind} {minutes}");
            last = covered;
            let areas = answer["areas"].as_array().expect("areas");
            for (place, name) in ["children_total", "children_covered", "children_unreached"].iter().enumerate() {
                let sum: u64 = areas.iter().map(|area| area[*name].as_u64().expect("n")).sum();
                assert_eq!(sum, children(&answer)[place], "{kind} {minutes} {name}");
            }
            let sum = |list: &Value| {
                list.as_array().expect("a list").iter().map(|row| row["children"].as_u64().expect("n")).sum::<u64>()
            };
            assert_eq!(sum(&answer["bands"]), total);
            if minutes <= 60 {
                assert_eq!(answer["curve"][minutes], covered);
            }
            if kind == "reading_space" {
                assert_eq!(sum(&answer["settings"]), covered);
            }
            assert!(sum(&answer["gaps"]) <= total - covered);
            // no way on foot is shorter than the straight line at the same pace
            let circle =
                answer["straight"].as_array().expect("circles").iter().find(|c| c["radius_m"] == 300).expect("300 m");
            assert!(minutes > 5 || circle["children"].as_u64().expect("n") >= covered);
        }
    }
}

#[tokio::test]
async fn from_anywhere_the_way_takes_what_coverage_says() {
    let world = World::planned().await;
    let anybody = world.anybody().await;
    let cells = anybody.bytes("/api/children/cells").await;
    let times = times(&anybody.bytes("/api/coverage/cells?kind=reading_space").await);
    let degrees = |at: usize| f64::from(i32::from_le_bytes(cells[at..at + 4].try_into().expect("four"))) / 1e7;
    let n = times.len();
    assert_eq!((&cells[..8], cells.len()), (&b"YMCELLS1"[..], 12 + n * 14));
    for cell in (0..n).step_by(23) {
        let (lon, lat) = (degrees(12 + cell * 4), degrees(12 + (n + cell) * 4));
        let (secs, site) = times[cell];
        let address = format!("/api/coverage/here?kind=reading_space&lon={lon}&lat={lat}");
        if secs == u16::MAX {
            assert_eq!(anybody.gets(&address).await.status, 404);
            continue;
        }
        let here = &anybody.reads(&address).await["properties"];
        let told = here["walk_secs"].as_f64().expect("secs");
        assert!(here["site"]["id"] == site && told <= f64::from(secs) && told > f64::from(secs) - 1.1, "{secs} {here}");
        let to = format!("{},{}", here["site"]["lon"], here["site"]["lat"]);
        let route = &anybody.reads(&format!("/api/route?from={lon},{lat}&to={to}")).await["properties"];
        assert_eq!((&route["walk_secs"], &route["length_m"]), (&here["walk_secs"], &here["length_m"]));
    }
    let streets = anybody.bytes("/api/network/streets").await;
    let nodes = u32::from_le_bytes(streets[8..12].try_into().expect("four")) as usize;
    assert_eq!(&streets[..8], b"YMSTREET");
    assert_eq!(self::times(&anybody.bytes("/api/coverage/streets?kind=school").await).len(), nodes);
}

#[tokio::test]
async fn a_service_area_holds_the_children_that_a_lone_site_covers() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 600.0, 0.0))).await;
    let anybody = world.anybody().await;
    for minutes in [3, 10, 15, 20] {
        let area = anybody.reads(&format!("/api/service-area?site=1&minutes={minutes}")).await;
        let coverage = anybody.reads(&format!("/api/coverage?kind=school&minutes={minutes}")).await;
        assert_eq!(
            [&area["children"], &area["children_total"]],
            [&coverage["children_covered"], &coverage["children_total"]]
        );
        let metres: f64 = area["features"]
            .as_array()
            .expect("belts")
            .iter()
            .map(|f| f["properties"]["length_m"].as_f64().expect("m"))
            .sum();
        // so many metres to the east and as many to the west, but for the street's end; from the 10th minute on the branch
        let reach = f64::from(minutes) * 60.0;
        let wanted = reach + reach.min(600.0) + (reach - 600.0).clamp(0.0, 300.0);
        assert!((metres - wanted).abs() < 2.0, "{minutes}: {metres} {wanted}");
    }
    let belts = anybody.reads("/api/service-area?site=1").await;
    let ends: Vec<_> =
        belts["features"].as_array().expect("belts").iter().map(|f| f["properties"]["to_min"].clone()).collect();
    assert_eq!(ends, [5, 10, 15]);
}

#[tokio::test]
async fn places_are_shared_out_over_the_children_near_them() {
    let world = one_street().await;
    let at = place([0.0, 0.0]);
    let far = place([2400.0, 0.0]);
    world
        .sites(&format!(
            "kind,name,lon,lat,id,capacity\nschool,甲,{:.7},{:.7},1,50\nschool,乙,{:.7},{:.7},2,\n",
            at.lon(),
            at.lat(),
            far.lon(),
            far.lat()
        ))
        .await;
    let answer = world.anybody().await.reads("/api/coverage?kind=school&minutes=11").await;
    // ten children share fifty places; in the county of 69 that is 724.6 for a thousand
    let told = &answer["floating_catchment"];
    assert_eq!(
        (&told["capacity"], &told["sites_with_capacity"], &told["sites_without_capacity"]),
        (&50.into(), &1.into(), &1.into())
    );
    assert_eq!((&told["places_per_1000"], &told["children_without"]), (&724.6.into(), &59.into()));
    assert_eq!((&answer["places_per_1000"], &answer["areas"][0]["places_per_1000"]), (&724.6.into(), &724.6.into()));
}

#[tokio::test]
async fn the_second_nearest_is_told_whoever_asked_before() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 0.0, 0.0) + &site(2, "school", 600.0, 0.0))).await;
    let anybody = world.anybody().await;
    let from = place([200.0, 0.0]);
    let address = format!("/api/coverage/here?kind=school&lon={}&lat={}", from.lon(), from.lat());
    let first = anybody.gets(&address).await.text;
    assert!(first.contains("\"second\":{\"id\":2"), "{first}");
    anybody.reads("/api/coverage?kind=school").await;
    assert_eq!(anybody.gets(&address).await.text, first);
    let area = anybody.reads("/api/service-area?site=1&at=2025-06-02T10:00").await;
    assert_eq!((&area["at"], &area["open"]), (&"2025-06-02T10:00".into(), &Value::Null));
}

#[tokio::test]
async fn a_post_on_duty_sees_children_across() {
    let world = World::empty().await;
    let drawn = Drawn::default()
        .points(&[('a', 0.0, -20.0), ('u', 0.0, 0.0), ('b', 0.0, 20.0), ('w', -300.0, 0.0), ('e', 300.0, 0.0)])
        .way("wue", "highway=trunk")
        .way("aub", "highway=footway");
    world.network(&drawn.xml()).await;
    let post = place([10.0, 10.0]);
    world
        .sites(&format!(
            "kind,name,lon,lat,duty_hours\nsafety_post,岗,{:.7},{:.7},Mo-Fr 07:00-08:00\n",
            post.lon(),
            post.lat()
        ))
        .await;
    let anybody = world.anybody().await;
    let [a, b] = [drawn.at('a'), drawn.at('b')];
    let secs = async |more: &str| {
        let address = format!("/api/route?from={},{}&to={},{}{more}", a.lon(), a.lat(), b.lon(), b.lat());
        anybody.reads(&address).await["properties"]["walk_secs"].as_f64().expect("secs").round() as u32
    };
    assert_eq!(secs("").await, 130);
    assert_eq!(secs("&at=2025-06-02T07:30").await, 50);
    assert_eq!(secs("&at=2025-06-02T09:30").await, 130);
    assert_eq!(secs("&at=2025-06-01T07:30").await, 130);
}

#[tokio::test]
async fn the_command_line_says_what_the_address_says() {
    let world = World::planned().await;
    let query = "kind=school&minutes=10&profile=child_10_14";
    let over_http = world.anybody().await.reads(&format!("/api/coverage?{query}")).await;
    let live = Live::new(load(&world.store, world.rules.clone()).await.expect("loads"));
    let told = serde_json::to_string(&coverage_of(&live, query).expect("answers")).expect("json");
    let told: Value = serde_json::from_str(&told).expect("json");
    assert!(told == over_http, "{query}");
}
