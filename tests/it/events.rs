//! `GET /api/events`: what changed, told as it happens.

use crate::registering::{Office, Who, school};
use crate::world::World;
use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;

/// Far longer than anything takes; only a test that fails waits for it.
const LONG: Duration = Duration::from_secs(20);

async fn next(events: &mut (impl Stream<Item = String> + Unpin)) -> (String, Value) {
    let text = tokio::time::timeout(LONG, events.next()).await.expect("something is told").expect("it goes on");
    let line = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
    (line("event:"), serde_json::from_str(&line("data:")).expect("json"))
}

#[tokio::test]
async fn publishing_is_told_with_the_mark_that_the_map_has_from_then_on() {
    let office = Office::empty().await;
    let mut public = office.anybody.hears("/api/events", None).await;
    let (name, first) = next(&mut public).await;
    let etag = office.anybody.gets("/api/sites").await.header("etag").to_owned();
    assert_eq!((name.as_str(), etag), ("changed", format!("W/\"{}\"", first["mark"].as_str().expect("a mark"))));

    let mut desk = office.anybody.hears("/api/events", Some(Who::Reviewer.person())).await;
    assert_eq!(next(&mut desk).await.0, "changed");
    let waiting = office.registers(Who::Member, &school("甲校", 116.05)).await;
    assert_eq!(next(&mut desk).await, ("desk".to_owned(), json!({})));
    office.does(Who::Reviewer, "publish", &waiting, &json!({})).await;
    // whoever has no account hears nothing of desks
    let (name, second) = next(&mut public).await;
    assert_eq!(name, "changed");
    assert_ne!(first, second);
    let etag = office.anybody.gets("/api/sites").await.header("etag").to_owned();
    assert_eq!(etag, format!("W/\"{}\"", second["mark"].as_str().expect("a mark")));
    assert_eq!(next(&mut desk).await.0, "changed");
    assert_eq!(next(&mut desk).await.0, "desk");
}

#[tokio::test]
async fn what_another_process_commits_is_told_once_the_log_is_read_and_listeners_leave_at_the_end() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let mut events = anybody.hears("/api/events", None).await;
    let (_, first) = next(&mut events).await;
    world.sites("kind,name,lon,lat\nschool,甲校,116.05,36.05\n").await;
    anybody.catches_up().await;
    let (name, second) = next(&mut events).await;
    assert_eq!(name, "changed");
    assert_ne!(first, second);
    anybody.stops();
    assert!(tokio::time::timeout(LONG, events.next()).await.expect("ends").is_none());
}
