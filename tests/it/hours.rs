//! `/api/sites/{id}/hours`: whether a place is open, and its week.

use crate::world::World;
use serde_json::json;

const ROWS: &str = "kind,name,lon,lat,opening_hours\n\
    reading_space,甲,116.02,36.02,Tu-Su 09:00-17:30; PH off\n\
    reading_space,乙,116.02,36.02,\n\
    reading_space,丙,116.02,36.02,\"Mo-Fr 08:00-12:00,14:00-18:00\"\n";

#[tokio::test]
async fn a_place_is_open_closes_soon_and_rests_on_holidays() {
    let world = World::empty().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    let opening = async |id: u32, at: &str| {
        let told = anybody.reads(&format!("/api/sites/{id}/hours?at={at}")).await;
        assert_eq!(told["at"], at);
        told["opening"].clone()
    };
    // 2025-06-07 is a Saturday, 2025-10-01 the national day
    let until = json!({ "at": "2025-06-07T17:30", "sure": true });
    let open = |soon: bool| json!({ "state": "open", "until": until, "closes_soon": soon, "comment": null });
    assert_eq!(opening(1, "2025-06-07T16:00").await, open(false));
    assert_eq!(opening(1, "2025-06-07T17:00").await, open(true));
    let opens = json!({ "at": "2025-06-08T09:00", "sure": true });
    assert_eq!(opening(1, "2025-06-07T20:00").await, json!({ "state": "closed", "opens": opens, "comment": null }));
    assert_eq!(opening(1, "2025-10-01T10:00").await["state"], "closed");
    assert_eq!(opening(2, "2025-06-07T16:00").await, json!(null));
    // a Sunday that is worked: 2025-09-28, before the national day
    assert_eq!(opening(3, "2025-09-28T10:00").await["state"], "open");
    assert_eq!(opening(3, "2025-09-21T10:00").await["state"], "closed");
}

#[tokio::test]
async fn a_week_has_seven_days_from_the_one_asked_about() {
    let world = World::empty().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    let told = anybody.reads("/api/sites/1/hours?at=2025-09-28T10:00").await;
    assert_eq!(told["written"], "Tu-Su 09:00-17:30; PH off");
    let days = told["week"]["days"].as_array().expect("days");
    assert_eq!((days.len(), &days[0]["date"], &days[0]["weekday"]), (7, &json!("2025-09-28"), &json!(6)));
    assert!(days[0]["worked_as"].is_number() && days[3]["holiday"]["zh"].is_string(), "{told}");
    assert_eq!(days[2]["spans"], json!([{ "from": 540, "to": 1050, "kind": "open", "why": null, "comment": null }]));
    assert_eq!(told["week"]["names_public_holidays"], true);
    // another thing in a minute, and better than nothing when there is no signal
    assert_eq!(anybody.gets("/api/sites/1/hours").await.header("cache-control"), "no-cache");
    let nothing = anybody.reads("/api/sites/2/hours").await;
    assert_eq!((&nothing["written"], &nothing["week"]), (&json!(null), &json!(null)));
    for (address, status) in
        [("/api/sites/9/hours", 404), ("/api/sites/x/hours", 404), ("/api/sites/1/hours?at=noon", 400)]
    {
        assert_eq!(anybody.gets(address).await.status.as_u16(), status, "{address}");
    }
}

#[tokio::test]
async fn hours_that_are_no_expression_are_refused_when_they_are_written() {
    let world = World::empty().await;
    let rows = "kind,name,lon,lat,opening_hours\nschool,甲,116,36,早八点到晚六点\nschool,乙,116,36,8:00-5:00\n";
    let report = world.import("s.csv", rows, |import| import.datum = Some(yimi::geo::Datum::Wgs84)).await;
    assert_eq!(report.expect("read").refused, 2);
}
