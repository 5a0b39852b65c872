//! `/api/nearby` against looking at every site.

use crate::world::World;
use yimi::geo::{LonLat, geodesic_m};

#[tokio::test]
async fn the_nearest_are_truly_nearest_at_lat_60_across_kinds_with_few_members() {
    let world = World::empty().await;
    let (mut rows, mut sites) = ("kind,name,lon,lat\n".to_owned(), Vec::new());
    for i in 0..400_u32 {
        // a plain linear congruence scatters them; every fortieth is of the rare kind
        let (x, y) = ((i * 7919) % 1000, (i * 104_729) % 1000);
        let (lon, lat) = (25.0 + f64::from(x) / 5000.0, 60.0 + f64::from(y) / 10000.0);
        let kind = if i % 40 == 0 { "rehabilitation" } else { "playground" };
        rows += &format!("{kind},s{i},{lon},{lat}\n");
        sites.push((kind, format!("s{i}"), LonLat::new(lon, lat).expect("a position")));
    }
    world.sites(&rows).await;
    let anybody = world.anybody().await;
    for (lon, lat) in [(25.1, 60.05), (25.0, 60.0), (24.0, 61.0), (25.17, 60.09)] {
        let from = LonLat::new(lon, lat).expect("a position");
        for kind in ["", "rehabilitation", "playground"] {
            let mut wanted: Vec<_> = sites
                .iter()
                .filter(|(k, ..)| kind.is_empty() || *k == kind)
                .map(|(_, name, at)| (geodesic_m(from, *at), name.clone()))
                .collect();
            wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
            wanted.truncate(8);
            let of_kind = if kind.is_empty() { String::new() } else { format!("&kind={kind}") };
            let answer = anybody.reads(&format!("/api/nearby?lon={lon}&lat={lat}&limit=8{of_kind}")).await;
            let features = answer["features"].as_array().expect("features");
            assert_eq!(features.len(), wanted.len());
            for (feature, (metres, name)) in features.iter().zip(&wanted) {
                let told = feature["properties"]["distance_m"].as_f64().expect("metres");
                assert!((told - metres).abs() < 0.02 && feature["properties"]["name"] == name.as_str(), "{feature}");
            }
        }
    }
}

#[tokio::test]
async fn equal_distances_go_by_number_and_a_limit_in_metres_holds() {
    let world = World::empty().await;
    world.sites("kind,name,lon,lat\nschool,c,116.2,36\nschool,a,116.1,36\nschool,b,116.1,36\n").await;
    let anybody = world.anybody().await;
    assert_eq!(anybody.gets("/api/nearby?lon=116.1&lat=36").await.names(), ["a", "b", "c"]);
    assert_eq!(anybody.gets("/api/nearby?lon=116.1&lat=36&within_m=500").await.names(), ["a", "b"]);
    assert_eq!(anybody.gets("/api/nearby?lon=116.1&lat=36&limit=1").await.names(), ["a"]);
}

#[tokio::test]
async fn what_is_not_understood_is_refused_and_where_somebody_stands_is_not_kept() {
    let anybody = World::empty().await.anybody().await;
    for address in [
        "/api/nearby",
        "/api/nearby?lon=1&lat=91",
        "/api/nearby?lon=1&lat=1&limit=101",
        "/api/nearby?lon=1&lat=1&kind=castle",
        "/api/nearby?lon=1&lat=1&by=wings",
    ] {
        let answer = anybody.gets(address).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (400, "application/problem+json"),
            "{address}"
        );
        assert!(answer.json()["errors"][0]["wanted"]["zh"].is_string() && answer.json()["detail_zh"].is_string());
    }
    let answer = anybody.gets("/api/nearby?lon=0&lat=0").await;
    assert_eq!((answer.names().len(), answer.header("cache-control")), (0, "no-store"));
}
