//! `/api/search`: the one box.

use crate::world::{Anybody, World};
use serde_json::{Value, json};

const ROWS: &str = "kind,name,name_en,lon,lat,address\n\
    reading_space,曙光社区书屋,Shuguang Community Bookroom,116.12,36.02,东苑街 7 号\n\
    reading_space,县图书馆少儿室,County Library Children's Room,116.02,36.02,文化街 1 号\n\
    school,第二实验小学,No. 2 Experimental School,116.04,36.04,\n\
    school,第二实验小学,,116.14,36.04,\n\
    hope_cabin,某小屋,,116.05,36.05,\n";

fn encoded(words: &str) -> String {
    words.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn hits(anybody: &Anybody, words: &str, more: &str) -> Vec<Value> {
    let answer = anybody.gets(&format!("/api/search?q={}{more}", encoded(words))).await;
    assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{words}: {}", answer.text);
    answer.json()["hits"].as_array().expect("hits").clone()
}

fn named(hits: &[Value]) -> Vec<&str> {
    hits.iter().map(|hit| hit["name"].as_str().or(hit["name"]["zh"].as_str()).expect("a name")).collect()
}

#[tokio::test]
async fn one_box_finds_characters_pinyin_typos_traditional_kinds_and_towns() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    for (typed, first, matched) in [
        ("光社", "曙光社区书屋", "name"),
        ("shuguang", "曙光社区书屋", "pinyin"),
        ("sgsq", "曙光社区书屋", "initials"),
        ("曙光社區", "曙光社区书屋", "name"),
        ("bookroom", "曙光社区书屋", "english"),
        ("东苑街", "曙光社区书屋", "other"),
        ("第二实验小雪", "第二实验小学", "name"),
        ("shiyanxiaoxeu", "第二实验小学", "pinyin"),
    ] {
        let found = hits(&anybody, typed, "").await;
        assert_eq!((named(&found)[0], &found[0]["match"]), (first, &json!(matched)), "{typed}: {found:?}");
    }
    let marks = &hits(&anybody, "光社", "").await[0]["marks"];
    assert_eq!(marks, &json!([[1, 3]]));
    let mistyped = &hits(&anybody, "第二实验小雪", "").await[0];
    assert_eq!((&mistyped["edits"], &mistyped["type"]), (&json!(1), &json!("site")));
    // a word for a kind, in any language, and the sites of it
    for word in ["library", "学校"] {
        let found = hits(&anybody, word, "").await;
        assert!(found.iter().any(|hit| hit["type"] == "kind" && hit["count"] == 2), "{word}: {found:?}");
    }
    let town = hits(&anybody, "甲镇", "").await;
    assert_eq!((&town[0]["type"], &town[0]["name_en"]), (&json!("place"), &json!("Jia Town")));
    // the sites of the town come behind it
    assert!(named(&town).contains(&"第二实验小学"), "{town:?}");
    assert_eq!(hits(&anybody, "某小屋", "").await, [] as [Value; 0], "homes are nobody's business");
}

#[tokio::test]
async fn numbers_count_words_run_together_are_parted_and_the_county_is_everywhere() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    for (typed, first) in [
        ("No. 2 Experimental School", "第二实验小学"),
        ("no 2", "第二实验小学"),
        ("某县图书馆", "县图书馆少儿室"),
        ("某县第二实验", "第二实验小学"),
        ("曙光kindergarten", ""),
        ("曙光library", "曙光社区书屋"),
        ("树光社区", "曙光社区书屋"),
        ("第二试验小雪", "第二实验小学"),
    ] {
        let found = hits(&anybody, typed, "").await;
        let sites: Vec<&Value> = found.iter().filter(|hit| hit["type"] == "site").collect();
        assert_eq!(sites.first().map_or("", |hit| hit["name"].as_str().expect("a name")), first, "{typed}: {found:?}");
    }
    let english = &hits(&anybody, "experimental", "").await[0];
    assert_eq!((&english["marks"], &english["marks_en"]), (&json!([]), &json!([[6, 18]])));
    let nothing = anybody.reads(&format!("/api/search?q={}", encoded("无此处所"))).await;
    assert_eq!(nothing["hits"], json!([]));
    assert!(nothing["explain"]["zh"].is_string() && nothing["explain"]["en"].is_string(), "{nothing}");
    assert_eq!(anybody.reads("/api/search?q=school").await["explain"], Value::Null);
}

#[tokio::test]
async fn of_two_that_match_alike_the_nearer_comes_first() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    for (near, lon) in [("116.04,36.04", 116.04), ("116.14,36.04", 116.14)] {
        let found = hits(&anybody, "第二实验小学", &format!("&near={near}&limit=1")).await;
        assert_eq!((found.len(), &found[0]["lon"]), (1, &json!(lon)));
    }
    for wrong in ["near=116", "near=116,95", "limit=0", "limit=101", "sort=name"] {
        assert_eq!(anybody.gets(&format!("/api/search?q=a&{wrong}")).await.status.as_u16(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_name_that_changes_is_found_by_the_new_one_only() {
    let world = World::two_towns().await;
    world.sites("id,kind,name,lon,lat\nS1,school,晨光小学,116.04,36.04\n").await;
    let anybody = world.anybody().await;
    assert_eq!(hits(&anybody, "晨光", "").await.len(), 1);
    world.sites("id,kind,name,lon,lat\nS1,school,朝阳小学,116.04,36.04\n").await;
    anybody.catches_up().await;
    assert_eq!(hits(&anybody, "朝阳", "").await[0]["name"], "朝阳小学");
    assert_eq!(hits(&anybody, "晨光", "").await, [] as [Value; 0]);
}

#[tokio::test]
async fn whatever_is_typed_there_is_an_answer() {
    let world = World::two_towns().await;
    world.sites(ROWS).await;
    let anybody = world.anybody().await;
    for typed in [
        "",
        " ",
        "🍜🍜🍜",
        "' OR 1=1; DROP TABLE sites; --",
        "<script>alert(1)</script>",
        "\u{0}\u{7f}\u{202e}",
        "%%%___***",
        &"小".repeat(5_000),
        &"👩‍👧".repeat(1_000),
        &"shi".repeat(3_334),
    ] {
        let answer = anybody.gets(&format!("/api/search?q={}", encoded(typed))).await;
        assert_eq!(answer.status.as_u16(), 200, "{}", typed.chars().take(30).collect::<String>());
        assert!(answer.json()["q"].as_str().expect("what was looked for").chars().count() <= 120);
    }
    assert_eq!(hits(&anybody, "小学", "").await.len(), 3, "still there: the kind and both schools");
}
