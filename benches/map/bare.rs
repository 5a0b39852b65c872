//! The bare server beside ours: it holds what it sends and does nothing but serialise it.

use axum::Router;
use axum::routing::get as route;
use std::sync::Arc;

/// `/hello`, and `/ten`: the features of `sample`, held as values and serialised for each request.
pub fn bare(sample: &[u8]) -> Router {
    let collection: serde_json::Value = serde_json::from_slice(sample).expect("json");
    let sites: Vec<Prepared> = serde_json::from_value(collection["features"].clone()).expect("features");
    assert_eq!(sites.len(), 10);
    let sites = Arc::new(sites);
    let ten = move || {
        let sites = sites.clone();
        async move {
            let body = serde_json::to_vec(&Collection { of_type: "FeatureCollection", features: &sites });
            ([("content-type", "application/geo+json")], body.expect("serialises"))
        }
    };
    Router::new().route("/hello", route(|| async { "hello" })).route("/ten", route(ten))
}

#[derive(serde::Serialize)]
struct Collection<'a> {
    #[serde(rename = "type")]
    of_type: &'static str,
    features: &'a [Prepared],
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Prepared {
    #[serde(rename = "type")]
    of_type: String,
    id: i64,
    geometry: Geometry,
    properties: Properties,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Geometry {
    #[serde(rename = "type")]
    of_type: String,
    coordinates: [f64; 2],
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Properties {
    id: i64,
    kind: String,
    name: String,
    area: Option<String>,
    source: String,
    updated: String,
    distance_m: f64,
    unit: String,
    address: String,
    capacity: i64,
}
