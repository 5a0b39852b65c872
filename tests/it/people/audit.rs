//! The audit, and looks at homes.

use super::{PASSWORD, somebody, tries};
use crate::scenarios::told;
use crate::world::World;
use serde_json::{Value, json};
use yimi::auth::Role;

const HOMES: &str = "kind,name,lon,lat,address,id\n\
                     hope_cabin,ZZQ家,116.0512345,36.0512345,某村7号,1\nhope_cabin,=ZZQ(二),116.06,36.06,,2\n\
                     school,某小学,116.05,36.05,,3\n";

const HOMES_PATH: &str = "/api/homes";

#[tokio::test]
async fn every_change_and_sign_in_is_told_page_by_page() {
    let world = World::two_towns().await;
    somebody(&world, "wang", &[Role::Member]).await;
    let administrator = world.as_administrator().await;
    let elsewhere = administrator.with_cookie(None);
    tries(&elsewhere, "wang", "错的密码错的密码").await;
    tries(&elsewhere, "wang", PASSWORD).await;
    let all = administrator.reads("/api/audit").await;
    let lines = all["lines"].as_array().expect("lines");
    let newest = &lines[0];
    assert_eq!(
        (&newest["noun"], &newest["who"], &newest["action"]),
        (&json!("session"), &json!("wang"), &json!("signed in"))
    );
    assert_eq!((&newest["before"], &newest["after"]["account"]), (&Value::Null, &json!("wang")));
    // from the newest to the first, without gaps
    let mut cursor = String::new();
    let mut numbers = Vec::new();
    loop {
        let page = administrator.reads(&format!("/api/audit?limit=3{cursor}")).await;
        numbers.extend(
            page["lines"].as_array().expect("lines").iter().map(|line| line["revision"].as_u64().expect("a number")),
        );
        let Some(next) = page["next"].as_i64() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(numbers, (1..=numbers.len() as u64).rev().collect::<Vec<_>>());
    assert_eq!(numbers.len(), lines.len());
    let count =
        async |query: &str| administrator.reads(&format!("/api/audit?{query}")).await["lines"].as_array().map(Vec::len);
    assert_eq!(count("noun=area").await, Some(2));
    assert_eq!(count("noun=area&noun_id=371524101").await, Some(1));
    assert_eq!(count("who=wang").await, Some(1));
    assert_eq!(count("from=2020-01-01&to=2020-12-31").await, Some(0));
    assert_eq!(count("from=2020-01-01").await, Some(lines.len()));
    for wrong in ["from=yesterday", "cursor=-1", "limit=0", "limit=5000", "colour=red"] {
        assert_eq!(administrator.gets(&format!("/api/audit?{wrong}")).await.status, 400, "{wrong}");
    }
    assert!(!all.to_string().contains("argon2"));
}

#[tokio::test]
async fn the_csv_has_every_line_and_runs_no_formula() {
    let world = World::empty().await;
    let administrator = world.as_administrator().await;
    let evil = json!({ "name": "=HYPERLINK(\"http://evil.example\")" });
    assert_eq!(administrator.sends("POST", "/api/units", &evil).await.status, 201);
    // somebody's account begins like a formula
    world.person("-1+1", &[Role::Planner], None).await;
    world.cookie(world.person("-1+1", &[], None).await).await;
    let csv = administrator.gets("/api/audit.csv").await;
    assert_eq!((csv.status.as_u16(), csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.header("content-disposition").starts_with("attachment; filename=\"audit.csv\""));
    let text = csv.text.strip_prefix('\u{feff}').expect("a byte-order mark");
    let count =
        told(&world, "select cast(count(*) as text) from revision").await[0].parse::<usize>().expect("a number");
    assert_eq!(text.lines().count(), count + 1);
    assert!(text.contains(",'-1+1,"), "{text}");
    let mut reader = csv_cells(text);
    assert!(reader.all(|cell| !cell.starts_with(['=', '+', '@', '-']) || cell.parse::<f64>().is_ok()));
    assert_eq!(administrator.gets("/api/audit.csv?noun=unit").await.text.lines().count(), 2);
}

/// The cells of a CSV without line breaks in them.
fn csv_cells(text: &str) -> impl Iterator<Item = String> {
    let mut cells = Vec::new();
    for line in text.lines() {
        let (mut cell, mut quoted) = (String::new(), false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        cells.push(cell);
    }
    cells.into_iter()
}

#[tokio::test]
async fn the_audit_tells_that_homes_changed_and_not_where_they_are() {
    let world = World::two_towns().await;
    world.sites(HOMES).await;
    let administrator = world.as_administrator().await;
    let audit = administrator.gets("/api/audit?limit=1000").await.text;
    let csv = administrator.gets("/api/audit.csv").await.text;
    for told in [&audit, &csv] {
        assert!(told.contains("hope_cabin") && told.contains("某小学"), "{told}");
        for secret in ["ZZQ", "116.0512345", "36.0512345", "某村7号"] {
            assert!(!told.contains(secret), "{secret} stands in the audit");
        }
    }
}

#[tokio::test]
async fn every_look_at_homes_is_written_down_with_who_and_why() {
    let world = World::two_towns().await;
    world.sites(HOMES).await;
    let reviewer = world.as_reviewer().await;
    for (wrong, field) in [
        (json!({ "kind": "hope_cabin" }), "why"),
        (json!({ "kind": "hope_cabin", "why": "a" }), "why"),
        (json!({ "kind": "school", "why": "核对地址信息" }), "kind"),
        (json!({ "why": "核对地址信息" }), "kind"),
        (json!({ "kind": "hope_cabin", "why": "核对地址信息", "format": "pdf" }), "format"),
    ] {
        let answer = reviewer.sends("POST", HOMES_PATH, &wrong).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (400, &json!(field)), "{wrong}");
    }
    // an address that somebody is led to is no look
    assert_eq!(reviewer.gets("/api/homes?kind=hope_cabin&why=abcd").await.status, 405);
    assert!(told(&world, "select who from revision where noun = 'look'").await.is_empty());
    let look = json!({ "kind": "hope_cabin", "why": "核对地址" });
    let seen = reviewer.sends("POST", HOMES_PATH, &look).await;
    assert_eq!((seen.status.as_u16(), seen.header("cache-control")), (200, "no-store"));
    let seen = seen.json();
    assert_eq!((&seen["asked"]["who"], &seen["asked"]["why"]), (&json!("reviewer"), &json!("核对地址")));
    let homes = seen["features"].as_array().expect("homes");
    assert_eq!(homes.len(), 2);
    assert!(homes.iter().any(|home| home["geometry"]["coordinates"] == json!([116.051_234_5, 36.051_234_5])));
    let file = json!({ "kind": "hope_cabin", "why": "核对地址", "format": "csv" });
    let csv = reviewer.sends("POST", HOMES_PATH, &file).await.text;
    assert!(csv.contains("'=ZZQ(二)") && csv.lines().skip(1).all(|line| line.contains("reviewer,核对地址,")), "{csv}");
    let log =
        told(&world, "select who || ' ' || why || ' ' || noun_id || ' ' || after from revision where noun = 'look'")
            .await;
    assert_eq!(log, ["reviewer 核对地址 hope_cabin {\"homes\":2}", "reviewer 核对地址 hope_cabin {\"homes\":2}"]);
    // nobody else may, and what they tried shows nothing
    for other in [world.as_member().await, world.as_planner().await, world.as_administrator().await] {
        assert_eq!(other.sends("POST", HOMES_PATH, &look).await.status, 403);
    }
    does_not_grow_when_it_can_not(&world, &look).await;
}

/// What can't be written down is not shown.
async fn does_not_grow_when_it_can_not(world: &World, look: &serde_json::Value) {
    let reviewer = world.as_reviewer().await;
    assert_eq!(reviewer.gets("/api/session").await.status, 200);
    crate::scenarios::does(
        world,
        "create trigger broken before insert on revision begin select raise(abort, 'full'); end",
    )
    .await;
    let answer = reviewer.sends("POST", HOMES_PATH, look).await;
    assert!(answer.status == 503 && !answer.text.contains("ZZQ"), "{}", answer.text);
}
