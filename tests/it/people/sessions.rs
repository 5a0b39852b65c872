//! Signing in and out, and what attackers try there.

use super::{PASSWORD, account, cookie, sends_with, somebody, tries};
use crate::scenarios::{does, told};
use crate::world::World;
use serde_json::{Value, json};
use std::net::IpAddr;
use yimi::auth::Role;
use yimi::http::{Gate, PageSettings, Proxies};

#[tokio::test]
async fn whoever_has_the_password_is_signed_in_and_out() {
    let world = World::empty().await;
    somebody(&world, "wang.fang", &[Role::Member, Role::Planner]).await;
    let anybody = world.anybody().await;
    assert_eq!(anybody.reads("/api/session").await, json!({ "person": null }));
    // spelt as people spell
    let answer = tries(&anybody, " Ｗang.Fang ", PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    let person = answer.json()["person"].clone();
    assert_eq!(person["unit"], json!({ "id": "u001", "name": "单位u001" }));
    assert_eq!((&person["account"], &person["roles"]), (&json!("wang.fang"), &json!(["member", "planner"])));
    assert_eq!(person["may"], json!(["own_account", "register", "plan"]));
    let wang = anybody.with_cookie(Some(cookie(&answer)));
    assert_eq!(wang.reads("/api/session").await["person"], person);
    let out = wang.sends("DELETE", "/api/session", &json!(null)).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").starts_with("yimi=; Path=/; Max-Age=0"), "{}", out.header("set-cookie"));
    assert_eq!(account(&wang).await, Value::Null, "the cookie is worth nothing any more");
    assert_eq!(wang.sends("DELETE", "/api/session", &json!(null)).await.status, 401);
}

#[tokio::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let world = World::empty().await;
    somebody(&world, "wang", &[Role::Member]).await;
    let plain = tries(&world.anybody().await, "wang", PASSWORD).await;
    let plain = plain.header("set-cookie");
    assert!(
        plain.starts_with("yimi=") && plain.ends_with("; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax"),
        "{plain}"
    );
    let anybody = world.anybody_through(PageSettings::default(), Gate::new(true, Proxies::default())).await;
    let strict = tries(&anybody, "wang", PASSWORD).await;
    let told = strict.header("set-cookie");
    assert!(told.starts_with("__Host-yimi=") && told.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{told}");
    assert!(!told.to_lowercase().contains("domain"));
    assert_eq!(account(&anybody.with_cookie(Some(cookie(&strict)))).await, "wang");
    // what stands in the database is of no use to whoever reads it
    let token = cookie(&strict).trim_start_matches("__Host-yimi=").to_owned();
    let kept = crate::scenarios::told(&world, "select token_sha256 from session").await;
    assert!(kept.len() == 2 && kept.iter().all(|hash| *hash != token), "{kept:?}");
}

#[tokio::test]
async fn a_token_that_was_there_before_signing_in_is_none_after_it() {
    let world = World::empty().await;
    somebody(&world, "wang", &[Role::Member]).await;
    let anybody = world.anybody().await;
    // an attacker gives the victim a token of their choice
    let planted = format!("yimi={}", "a".repeat(64));
    let victim = anybody.with_cookie(Some(planted.clone()));
    let answer = tries(&victim, "wang", PASSWORD).await;
    assert_ne!(cookie(&answer), planted);
    assert_eq!(account(&victim).await, Value::Null);
    // and signing in again is a new session in place of the old one
    let first = anybody.with_cookie(Some(cookie(&answer)));
    let again = tries(&first, "wang", PASSWORD).await;
    assert_ne!(cookie(&again), cookie(&answer));
    assert_eq!(account(&first).await, Value::Null);
    assert_eq!(account(&anybody.with_cookie(Some(cookie(&again)))).await, "wang");
}

#[tokio::test]
async fn a_session_rests_at_most_half_a_day_and_lasts_at_most_a_month() {
    let world = World::empty().await;
    let id = world.person("wang", &[Role::Reviewer], None).await;
    for (change, alive) in [
        ("update session set seen = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-11 hours')", true),
        ("update session set seen = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-13 hours')", false),
        ("update session set begun = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-29 days')", true),
        ("update session set begun = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-31 days')", false),
    ] {
        let cookie = world.cookie(id).await;
        does(&world, change).await;
        let wang = world.anybody().await.with_cookie(Some(cookie));
        assert_eq!(account(&wang).await == "wang", alive, "{change}");
    }
}

#[tokio::test]
async fn reading_while_signed_in_does_not_ask_the_database_each_time() {
    let world = World::empty().await;
    let wang = world.as_reviewer().await;
    assert_eq!(account(&wang).await, "reviewer");
    // the row is gone without a word to anybody: what is held in memory still answers
    does(&world, "delete from session").await;
    assert_eq!(account(&wang).await, "reviewer");
    // until something about people changes, which the log tells
    world.person("li", &[Role::Planner], None).await;
    wang.catches_up().await;
    assert_eq!(account(&wang).await, Value::Null);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_sessions_at_once_also_in_other_processes() {
    let world = World::empty().await;
    let id = somebody(&world, "wang", &[Role::Member]).await;
    let anybody = world.anybody().await;
    let (phone, desk) = (world.cookie(id).await, world.cookie(id).await);
    let (phone, desk) = (anybody.with_cookie(Some(phone)), anybody.with_cookie(Some(desk)));
    assert_eq!((account(&phone).await, account(&desk).await), (json!("wang"), json!("wang")));
    assert_eq!(phone.sends("DELETE", "/api/sessions", &json!(null)).await.status, 204);
    assert_eq!((account(&phone).await, account(&desk).await), (Value::Null, Value::Null));
    // another process that held them follows by the log when the person is changed
    let elsewhere = world.anybody().await.with_cookie(Some(world.cookie(id).await));
    assert_eq!(account(&elsewhere).await, "wang");
    let administrator = world.as_administrator().await;
    let stopped = json!({ "name": "王", "unit": "u001", "roles": ["member"], "active": false });
    let answer =
        sends_with(&administrator, "PUT", &format!("/api/people/{id}"), &[("if-match", "\"1\"")], &stopped).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    elsewhere.catches_up().await;
    assert_eq!(account(&elsewhere).await, Value::Null);
    assert_eq!(tries(&anybody, "wang", PASSWORD).await.status, 401, "whoever is no longer active does not come in");
}

#[tokio::test]
async fn a_new_password_ends_other_sessions_and_begins_another_here() {
    let world = World::empty().await;
    let id = somebody(&world, "wang", &[Role::Member]).await;
    let anybody = world.anybody().await;
    let (here, there) = (anybody.with_cookie(Some(world.cookie(id).await)), world.cookie(id).await);
    let put = async |old: &str, new: &str| here.sends("PUT", "/api/password", &json!({ "old": old, "new": new })).await;
    let wrong = put("不是这个密码不是", "我家门前有条小河流过").await;
    assert_eq!((wrong.status.as_u16(), &wrong.json()["errors"][0]["field"]), (400, &json!("old")));
    for (weak, says) in [
        ("short", "at least 10"),
        ("password123", "tries first"),
        ("wang20262026", "the name"),
        ("单位u001", "at least 10"),
    ] {
        let answer = put(PASSWORD, weak).await;
        assert_eq!((answer.status.as_u16(), &answer.json()["errors"][0]["field"]), (400, &json!("new")));
        assert!(answer.text.contains(says) && !answer.text.contains(weak), "{}", answer.text);
    }
    let changed = put(PASSWORD, "我家门前有条小河流过").await;
    assert_eq!(changed.status, 200, "{}", changed.text);
    assert_eq!(account(&here).await, Value::Null);
    assert_eq!(account(&anybody.with_cookie(Some(there))).await, Value::Null);
    assert_eq!(account(&anybody.with_cookie(Some(cookie(&changed)))).await, "wang");
    assert_eq!(tries(&anybody, "wang", PASSWORD).await.status, 401);
    assert_eq!(tries(&anybody, "wang", "我家门前有条小河流过").await.status, 200);
}

#[tokio::test]
async fn a_name_on_the_map_is_no_password() {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat,id\nschool,某县第二实验小学校,116.05,36.05,1\n").await;
    let id = somebody(&world, "wang", &[Role::Member]).await;
    let here = world.anybody().await.with_cookie(Some(world.cookie(id).await));
    let answer = here.sends("PUT", "/api/password", &json!({ "old": PASSWORD, "new": "某县第二实验小学校2026" })).await;
    assert!(answer.status == 400 && answer.text.contains("the name of"), "{}", answer.text);
}

#[tokio::test]
async fn guessing_is_slowed_down_and_tells_nothing() {
    let world = World::empty().await;
    somebody(&world, "wang", &[Role::Member]).await;
    let anybody = world.anybody().await;
    let wrong = tries(&anybody, "wang", "不是这个密码不是").await;
    let nobody = tries(&anybody, "nobody.here", "不是这个密码不是").await;
    assert_eq!((wrong.status.as_u16(), nobody.status.as_u16()), (401, 401));
    assert_eq!(wrong.text, nobody.text, "which accounts there are is not told");
    assert!(wrong.header("set-cookie").is_empty());
    for _ in 0..9 {
        assert_eq!(tries(&anybody, "WANG", "不是这个密码不是").await.status, 401);
    }
    let slowed = tries(&anybody, "wang", "不是这个密码不是").await;
    assert_eq!((slowed.status.as_u16(), slowed.header("content-type")), (429, "application/problem+json"));
    let wait: u64 = slowed.header("retry-after").parse().expect("seconds");
    assert!((1..=61).contains(&wait), "{wait}");
    // an account that does not exist is slowed down like one that does
    for _ in 0..9 {
        tries(&anybody, "nobody.here", "不是这个密码不是").await;
    }
    assert_eq!(tries(&anybody, "nobody.here", "不是这个密码不是").await.status, 429);
    // others from the same address are not, until there are too many of them
    let many = (0..40).map(async |n| tries(&anybody, &format!("guess{n}"), "不是这个密码不是").await.status.as_u16());
    let mut statuses = Vec::new();
    for status in many {
        statuses.push(status.await);
    }
    assert!(statuses[0] == 401 && statuses.last() == Some(&429), "{statuses:?}");
    // the right password is no try: it can be given as often as somebody likes
    let elsewhere = world.anybody().await;
    for _ in 0..15 {
        assert_eq!(tries(&elsewhere, "wang", PASSWORD).await.status, 200);
    }
}

#[tokio::test]
async fn sign_ins_and_failures_stand_in_the_log_without_passwords() {
    let world = World::empty().await;
    somebody(&world, "wang", &[Role::Member]).await;
    let anybody = world.anybody().await;
    tries(&anybody, "wang", "错的密码错的密码").await;
    // a password in the wrong field
    tries(&anybody, PASSWORD, PASSWORD).await;
    let token = cookie(&tries(&anybody, "wang", PASSWORD).await);
    anybody.with_cookie(Some(token.clone())).sends("DELETE", "/api/session", &json!(null)).await;
    let log =
        told(&world, "select who || ' ' || noun_id || ' ' || action from revision where noun = 'session' order by id")
            .await;
    assert_eq!(log, ["nobody wang failed", "nobody nobody failed", "wang wang signed in", "wang wang signed out"]);
    let all =
        told(&world, "select who || why || noun_id || coalesce(before, '') || after from revision").await.concat();
    let token = token.trim_start_matches("yimi=");
    for secret in [PASSWORD, "错的密码", token, "argon2"] {
        assert!(!all.contains(secret), "{secret} stands in the log");
    }
}

#[tokio::test]
async fn changes_that_another_site_asks_for_are_refused() {
    let world = World::empty().await;
    let planner = world.as_planner().await;
    let body = json!({});
    let asks = async |headers: &[(&str, &str)]| sends_with(&planner, "POST", "/api/scenarios", headers, &body).await;
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")],
        &[("origin", "https://evil.example"), ("host", "map.example")],
        &[("origin", "null"), ("host", "map.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", "http://map.example"), ("host", "map.example")],
    ] {
        let answer = asks(headers).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (403, "application/problem+json"));
        assert!(answer.text.contains("another site"), "{headers:?}: {}", answer.text);
    }
    for headers in [
        &[("sec-fetch-site", "same-origin")][..],
        &[("sec-fetch-site", "none")],
        &[("origin", "http://map.example"), ("host", "map.example")],
        &[],
    ] {
        assert_eq!(asks(headers).await.status, 400, "{headers:?} is let through to what is wrong with the body");
    }
    // signing somebody in from elsewhere is such a change too
    let planted = sends_with(&planner, "POST", "/api/session", &[("sec-fetch-site", "cross-site")], &body).await;
    assert_eq!(planted.status, 403);
    let reads = sends_with(&planner, "GET", "/api/session", &[("sec-fetch-site", "cross-site")], &body).await;
    assert_eq!(reads.status, 200, "a link from elsewhere leads in");
}

#[tokio::test]
async fn an_address_is_that_of_the_connection_unless_our_own_proxy_says_another() {
    let world = World::empty().await;
    let gate = Gate::new(false, Proxies(vec![IpAddr::from([127, 0, 0, 1])]));
    let anybody = world.anybody_through(PageSettings::default(), gate).await;
    for n in 0..60 {
        let said = format!("198.51.100.{n}");
        let body = json!({ "account": format!("guess{n}"), "password": "不是这个密码不是" });
        let answer = sends_with(&anybody, "POST", "/api/session", &[("x-forwarded-for", &said)], &body).await;
        if answer.status == 429 {
            return;
        }
    }
    panic!("whoever is no proxy of ours can say what they like and is never slowed down");
}
