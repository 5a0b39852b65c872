//! A hope cabin is a room in a needy child's own home: no public answer may give it away.

use crate::world::{TWO_TOWNS, World};
use std::collections::BTreeSet;
use yimi::export::{Format, export_sites};
use yimi::geo::Datum;
use yimi::http::document;

const PLANTED: &str = "kind,name,lon,lat,address,unit\n\
    hope_cabin,ZZQHIDDEN,116.0512345,36.0598765,QQHIDDENADDR,WWHIDDENUNIT\n\
    school,Open School,116.05,36.06,a,b\n";
const SECRETS: &[&str] = &["HIDDEN", "116.05123", "36.05987"];

/// Every GET address of the OpenAPI document, asked in the ways that could find the planted cabin.
fn addresses() -> BTreeSet<String> {
    let api: serde_json::Value = serde_json::from_str(document()).expect("json");
    let mut addresses = BTreeSet::new();
    // events never end; tests/it/events.rs listens to them
    for path in api["paths"].as_object().expect("paths").keys().filter(|path| *path != "/api/events") {
        let path = path.replace("{id}", "");
        for id in ["-1", "0", "1", "2"] {
            addresses.insert(if path.ends_with('/') { format!("{path}{id}") } else { path.clone() });
        }
        for query in [
            "kind=hope_cabin",
            "q=ZZQ",
            "q=HIDDEN",
            "limit=5000",
            "bbox=116,36,117,37",
            "cursor=0",
            "fields=brief",
            "lon=116.0512&lat=36.0598&limit=100",
            "lon=116.0512&lat=36.0598&kind=hope_cabin",
            "address=QQHIDDENADDR",
            "lon=116.0512&lat=36.0598&kind=hope_cabin,school&unit=WWHIDDENUNIT",
        ] {
            addresses.insert(format!("{path}?{query}"));
        }
    }
    addresses
}

#[tokio::test]
async fn a_planted_hope_cabin_is_found_on_no_public_route_nor_in_an_export() {
    let world = World::two_towns().await;
    world.sites(PLANTED).await;
    let anybody = world.anybody().await;
    let mut open_school = 0;
    for address in addresses() {
        let answer = anybody.gets(&address).await;
        let mut echo_free = answer.text.replace(&address, "");
        if address.starts_with("/api/search") && answer.status == 200 {
            // what was typed is told back to whoever typed it
            echo_free = answer.json()["hits"].to_string();
        }
        let secrets: Vec<_> = SECRETS.iter().filter(|secret| echo_free.contains(**secret)).collect();
        // a refused parameter is told back to whoever sent it; that is no leak
        assert!(answer.status == 400 || secrets.is_empty(), "{address} tells {secrets:?}: {}", answer.text);
        open_school += usize::from(answer.text.contains("Open School"));
    }
    assert!(open_school >= 5, "the public site must be found in the same ways, or this test proves nothing");
    for format in [Format::Geojson, Format::Csv] {
        let mut out = Vec::new();
        let written = export_sites(&world.store, &world.rules.catalogue, format, &mut out).await.expect("writes");
        let text = String::from_utf8(out).expect("text");
        assert_eq!(written, 1);
        assert!(text.contains("Open School") && SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
    }
}

#[tokio::test]
async fn counts_are_told_by_town_and_small_ones_are_not() {
    let world = World::two_towns().await;
    let mut rows = "kind,name,lon,lat\n".to_owned();
    for (town, many) in [("116.05", 6), ("116.15", 4)] {
        for i in 0..many {
            rows += &format!("hope_cabin,小屋{town}-{i},{town},36.0{}\n", i + 1);
        }
    }
    world.sites(&rows).await;
    let anybody = world.anybody().await;
    let areas = anybody.reads("/api/areas").await;
    let counts: Vec<_> =
        areas["features"].as_array().expect("areas").iter().map(|a| &a["properties"]["counts"]["hope_cabin"]).collect();
    assert_eq!(counts, [&serde_json::json!(6), &serde_json::json!("<5")]);
    let kinds = anybody.reads("/api/kinds").await;
    let cabin = kinds["kinds"].as_array().expect("kinds").iter().find(|k| k["id"] == "hope_cabin").expect("there");
    assert_eq!(cabin["count"], ">=6", "the total holds nothing of the town whose count is not told");
}

/// What the public can see, marks that only say "something changed" left out.
async fn everything(world: &World) -> Vec<String> {
    let anybody = world.anybody().await;
    let mut all = Vec::new();
    for address in addresses() {
        all.push(timeless(&anybody.gets(&address).await.text));
    }
    all
}

/// An answer without the minute that it is about, which may be another one when the next is asked.
fn timeless(text: &str) -> String {
    let mut parts = text.split("\"at\":\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once('"').map_or(part, |(_, rest)| rest))
}

#[tokio::test]
async fn one_cabin_more_in_a_town_with_few_changes_nothing_that_the_public_sees() {
    let (few, more) = (World::two_towns().await, World::two_towns().await);
    let school = "kind,name,lon,lat\nschool,甲校,116.05,36.05\n";
    let cabin = |i: u32| format!("kind,name,lon,lat\nhope_cabin,小屋{i},116.05,36.0{i}\n");
    few.sites(&cabin(1)).await;
    for i in 1..=4 {
        more.sites(&cabin(i)).await;
    }
    few.sites(school).await;
    more.sites(school).await;
    assert_eq!(everything(&few).await, everything(&more).await);
}

#[tokio::test]
async fn a_wrong_row_of_a_cabin_is_told_without_what_it_says() {
    let world = World::two_towns().await;
    let csv = "kind,name,lon,lat,address,phone\nhope_cabin,ZZQHIDDEN,NaN,36.06,QQHIDDENADDR,call WWHIDDEN\n";
    let report = world.import("p.csv", csv, |import| import.datum = Some(Datum::Wgs84)).await.expect("reads");
    assert_eq!((report.refused, report.problems.len()), (1, 2));
    let told = serde_json::to_string(&report).expect("json");
    assert!(!told.contains("HIDDEN") && told.contains("longitude"), "{told}");
}

#[tokio::test]
async fn a_site_may_not_change_between_point_and_home() {
    let world = World::empty().await;
    world.areas(TWO_TOWNS).await.expect("two towns");
    let row = |kind: &str| format!("kind,name,lon,lat,source,source_key\n{kind},甲,116.05,36.05,books,7\n");
    world.sites(&row("hope_cabin")).await;
    let csv = row("school");
    let report = world.import("p.csv", csv, |import| import.datum = Some(Datum::Wgs84)).await.expect("reads");
    assert_eq!((report.refused, report.amended), (1, 0));
    assert!(world.anybody().await.gets("/api/sites").await.names().is_empty());
}
