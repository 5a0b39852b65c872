//! Likely duplicates, as whoever registers a site is warned of them.

use crate::world::{Anybody, World};
use serde_json::{Value, json};

const SITES: &str = "kind,name,lon,lat,address
reading_space,东阿县图书馆,116.05,36.05,文化街12号
school,实验小学,116.05,36.05,
hope_cabin,希望小屋-甲,116.05,36.05,
";

async fn warned(who: &Anybody, body: Value) -> Vec<(i64, String)> {
    let answer = who.sends("POST", "/api/registrations/check", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let warnings = answer.json()["warnings"].clone();
    let duplicates = warnings.as_array().expect("warnings").iter().filter(|warning| warning["what"] == "duplicate");
    duplicates
        .map(|one| (one["site"].as_i64().expect("a site"), one["name"].as_str().expect("a name").to_owned()))
        .collect()
}

#[tokio::test]
async fn whoever_types_the_name_of_a_site_that_is_near_is_offered_that_one() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let member = world.as_member().await;
    let body = |kind: &str, name: &str, lon: f64| json!({"change": "create", "kind": kind, "name": name, "lon": lon, "lat": 36.05});
    let library = vec![(1, "东阿县图书馆".to_owned())];
    assert_eq!(warned(&member, body("reading_space", "东阿图书馆", 116.051)).await, library);
    assert_eq!(warned(&member, body("reading_space", "dong e xian tu shu guan", 116.051)).await, library, "in pinyin");
    assert_eq!(warned(&member, body("reading_space", "东阿图书馆", 116.06)).await, [], "900 m away");
    let mut same_address = body("reading_space", "东阿图书馆", 116.06);
    same_address["attributes"] = json!({"address": "文化街 12 号"});
    assert_eq!(warned(&member, same_address).await, library, "900 m away, of the same address");
    assert_eq!(warned(&member, body("school", "第二实验小学", 116.05)).await, [], "two schools");
    assert_eq!(warned(&member, body("school", "东阿县实验小学", 116.05)).await, [(2, "实验小学".to_owned())]);
    assert_eq!(warned(&member, body("hope_cabin", "希望小屋-甲", 116.05)).await, [], "homes are compared with nothing");
    assert_eq!(warned(&member, json!({"change": "create", "kind": "school", "lon": 116.05, "lat": 36.05})).await, []);
    let mut itself = body("school", "实验小学", 116.05);
    (itself["change"], itself["site"]) = (json!("amend"), json!(2));
    assert_eq!(warned(&member, itself).await, [], "a site is no duplicate of itself");
}
