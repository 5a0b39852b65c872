//! `/api/reports`: what parents say, without an account.

use crate::registering::{Office, Who};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use yimi::http::Caller;

#[tokio::test]
async fn a_report_reaches_the_units_and_the_reviewers_desk_and_its_state_is_seen() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let body =
        json!({ "site": site, "what": "crossing", "text": "<b>门口</b>没有斑马线", "lon": 116.0501, "lat": 36.05 });
    let sent = office.anybody.sends("POST", "/api/reports", &body).await;
    assert_eq!((sent.status.as_u16(), &sent.json()["state"]), (201, &json!("open")), "{}", sent.text);
    let id = sent.json()["id"].as_str().expect("an id").to_owned();
    let address = format!("/api/reports/{id}");
    assert_eq!(office.anybody.reads(&address).await["state"], "open");
    for who in [Who::Member, Who::Reviewer] {
        let list = office.reads(who, "/api/reports?state=open").await;
        assert_eq!(
            (&list["reports"][0]["site_name"], &list["reports"][0]["text"]),
            (&json!("甲校"), &json!("<b>门口</b>没有斑马线"))
        );
        assert_eq!(office.reads(who, "/api/desk").await["reports"]["open"], 1);
    }
    assert_eq!(office.reads(Who::Stranger, "/api/reports").await["reports"], json!([]));
    assert_eq!(office.reads(Who::Stranger, "/api/desk").await["reports"]["open"], 0);
    assert_eq!(office.anybody.gets("/api/reports").await.status, 401);

    let answer = json!({ "state": "done", "answer": "已报交警" });
    assert_eq!(office.sends(Who::Stranger, "PUT", &address, Some(1), &answer).await.status, 404);
    assert_eq!(office.sends(Who::Member, "PUT", &address, None, &answer).await.status, 428);
    assert_eq!(office.sends(Who::Member, "PUT", &address, Some(1), &answer).await.status, 200);
    let late = office.sends(Who::Reviewer, "PUT", &address, Some(1), &answer).await;
    assert_eq!((late.status.as_u16(), &late.json()["theirs"]["answer"]), (409, &json!("已报交警")));
    let seen = office.anybody.reads(&address).await;
    assert_eq!((&seen["state"], &seen["answer"], seen.get("text")), (&json!("done"), &json!("已报交警"), None));
    assert_eq!(office.reads(Who::Member, "/api/desk").await["reports"]["open"], 0);
}

#[tokio::test]
async fn reports_are_refused_when_wrong_about_what_is_not_public_or_too_many() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let home =
        json!({ "change": "create", "kind": "hope_cabin", "name": "x", "lon": 116.05, "lat": 36.05, "submit": true });
    let home = office.registers(Who::Member, &home).await;
    office.does(Who::Reviewer, "publish", &home, &json!({})).await;
    for (body, status) in [
        (json!({ "site": 77, "what": "closed" }), 404),
        (json!({ "site": -1, "what": "closed" }), 404),
        (json!({ "site": site, "what": "burning" }), 400),
        (json!({ "site": site, "what": "other" }), 400),
        (json!({ "site": site, "what": "other", "text": "字".repeat(501) }), 400),
        (json!({ "site": site, "what": "moved", "lon": 116.0 }), 400),
        (json!({ "site": site, "what": "closed", "phone": "1" }), 400),
        (json!({ "site": site, "what": "closed", "text": "x".repeat(10 << 20) }), 413),
    ] {
        assert_eq!(
            office.anybody.sends("POST", "/api/reports", &body).await.status,
            status,
            "{:.80}",
            body.to_string()
        );
    }
    // what was refused does not count; then so many from one address and no more
    let body = json!({ "site": site, "what": "hours" });
    for _ in 0..6 {
        assert_eq!(office.anybody.sends("POST", "/api/reports", &body).await.status, 201);
    }
    let refused = office.anybody.sends("POST", "/api/reports", &body).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|secs| (1..=301).contains(&secs)));
    let listed = office.reads(Who::Member, "/api/reports?limit=4").await;
    let next = listed["next"].as_str().expect("more");
    let rest = office.reads(Who::Member, &format!("/api/reports?limit=4&cursor={next}")).await;
    assert_eq!(
        (listed["reports"].as_array().map(Vec::len), rest["reports"].as_array().map(Vec::len)),
        (Some(4), Some(2))
    );
}

#[tokio::test]
async fn no_address_is_kept_with_a_report() {
    let office = Office::empty().await;
    let site = office.published("甲校", 116.05).await["site"].clone();
    let mut request = Request::post("/api/reports").header("content-type", "application/json");
    request = request.header("x-forwarded-for", "203.0.113.77").header("user-agent", "telltale");
    let mut request =
        request.body(Body::from(json!({ "site": site, "what": "closed" }).to_string())).expect("a request");
    request.extensions_mut().insert(Caller(std::net::IpAddr::from([203, 0, 113, 77])));
    assert_eq!(office.anybody.asks(request).await.status, 201);
    office.world.store.close().await;
    let file = office.world.database();
    for name in [file.trim_start_matches("sqlite:").to_owned(), format!("{}-wal", file.trim_start_matches("sqlite:"))] {
        let bytes = std::fs::read(name).unwrap_or_default();
        for trace in ["203.0.113.77", "telltale"] {
            assert!(!bytes.windows(trace.len()).any(|window| window == trace.as_bytes()), "{trace}");
        }
    }
}
