//! `/api/photos`: sent before a registration, public once a published site shows them.

use crate::registering::{Office, Who, school};
use crate::world::Answer;
use axum::body::Body;
use axum::http::Request;
use image::ImageEncoder;
use serde_json::{Value, json};

fn png(side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(side, side, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut file = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut file);
    encoder.write_image(&picture, side, side, image::ExtendedColorType::Rgb8).expect("a picture");
    file
}

async fn sends(office: &Office, who: Who, of_type: &str, bytes: Vec<u8>) -> Answer {
    let request = Request::post("/api/photos").header("content-type", of_type).body(Body::from(bytes));
    office.asks(who, request.expect("a request")).await
}

async fn sent(office: &Office, who: Who) -> Value {
    let answer = sends(office, who, "image/png", png(64)).await;
    assert_eq!(answer.status, 201, "{}", answer.text);
    answer.json()
}

#[tokio::test]
async fn a_photo_is_its_units_own_until_a_published_site_shows_it() {
    let office = Office::empty().await;
    let photo = sent(&office, Who::Member).await;
    assert_eq!((&photo["width"], &photo["height"]), (&json!(64), &json!(64)));
    let address = format!("/api/photos/{}", photo["id"].as_str().expect("an id"));
    for (who, status) in
        [(Who::Member, 200), (Who::Colleague, 200), (Who::Reviewer, 200), (Who::Stranger, 404), (Who::Planner, 404)]
    {
        let answer = office.gets(who, &address).await;
        assert_eq!(answer.status, status);
        if status == 200 {
            assert_eq!((answer.header("content-type"), answer.header("cache-control")), ("image/jpeg", "no-store"));
        }
    }
    assert_eq!(office.anybody.gets(&address).await.status, 404);
    let mut body = school("甲校", 116.05);
    body["photos"] = json!([photo["id"]]);
    // nobody else's registration gets at it
    assert_eq!(office.sends(Who::Stranger, "POST", "/api/registrations", None, &body).await.status, 400);
    let waiting = office.registers(Who::Member, &body).await;
    assert_eq!(waiting["photos"], json!([photo]));
    assert_eq!(office.anybody.gets(&address).await.status, 404);
    let site = office.does(Who::Reviewer, "publish", &waiting, &json!({})).await.json()["site"].clone();
    let shown = office.anybody.reads(&format!("/api/sites/{site}")).await["properties"].clone();
    assert_eq!((&shown["photos"], &shown["unit_id"]), (&json!([photo]), &json!("u001")));
    for address in [address.clone(), format!("{address}/small")] {
        let answer = office.anybody.gets(&address).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "public, max-age=86400"));
        let bytes = office.anybody.bytes(&address).await;
        assert_eq!(image::guess_format(&bytes).expect("a picture"), image::ImageFormat::Jpeg);
    }
    assert_eq!(office.world.anybody().await.gets(&address).await.status, 200, "also after a start");

    let close = office.registers(Who::Member, &json!({ "change": "close", "site": site, "submit": true })).await;
    office.does(Who::Reviewer, "publish", &close, &json!({})).await;
    assert_eq!(office.anybody.gets(&address).await.status, 404);
}

#[tokio::test]
async fn what_is_no_photo_is_refused_and_so_is_a_seventh() {
    let office = Office::empty().await;
    for (of_type, bytes, status) in [
        ("image/svg+xml", b"<svg onload='alert(1)'/>".to_vec(), 415),
        ("text/html", png(64), 415),
        ("image/jpeg", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), 400),
        ("image/png", b"<!doctype html><script>alert(1)</script>".to_vec(), 400),
        ("image/png", png(64)[..200].to_vec(), 400),
        ("image/png", Vec::new(), 400),
        ("image/jpeg", vec![0xff; (12 << 20) + 1], 413),
    ] {
        let answer = sends(&office, Who::Member, of_type, bytes).await;
        assert_eq!(answer.status, status, "{of_type}: {}", answer.text);
    }
    assert_eq!(sends(&office, Who::Planner, "image/png", png(64)).await.status, 403);
    let mut ids = Vec::new();
    for _ in 0..7 {
        ids.push(sent(&office, Who::Member).await["id"].clone());
    }
    let mut body = school("甲校", 116.05);
    body["photos"] = json!(ids);
    let seven = office.sends(Who::Member, "POST", "/api/registrations", None, &body).await;
    assert_eq!((seven.status.as_u16(), &seven.json()["errors"][0]["field"]), (400, &json!("photos")));
    for wrong in [json!([ids[0], ids[0]]), json!(["0".repeat(32)]), json!(["../../etc/passwd"])] {
        body["photos"] = wrong;
        assert_eq!(office.sends(Who::Member, "POST", "/api/registrations", None, &body).await.status, 400);
    }
    for unknown in ["0".repeat(32), "x".to_owned(), "..%2F..%2Fetc".to_owned()] {
        assert_eq!(office.gets(Who::Reviewer, &format!("/api/photos/{unknown}")).await.status, 404);
    }
}
