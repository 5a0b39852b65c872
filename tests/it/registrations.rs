//! `/api/registrations`: from a unit's draft to the public map, and back.

use crate::registering::{Office, Who, amendment, of, school};
use crate::world::World;
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use sqlx::Connection;

#[tokio::test]
async fn a_site_lives_from_draft_to_published_to_amended_to_closed_and_comes_back() {
    let office = Office::empty().await;
    // a draft needs hardly anything
    let draft = office.registers(Who::Member, &json!({ "change": "create", "kind": "school" })).await;
    assert_eq!((draft["state"].as_str(), draft["unit"]["name"].as_str()), (Some("draft"), Some("县图书馆")));
    assert!(draft["lon"].is_null() && draft["name"] == "");
    // and can't be submitted like that
    let early = office.does(Who::Member, "submit", &draft, &json!({})).await;
    assert_eq!(early.status, 400);
    let missing: Vec<_> =
        early.json()["errors"].as_array().expect("errors").iter().map(|e| e["field"].clone()).collect();
    assert_eq!(missing, ["name", "lon", "lat"]);

    let mut body = school("甲校", 116.05);
    body["submit"] = json!(false);
    let (id, version) = of(&draft);
    let address = format!("/api/registrations/{id}");
    let filled = office.sends(Who::Colleague, "PUT", &address, Some(version), &body).await;
    assert_eq!((filled.status.as_u16(), filled.header("etag")), (200, "\"2\""), "{}", filled.text);
    assert_eq!(filled.json()["attributes"], json!({ "stage": "primary", "capacity": 600 }));
    let submitted = office.does(Who::Member, "submit", &filled.json(), &json!({})).await.json();
    assert_eq!(submitted["state"], "submitted");

    let returned = office.does(Who::Reviewer, "return", &submitted, &json!({ "reason": "位置不对" })).await.json();
    assert_eq!((returned["state"].as_str(), returned["reason"].as_str()), (Some("returned"), Some("位置不对")));
    let mut body = school("甲校", 116.06);
    body["note"] = json!("已更正");
    let (_, version) = of(&returned);
    let again = office.sends(Who::Member, "PUT", &address, Some(version), &body).await.json();
    assert_eq!(again["state"], "submitted");

    // nothing is public before a reviewer says so
    let before = office.anybody.gets("/api/sites").await;
    assert_eq!(before.names(), Vec::<String>::new());
    let published = office.does(Who::Reviewer, "publish", &again, &json!({})).await.json();
    assert_eq!((published["state"].as_str(), published["site"].as_i64()), (Some("published"), Some(1)));
    // and the very next read shows it
    let after = office.anybody.gets("/api/sites").await;
    assert_eq!(after.names(), ["甲校"]);
    assert_ne!(before.header("etag"), after.header("etag"));

    // an amendment waits while the old version stays public
    let amended = office.registers(Who::Member, &amendment(&published["site"], "甲中心校", 116.06)).await;
    assert_eq!(
        (amended["base"].as_i64(), office.anybody.gets("/api/sites").await.names()),
        (Some(1), vec!["甲校".into()])
    );
    let opened = office.reads(Who::Reviewer, &format!("/api/registrations/{}", of(&amended).0)).await;
    assert_eq!((&opened["current"]["name"], &opened["current"]["unit_id"]), (&json!("甲校"), &json!("u001")));
    assert_eq!(office.does(Who::Reviewer, "publish", &amended, &json!({ "note": "改名" })).await.status, 200);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲中心校"]);

    let close = json!({ "change": "close", "site": 1, "submit": true, "note": "已停办" });
    let closing = office.registers(Who::Member, &close).await;
    assert_eq!((&closing["name"], &closing["kind"]), (&json!("甲中心校"), &json!("school")));
    assert_eq!(office.does(Who::Reviewer, "publish", &closing, &json!({})).await.status, 200);
    assert_eq!(office.anybody.gets("/api/sites/1").await.status, 404);
    assert!(office.anybody.gets("/api/sites").await.names().is_empty());

    let history = office.reads(Who::Member, "/api/sites/1/history").await;
    let steps = history["revisions"].as_array().expect("revisions");
    let told: Vec<_> =
        steps.iter().map(|s| (s["action"].as_str().expect("a word"), s["who"].as_str().expect("who"))).collect();
    assert_eq!(told, [("created", "sun"), ("amended", "sun"), ("amended", "sun")]);
    assert_eq!((&steps[1]["before"]["name"], &steps[1]["after"]["name"]), (&json!("甲校"), &json!("甲中心校")));
    assert!(steps[2]["after"]["closed"].is_string() && steps[1]["why"] == "改名");

    // a member's wish waits, a reviewer's is done at once
    let wish = json!({ "revision": steps[0]["revision"], "version": 3, "why": "误关" });
    let late = json!({ "revision": steps[0]["revision"], "version": 2, "why": "误关" });
    let moved = office.sends(Who::Reviewer, "POST", "/api/sites/1/restore", None, &late).await;
    assert_eq!((moved.status.as_u16(), &moved.json()["theirs"]["version"]), (409, &json!(3)), "{}", moved.text);
    let waiting = office.sends(Who::Member, "POST", "/api/sites/1/restore", None, &wish).await;
    assert_eq!((waiting.status.as_u16(), &waiting.json()["state"]), (201, &json!("submitted")));
    assert_eq!(office.anybody.gets("/api/sites/1").await.status, 404);
    let done = office.sends(Who::Reviewer, "POST", "/api/sites/1/restore", None, &wish).await;
    assert_eq!((done.status.as_u16(), &done.json()["state"]), (201, &json!("published")), "{}", done.text);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲校"]);

    let steps = office.reads(Who::Member, &address).await["history"].clone();
    let actions: Vec<_> = steps.as_array().expect("steps").iter().map(|step| step["action"].clone()).collect();
    assert_eq!(actions, ["created", "amended", "submitted", "returned", "submitted", "published"]);
    // the same as a process that starts now
    let fresh = office.world.anybody().await;
    for address in ["/api/sites", "/api/areas", "/api/kinds", "/api/sites/1"] {
        assert_eq!(office.anybody.gets(address).await.text, fresh.gets(address).await.text, "{address}");
    }
}

#[tokio::test]
async fn sending_twice_registers_once_even_at_the_same_time() {
    let office = Office::empty().await;
    let send = |who: Who, key: &'static str| {
        let request = Request::post("/api/registrations").header("content-type", "application/json");
        let request = request.header("idempotency-key", key).body(Body::from(school("甲校", 116.05).to_string()));
        office.asks(who, request.expect("a request"))
    };
    let answers = futures_util::future::join_all((0..8).map(|_| send(Who::Member, "phone-1"))).await;
    let ids: std::collections::BTreeSet<_> = answers.iter().map(|answer| answer.json()["id"].to_string()).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    // the key is a person's own
    assert_eq!(send(Who::Colleague, "phone-1").await.status, 201);
    assert_eq!(send(Who::Member, "phone-2").await.status, 201);
    let long = Box::leak("x".repeat(65).into_boxed_str());
    assert_eq!(send(Who::Member, long).await.status, 400);
    assert_eq!(office.reads(Who::Member, "/api/registrations").await["counts"]["submitted"], 3);
}

#[tokio::test]
async fn another_units_member_sees_and_changes_nothing() {
    let office = Office::empty().await;
    let waiting = office.registers(Who::Member, &school("甲校", 116.05)).await;
    let (id, version) = of(&waiting);
    let address = format!("/api/registrations/{id}");
    assert_eq!(office.gets(Who::Stranger, &address).await.status, 404);
    assert_eq!(office.sends(Who::Stranger, "PUT", &address, Some(version), &school("x", 116.05)).await.status, 404);
    assert_eq!(office.sends(Who::Stranger, "DELETE", &address, Some(version), &json!({})).await.status, 404);
    for what in ["submit", "publish", "return", "merge"] {
        let body = if what == "return" {
            json!({ "reason": "x" })
        } else if what == "merge" {
            json!({ "into": 1, "version": 1 })
        } else {
            json!({})
        };
        let answer = office.does(Who::Stranger, what, &waiting, &body).await;
        assert!([403, 404].contains(&answer.status.as_u16()), "{what}: {}", answer.text);
        if what != "submit" {
            assert_eq!(office.does(Who::Member, what, &waiting, &body).await.status, 403, "a member does not decide");
        }
    }
    assert!(
        office.reads(Who::Stranger, "/api/registrations").await["registrations"].as_array().expect("a list").is_empty()
    );
    assert_eq!(office.gets(Who::Stranger, "/api/registrations?unit=u001").await.status, 403);
    assert_eq!(office.gets(Who::Planner, "/api/registrations").await.status, 403);
    assert_eq!(office.gets(Who::Lost, "/api/registrations").await.status, 403);
    assert_eq!(office.anybody.gets("/api/registrations").await.status, 401);

    let site = office.does(Who::Reviewer, "publish", &waiting, &json!({})).await.json()["site"].clone();
    let other = office.sends(Who::Stranger, "POST", "/api/registrations", None, &amendment(&site, "夺", 116.05)).await;
    assert_eq!(other.status, 403, "{}", other.text);
    assert_eq!(office.gets(Who::Stranger, &format!("/api/sites/{site}/history")).await.status, 403);
    let mut stolen = school("乙校", 116.05);
    stolen["unit"] = json!("u002");
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &stolen).await.status, 403);
}

#[tokio::test]
async fn an_imported_site_belongs_to_the_unit_whose_amendment_is_published() {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat,id\nschool,甲校,116.05,36.05,1\n").await;
    let office = Office::in_world(world).await;
    let stranger = office.registers(Who::Stranger, &amendment(&json!(1), "甲小学", 116.05)).await;
    let member = office.registers(Who::Member, &amendment(&json!(1), "甲学校", 116.05)).await;
    assert_eq!(office.does(Who::Reviewer, "publish", &stranger, &json!({})).await.status, 200);
    assert_eq!(office.does(Who::Reviewer, "publish", &member, &json!({})).await.status, 409);
    let again = office.sends(Who::Member, "POST", "/api/registrations", None, &amendment(&json!(1), "x", 116.05)).await;
    assert_eq!(again.status, 403, "{}", again.text);
    // and the file that it came from does not take that back
    office.world.sites("kind,name,lon,lat,id\nschool,旧名,116.05,36.05,1\nschool,乙校,116.06,36.05,2\n").await;
    office.anybody.catches_up().await;
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲小学", "乙校"]);
}

#[tokio::test]
async fn many_are_decided_about_at_once_and_one_that_fails_holds_nobody_up() {
    let office = Office::empty().await;
    let mut many = Vec::new();
    for (number, name) in ["甲", "乙", "丙"].into_iter().enumerate() {
        many.push(office.registers(Who::Member, &school(name, 116.01 + 0.01 * number as f64)).await);
    }
    let mut ids: Vec<Value> = many.iter().map(|one| json!({ "id": one["id"], "version": one["version"] })).collect();
    ids[1]["version"] = json!(7);
    let body = json!({ "ids": ids, "decision": "publish" });
    let decided = office.sends(Who::Reviewer, "POST", "/api/registrations/decide", None, &body).await;
    let results = decided.json()["results"].clone();
    assert_eq!((&results[0]["ok"], &results[1]["ok"], &results[2]["ok"]), (&json!(true), &json!(false), &json!(true)));
    assert_eq!(results[1]["problem"]["status"], 409);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲", "丙"]);
    ids[1]["version"] = json!(1);
    let empty = json!({ "ids": [ids[1]], "decision": "return" });
    let refused = office.sends(Who::Reviewer, "POST", "/api/registrations/decide", None, &empty).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (400, &json!("reason")));
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations/decide", None, &body).await.status, 403);
    let none = json!({ "ids": [], "decision": "publish" });
    assert_eq!(office.sends(Who::Reviewer, "POST", "/api/registrations/decide", None, &none).await.status, 400);
}

#[tokio::test]
async fn a_site_that_closes_on_a_day_to_come_stays_until_then() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let tomorrow = (yimi::clock::today() + chrono::Days::new(1)).to_string();
    let close = json!({ "change": "close", "site": site, "closed_on": tomorrow, "submit": true });
    let closing = office.registers(Who::Member, &close).await;
    assert_eq!(office.does(Who::Reviewer, "publish", &closing, &json!({})).await.status, 200);
    assert_eq!(office.anybody.gets("/api/sites").await.names(), ["甲校"]);
    assert_eq!(office.world.anybody().await.gets("/api/sites").await.names(), ["甲校"]);
    // the day comes: another process has written that it is today
    let mark = office.anybody.gets("/api/sites").await.header("etag").to_owned();
    office.anybody.lives_on(yimi::clock::today() + chrono::Days::new(1));
    assert!(office.anybody.gets("/api/sites").await.names().is_empty());
    assert_ne!(office.anybody.gets("/api/sites").await.header("etag"), mark);
    assert_eq!(office.anybody.reads("/api/areas").await["features"][0]["properties"]["counts"]["school"], 0);
    let wrong = json!({ "change": "close", "site": site, "closed_on": "31/12/2026" });
    let refused = office.sends(Who::Member, "POST", "/api/registrations", None, &wrong).await;
    assert_eq!((refused.status.as_u16(), &refused.json()["errors"][0]["field"]), (400, &json!("closed_on")));
}

#[tokio::test]
async fn wrong_fields_are_named_as_the_form_has_them_and_the_datum_is_undone() {
    let office = Office::empty().await;
    let wrong = json!({
        "change": "create", "kind": "school", "name": "甲\u{7}校", "lon": 200, "lat": 36.05, "closed_on": "morgen",
        "attributes": { "capacity": "many", "stage": "幼儿园", "colour": "red", "age_min": 9, "age_max": 3, "phone": ["1"] },
    });
    for address in ["/api/registrations", "/api/registrations/check"] {
        let answer = office.sends(Who::Member, "POST", address, None, &wrong).await.json();
        let mut fields: Vec<_> = answer["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .map(|e| e["field"].as_str().expect("a field"))
            .collect();
        fields.sort_unstable();
        let ages = ["attributes.age_max", "attributes.age_min"];
        let wanted = [
            "attributes.capacity",
            "attributes.colour",
            "attributes.phone",
            "attributes.stage",
            "closed_on",
            "lon",
            "name",
        ];
        assert_eq!(fields, [&ages[..], &wanted[..]].concat(), "{address}");
    }
    let mut amap = school("甲校", 116.05);
    amap["crs"] = json!("gcj02");
    let moved = office.registers(Who::Member, &amap).await["lon"].as_f64().expect("a longitude");
    assert!((116.04..116.049).contains(&moved), "{moved}");
    for unknown in [
        json!({ "change": "create", "kind": "castle" }),
        json!({ "change": "create" }),
        json!({ "change": "amend", "kind": "school" }),
    ] {
        assert_eq!(
            office.sends(Who::Member, "POST", "/api/registrations", None, &unknown).await.status,
            400,
            "{unknown}"
        );
    }
    let gone = amendment(&json!(77), "x", 116.05);
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &gone).await.status, 404);
    let mut large = school("甲校", 116.05);
    large["note"] = json!("x".repeat(10 << 20));
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &large).await.status, 413);
}

#[tokio::test]
async fn a_check_warns_of_places_outside_the_county_and_far_from_before() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let check =
        async |body: Value| office.sends(Who::Member, "POST", "/api/registrations/check", None, &body).await.json();
    let fine = check(amendment(&site, "甲校", 116.0501)).await;
    assert_eq!((&fine["errors"], &fine["warnings"], &fine["area"]), (&json!([]), &json!([]), &json!("371524101")));
    let far = check(amendment(&site, "甲校", 116.15)).await;
    assert_eq!((&far["warnings"][0]["what"], &far["area"]), (&json!("far_from_before"), &json!("371524102")));
    assert!((8900.0..9100.0).contains(&far["warnings"][0]["distance_m"].as_f64().expect("metres")));
    let outside = check(school("甲校", 117.5)).await;
    assert_eq!((&outside["warnings"][0]["what"], &outside["area"]), (&json!("outside_county"), &Value::Null));
    // what is missing so far hinders no warning
    let typing = check(json!({ "change": "create", "kind": "school", "lon": 117.5, "lat": 36.05 })).await;
    assert_eq!(
        (&typing["errors"][0]["field"], &typing["warnings"][0]["what"]),
        (&json!("name"), &json!("outside_county"))
    );
}

#[tokio::test]
async fn what_is_likely_there_already_is_told_and_a_place_in_water_is_questioned() {
    let world = World::demonstration().await;
    let lake = [[116.30, 36.30], [116.32, 36.30], [116.32, 36.32], [116.30, 36.32]];
    let nodes: String =
        (1..).zip(lake).map(|(id, [lon, lat])| format!("<node id='{id}' lon='{lon}' lat='{lat}'/>")).collect();
    let refs = "<nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='4'/><nd ref='1'/>";
    let road = "<way id='2'><nd ref='1'/><nd ref='2'/><tag k='highway' v='residential'/></way>";
    world.network(&format!("<osm>{nodes}<way id='1'>{refs}<tag k='natural' v='water'/></way>{road}</osm>")).await;
    let office = Office::in_world(world).await;
    let known = office.published("东阿县第三实验学校", 116.2).await;
    let check = async |who: Who, body: &Value| {
        office.sends(who, "POST", "/api/registrations/check", None, body).await.json()["warnings"].clone()
    };
    let again = check(Who::Stranger, &school("东阿第三实验学校", 116.2005)).await;
    let told = again.as_array().expect("a list").iter().find(|w| w["what"] == "duplicate").expect("a duplicate");
    assert_eq!((&told["site"], &told["name"]), (&known["site"], &json!("东阿县第三实验学校")));
    let other = check(Who::Stranger, &school("东阿第四实验学校", 116.2005)).await;
    assert!(other.as_array().expect("a list").iter().all(|w| w["what"] != "duplicate"), "{other}");
    // it is no duplicate of itself
    let own = check(Who::Member, &amendment(&known["site"], "东阿第三实验学校", 116.2)).await;
    assert!(own.as_array().expect("a list").iter().all(|w| w["what"] != "duplicate"), "{own}");

    // of what waits, a reviewer hears all and a member their own unit's
    let waiting = office.registers(Who::Member, &school("阳光学校", 116.25)).await;
    for (who, count) in [(Who::Colleague, 1), (Who::Reviewer, 1), (Who::Stranger, 0)] {
        let found = check(who, &school("阳光学校", 116.2501)).await;
        let found = found.as_array().expect("a list").iter().filter(|w| w["registration"] == waiting["id"]).count();
        assert_eq!(found, count);
    }
    let mut wet = school("水上学校", 116.31);
    wet["lat"] = json!(36.31);
    let wet = check(Who::Member, &wet).await;
    assert!(wet.as_array().expect("a list").iter().any(|w| w["what"] == "in_water"), "{wet}");
}

#[tokio::test]
async fn names_that_are_code_are_kept_and_told_as_text() {
    let office = Office::empty().await;
    let hostile = "<script>alert(1)</script>'; drop table site; --=cmd()";
    let site = office.published(hostile, 116.05).await["site"].clone();
    let told = office.anybody.gets(&format!("/api/sites/{site}")).await;
    assert_eq!(told.json()["properties"]["name"], hostile);
    assert_eq!(told.header("x-content-type-options"), "nosniff");
    let found = office.reads(Who::Member, "/api/registrations?q=%27%3B%20drop").await;
    assert_eq!(found["registrations"][0]["name"], hostile);
    assert_eq!(
        office.reads(Who::Member, "/api/registrations?q=%25").await["registrations"].as_array().map(Vec::len),
        Some(0)
    );
}

#[tokio::test]
async fn a_home_is_counted_but_never_told_and_every_look_is_written_down() {
    let office = Office::empty().await;
    let home = json!({ "change": "create", "kind": "hope_cabin", "name": "秘密小屋", "lon": 116.05, "lat": 36.05, "submit": true });
    let waiting = office.registers(Who::Member, &home).await;
    let published = office.does(Who::Reviewer, "publish", &waiting, &json!({})).await.json();
    // whoever decides without opening it hears no more than the list tells
    assert_eq!(
        (&published["site"], &published["is_kept_back"], &published["name"]),
        (&json!(-1), &json!(true), &json!(""))
    );
    let id = of(&waiting).0;
    for address in [
        "/api/sites",
        "/api/areas",
        "/api/kinds",
        "/api/sites/-1",
        "/api/nearby?lon=116.05&lat=36.05",
        "/api/sites?q=mimi",
    ] {
        let told = office.anybody.gets(address).await.text;
        assert!(!told.contains("秘密") && !told.contains(id), "{address}: {told}");
    }
    // not even the list of those who may see it tells where it is
    let list = office.gets(Who::Reviewer, "/api/registrations").await;
    assert!(!list.text.contains("秘密") && !list.text.contains("116.05"), "{}", list.text);
    assert_eq!(list.json()["registrations"][0]["is_kept_back"], true);
    assert!(
        office.reads(Who::Reviewer, "/api/registrations?q=秘").await["registrations"]
            .as_array()
            .expect("a list")
            .is_empty()
    );
    assert_eq!(office.reads(Who::Reviewer, &format!("/api/registrations/{id}")).await["name"], "秘密小屋");
    assert_eq!(office.gets(Who::Stranger, &format!("/api/registrations/{id}")).await.status, 404);
    assert_eq!(office.gets(Who::Reviewer, "/api/sites/-1/history").await.status, 404);
    let mut database = sqlx::SqliteConnection::connect(&office.world.database()).await.expect("opens");
    let looks: Vec<(String, String)> =
        sqlx::query_as("select who, after ->> 'registration' from revision where noun = 'look'")
            .fetch_all(&mut database)
            .await
            .expect("lines");
    assert_eq!(looks, [("sun".to_owned(), id.to_owned())]);
    // and nobody comes by it by having it closed
    let close = json!({ "change": "close", "site": -1 });
    let closing = office.sends(Who::Reviewer, "POST", "/api/registrations", None, &close).await;
    assert!(closing.status == 201 && !closing.text.contains("秘密") && !closing.text.contains("116.05"));
    let closing = closing.json();
    let (closing_id, closing_version) = of(&closing);
    let address = format!("/api/registrations/{closing_id}");
    let again = office.sends(Who::Reviewer, "PUT", &address, Some(closing_version), &close).await;
    assert!(again.status == 200 && !again.text.contains("秘密") && !again.text.contains("116.05"));
    // it does not become a point
    let point =
        json!({ "change": "amend", "base": 1, "site": -1, "kind": "school", "name": "x", "lon": 116.05, "lat": 36.05 });
    assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &point).await.status, 400);
    assert_eq!(office.sends(Who::Stranger, "POST", "/api/registrations", None, &point).await.status, 404);
}

#[tokio::test]
async fn lists_are_filtered_paged_and_counted_and_the_desk_tells_who_waits() {
    let office = Office::empty().await;
    for number in 0..5 {
        let mut body = school(&format!("第{number}校"), 116.08 + 0.01 * f64::from(number));
        body["submit"] = json!(number > 0);
        office.registers(if number == 4 { Who::Stranger } else { Who::Member }, &body).await;
        // times are kept to the millisecond; what comes within one stands by its random id
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let all = office.reads(Who::Reviewer, "/api/registrations?state=submitted&limit=3").await;
    assert_eq!(all["counts"], json!({ "draft": 1, "submitted": 4, "returned": 0, "published": 0, "overdue": 0 }));
    let names = |page: &Value| -> Vec<String> {
        page["registrations"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|r| r["name"].as_str().expect("a name").to_owned())
            .collect()
    };
    let next = all["next"].as_str().expect("a cursor");
    let rest = office.reads(Who::Reviewer, &format!("/api/registrations?state=submitted&limit=3&cursor={next}")).await;
    assert_eq!(
        (names(&all), names(&rest), rest["next"].is_null()),
        (vec!["第1校".into(), "第2校".into(), "第3校".into()], vec!["第4校".into()], true)
    );
    assert_eq!(names(&office.reads(Who::Reviewer, "/api/registrations?sort=newest&limit=1").await), ["第4校"]);
    assert_eq!(names(&office.reads(Who::Reviewer, "/api/registrations?area=371524102&q=第3").await), ["第3校"]);
    assert_eq!(
        names(&office.reads(Who::Reviewer, "/api/registrations?unit=u002&change=create&kind=school").await),
        ["第4校"]
    );
    for wrong in
        ["state=withdrawn", "state=x", "sort=x", "change=x", "cursor=x", "kind=castle", "colour=red", "limit=0"]
    {
        assert_eq!(office.gets(Who::Reviewer, &format!("/api/registrations?{wrong}")).await.status, 400, "{wrong}");
    }
    let mut database = sqlx::SqliteConnection::connect(&office.world.database()).await.expect("opens");
    sqlx::query("update registration set since = '2020-01-01T00:00:00.000Z' where name = '第4校'")
        .execute(&mut database)
        .await
        .expect("old");
    let desk = office.reads(Who::Reviewer, "/api/desk").await;
    let library = json!({ "unit": "u001", "name": "县图书馆", "drafts": 1, "submitted": 3, "returned": 0, "published": 0, "overdue": 0 });
    let schools = json!({ "unit": "u002", "name": "县教体局", "drafts": 0, "submitted": 1, "returned": 0, "published": 0, "overdue": 1 });
    assert_eq!(desk, json!({ "units": [library, schools], "reports": { "open": 0 } }));
    assert_eq!(office.reads(Who::Member, "/api/desk").await["units"], json!([library]));
}

#[tokio::test]
async fn a_handed_over_place_is_a_draft_of_its_unit_once() {
    let world = World::two_towns().await;
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    let scenario = "insert into scenario values ('s', 1, 'school', 'x', '', '{}', null, '{}', '', 0, '', 0, 0, 0, '', $1, '', '', 0)";
    sqlx::query(scenario).bind("0".repeat(64)).execute(&mut database).await.expect("a scenario");
    for (id, unit) in [("a", "县图书馆"), ("b", "县教体局"), ("c", "没有账号的单位")] {
        let task = "insert into task values ($1, 's', 1, 0, 'school', 116.05, 36.05, '拟建', $2, '请登记', 'draft', '2026-01-01')";
        sqlx::query(task).bind(id).bind(unit).execute(&mut database).await.expect("a task");
    }
    let office = Office::in_world(world).await;
    let pages = futures_util::future::join_all((0..3).map(|_| office.reads(Who::Member, "/api/registrations"))).await;
    let ids: std::collections::BTreeSet<_> =
        pages.iter().map(|page| page["registrations"][0]["id"].to_string()).collect();
    assert_eq!(ids.len(), 1);
    let draft = &pages[0]["registrations"][0];
    assert_eq!((&draft["state"], &draft["name"], &draft["note"]), (&json!("draft"), &json!("拟建"), &json!("请登记")));
    assert_eq!(office.reads(Who::Reviewer, "/api/registrations").await["counts"]["draft"], 2);
    assert_eq!(office.does(Who::Member, "submit", draft, &json!({})).await.status, 200);
}

#[tokio::test]
async fn what_is_withdrawn_is_gone_from_lists_and_stays_in_the_log() {
    let office = Office::empty().await;
    let draft = office.registers(Who::Member, &school("甲校", 116.05)).await;
    let (id, version) = of(&draft);
    let address = format!("/api/registrations/{id}");
    assert_eq!(office.sends(Who::Member, "DELETE", &address, Some(version), &json!({})).await.status, 204);
    assert!(
        office.reads(Who::Member, "/api/registrations").await["registrations"].as_array().expect("a list").is_empty()
    );
    let opened = office.reads(Who::Member, &address).await;
    assert_eq!((&opened["state"], opened["history"].as_array().map(Vec::len)), (&json!("withdrawn"), Some(2)));
    let after = office.sends(Who::Member, "PUT", &address, Some(2), &school("甲校", 116.05)).await;
    assert_eq!((after.status.as_u16(), &after.json()["theirs"]["state"]), (409, &json!("withdrawn")));
}
