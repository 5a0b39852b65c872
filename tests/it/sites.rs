//! `/api/sites` and `/api/sites/{id}`.

use crate::world::World;

const ROWS: &str = "kind,name,lon,lat,setting,demonstration,address\n\
    reading_space,县图书馆少儿室,116.02,36.02,library,yes,文化街 1 号\n\
    reading_space,曙光社区书屋,116.12,36.02,community,no,\n\
    school,第一实验小学,116.03,36.03,,,\n\
    school,第二实验小学,116.04,36.04,,,\n";

#[tokio::test]
async fn sites_are_filtered_by_box_kind_and_attribute() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    let names = async |query: &str| anybody.gets(&format!("/api/sites?{query}")).await.names();
    assert_eq!(names("").await.len(), 4);
    assert_eq!(names("kind=school").await, ["第一实验小学", "第二实验小学"]);
    assert_eq!(names("bbox=116.1,36,116.2,36.1").await, ["曙光社区书屋"]);
    assert_eq!(names("demonstration=true").await, ["县图书馆少儿室"]);
    assert_eq!(names("setting=library,community&kind=reading_space").await.len(), 2);
    assert_eq!(names("kind=hope_cabin").await, [] as [&str; 0]);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repeat() {
    let world = World::empty().await;
    let rows: String = (0..257).map(|i| format!("school,s{i},116.{i:04},36\n")).collect();
    world.sites(&format!("kind,name,lon,lat\n{rows}")).await;
    let anybody = world.anybody().await;
    for filter in ["", "&bbox=116,35,117,37", "&kind=school"] {
        let (mut names, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = anybody.gets(&format!("/api/sites?limit=50{filter}{cursor}")).await;
            names.extend(page.names());
            match page.json()["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(names, (0..257).map(|i| format!("s{i}")).collect::<Vec<_>>(), "{filter}");
    }
}

#[tokio::test]
async fn a_name_is_found_by_characters_pinyin_and_initials() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    for (words, name, matched) in [
        ("图书", "县图书馆少儿室", "name"),
        ("shuguang", "曙光社区书屋", "pinyin"),
        ("SGSQ", "曙光社区书屋", "initials"),
        // 第二 reads di er, so that its initials are d e
        ("desyxx", "第二实验小学", "initials"),
        ("文化街", "县图书馆少儿室", "other"),
    ] {
        let query =
            if words.is_ascii() { words.to_owned() } else { words.bytes().map(|b| format!("%{b:02X}")).collect() };
        let found = anybody.reads(&format!("/api/sites?q={query}")).await;
        let first = &found["features"][0]["properties"];
        assert!(first["name"] == name && first["match"] == matched, "{words}: {found}");
    }
}

#[tokio::test]
async fn one_site_tells_all_that_is_known_and_brief_only_what_is_drawn() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    let site = anybody.reads("/api/sites/1").await;
    let told = &site["properties"];
    assert_eq!(
        (&told["setting"], &told["demonstration"], &told["area"], &told["source"]),
        (&"library".into(), &true.into(), &"371524101".into(), &"file".into())
    );
    assert_eq!(site["geometry"]["coordinates"], serde_json::json!([116.02, 36.02]));
    let brief = anybody.reads("/api/sites?fields=brief").await;
    let first = brief["features"][0]["properties"].as_object().expect("properties");
    assert_eq!(first.keys().collect::<Vec<_>>(), ["area", "demonstration", "id", "kind", "name"]);
    for missing in ["/api/sites/99", "/api/sites/-1", "/api/sites/abc"] {
        assert_eq!(anybody.gets(missing).await.status, 404, "{missing}");
    }
}

#[tokio::test]
async fn an_answer_is_kept_until_the_data_change() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    let asks_again = async |etag: &str| {
        let request =
            axum::http::Request::get("/api/sites").header("if-none-match", etag).body(axum::body::Body::empty());
        anybody.asks(request.expect("a request")).await.status.as_u16()
    };
    let etag = anybody.gets("/api/sites").await.header("etag").to_owned();
    assert!(etag.starts_with("W/\""));
    assert_eq!(asks_again(&etag).await, 304);
    world.sites("kind,name,lon,lat\nschool,新校,116.05,36.05\n").await;
    anybody.catches_up().await;
    assert_eq!(asks_again(&etag).await, 200);
}
