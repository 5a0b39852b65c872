//! `/api/sites/{id}/sign.pdf`: the sign at the door.

use crate::world::World;
use axum::body::Body;
use axum::http::Request;
use sqlx::Connection;
use yimi::http::PageSettings;

const SITES: &str =
    "kind,name,lon,lat,id\nreading_space,甲书屋,116.05,36.05,1\nhope_cabin,希望小屋-甲,116.05,36.05,2\n";

fn installed() -> bool {
    let installed = yimi::export::FontFile::find(None).is_ok();
    if !installed {
        eprintln!("skipped: no font with Chinese characters is installed");
    }
    installed
}

#[tokio::test]
async fn a_published_site_has_a_sign_in_two_sizes_and_a_home_has_none() {
    if !installed() {
        return;
    }
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let anybody = world.anybody().await;
    let ask = |address: &str| {
        Request::get(address.to_owned()).header("host", "map.example.org").body(Body::empty()).expect("a request")
    };
    for (query, media) in [("", "595.28 841.89"), ("?size=a4", "595.28 841.89"), ("?size=a6", "297.64 419.53")] {
        let answer = anybody.asks(ask(&format!("/api/sites/1/sign.pdf{query}"))).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "application/pdf"),
            "{}",
            answer.text
        );
        assert!(answer.header("content-disposition").contains("%E7%94%B2%E4%B9%A6%E5%B1%8B.pdf"));
        assert!(answer.text.starts_with("%PDF-") && answer.text.contains(media), "{query}");
    }
    for (address, status) in [
        ("/api/sites/-1/sign.pdf", 404),
        ("/api/sites/9/sign.pdf", 404),
        ("/api/sites/x/sign.pdf", 404),
        ("/api/sites/1/sign.pdf?size=a3", 400),
    ] {
        assert_eq!(anybody.asks(ask(address)).await.status, status, "{address}");
    }
    let odd = Request::get("/api/sites/1/sign.pdf").header("host", "a\"b c").body(Body::empty()).expect("a request");
    assert_eq!(
        anybody.asks(odd).await.status,
        400,
        "what a request calls this service goes no further when it is no host"
    );
    assert_eq!(anybody.gets("/api/sites/1/sign.pdf").await.status, 400);
    let page = PageSettings { public_url: Some("https://yimi.example.org".into()), ..PageSettings::default() };
    assert_eq!(world.anybody_with(page).await.gets("/api/sites/1/sign.pdf").await.status, 200);
}

#[tokio::test]
async fn a_font_that_can_not_be_used_is_told_without_its_place() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let page = PageSettings {
        public_url: Some("https://yimi.example.org".into()),
        font: Some(world.file("secret.ttf", "no font")),
        ..PageSettings::default()
    };
    let answer = world.anybody_with(page).await.gets("/api/sites/1/sign.pdf").await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("--font") && !answer.text.contains("secret.ttf"), "{}", answer.text);
}

#[tokio::test]
async fn a_unit_has_all_its_signs_and_nobody_elses() {
    if !installed() {
        return;
    }
    let world = World::two_towns().await;
    let rows: String = (1..=6).map(|n| format!("reading_space,第{n}书屋,116.0{n},36.05,{n}\n")).collect();
    world.sites(&format!("kind,name,lon,lat,id\n{rows}")).await;
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    sqlx::query("update site set unit = 'u001' where id < 6").execute(&mut database).await.expect("done");
    let address = "/api/units/u001/signs.pdf?size=a6";
    let get = || Request::get(address).header("host", "map.example.org").body(Body::empty()).expect("a request");
    let pdf = world.as_member().await.asks(get()).await;
    assert_eq!((pdf.status.as_u16(), pdf.text.matches("/Type /Page\n").count()), (200, 2), "five signs, four a page");
    assert_eq!(world.as_reviewer().await.asks(get()).await.status, 200);
    assert_eq!(world.as_member_of("u002").await.asks(get()).await.status, 403);
    assert_eq!(world.anybody().await.asks(get()).await.status, 401);
    let none = Request::get("/api/units/u002/signs.pdf").header("host", "x").body(Body::empty()).expect("a request");
    assert_eq!(world.as_member_of("u002").await.asks(none).await.status, 404);
}
