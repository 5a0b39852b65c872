//! `/api/scenarios`: plans that are kept, shown, changed by whoever has the key, compared and handed over.

use crate::world::{Answer, Anybody, World};
use crate::worlds::{Drawn, place};
use axum::body::Body;
use axum::http::Request;
use axum::response::IntoResponse;
use serde_json::{Value, json};
use sqlx::Connection;
use std::process::Command;
use yimi::http::Problem;
use yimi::registry::scenarios::{self, By, NewScenario, ScenarioError};

/// A street of 2,400 m with a cell each 800 m, which have 1, 10, 100 and 1,000 children. The county's two towns meet at
/// 1,200 m. One school at the beginning, which at five minutes and a metre a second one child reaches.
async fn street() -> World {
    let world = World::empty().await;
    world.areas(&two_towns("116.2133")).await.expect("towns");
    let drawn = Drawn::default()
        .points(&[('a', 0.0, 0.0), ('m', 1200.0, 0.0), ('z', 2400.0, 0.0), ('n', 1200.0, 300.0)])
        .way("amz", "highway=residential")
        .way("mn", "highway=residential");
    world.network(&drawn.xml()).await;
    world.children(&cells(1000)).await;
    world.sites(&format!("{HEAD}{}", site(1, "school", 0.0))).await;
    world
}

const HEAD: &str = "kind,name,lon,lat,id\n";

fn site(id: u32, kind: &str, east: f64) -> String {
    let at = place([east, 0.0]);
    format!("{kind},所{id},{:.7},{:.7},{id}\n", at.lon(), at.lat())
}

fn cells(last: u32) -> String {
    let mut csv = "id,lon,lat,age_0_14\n".to_owned();
    for (number, children) in [1, 10, 100, last].into_iter().enumerate() {
        let at = place([800.0 * number as f64, 0.0]);
        csv.push_str(&format!("c{number},{:.7},{:.7},{children}\n", at.lon(), at.lat()));
    }
    csv
}

fn two_towns(between: &str) -> String {
    let town = |code: &str, name: &str, west: &str, east: &str| {
        json!({
            "type": "Feature", "properties": { "code": code, "name": name, "county": "某县", "outline": "schematic" },
            "geometry": { "type": "Polygon", "coordinates": [[
                [number(west), 36.2], [number(east), 36.2], [number(east), 36.4], [number(west), 36.4], [number(west), 36.2],
            ]] },
        })
    };
    let towns = [town("371524101", "甲镇", "116.1", between), town("371524102", "=乙镇", between, "116.3")];
    json!({ "type": "FeatureCollection", "features": towns }).to_string()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

/// A plan for schools, with new ones so many metres along the street.
fn plan(add: &[f64]) -> Value {
    let add = add.iter().map(|east| {
        let at = place([*east, 0.0]);
        json!({ "lon": at.lon(), "lat": at.lat(), "name": format!("新校{east}") })
    });
    json!({ "kind": "school", "minutes": 5, "add": add.collect::<Vec<_>>() })
}

fn body(name: &str, plan: &Value) -> Value {
    json!({ "name": name, "plan": plan })
}

/// Somebody with a scenario's key, perhaps a wrong one.
struct Holder<'a> {
    planner: &'a Anybody,
    key: &'a str,
}

impl Holder<'_> {
    async fn sends(&self, method: &str, address: &str, version: Option<&str>, body: &Value) -> Answer {
        let mut request = Request::builder().method(method).uri(address).header("content-type", "application/json");
        if !self.key.is_empty() {
            request = request.header("scenario-key", self.key);
        }
        if let Some(version) = version {
            request = request.header("if-match", version);
        }
        self.planner.asks(request.body(Body::from(body.to_string())).expect("a request")).await
    }
}

async fn post(planner: &Anybody, address: &str, body: &Value) -> Answer {
    Holder { planner, key: "" }.sends("POST", address, None, body).await
}

/// Saves a scenario; its address and its key.
async fn saved(planner: &Anybody, body: &Value) -> (String, String) {
    let answer = post(planner, "/api/scenarios", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    (answer.header("location").to_owned(), answer.json()["key"].as_str().expect("a key").to_owned())
}

/// What the database says to a query of one text column.
pub async fn told(world: &World, query: &'static str) -> Vec<String> {
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    sqlx::query_scalar(query).fetch_all(&mut database).await.expect("asked")
}

pub async fn does(world: &World, statement: &'static str) {
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    sqlx::query(statement).execute(&mut database).await.expect("done");
}

#[tokio::test]
async fn a_scenario_is_saved_read_changed_and_removed() {
    let world = street().await;
    let planner = world.as_planner().await;
    let mut first = body(" 一处 ", &plan(&[2400.0]));
    first["note"] = json!("先在东头\n再看");
    first["siting"] = json!("job-1");
    let answer = post(&planner, "/api/scenarios", &first).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (201, "\"1\""), "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    let (address, mut made) = (answer.header("location").to_owned(), answer.json());
    let key = made.as_object_mut().and_then(|made| made.remove("key")).expect("the key, once");
    let key = key.as_str().expect("text").to_owned();
    assert_eq!(address, format!("/api/scenarios/{}", made["id"].as_str().expect("an id")));
    assert_eq!(made["id"].as_str().map(str::len), Some(32));
    assert_eq!((&made["name"], &made["note"], &made["siting"]), (&json!("一处"), &first["note"], &json!("job-1")));
    assert_eq!(made["plan"]["profile"], "child_6_9", "what is usual is said, so that it means the same later");
    let figures = json!({
        "children_total": 1111, "children_before": 1, "children_after": 1001, "gained": 1000, "lost": 0,
        "by_town": [{ "area": "371524102", "children": 1100, "before": 0, "after": 1000 }],
    });
    assert_eq!((&made["figures"], &made["moved_on"], &made["tasks"]), (&figures, &json!([]), &json!([])));
    let read = planner.gets(&address).await;
    assert_eq!((read.json(), read.header("etag")), (made.clone(), "\"1\""));

    let holder = Holder { planner: &planner, key: &key };
    let second = body("两处", &plan(&[2400.0, 1600.0]));
    let answer = holder.sends("PUT", &address, Some("\"1\""), &second).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (200, "\"2\""), "{}", answer.text);
    let amended = planner.reads(&address).await;
    assert_eq!(answer.json(), amended);
    assert_eq!(
        (&amended["version"], &amended["figures"]["gained"], &amended["note"]),
        (&json!(2), &json!(1100), &json!(""))
    );
    // a proxy that compresses makes an ETag weak; and what is as it was is no new version
    let same = holder.sends("PUT", &address, Some("W/\"2\""), &second).await;
    assert_eq!((same.status.as_u16(), same.header("etag")), (200, "\"2\""));
    assert_eq!(planner.reads(&format!("{address}/now")).await["children_after"], 1101);

    let gone = holder.sends("DELETE", &address, None, &json!({})).await;
    assert_eq!((gone.status.as_u16(), gone.text.as_str()), (204, ""));
    for more in ["", "/now", "/export?format=csv"] {
        assert_eq!(planner.gets(&format!("{address}{more}")).await.status, 404);
    }
    assert_eq!(holder.sends("DELETE", &address, None, &json!({})).await.status, 404);
    // every version stays in the log
    let log = told(&world, "select action || ' ' || coalesce(json_extract(after, '$.name'), '') from revision where noun = 'scenario' order by id").await;
    assert_eq!(log, ["created 一处", "amended 两处", "removed "]);
}

#[tokio::test]
async fn what_may_not_be_is_refused_with_the_reason() {
    let world = street().await;
    let planner = world.as_planner().await;
    let good = body("甲", &plan(&[2400.0]));
    let (address, key) = saved(&planner, &good).await;
    let (_, other) = saved(&planner, &good).await;
    let tasks = format!("{address}/tasks");
    let task = json!({ "place": 0, "unit": "县妇联" });
    let nowhere = "/api/scenarios/00000000000000000000000000000000";
    for (key, method, address, version, body, status) in [
        (other.as_str(), "PUT", address.as_str(), Some("\"1\""), &good, 403),
        ("", "PUT", &address, Some("\"1\""), &good, 403),
        (&key, "PUT", &address, None, &good, 428),
        (&key, "PUT", &address, Some("\"0\""), &good, 412),
        (&key, "PUT", &address, Some("\"2\""), &good, 412),
        (&key, "PUT", &address, Some("two"), &good, 400),
        (&key, "PUT", nowhere, Some("\"1\""), &good, 404),
        (&other, "DELETE", &address, None, &good, 403),
        ("", "DELETE", &address, None, &good, 403),
        (&key, "DELETE", &address, Some("\"7\""), &good, 412),
        (&key, "DELETE", nowhere, None, &good, 404),
        (&other, "POST", &tasks, None, &task, 403),
        (&key, "POST", &format!("{nowhere}/tasks"), None, &task, 404),
        (&key, "PATCH", &address, None, &good, 405),
        ("", "GET", "/api/scenarios/../../etc", None, &good, 404),
        ("", "GET", "/api/scenarios", None, &good, 405),
    ] {
        let answer = Holder { planner: &planner, key }.sends(method, address, version, body).await;
        assert_eq!(answer.status, status, "{method} {address} {version:?}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(answer.json()["detail_zh"].as_str().is_some_and(|words| !words.is_empty()), "{}", answer.text);
    }
    assert_eq!(planner.reads(&address).await["version"], 1);
}

#[tokio::test]
async fn a_body_that_is_wrong_is_refused_with_the_field() {
    let world = street().await;
    let planner = world.as_planner().await;
    let with = |pointer: &str, value: Value| {
        let mut body = body("甲", &plan(&[2400.0]));
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        body.pointer_mut(parent).expect("there")[name] = value;
        body
    };
    for (body, field) in [
        (with("/name", json!("")), "name"),
        (with("/name", json!("长".repeat(81))), "name"),
        (with("/name", json!("a\u{7}b")), "name"),
        (with("/name", json!("two\nlines")), "name"),
        (with("/name", json!("\u{202e}gnp")), "name"),
        (with("/note", json!("长".repeat(2001))), "note"),
        (with("/siting", json!("../x")), "siting"),
        (with("/colour", json!("red")), "colour"),
        (with("/plan/kind", json!("castle")), "plan.kind"),
        (with("/plan/minutes", json!(0)), "plan.minutes"),
        (with("/plan/remove", json!([4711])), "plan.remove[0]"),
        (with("/plan/add/0/name", json!("\u{1b}[2J")), "plan.add[0].name"),
        (with("/plan/add/0/lon", json!(181)), "plan.add[0].lon"),
        (with("/plan/add/0/lon", json!("east")), "plan.add[0].lon"),
        (with("/plan/add", json!(vec![json!({ "lon": 116.2, "lat": 36.3 }); 51])), "plan.add"),
        (json!({ "name": "甲" }), "plan"),
    ] {
        let answer = post(&planner, "/api/scenarios", &body).await;
        assert_eq!(answer.status, 400, "{field}: {}", answer.text);
        assert_eq!(answer.json()["errors"][0]["field"], field, "{}", answer.text);
    }
    let long = with("/note", json!("a".repeat(64 * 1024)));
    assert_eq!(post(&planner, "/api/scenarios", &long).await.status, 413);
    let request = Request::post("/api/scenarios").header("content-type", "text/plain").body(Body::from("{}"));
    assert_eq!(planner.asks(request.expect("a request")).await.status, 415);
    let nothing = World::empty().await.as_planner().await;
    let answer = post(&nothing, "/api/scenarios", &body("甲", &plan(&[0.0]))).await;
    assert_eq!(answer.status, 404, "without a network: {}", answer.text);
    assert_eq!(told(&world, "select id from scenario").await.len(), 0);
}

#[tokio::test]
async fn of_two_who_change_the_same_version_one_is_told() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (address, key) = saved(&planner, &body("甲", &plan(&[2400.0]))).await;
    let holder = Holder { planner: &planner, key: &key };
    let (one, other) = (body("乙", &plan(&[1600.0])), body("丙", &plan(&[800.0])));
    let (one, other) = tokio::join!(
        holder.sends("PUT", &address, Some("\"1\""), &one),
        holder.sends("PUT", &address, Some("\"1\""), &other),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let late = if one.status == 412 { &one } else { &other };
    assert!(late.json()["detail_zh"].as_str().is_some_and(|words| words.contains("第 2 版")), "{}", late.text);
    assert_eq!(planner.reads(&address).await["version"], 2);
    assert_eq!(told(&world, "select noun_id from revision where noun = 'scenario'").await.len(), 2);
}

#[tokio::test]
async fn the_key_is_told_once_and_stands_in_no_log() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (address, key) = saved(&planner, &body("甲", &plan(&[2400.0]))).await;
    let holder = Holder { planner: &planner, key: &key };
    let mut answers = vec![
        planner.gets(&address).await,
        planner.gets(&format!("{address}/now")).await,
        planner.gets(&format!("{address}/export?format=geojson")).await,
        planner.gets(&format!("{address}/export?format=csv")).await,
        holder.sends("POST", &format!("{address}/tasks"), None, &json!({ "place": 0, "unit": "县妇联" })).await,
        holder.sends("PUT", &address, Some("\"1\""), &body("乙", &plan(&[]))).await,
        holder.sends("PUT", &address, Some("\"1\""), &body("丙", &plan(&[]))).await,
    ];
    answers.push(holder.sends("DELETE", &address, None, &json!({})).await);
    let hash = told(&world, "select key_sha256 from scenario").await;
    for answer in &answers {
        assert!(!answer.text.contains(&key) && !answer.text.contains(&hash[0]), "{}", answer.text);
        assert!(answer.headers.values().all(|value| !value.as_bytes().windows(32).any(|part| part == key.as_bytes())));
    }
    let log = told(&world, "select noun_id || who || why || coalesce(before, '') || after from revision").await;
    assert!(log.iter().all(|line| !line.contains(&key) && !line.contains(&hash[0])));
    let file = world.database();
    let file = file.strip_prefix("sqlite:").expect("a file");
    for file in [file.to_owned(), format!("{file}-wal")] {
        let bytes = std::fs::read(file).unwrap_or_default();
        assert!(!bytes.windows(32).any(|part| part == key.as_bytes()), "only its hash is stored");
    }
}

#[tokio::test]
async fn scripts_and_formulas_in_names_come_out_harmless() {
    let world = street().await;
    let planner = world.as_planner().await;
    let script = "<script>alert(1)</script>";
    let mut planned = plan(&[2400.0, 1600.0]);
    planned["add"][0]["name"] = json!(script);
    planned["add"][1]["name"] = json!("=HYPERLINK(\"http://x\",\"y\")");
    planned["remove"] = json!([1]);
    planned["posts"] = json!([{ "lon": 116.2, "lat": 36.3 }]);
    let (address, key) = saved(&planner, &body("@SUM(A1) \"三处/甲\"", &planned)).await;
    let holder = Holder { planner: &planner, key: &key };
    let task = json!({ "place": 1, "unit": "+8613800000000 处" });
    assert_eq!(holder.sends("POST", &format!("{address}/tasks"), None, &task).await.status, 201);
    let read = planner.gets(&address).await;
    assert_eq!((read.header("content-type"), read.header("x-content-type-options")), ("application/json", "nosniff"));
    assert_eq!(read.json()["plan"]["add"][0]["name"], script);

    let csv = planner.gets(&format!("{address}/export?format=csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let name = "%40SUM%28A1%29%20%E4%B8%89%E5%A4%84%E7%94%B2.csv";
    let attached = format!("attachment; filename=\"scenario.csv\"; filename*=UTF-8''{name}");
    assert_eq!(csv.header("content-disposition"), attached);
    let text = csv.text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    assert!(rows.headers().expect("headings").iter().all(|heading| !heading.as_bytes()[0].is_ascii()), "{text}");
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t'])), "{text}");
    let cell = |row: usize, column: usize| rows[row].get(column).expect("there");
    assert_eq!((cell(0, 1), cell(1, 1), cell(1, 7)), (script, "'=HYPERLINK(\"http://x\",\"y\")", "'+8613800000000 处"));
    assert_eq!((cell(2, 0), cell(2, 1), cell(2, 5)), ("关闭学校 closed", "所1", "1"));
    assert_eq!((cell(3, 0), &rows[4][0], &rows[4][8]), ("增设护学岗 post", "全县 county", "1111"));
    assert_eq!((&rows[5][1], &rows[6][1], &rows[6][10]), ("甲镇", "'=乙镇", "1100"));

    let geojson = planner.reads(&format!("{address}/export?format=geojson")).await;
    let what: Vec<&Value> =
        geojson["features"].as_array().expect("features").iter().map(|f| &f["properties"]["what"]).collect();
    assert_eq!(what, ["proposed", "proposed", "closed", "post"]);
    assert_eq!(geojson["features"][2]["properties"]["kind"], "school");
    assert_eq!(geojson["features"][1]["properties"]["units"], json!(["+8613800000000 处"]));
    assert_eq!(
        (&geojson["properties"]["children_after"], &geojson["properties"]["minutes"]),
        (&json!(1100), &json!(5))
    );
    assert!(!geojson.to_string().contains(address.rsplit('/').next().expect("an id")), "the link is not in the file");
    for wrong in ["", "?format=pdf", "?format=csv&colour=red"] {
        assert_eq!(planner.gets(&format!("{address}/export{wrong}")).await.status, 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_scenario_says_what_has_moved_on_and_what_it_comes_to_now() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (address, key) = saved(&planner, &body("甲", &plan(&[2400.0]))).await;
    let mark = planner.reads(&address).await["made_on"]["mark"].clone();
    let moved_on = async || {
        planner.catches_up().await;
        planner.reads(&address).await["moved_on"].clone()
    };
    assert_eq!(moved_on().await, json!([]));
    world.sites(&format!("{HEAD}{}{}", site(2, "playground", 800.0), site(3, "hope_cabin", 800.0))).await;
    assert_eq!(moved_on().await, json!([]), "neither playgrounds nor cabins are schools");
    world.sites(&format!("{HEAD}{}", site(4, "school", 1600.0))).await;
    assert_eq!(moved_on().await, json!(["sites"]));
    let kept = planner.reads(&address).await;
    assert_eq!((&kept["figures"]["children_before"], &kept["made_on"]["mark"]), (&json!(1), &mark));
    let now = planner.reads(&format!("{address}/now")).await;
    assert_eq!((&now["children_before"], &now["children_after"]), (&json!(101), &json!(1101)));
    assert_eq!(now["cells"], Value::Null);

    // saved again it stands on today's data
    let holder = Holder { planner: &planner, key: &key };
    let again = holder.sends("PUT", &address, Some("\"1\""), &body("甲", &plan(&[2400.0]))).await;
    assert_eq!((&again.json()["moved_on"], &again.json()["figures"]["children_before"]), (&json!([]), &json!(101)));
    world.sites("kind,name,lon,lat,id\nsafety_post,岗,116.2,36.3,9\n").await;
    assert_eq!(moved_on().await, json!(["sites"]), "safety posts matter to every kind");
    world.children(&cells(2000)).await;
    assert_eq!(moved_on().await, json!(["sites", "children"]));
    world
        .network(
            &Drawn::default().points(&[('a', 0.0, 0.0), ('z', 2400.0, 0.0)]).way("az", "highway=residential").xml(),
        )
        .await;
    world.areas(&two_towns("116.2134")).await.expect("towns");
    assert_eq!(moved_on().await, json!(["sites", "children", "network", "areas"]));
    // the same as a process that starts now
    assert_eq!(world.anybody().await.reads(&address).await, planner.reads(&address).await);
}

#[tokio::test]
async fn a_saved_scenario_changes_nothing_on_the_map_and_does_not_hold_up_the_log() {
    let world = street().await;
    let planner = world.as_planner().await;
    let kinds = planner.gets("/api/kinds").await.header("etag").to_owned();
    let (address, key) = saved(&planner, &body("甲", &plan(&[2400.0]))).await;
    let holder = Holder { planner: &planner, key: &key };
    holder.sends("POST", &format!("{address}/tasks"), None, &json!({ "place": 0, "unit": "县妇联" })).await;
    planner.catches_up().await;
    assert_eq!(planner.gets("/api/kinds").await.header("etag"), kinds);
    assert_eq!(
        world.anybody().await.gets("/api/kinds").await.header("etag"),
        kinds,
        "nor for a process that starts now"
    );
    world.sites(&format!("{HEAD}{}", site(2, "school", 2400.0))).await;
    planner.catches_up().await;
    let after = planner.gets("/api/kinds").await.header("etag").to_owned();
    assert!(after != kinds && world.anybody().await.gets("/api/kinds").await.header("etag") == after);
    assert_eq!(planner.reads("/api/coverage?kind=school&minutes=5").await["children_covered"], 1001);
}

#[tokio::test]
async fn scenarios_with_the_same_question_are_compared() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (one, _) = saved(&planner, &body("东头", &plan(&[2400.0]))).await;
    let (two, _) = saved(&planner, &body("=中间", &plan(&[700.0]))).await;
    let (three, _) = saved(&planner, &body("都建", &plan(&[700.0, 2400.0]))).await;
    let id = |address: &str| address.rsplit('/').next().expect("an id").to_owned();
    let query = format!("/api/scenarios/compare?id={}&id={}&id={}", id(&one), id(&two), id(&three));
    let compared = planner.reads(&query).await;
    let after = |place: usize| &compared["scenarios"][place]["figures"]["children_after"];
    assert_eq!((after(0), after(1), after(2)), (&json!(1001), &json!(11), &json!(1011)));
    assert_eq!(
        (&compared["scenarios"][1]["name"], &compared["scenarios"][1]["id"]),
        (&json!("=中间"), &json!(id(&two)))
    );
    let towns = json!([
        { "area": "371524101", "children": 11, "before": 1, "covered": [1, 11, 11] },
        { "area": "371524102", "children": 1100, "before": 0, "covered": [1000, 0, 1000] },
    ]);
    assert_eq!(compared["by_town"], towns);
    // the first cell is at its school in all of them
    assert_eq!(compared["cells"]["index"], json!([1, 2, 3]));
    let secs = [[800, 800, 0], [100, 900, 1700], [100, 800, 0]];
    for (scenario, expected) in secs.into_iter().enumerate() {
        let told = &compared["cells"]["secs"][scenario];
        let near = |place: usize, secs: u64| told[place].as_u64().is_some_and(|told| told.abs_diff(secs) <= 2);
        assert!((0..3).all(|place| near(place, expected[place])), "{expected:?}: {told}");
    }

    let csv = planner.gets(&format!("{query}&format=csv")).await;
    let text = csv.text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "乡镇 town,代码 code,儿童 children,现覆盖 today,东头,'=中间,都建");
    assert_eq!((lines[1], lines[3]), ("甲镇,371524101,11,1,1,11,11", "合计 total,,1111,1,1001,11,1011"));
    assert!(csv.header("content-disposition").contains("filename=\"scenarios.csv\"; filename*=UTF-8''"));

    let mut farther = plan(&[800.0]);
    farther["minutes"] = json!(20);
    farther["only"] = json!({ "demonstration": "true" });
    let (far, _) = saved(&planner, &body("远", &farther)).await;
    let answer = planner.gets(&format!("/api/scenarios/compare?id={}&id={}", id(&one), id(&far))).await;
    let fields: Vec<String> =
        answer.json()["errors"].as_array().expect("errors").iter().map(|e| e["field"].to_string()).collect();
    assert_eq!((answer.status.as_u16(), fields), (400, vec!["\"minutes\"".to_owned(), "\"only\"".to_owned()]));
    assert_eq!(answer.json()["errors"][0]["found"], "5 / 20");
    let (a, b) = (id(&one), id(&two));
    for (query, status) in [
        (String::new(), 400),
        (format!("id={a}"), 400),
        (format!("id={a}&id={a}"), 400),
        (format!("id={a}&id={b}&id={b}&id={a}"), 400),
        (format!("id={a}&id={b}&format=pdf"), 400),
        (format!("id={a}&id={b}&colour=red"), 400),
        (format!("id={a}&id=00000000000000000000000000000000"), 404),
    ] {
        assert_eq!(planner.gets(&format!("/api/scenarios/compare?{query}")).await.status, status, "{query}");
    }
}

#[tokio::test]
async fn a_proposed_site_is_handed_over_once_and_outlives_its_scenario() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (address, key) = saved(&planner, &body("甲", &plan(&[2400.0, 1600.0]))).await;
    let holder = Holder { planner: &planner, key: &key };
    let tasks = format!("{address}/tasks");
    let task = json!({ "place": 1, "unit": " 县妇联 ", "note": "请先看地" });
    let first = holder.sends("POST", &tasks, None, &task).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = holder.sends("POST", &tasks, None, &task).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, first.json()));
    let told_task = first.json();
    assert_eq!(
        (&told_task["place"], &told_task["unit"], &told_task["name"]),
        (&json!(1), &json!("县妇联"), &json!("新校1600"))
    );
    assert_eq!(
        (&told_task["state"], &told_task["kind"], &told_task["note"]),
        (&json!("draft"), &json!("school"), &json!("请先看地"))
    );
    let other = holder.sends("POST", &tasks, None, &json!({ "place": 1, "unit": "县教体局" })).await;
    assert_eq!(other.status, 201);
    for (body, field) in [
        (json!({ "place": 2, "unit": "县妇联" }), "place"),
        (json!({ "place": -1, "unit": "县妇联" }), "place"),
        (json!({ "place": 0, "unit": "" }), "unit"),
        (json!({ "place": 0 }), "unit"),
    ] {
        let answer = holder.sends("POST", &tasks, None, &body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (400, &json!(field)));
    }
    // the plan changes: the task still says where it is, and no longer which of the plan's places it is
    holder.sends("PUT", &address, Some("\"1\""), &body("甲", &plan(&[1600.0]))).await;
    assert_eq!(planner.reads(&address).await["tasks"][0]["place"], 0);
    holder.sends("PUT", &address, Some("\"2\""), &body("甲", &plan(&[2400.0]))).await;
    let read = planner.reads(&address).await;
    assert_eq!((&read["tasks"][0]["place"], &read["tasks"][0]["lon"]), (&Value::Null, &told_task["lon"]));
    assert_eq!(read["tasks"].as_array().map(Vec::len), Some(2));
    assert_eq!(holder.sends("DELETE", &address, None, &json!({})).await.status, 204);
    assert_eq!(told(&world, "select unit from task order by handed, id").await.len(), 2);
    let log = told(&world, "select json_extract(after, '$.unit') from revision where noun = 'task' order by id").await;
    assert_eq!(log, ["县妇联", "县教体局"]);
}

#[tokio::test]
async fn what_can_not_be_logged_is_not_done() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (address, key) = saved(&planner, &body("甲", &plan(&[2400.0]))).await;
    let holder = Holder { planner: &planner, key: &key };
    does(&world, "create trigger broken before insert on revision begin select raise(abort, 'the disk is full'); end")
        .await;
    let task = json!({ "place": 0, "unit": "县妇联" });
    let changed = body("乙", &plan(&[]));
    for answer in [
        post(&planner, "/api/scenarios", &changed).await,
        holder.sends("PUT", &address, Some("\"1\""), &changed).await,
        holder.sends("POST", &format!("{address}/tasks"), None, &task).await,
        holder.sends("DELETE", &address, None, &json!({})).await,
    ] {
        assert_eq!(answer.status, 503, "{}", answer.text);
        assert!(!answer.text.contains("disk"), "causes go to the log: {}", answer.text);
    }
    let read = planner.reads(&address).await;
    assert_eq!((&read["name"], &read["version"], &read["tasks"]), (&json!("甲"), &json!(1), &json!([])));
    assert_eq!(told(&world, "select id from scenario").await.len(), 1);
    does(&world, "drop trigger broken").await;
    assert_eq!(holder.sends("PUT", &address, Some("\"1\""), &changed).await.status, 200);
}

#[tokio::test]
async fn when_there_is_no_room_for_more_it_says_so() {
    let world = street().await;
    let made_on = world.as_planner().await;
    let (address, key) = saved(&made_on, &body("甲", &plan(&[]))).await;
    let row = world.store.scenario(address.rsplit('/').next().expect("an id")).await.expect("asked").expect("there");
    let new = NewScenario {
        kind: row.kind,
        name: "乙".into(),
        note: String::new(),
        plan: row.plan,
        siting: None,
        figures: row.figures,
        made_on: row.made_on,
    };
    let Err(full) = scenarios::save(&world.store, new.clone(), 1).await else { panic!("there is room for one") };
    assert!(matches!(full, ScenarioError::Full { most: 1 }));
    let response = Problem::from(full).into_response();
    assert_eq!(response.status(), 507);
    // those that were removed take no room
    scenarios::remove(&world.store, &row.id, By::Key(&key), None).await.expect("removed");
    assert!(scenarios::save(&world.store, new, 1).await.is_ok());
}

#[tokio::test]
async fn the_command_line_lists_them_with_links_and_writes_one() {
    let world = street().await;
    let planner = world.as_planner().await;
    let (address, key) = saved(&planner, &body("东头", &plan(&[2400.0]))).await;
    let (other, other_key) = saved(&planner, &body("不要了", &plan(&[]))).await;
    Holder { planner: &planner, key: &other_key }.sends("DELETE", &other, None, &json!({})).await;
    let id = address.rsplit('/').next().expect("an id");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yimi"));
        command.arg("scenarios").args(arguments).env("YIMI_DATABASE", world.database()).output().expect("runs")
    };
    let list: Value = serde_json::from_slice(&run(&["--json"]).stdout).expect("json");
    assert_eq!(list["scenarios"].as_array().map(Vec::len), Some(1));
    let listed = &list["scenarios"][0];
    assert_eq!((&listed["name"], &listed["version"], &listed["kind"]), (&json!("东头"), &json!(1), &json!("school")));
    assert_eq!(listed["link"], format!("/#panel=plan&scenario={id}"));
    let plain = run(&[]);
    let plain = String::from_utf8_lossy(&plain.stdout).into_owned();
    assert!(
        plain.contains("东头") && plain.contains(&format!("/#panel=plan&scenario={id}")) && !plain.contains(&key),
        "{plain}"
    );
    for format in ["csv", "geojson"] {
        let file = run(&["export", id, "--format", format]);
        let served = planner.gets(&format!("{address}/export?format={format}")).await;
        assert_eq!(String::from_utf8_lossy(&file.stdout), served.text);
    }
    assert!(run(&["remove", id]).status.success());
    assert_eq!(planner.gets(&address).await.status, 404);
    let who = told(&world, "select who from revision where action = 'removed' order by id").await;
    assert_eq!(who, ["scenario key", "administrator"]);
    for arguments in [&["export", "nothing", "--format", "csv"][..], &["remove", id]] {
        let unknown = run(arguments);
        assert_eq!(unknown.status.code(), Some(2));
        assert_eq!(String::from_utf8_lossy(&unknown.stderr).lines().count(), 1);
    }
}

#[tokio::test]
async fn the_units_of_the_targets_are_told_once_each() {
    let units = World::empty().await.anybody().await.reads("/api/units").await;
    let expected = json!({ "units": [
        { "id": null, "name": "东阿县妇儿工委", "confirmed": true, "demonstration": false, "version": 0 },
        { "id": null, "name": "东阿县教育和体育局", "confirmed": false, "demonstration": false, "version": 0 },
        { "id": null, "name": "东阿县卫生健康局", "confirmed": false, "demonstration": false, "version": 0 },
    ] });
    assert_eq!(units, expected);
}
