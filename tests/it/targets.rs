//! `/api/targets`.

use crate::world::World;

#[tokio::test]
async fn the_demonstration_county_has_seven_of_ten_reading_spaces_and_six_in_time() {
    let world = World::demonstration().await;
    let anybody = world.anybody().await;
    let targets = anybody.reads("/api/targets").await;
    let reading = targets["targets"].as_array().expect("targets").iter().find(|t| t["threshold"] == 10).expect("there");
    assert_eq!((&reading["measured"], &reading["measured_by_deadline"]), (&7.into(), &6.0.into()));
    assert_eq!((&reading["state"], &reading["met_by_deadline"]), (&"late".into(), &false.into()));
    assert_eq!(reading["deadline"], "2025-12-31");
    let rows = reading["by"]["rows"].as_array().expect("by setting");
    assert_eq!((rows.len(), rows.iter().map(|r| r["count"].as_u64().expect("a count")).sum::<u64>()), (5, 7));
    for id in reading["sites"].as_array().expect("sites") {
        let site = anybody.reads(&format!("/api/sites/{id}")).await;
        assert_eq!(site["properties"]["demonstration"], true);
    }
}
