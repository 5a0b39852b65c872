//! Several people at one site: who comes second is told both versions, and nothing is overwritten.

use crate::registering::{Office, Who, amendment, of, school};
use serde_json::{Value, json};

#[tokio::test]
async fn whoever_comes_second_is_told_both_versions_and_nothing_is_overwritten() {
    let office = Office::empty().await;
    let draft = office.registers(Who::Member, &school("甲校", 116.05)).await;
    let (id, version) = of(&draft);
    let address = format!("/api/registrations/{id}");
    let first = office.sends(Who::Member, "PUT", &address, Some(version), &school("甲小学", 116.05)).await;
    assert_eq!(first.status, 200);
    let second = office.sends(Who::Colleague, "PUT", &address, Some(version), &school("甲学校", 116.05)).await;
    assert_eq!(second.status, 409, "{}", second.text);
    let told = second.json();
    assert_eq!((&told["yours"]["name"], &told["theirs"]["name"]), (&json!("甲学校"), &json!("甲小学")));
    assert_eq!(told["theirs"]["version"], 2);
    assert_eq!(office.reads(Who::Member, &address).await["name"], "甲小学");
    // a reviewer does not publish what they have not seen
    assert_eq!(office.does(Who::Reviewer, "publish", &draft, &json!({})).await.status, 409);
    assert_eq!(office.sends(Who::Member, "PUT", &address, None, &school("x", 116.05)).await.status, 428);
    assert_eq!(office.sends(Who::Member, "DELETE", &address, Some(1), &json!({})).await.status, 409);
}

#[tokio::test]
async fn an_amendment_of_a_site_that_has_changed_meanwhile_is_not_published() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let one = office.registers(Who::Member, &amendment(&site, "甲小学", 116.05)).await;
    let other = office.registers(Who::Colleague, &amendment(&site, "甲学校", 116.05)).await;
    assert_eq!(office.does(Who::Reviewer, "publish", &one, &json!({})).await.status, 200);
    let refused = office.does(Who::Reviewer, "publish", &other, &json!({})).await;
    let told = refused.json();
    assert_eq!(
        (refused.status.as_u16(), &told["yours"]["name"], &told["theirs"]["name"]),
        (409, &json!("甲学校"), &json!("甲小学"))
    );
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲小学"]);
    // made anew on the version that is there, it is
    let mut body = amendment(&site, "甲学校", 116.05);
    body["base"] = told["theirs"]["version"].clone();
    let (id, version) = of(&other);
    let anew =
        office.sends(Who::Colleague, "PUT", &format!("/api/registrations/{id}"), Some(version), &body).await.json();
    assert_eq!(office.does(Who::Reviewer, "publish", &anew, &json!({})).await.status, 200);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲学校"]);
}

#[tokio::test]
async fn an_amendment_says_which_version_of_the_site_was_seen() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let seen = office.anybody.reads(&format!("/api/sites/{site}")).await["properties"]["version"].clone();
    assert_eq!(seen, json!(1));
    let sends = async |base: Value| {
        let mut body = amendment(&site, "甲学校", 116.05);
        body["base"] = base;
        office.sends(Who::Member, "POST", "/api/registrations", None, &body).await
    };
    for (wrong, found) in [(Value::Null, ""), (json!(2), "2"), (json!(0), "0")] {
        let refused = sends(wrong.clone()).await;
        let error = refused.json()["errors"][0].clone();
        assert_eq!((refused.status.as_u16(), &error["field"]), (400, &json!("base")), "{wrong}: {}", refused.text);
        assert_eq!(error["found"], found, "{wrong}");
    }
    // a form that stood open while another change was published
    let other = office.registers(Who::Colleague, &amendment(&site, "甲小学", 116.05)).await;
    assert_eq!(office.does(Who::Reviewer, "publish", &other, &json!({})).await.status, 200);
    let late = sends(seen).await.json();
    assert_eq!(office.does(Who::Reviewer, "publish", &late, &json!({})).await.status, 409);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲小学"]);
}

#[tokio::test]
async fn a_reviewer_hands_a_site_on_to_another_unit() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let mut body = amendment(&site, "甲校", 116.05);
    body["unit"] = json!("u002");
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &body).await.status, 403);
    let handed = office.registers(Who::Reviewer, &body).await;
    assert_eq!(office.does(Who::Reviewer, "publish", &handed, &json!({})).await.status, 200);
    let told = office.anybody.reads(&format!("/api/sites/{site}")).await["properties"].clone();
    assert_eq!((&told["unit_id"], &told["version"]), (&json!("u002"), &json!(2)));
    body = amendment(&site, "甲中学", 116.05);
    body["base"] = json!(2);
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &body).await.status, 403);
    assert_eq!(office.sends(Who::Stranger, "POST", "/api/registrations", None, &body).await.status, 201);
}

#[tokio::test]
async fn a_duplicate_is_merged_into_the_site_that_stays() {
    let office = Office::empty().await;
    let kept = office.published("东阿县图书馆", 116.05).await["site"].clone();
    let mut double = school("东阿图书馆", 116.0501);
    double["attributes"] = json!({ "address": "文化街 1 号", "capacity": 80 });
    let double = office.registers(Who::Colleague, &double).await;
    let merged = office.does(Who::Reviewer, "merge", &double, &json!({ "into": kept, "version": 1 })).await;
    assert_eq!((merged.status.as_u16(), &merged.json()["site"]), (200, &kept), "{}", merged.text);
    let site = office.anybody.reads(&format!("/api/sites/{kept}")).await["properties"].clone();
    assert_eq!(
        (&site["name"], &site["address"], &site["capacity"], &site["stage"]),
        (&json!("东阿县图书馆"), &json!("文化街 1 号"), &json!(600), &json!("primary")),
        "what both say stays"
    );

    // two that are public become one
    let other = office.published("图书馆", 116.06).await["site"].clone();
    let about = office.registers(Who::Member, &amendment(&other, "图书馆", 116.06)).await;
    assert_eq!(office.does(Who::Reviewer, "merge", &about, &json!({ "into": other, "version": 1 })).await.status, 400);
    assert_eq!(office.does(Who::Reviewer, "merge", &about, &json!({ "into": 99, "version": 1 })).await.status, 404);
    let late = office.does(Who::Reviewer, "merge", &about, &json!({ "into": kept, "version": 1 })).await;
    assert_eq!((late.status.as_u16(), &late.json()["theirs"]["version"]), (409, &json!(2)), "{}", late.text);
    assert_eq!(office.does(Who::Reviewer, "merge", &about, &json!({ "into": kept, "version": 2 })).await.status, 200);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["东阿县图书馆"]);
}
