//! Towns from a file to `/api/areas`.

use crate::world::{TWO_TOWNS, World};
use yimi::config::MapApproval;
use yimi::http::PageSettings;
use yimi::import::ImportError;

#[tokio::test]
async fn towns_come_with_names_labels_and_counts() {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat\nschool,甲校,116.05,36.05\nschool,界校,116.1,36.05\nschool,外校,117,37\n").await;
    let areas = world.anybody().await.reads("/api/areas").await;
    let jia = &areas["features"][0];
    assert_eq!((&jia["id"], &jia["properties"]["name"]["en"]), (&"371524101".into(), &"Jia Town".into()));
    assert_eq!(jia["properties"]["counts"]["school"], 2, "a site on the border counts once, for the first code");
    assert_eq!(areas["features"][1]["properties"]["counts"]["school"], 0);
    assert_eq!(jia["geometry"]["type"], "MultiPolygon");
}

#[tokio::test]
async fn surveyed_outlines_are_shown_only_under_an_approval_number() {
    let world = World::empty().await;
    world.areas(&TWO_TOWNS.replace(r#","outline":"schematic""#, "")).await.expect("towns");
    let hidden = world.anybody().await;
    assert!(hidden.reads("/api/areas").await["features"][0]["geometry"].is_null());
    assert_eq!(hidden.reads("/api/config").await["outlines"], "none");
    let approval = MapApproval { number: "GS(2024)1号".into(), year: None, copyright: None };
    let shown = world.anybody_with(PageSettings { approval: Some(approval), ..PageSettings::default() }).await;
    assert!(shown.reads("/api/areas").await["features"][0]["geometry"].is_object());
    assert_eq!(shown.reads("/api/config").await["outlines"], "surveyed");
}

#[tokio::test]
async fn importing_again_amends_and_a_wrong_file_changes_nothing() {
    let world = World::two_towns().await;
    let before = world.store.latest_revision().await.expect("reads");
    world.areas(TWO_TOWNS).await.expect("again");
    assert_eq!(world.store.latest_revision().await.expect("reads"), before, "nothing has changed");
    world.areas(&TWO_TOWNS.replace("甲镇", "丙镇")).await.expect("renamed");
    assert_eq!(world.store.latest_revision().await.expect("reads"), before + 1);
    for (from, to, column) in [
        ("[116.1,36.1],[116.0,36.1],[116.0,36.0]", "[116.0,36.1],[116.1,36.1],[116.0,36.0]", "geometry"),
        ("371524102", "371524101", "code"),
        ("\"乙镇\"", "\"\"", "name"),
        ("Polygon", "Point", "geometry"),
    ] {
        let broken = if to == "Point" {
            TWO_TOWNS.replacen(
                "\"Polygon\",\"coordinates\":[[[116.0,36.0],[116.1,36.0],[116.1,36.1],[116.0,36.1],[116.0,36.0]]]",
                "\"Point\",\"coordinates\":[116.0,36.0]",
                1,
            )
        } else {
            TWO_TOWNS.replacen(from, to, 1)
        };
        assert_ne!(broken, TWO_TOWNS, "{from}");
        match world.areas(&broken).await {
            Err(ImportError::Areas(problems)) => assert_eq!(problems[0].column, column),
            other => panic!("{to}: {other:?}"),
        }
    }
    assert!(matches!(world.areas("{\"type\":\"Feature").await, Err(ImportError::Unsaid(_))));
    assert_eq!(world.store.latest_revision().await.expect("reads"), before + 1);
}
