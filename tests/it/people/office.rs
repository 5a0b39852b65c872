//! The administrator's work: people, their links, units and their tokens.

use super::{PASSWORD, account, cookie, sends_with, somebody, tries};
use crate::scenarios::does;
use crate::world::{Anybody, World};
use serde_json::{Value, json};
use yimi::auth::Role;

async fn puts(anybody: &Anybody, address: &str, version: i64, body: &Value) -> crate::world::Answer {
    sends_with(anybody, "PUT", address, &[("if-match", &format!("\"{version}\""))], body).await
}

/// The token of a link.
fn token(link: &Value) -> String {
    let link = link.as_str().expect("a link");
    link.strip_prefix("/register.html#/link/").expect("a link to the page").to_owned()
}

/// Uses a one-time link.
const LINKS: &str = "/api/links";
/// Tells what one is for.
const LOOK: &str = "/api/links/look";

#[tokio::test]
async fn somebody_new_sets_a_password_by_a_link_that_works_once() {
    let world = World::empty().await;
    world.unit("u001").await;
    let administrator = world.as_administrator().await;
    let new =
        json!({ "account": "Wang.Fang", "name": " 王芳 ", "unit": "u001", "roles": ["planner", "member", "member"] });
    let made = administrator.sends("POST", "/api/people", &new).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let made = made.json();
    let person = &made["person"];
    assert_eq!(
        (&person["account"], &person["name"], &person["version"]),
        (&json!("wang.fang"), &json!("王芳"), &json!(1))
    );
    assert_eq!((&person["roles"], &person["has_password"]), (&json!(["member", "planner"]), &json!(false)));
    assert_eq!(made["purpose"], "invitation");
    let token = token(&made["link"]);
    let with = |password: &str| json!({ "token": token, "password": password });
    let anybody = administrator.with_cookie(None);
    assert_eq!(tries(&anybody, "wang.fang", "").await.status, 401, "without a password nobody comes in");
    let look = json!({ "token": token });
    let link = anybody.sends("POST", LOOK, &look).await.json();
    assert_eq!(
        (&link["purpose"], &link["account"], &link["name"]),
        (&json!("invitation"), &json!("wang.fang"), &json!("王芳"))
    );
    let weak = anybody.sends("POST", LINKS, &with("wang.fang123")).await;
    assert_eq!((weak.status.as_u16(), &weak.json()["errors"][0]["field"]), (400, &json!("password")), "{}", weak.text);
    let set = anybody.sends("POST", LINKS, &with(PASSWORD)).await;
    assert_eq!(set.status, 200, "{}", set.text);
    assert_eq!(account(&anybody.with_cookie(Some(cookie(&set)))).await, "wang.fang");
    // used once
    assert_eq!(anybody.sends("POST", LINKS, &with("别人想改成另一个密码")).await.status, 404);
    assert_eq!(anybody.sends("POST", LOOK, &look).await.status, 404);
    assert_eq!(tries(&anybody, "wang.fang", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_link_ends_with_its_time_with_the_next_one_and_with_whoever_it_is_for() {
    let world = World::empty().await;
    let id = somebody(&world, "wang", &[Role::Member]).await;
    let administrator = world.as_administrator().await;
    let elsewhere = administrator.with_cookie(None);
    let link = async || {
        let made = administrator.sends("POST", &format!("/api/people/{id}/link"), &json!(null)).await;
        assert_eq!(made.status, 201, "{}", made.text);
        assert_eq!(made.json()["purpose"], "reset");
        json!({ "token": token(&made.json()["link"]) })
    };
    let (first, second) = (link().await, link().await);
    assert_eq!(administrator.sends("POST", LOOK, &first).await.status, 404, "a newer one was made");
    assert_eq!(administrator.sends("POST", LOOK, &second).await.status, 200);
    does(&world, "update link set expires = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 seconds')").await;
    let with_password = |link: &Value| json!({ "token": link["token"], "password": "我家门前有条小河流过" });
    let late = administrator.sends("POST", LINKS, &with_password(&second)).await;
    assert_eq!(late.status, 404, "{}", late.text);
    // the old password works until a link was used, and whoever used one is signed in nowhere else
    let wang = administrator.with_cookie(Some(world.cookie(id).await));
    assert_eq!(tries(&elsewhere, "wang", PASSWORD).await.status, 200);
    let third = link().await;
    assert_eq!(account(&wang).await, "wang");
    let used = administrator.with_cookie(None).sends("POST", LINKS, &with_password(&third)).await;
    assert_eq!(used.status, 200, "{}", used.text);
    assert_eq!((account(&wang).await, tries(&elsewhere, "wang", PASSWORD).await.status.as_u16()), (Value::Null, 401));
    // and of somebody who left none works
    let fourth = link().await;
    let version = world.store.person(id).await.expect("asked").expect("there").version;
    let gone = json!({ "name": "王", "unit": "u001", "roles": ["member"], "active": false });
    assert_eq!(puts(&administrator, &format!("/api/people/{id}"), version, &gone).await.status, 200);
    assert_eq!(administrator.sends("POST", LOOK, &fourth).await.status, 404);
    assert_eq!(administrator.sends("POST", &format!("/api/people/{id}/link"), &json!(null)).await.status, 404);
    for wrong in ["", "x", "../people", &"a".repeat(32)] {
        let wrong = json!({ "token": wrong });
        assert_eq!(administrator.sends("POST", LOOK, &wrong).await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn rights_change_with_the_next_request() {
    let world = World::empty().await;
    let id = world.person("wang", &[Role::Planner], None).await;
    let administrator = world.as_administrator().await;
    let wang = administrator.with_cookie(Some(world.cookie(id).await));
    assert_eq!(wang.sends("POST", "/api/scenarios", &json!({})).await.status, 400);
    let now = json!({ "name": "王", "unit": null, "roles": ["reviewer"], "active": true });
    let address = format!("/api/people/{id}");
    assert_eq!(puts(&administrator, &address, 1, &now).await.header("etag"), "\"2\"");
    assert_eq!(wang.sends("POST", "/api/scenarios", &json!({})).await.status, 403);
    assert_eq!(puts(&administrator, &address, 1, &now).await.status, 412);
    assert_eq!(administrator.sends("PUT", &address, &now).await.status, 428);
    assert_eq!(puts(&administrator, "/api/people/999", 1, &now).await.status, 404);
    let list = administrator.reads("/api/people").await;
    let listed =
        list["people"].as_array().expect("people").iter().find(|p| p["account"] == "wang").expect("wang").clone();
    assert_eq!((&listed["version"], &listed["roles"]), (&json!(2), &json!(["reviewer"])));
    assert!(!list.to_string().contains("hash"));
}

#[tokio::test]
async fn what_makes_no_person_is_refused_with_the_field() {
    let world = World::empty().await;
    world.unit("u001").await;
    let administrator = world.as_administrator().await;
    for (body, field) in [
        (json!({ "account": "a", "name": "王", "roles": ["planner"] }), "account"),
        (json!({ "account": "<script>", "name": "王", "roles": ["planner"] }), "account"),
        (json!({ "account": "administrator", "name": "王", "roles": ["planner"] }), "account"),
        (json!({ "account": "ＡＤＭＩＮＩＳＴＲＡＴＯＲ", "name": "王", "roles": ["planner"] }), "account"),
        (json!({ "account": "wang", "name": "", "roles": ["planner"] }), "name"),
        (json!({ "account": "wang", "name": "a\u{202e}b", "roles": ["planner"] }), "name"),
        (json!({ "account": "wang", "name": "王", "roles": [] }), "roles"),
        (json!({ "account": "wang", "name": "王", "roles": ["king"] }), "roles[0]"),
        (json!({ "account": "wang", "name": "王", "roles": ["member"] }), "unit"),
        (json!({ "account": "wang", "name": "王", "roles": ["member"], "unit": "u999" }), "unit"),
        (json!({ "account": "wang", "name": "王", "roles": ["planner"], "password": "x" }), "password"),
    ] {
        let answer = administrator.sends("POST", "/api/people", &body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (400, &json!(field)), "{body}");
    }
}

#[tokio::test]
async fn the_last_administrator_stays_one() {
    let world = World::empty().await;
    let id = somebody(&world, "wang", &[Role::Administrator]).await;
    let wang = world.anybody().await.with_cookie(Some(world.cookie(id).await));
    let address = format!("/api/people/{id}");
    let no_longer = json!({ "name": "王", "unit": "u001", "roles": ["reviewer"], "active": true });
    let answer = puts(&wang, &address, 1, &no_longer).await;
    assert!(answer.status == 422 && answer.text.contains("last administrator"), "{}", answer.text);
    let gone = json!({ "name": "王", "unit": "u001", "roles": ["administrator"], "active": false });
    assert_eq!(puts(&wang, &address, 1, &gone).await.status, 422);
    // one who never set a password looks after nobody
    world.person("li", &[Role::Administrator], None).await;
    assert_eq!(puts(&wang, &address, 1, &gone).await.status, 422);
    somebody(&world, "zhao", &[Role::Administrator]).await;
    assert_eq!(puts(&wang, &address, 1, &gone).await.status, 200);
}

#[tokio::test]
async fn units_are_added_and_renamed() {
    let world = World::empty().await;
    let administrator = world.as_administrator().await;
    let add = async |body: Value| administrator.sends("POST", "/api/units", &body).await;
    let first = add(json!({ "name": "县妇联" })).await;
    assert_eq!(
        (first.status.as_u16(), first.json()),
        (201, json!({ "id": "u001", "name": "县妇联", "confirmed": true, "demonstration": false, "version": 1 }))
    );
    assert_eq!(add(json!({ "name": "县教体局", "id": "U-77", "confirmed": false })).await.json()["id"], "u-77");
    assert_eq!(add(json!({ "name": "县图书馆" })).await.json()["id"], "u002");
    for (body, field) in [
        (json!({ "name": "县妇联" }), "name"),
        (json!({ "name": "" }), "name"),
        (json!({ "name": "又一个", "id": "u001" }), "id"),
        (json!({ "name": "又一个", "id": "../x" }), "id"),
    ] {
        let answer = add(body).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (400, &json!(field)));
    }
    let renamed = json!({ "name": "县妇女联合会", "confirmed": true });
    assert_eq!(puts(&administrator, "/api/units/u001", 1, &renamed).await.json()["version"], 2);
    assert_eq!(puts(&administrator, "/api/units/u001", 1, &renamed).await.status, 412);
    let taken = json!({ "name": "县图书馆", "confirmed": true });
    assert_eq!(puts(&administrator, "/api/units/u001", 2, &taken).await.status, 400);
    assert_eq!(puts(&administrator, "/api/units/u9", 1, &taken).await.status, 404);
    let list = administrator.with_cookie(None).reads("/api/units").await;
    let names: Vec<&Value> = list["units"].as_array().expect("units").iter().map(|unit| &unit["name"]).collect();
    assert_eq!(names[..3], ["县教体局", "县妇女联合会", "县图书馆"]);
}

#[tokio::test]
async fn a_token_speaks_for_its_unit_until_it_is_revoked() {
    let world = World::empty().await;
    world.unit("u001").await;
    let administrator = world.as_administrator().await;
    let made = administrator.sends("POST", "/api/units/u001/tokens", &json!({ "name": "夜间同步" })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let made = made.json();
    let secret = made["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("yimi_") && secret.len() == 69, "{secret}");
    let script = administrator.with_cookie(None);
    let bearer = format!("Bearer {secret}");
    let asks = async |method: &str, address: &str, bearer: &str| {
        sends_with(&script, method, address, &[("authorization", bearer)], &json!({})).await
    };
    let me = asks("GET", "/api/session", &bearer).await.json();
    assert_eq!((&me["person"]["account"], &me["person"]["unit"]["id"]), (&json!("unit:u001 夜间同步"), &json!("u001")));
    assert_eq!(asks("GET", "/api/registrations", &bearer).await.status, 200);
    assert_eq!(
        asks("POST", "/api/registrations", &bearer).await.status,
        400,
        "let through to what is wrong with the body"
    );
    for (method, address) in [
        ("GET", "/api/people"),
        ("POST", "/api/scenarios"),
        ("POST", "/api/registrations/decide"),
        ("POST", "/api/units/u001/tokens"),
        ("PUT", "/api/password"),
        ("DELETE", "/api/session"),
        ("DELETE", "/api/sessions"),
    ] {
        assert_eq!(asks(method, address, &bearer).await.status, 403, "{method} {address}");
    }
    let reads =
        administrator.sends("POST", "/api/units/u001/tokens", &json!({ "name": "看板", "scope": "read" })).await.json();
    let reader = format!("bearer {}", reads["secret"].as_str().expect("a secret"));
    assert_eq!(asks("GET", "/api/registrations", &reader).await.status, 200);
    assert_eq!(asks("POST", "/api/registrations", &reader).await.status, 403);

    let list = administrator.reads("/api/units/u001/tokens").await;
    assert_eq!(list["tokens"].as_array().map(Vec::len), Some(2));
    assert!(!list.to_string().contains(&secret));
    let address = format!("/api/units/u001/tokens/{}", made["token"]["id"].as_str().expect("an id"));
    assert_eq!(administrator.sends("DELETE", &address, &json!(null)).await.status, 204);
    assert_eq!(asks("GET", "/api/registrations", &bearer).await.status, 401);
    assert_eq!(asks("GET", "/api/kinds", &bearer).await.status, 401, "a script hears that its token is dead");
    assert_eq!(asks("GET", "/api/kinds", "Basic eWltaTp5aW1p").await.status, 200, "what a proxy asks for is not ours");
    assert_eq!(administrator.sends("DELETE", "/api/units/u001/tokens/none", &json!(null)).await.status, 404);
    assert_eq!(administrator.gets("/api/units/u9/tokens").await.status, 404);
    let log =
        crate::scenarios::told(&world, "select action || after from revision where noun = 'token'").await.concat();
    assert!(log.contains("created") && log.contains("revoked") && !log.contains(&secret[5..]), "{log}");
}
