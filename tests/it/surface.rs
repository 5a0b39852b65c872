//! What holds for every address.

use crate::world::World;
use axum::body::Body;
use axum::http::Request;
use yimi::http::document;

#[tokio::test]
async fn the_committed_openapi_document_is_the_served_one() {
    let committed = include_str!("../../docs/openapi.json");
    assert_eq!(committed, document(), "run: cargo run -- openapi > docs/openapi.json");
    let served = World::empty().await.anybody().await.gets("/api/openapi.json").await;
    assert_eq!(served.text, document());
    assert_eq!(served.json()["openapi"], "3.1.0");
}

#[tokio::test]
async fn errors_are_problems_everywhere() {
    let anybody = World::empty().await.anybody().await;
    let post = Request::post("/api/sites").body(Body::from("{}")).expect("a request");
    for (answer, status) in [
        (anybody.gets("/api/nothing").await, 404),
        (anybody.gets("/no/such/page").await, 404),
        (anybody.gets("/assets/../../Cargo.toml").await, 404),
        (anybody.asks(post).await, 405),
        (anybody.gets("/api/sites?bbox=1,2,3").await, 400),
        (anybody.gets("/api/sites?colour=red").await, 400),
        (anybody.gets(&format!("/api/sites?q={}", "a".repeat(101))).await, 400),
    ] {
        assert_eq!((answer.status.as_u16(), answer.header("content-type")), (status, "application/problem+json"));
        assert_eq!(answer.json()["status"], status);
        assert!(answer.json()["title"].is_string() && answer.json()["detail_zh"].is_string(), "{}", answer.text);
    }
}

#[tokio::test]
async fn every_answer_carries_the_safety_headers() {
    let world = World::empty().await;
    let anybody = world.anybody().await;
    for address in ["/", "/api/kinds", "/api/nothing", "/healthz", "/readyz"] {
        let answer = anybody.gets(address).await;
        assert!(answer.header("content-security-policy").contains("object-src 'none'"), "{address}");
        assert_eq!(
            (answer.header("x-content-type-options"), answer.header("referrer-policy")),
            ("nosniff", "no-referrer")
        );
    }
    assert_eq!(anybody.reads("/readyz").await["status"], "ready");
}

#[tokio::test]
async fn large_answers_are_compressed_for_those_who_ask() {
    let world = World::demonstration().await;
    let anybody = world.anybody().await;
    let request = Request::get("/api/sites?limit=500").header("accept-encoding", "br, gzip").body(Body::empty());
    assert_eq!(anybody.asks(request.expect("a request")).await.header("content-encoding"), "br");
}
