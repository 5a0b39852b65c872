//! What another process commits reaches the map by the revision log.

use crate::world::{TWO_TOWNS, World};

#[tokio::test]
async fn new_moved_and_renamed_sites_are_seen_without_loading_anew() {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat,id\nschool,甲校,116.05,36.05,1\nschool,乙校,116.15,36.05,2\n").await;
    let anybody = world.anybody().await;
    anybody.reads("/api/sites?q=jiaxiao").await;
    world.sites("kind,name,lon,lat,id\nschool,丁校,116.16,36.05,1\nplayground,丙园,116.01,36.01,3\nhope_cabin,x,116.01,36.01,4\n").await;
    anybody.catches_up().await;
    assert_eq!(anybody.gets("/api/sites").await.names(), ["丁校", "乙校", "丙园"]);
    assert_eq!(anybody.gets("/api/sites?bbox=116,36,116.1,36.1").await.names(), ["丙园"]);
    assert_eq!(anybody.gets("/api/nearby?lon=116.16&lat=36.05&kind=school").await.names(), ["丁校", "乙校"]);
    assert_eq!(anybody.gets("/api/sites?q=dingxiao").await.names(), ["丁校"]);
    // what sounds nearly so may be found, but not what it was called
    let first: serde_json::Value = anybody.reads("/api/search?q=jiaxiao&limit=1").await["hits"][0].clone();
    assert!(first.is_null() || first["edits"] != 0, "{first}");
    let areas = anybody.reads("/api/areas").await;
    assert_eq!(
        (
            &areas["features"][0]["properties"]["counts"]["school"],
            &areas["features"][1]["properties"]["counts"]["school"]
        ),
        (&0.into(), &2.into())
    );
    // the same as a process that starts now
    let fresh = world.anybody().await;
    for address in ["/api/sites", "/api/areas", "/api/kinds", "/api/targets"] {
        assert_eq!(anybody.gets(address).await.text, fresh.gets(address).await.text, "{address}");
    }
}

#[tokio::test]
async fn new_outlines_move_sites_between_towns() {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat\nschool,甲校,116.05,36.05\n").await;
    let anybody = world.anybody().await;
    world.areas(&TWO_TOWNS.replace("371524101", "371524109").replace("116.1,", "116.06,")).await.expect("towns");
    anybody.catches_up().await;
    let site = anybody.reads("/api/sites/1").await;
    assert!(site["properties"]["area"].is_string());
    assert_eq!(anybody.reads("/api/areas").await["features"].as_array().expect("areas").len(), 3);
}
