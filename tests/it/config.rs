//! `/api/config`: what the page is told first.

use crate::world::World;
use yimi::config::BaseMap;
use yimi::http::PageSettings;

#[tokio::test]
async fn the_demonstration_county_is_labelled_and_an_empty_database_is_told() {
    let world = World::demonstration().await;
    let anybody = world.anybody().await;
    let config = anybody.reads("/api/config").await;
    assert_eq!(
        (&config["demonstration"], &config["county"]["zh"], &config["outlines"]),
        (&true.into(), &"东阿县".into(), &"schematic".into())
    );
    for (address, label) in [("/s/1", "示例数据，非真实登记"), ("/s/1?lang=en", "Demonstration data")] {
        assert!(anybody.gets(address).await.text.contains(label), "{address}");
    }
    let empty = World::empty().await.anybody().await.reads("/api/config").await;
    assert_eq!((&empty["demonstration"], &empty["bounds"]), (&false.into(), &serde_json::Value::Null));
    let osm = World::empty().await;
    osm.sites("kind,name,lon,lat,source,source_key\nschool,甲,116,36,osm,node/1\n").await;
    assert_eq!(osm.anybody().await.reads("/api/config").await["openstreetmap"], true);
    let own = World::two_towns().await.anybody().await.reads("/api/config").await;
    assert_eq!((&own["demonstration"], &own["county"]["zh"]), (&false.into(), &"某县".into()));
}

#[tokio::test]
async fn pictures_may_come_from_the_base_map_only_when_there_is_one() {
    let world = World::empty().await;
    let policy = world.anybody().await.gets("/api/config").await.header("content-security-policy").to_owned();
    assert!(policy.contains("default-src 'self'") && !policy.contains("http"), "{policy}");
    let base_map = BaseMap::parse("https://tiles.example/{z}/{x}/{y}.png", Some("gcj02")).expect("right");
    let with_map = world.anybody_with(PageSettings { base_map, ..PageSettings::default() }).await;
    assert!(
        with_map.gets("/api/config").await.header("content-security-policy").contains("data: https://tiles.example")
    );
    assert_eq!(with_map.reads("/api/config").await["basemap"]["datum"], "gcj02");
}
