//! `/api/siting`: plans against coverage with the plan really there, jobs from question to result, and what can't be asked.

use crate::world::{Anybody, World};
use crate::worlds::{Drawn, place};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::time::Duration;
use yimi::http::{Problem, SitingAnswer, Watching, prepare, solve_prepared};
use yimi::snapshot::{Live, load};

/// A straight street of 6 km with a cell every 500 m, each with a child more than the one before. A lane of 150 m makes a
/// junction of each but the two ends.
async fn long_street(sites: &[f64]) -> World {
    let world = World::empty().await;
    let points = |names: std::ops::RangeInclusive<char>, north: f64| -> Vec<(char, f64, f64)> {
        names.zip(0..).map(|(name, n)| (name, 500.0 * f64::from(n), north)).collect()
    };
    let mut drawn = Drawn::default().points(&points('a'..='m', 0.0)).points(&points('A'..='M', 150.0));
    drawn = drawn.way("abcdefghijklm", "highway=residential");
    for (from, to) in ('a'..='m').zip('A'..='M') {
        drawn = drawn.way(&format!("{from}{to}"), "highway=residential");
    }
    world.network(&drawn.xml()).await;
    let mut csv = "id,lon,lat,age_0_5,age_6_14\n".to_owned();
    for n in 0..13 {
        let at = place([500.0 * f64::from(n), 0.0]);
        csv.push_str(&format!("c{n},{:.7},{:.7},{},{n}\n", at.lon(), at.lat(), 1));
    }
    world.children(&csv).await;
    let mut csv = "kind,name,lon,lat,id\n".to_owned();
    for (n, east) in sites.iter().enumerate() {
        let at = place([*east, 0.0]);
        csv.push_str(&format!("reading_space,书屋{n},{:.7},{:.7},{n}\n", at.lon(), at.lat()));
    }
    world.sites(&csv).await;
    world
}

async fn live(world: &World) -> Live {
    Live::new(load(&world.store, world.rules.clone()).await.expect("loads"))
}

fn plan(live: &Live, request: &Value) -> Result<SitingAnswer, Problem> {
    let request = serde_json::from_value(request.clone()).expect("a request");
    let watching = Watching { tell: &mut |_| (), stopped: &|| false };
    solve_prepared(live, prepare(live, request)?, watching).map(|solved| solved.answer)
}

/// A figure that counts children or sites.
fn whole(value: f64) -> u64 {
    assert!(value.fract().abs() < f64::EPSILON && value >= 0.0, "{value} counts nothing");
    value as u64
}

/// Where the sites of a plan are, metres along the street.
fn along(plan: &SitingAnswer) -> Vec<f64> {
    let begin = place([0.0, 0.0]);
    let mut metres: Vec<f64> = plan
        .sites
        .iter()
        .map(|site| yimi::geo::geodesic_m(begin, yimi::geo::LonLat::new(site.lon, site.lat).expect("a place")).round())
        .collect();
    metres.sort_by(f64::total_cmp);
    metres
}

#[tokio::test]
async fn a_plan_is_worth_what_it_says_when_its_sites_are_there() {
    let world = World::planned().await;
    let live = live(&world).await;
    let ask = |add: usize| plan(&live, &json!({"kind": "reading_space", "minutes": 10, "add": add})).expect("a plan");
    let four = ask(4);
    assert!(
        four.optimal && four.gap == 0.0 && whole(four.bound) == whole(four.objective) && four.sites.len() == 4,
        "{four:?}"
    );
    assert!(four.sites.iter().all(|site| site.children > 0 && site.serves.children >= site.children));
    assert!(four.sites.is_sorted_by(|a, b| a.loses >= b.loses));
    let served: u64 = four.sites.iter().map(|site| site.serves.children).sum();
    assert_eq!(served, whole(four.objective), "whoever is newly covered is served by one site");
    for site in &four.sites {
        let ages: u64 = site.serves.by_age.iter().map(|age| age.children).sum();
        let towns: u64 = site.serves.by_town.iter().map(|town| town.children).sum();
        assert_eq!((ages, towns), (site.serves.children, site.serves.children));
        assert!(site.runner_up.as_ref().is_none_or(|other| other.loses >= 0.0), "{site:?}");
    }
    // the curve goes through the plan and lies below its bounds
    assert_eq!(four.curve.len(), 8);
    assert!(four.curve.is_sorted_by(|a, b| a.objective <= b.objective && a.bound <= b.bound));
    assert!(four.curve.iter().all(|point| point.objective <= point.bound));
    assert!(four.curve[3].objective <= four.objective && four.curve[3].bound >= four.objective, "{:?}", four.curve);
    assert!(ask(5).objective > four.objective);
    let site = |(id, site): (usize, (f64, f64))| format!("reading_space,计划{id},{},{},plan{id}\n", site.0, site.1);
    let csv: String = four.sites.iter().map(|site| (site.lon, site.lat)).enumerate().map(site).collect();
    world.sites(&format!("kind,name,lon,lat,id\n{csv}")).await;
    let after = world.anybody().await.reads("/api/coverage?kind=reading_space&minutes=10").await;
    assert_eq!(after["children_covered"], json!(four.children_after));
    assert_eq!(four.children_before + whole(four.objective), four.children_after);
    assert_eq!(after["children_total"], json!(four.children_total));
}

#[tokio::test]
async fn what_the_planner_changes_beside_counts_as_what_if_says() {
    let world = World::planned().await;
    let live = live(&world).await;
    let anybody = world.anybody().await;
    let sites = anybody.reads("/api/sites?kind=reading_space&limit=3").await;
    let ids: Vec<i64> =
        sites["features"].as_array().expect("sites").iter().filter_map(|it| it["id"].as_i64()).collect();
    // where people cross: in the middle of the largest place
    let gaps = anybody.reads("/api/coverage?kind=reading_space&minutes=10").await;
    let post = json!({"lon": gaps["gaps"][0]["lon"], "lat": gaps["gaps"][0]["lat"]});
    let at = "2025-06-03T10:00";
    let hours = json!([{"site": ids[2], "opening_hours": "Sa 09:00-10:00"}]);
    let question = json!({
        "kind": "reading_space", "minutes": 10, "at": at, "remove": [ids[0], ids[1]], "hours": hours, "posts": [post],
    });
    let with = |more: Value| {
        let mut request = question.clone();
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        request
    };
    let four = plan(&live, &with(json!({"add": 4}))).expect("a plan");
    let add: Vec<Value> = four.sites.iter().map(|site| json!({"lon": site.lon, "lat": site.lat})).collect();
    let body = with(json!({ "add": add }));
    let asked: yimi::http::WhatIf = serde_json::from_value(body).expect("a question");
    let then = yimi::http::what_if_of(&live, &asked).expect("an answer");
    assert_eq!(then.figures.children_after, four.children_after);
    let before = plan(&live, &json!({"kind": "reading_space", "minutes": 10, "at": at, "add": 4})).expect("a plan");
    assert!(four.children_before < before.children_before, "{} {}", four.children_before, before.children_before);
    let wrong = plan(&live, &json!({"kind": "reading_space", "add": 1, "remove": [987_654]}));
    assert!(matches!(&wrong, Err(Problem::Parameters(wrong)) if wrong[0].field == "remove[0]"), "{wrong:?}");
}

#[tokio::test]
async fn each_objective_puts_sites_where_it_is_best_served() {
    // children 1, 2, 3 … 13 at 0, 500 … 6,000 m; a metre a second
    let world = long_street(&[]).await;
    let live = live(&world).await;
    let ask = |objective: &str, more: Value| {
        let mut request = json!({"kind": "reading_space", "objective": objective, "minutes": 10});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        plan(&live, &request).expect("a plan")
    };
    // within ten minutes of 5,500 m are 5,000, 5,500 and 6,000 m
    let most = ask("maximal_covering", json!({"add": 1}));
    assert_eq!((along(&most), most.objective, most.optimal), (vec![5500.0], 11.0 + 12.0 + 13.0, true));
    let all = ask("set_covering", json!({}));
    assert_eq!((all.sites.len(), all.objective, all.children_after, all.optimal), (5, 5.0, 91, true), "{all:?}");
    let half = ask("set_covering", json!({"share": 0.5}));
    assert_eq!((half.sites.len(), half.optimal), (2, true));
    assert!(half.children_after >= 46);
    let mean = ask("p_median", json!({"add": 1}));
    // the child in the middle of 91 lives at 4,500 m
    assert_eq!((along(&mean), mean.optimal), (vec![4500.0], true));
    let seconds: f64 = (0..13).map(|n| f64::from(n + 1) * (500.0 * f64::from(n) - 4500.0).abs()).sum::<f64>() / 91.0;
    assert!((mean.objective - seconds).abs() < 1.0, "{} {seconds}", mean.objective);
    let worst = ask("p_center", json!({"add": 1}));
    assert_eq!(along(&worst), [3000.0]);
    assert!((worst.objective - 3000.0).abs() < 1.0 && worst.optimal, "{worst:?}");
    let room = ask("capacitated_covering", json!({"add": 1, "capacity": 30}));
    assert_eq!((room.objective, room.bound, room.optimal), (30.0, 30.0, true));
}

#[tokio::test]
async fn rules_are_kept_and_existing_sites_count_or_not() {
    let world = long_street(&[5500.0]).await;
    let live = live(&world).await;
    let ask = |more: Value| {
        let mut request = json!({"kind": "reading_space", "minutes": 10, "add": 1});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        plan(&live, &request)
    };
    let at = |east: f64| {
        let at = place([east, 0.0]);
        json!({"lon": at.lon(), "lat": at.lat()})
    };
    let beside = ask(json!({})).expect("a plan");
    assert_eq!((along(&beside), beside.children_before), (vec![4000.0], 36));
    let anew = ask(json!({"existing": false})).expect("a plan");
    assert_eq!((along(&anew), anew.children_before), (vec![5500.0], 0));
    let pinned = ask(json!({"add": 2, "must": [at(500.0)]})).expect("a plan");
    assert_eq!(along(&pinned), [500.0, 4000.0]);
    assert!(pinned.sites.iter().any(|site| site.pinned && site.candidate == "junction"));
    let between = ask(json!({"must": [at(250.0)]})).expect("a plan");
    assert_eq!((along(&between), between.sites[0].candidate), (vec![250.0], "pinned"));
    let elsewhere = ask(json!({"must_not": [at(4000.0)]})).expect("a plan");
    assert_eq!(along(&elsewhere), [3500.0]);
    let apart = ask(json!({"existing": false, "add": 2, "apart_m": 2400})).expect("a plan");
    assert!(along(&apart)[1] - along(&apart)[0] > 2390.0, "{:?}", along(&apart));
    let mut list = vec![at(4000.0), at(1000.0)];
    list[0]["cost"] = json!(50);
    list[1]["cost"] = json!(10);
    list[1]["name"] = json!("村委会");
    let candidates = json!({"from": "list", "list": list});
    let cheap = ask(json!({"candidates": candidates, "budget": 20})).expect("a plan");
    assert_eq!(
        (along(&cheap), cheap.sites[0].name.as_deref(), cheap.sites[0].cost),
        (vec![1000.0], Some("村委会"), 10)
    );
    let told = |more: Value| ask(more).expect_err("no plan").detail().en;
    assert!(told(json!({"candidates": candidates, "budget": 5})).contains("the cheapest candidate costs 10"));
    assert!(told(json!({"add": 2, "must": [at(0.0), at(500.0)], "apart_m": 900})).contains("apart; 900 m are wanted"));
    assert!(told(json!({"must": [at(0.0)], "must_not": [at(0.0)]})).contains("it can't be both"));
    let all = json!({"objective": "set_covering", "candidates": {"from": "list", "list": [at(0.0)]}, "add": null});
    assert!(told(all).contains("all candidates together cover at most"));
}

#[tokio::test]
async fn where_nobody_is_left_no_site_is_proposed() {
    let world = long_street(&[0.0, 1500.0, 3000.0, 4500.0, 6000.0]).await;
    let live = live(&world).await;
    let told = plan(&live, &json!({"kind": "reading_space", "minutes": 15, "add": 2})).expect_err("nobody is left");
    assert!(told.detail().en.contains("all are covered"), "{}", told.detail());
}

#[tokio::test]
async fn sites_of_other_kinds_can_host_new_ones() {
    let world = World::planned().await;
    let live = live(&world).await;
    let candidates = json!({"from": "kinds", "kinds": ["school"]});
    let at_schools = plan(&live, &json!({"kind": "reading_space", "add": 3, "minutes": 15, "candidates": candidates}))
        .expect("a plan");
    assert!(at_schools.optimal && at_schools.sites.len() == 3);
    let anybody = world.anybody().await;
    for site in &at_schools.sites {
        let host = anybody.reads(&format!("/api/sites/{}", site.site.expect("a host"))).await;
        assert_eq!(host["properties"]["kind"], "school");
        assert_eq!(host["properties"]["name"].as_str(), site.name.as_deref());
    }
    let anywhere = plan(&live, &json!({"kind": "reading_space", "add": 3, "minutes": 15})).expect("a plan");
    assert!(anywhere.objective >= at_schools.objective * 0.9, "{} {}", anywhere.objective, at_schools.objective);
}

async fn ended(anybody: &Anybody, place: &str) -> Value {
    for _ in 0..600 {
        let job = anybody.reads(place).await;
        if !matches!(job["status"].as_str(), Some("queued" | "running")) {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it does not end");
}

#[tokio::test]
async fn a_job_tells_its_progress_and_its_result_outlives_the_process() {
    let world = World::planned().await;
    let anybody = world.as_planner().await;
    let request = json!({"kind": "reading_space", "minutes": 15, "add": 5});
    let taken = anybody.sends("POST", "/api/siting", &request).await;
    assert_eq!(taken.status, StatusCode::ACCEPTED, "{}", taken.text);
    let place = taken.header("location").to_owned();
    assert_eq!(place, format!("/api/siting/{}", taken.json()["id"].as_str().expect("an id")));
    let heard = anybody.gets(&format!("{place}/events")).await;
    assert_eq!(heard.header("content-type"), "text/event-stream");
    let last = heard.text.trim_end().rsplit("\n\n").next().expect("an event").to_owned();
    assert!(last.starts_with("event: done\ndata: "), "{last}");
    let job = anybody.reads(&place).await;
    assert_eq!((&job["status"], &job["result"]["optimal"]), (&json!("done"), &json!(true)));
    assert_eq!(serde_json::from_str::<Value>(last.trim_start_matches("event: done\ndata: ")).expect("json"), job);
    assert_eq!(job["request"]["add"], 5);
    // another process on the same database
    let later = world.anybody().await;
    assert_eq!(later.reads(&place).await["result"], job["result"]);
    assert!(later.gets(&format!("{place}/events")).await.text.contains("event: done"));
    // and the same question has the same answer
    let again = anybody.sends("POST", "/api/siting", &request).await;
    let again = ended(&anybody, again.header("location")).await;
    assert_eq!(again["result"], job["result"]);
    assert_eq!(anybody.gets("/api/siting/0123").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_job_that_can_not_be_says_why_and_one_that_is_cancelled_ends() {
    let world = World::planned().await;
    let anybody = world.as_planner().await;
    let start = async |more: Value| {
        let mut request = json!({"kind": "reading_space", "minutes": 15, "add": 5});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let taken = anybody.sends("POST", "/api/siting", &request).await;
        assert_eq!(taken.status, StatusCode::ACCEPTED, "{}", taken.text);
        taken.header("location").to_owned()
    };
    let broke = start(json!({"budget": 3, "cost": 10})).await;
    let job = ended(&anybody, &broke).await;
    assert_eq!((&job["status"], &job["problem"]["status"]), (&json!("failed"), &json!(422)));
    assert!(job["problem"]["detail"].as_str().expect("words").contains("budget of 3"), "{job}");
    assert!(job["problem"]["detail_zh"].as_str().expect("words").contains("预算 3"), "{job}");
    // one that takes long, and one that waits for it
    let long = start(json!({"add": 60, "objective": "p_median"})).await;
    let waiting = start(json!({})).await;
    let cancelled = anybody.sends("DELETE", &waiting, &json!(null)).await;
    assert_eq!(cancelled.json()["status"], "cancelled", "{}", cancelled.text);
    let stopped = anybody.sends("DELETE", &long, &json!(null)).await.json();
    assert_eq!(stopped["status"], "cancelled");
    let plan = &stopped["result"];
    assert!(
        plan.is_null()
            || (plan["status"] == "cancelled" && plan["says"]["zh"].as_str().is_some_and(|it| it.contains("已取消")))
    );
}

#[tokio::test]
async fn what_can_not_be_asked_is_refused_before_any_work() {
    let world = long_street(&[]).await;
    let anybody = world.as_planner().await;
    let far = place([0.0, 5000.0]);
    for (more, field, words) in [
        (json!({"add": 0}), "add", "a whole number from 1 to 500"),
        (json!({"add": 27}), "add", "at most 24, which is all the candidates there are"),
        (json!({"add": null}), "add", "a whole number"),
        (json!({"kind": "castle"}), "kind", "one of the kinds"),
        (json!({"minutes": 0}), "minutes", "from 1 to 120"),
        (json!({"ages": "1-2"}), "ages", ""),
        (json!({"share": 0.5}), "share", "only with set_covering"),
        (json!({"objective": "set_covering", "share": 0}), "share", "above 0"),
        (json!({"objective": "best"}), "objective", "maximal_covering"),
        (json!({"objective": "capacitated_covering"}), "capacity", "how many children"),
        (json!({"floor_per_town": 1.5}), "floor_per_town", "from 0 to 1"),
        (json!({"apart_m": -1}), "apart_m", "above 0"),
        (json!({"seconds": 0}), "seconds", "from 1 to 600"),
        (json!({"candidates": {"from": "kinds"}}), "candidates.kinds", "shown as points"),
        (json!({"candidates": {"from": "kinds", "kinds": ["hope_cabin"]}}), "candidates.kinds[0]", "shown as points"),
        (
            json!({"candidates": {"from": "list", "list": [{"lon": far.lon(), "lat": far.lat()}]}}),
            "candidates.list[0]",
            "there is none here",
        ),
        (json!({"candidates": {"from": "list", "list": [{"lon": 200, "lat": 0}]}}), "candidates.list[0]", "WGS-84"),
        (
            json!({"candidates": {"from": "list", "list": [{"lon": "x", "lat": 0}]}}),
            "candidates.list[0].lon",
            "a number",
        ),
        (json!({"must": [{"lon": far.lon(), "lat": far.lat()}]}), "must[0]", "there is none here"),
        (json!({"nonsense": 1}), "nonsense", "no such field"),
    ] {
        let mut request = json!({"kind": "reading_space", "minutes": 10, "add": 1});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let answer = anybody.sends("POST", "/api/siting", &request).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{more}: {}", answer.text);
        let errors = answer.json()["errors"].clone();
        assert!(errors.as_array().expect("errors").iter().any(|error| error["field"] == field), "{more}: {errors}");
        assert!(errors.to_string().contains(words), "{more}: {errors}");
    }
    let empty = anybody
        .sends("POST", "/api/siting", &json!({"kind": "reading_space", "add": 1, "candidates": {"from": "list"}}))
        .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
}
