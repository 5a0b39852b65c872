//! `/api/what-if`: what it says is what coverage says once the change is really there.

use crate::world::{Answer, Anybody, World};
use crate::worlds::{Drawn, place};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

const HEAD: &str = "kind,name,lon,lat,id\n";

/// A street of 2,400 m east, with a branch north.
fn street() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, 0.0), ('m', 1200.0, 0.0), ('z', 2400.0, 0.0), ('n', 1200.0, 300.0)])
        .way("amz", "highway=residential")
        .way("mn", "highway=residential")
}

/// Cells along it at 0, 239, 659 and 1,500 m from its beginning, one on the branch's end, and one far away.
async fn one_street() -> World {
    let world = World::empty().await;
    world.network(&street().xml()).await;
    let cells = [(0.0, 0.0), (239.0, 0.0), (659.0, 0.0), (1500.0, 0.0), (1200.0, 300.0), (700.0, 5000.0)];
    let mut csv = "id,lon,lat,age_0_2,age_3_14\n".to_owned();
    for (number, (east, north)) in cells.into_iter().enumerate() {
        let at = place([east, north]);
        csv.push_str(&format!("c{number},{:.7},{:.7},{},{}\n", at.lon(), at.lat(), 1, 1 << number));
    }
    world.children(&csv).await;
    world
}

fn site(id: u32, kind: &str, east: f64, north: f64) -> String {
    let at = place([east, north]);
    format!("{kind},所{id},{:.7},{:.7},{id}\n", at.lon(), at.lat())
}

fn at(east: f64, north: f64) -> Value {
    let at = place([east, north]);
    json!({"lon": at.lon(), "lat": at.lat()})
}

async fn posts(anybody: &Anybody, body: impl Into<Body>) -> Answer {
    let request = Request::post("/api/what-if").header("content-type", "application/json").body(body.into());
    anybody.asks(request.expect("a request")).await
}

async fn asks(anybody: &Anybody, body: &Value) -> Value {
    let answer = posts(anybody, body.to_string()).await;
    assert_eq!(answer.status, 200, "{body}: {}", answer.text);
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

#[tokio::test]
async fn a_proposed_site_is_counted_as_if_it_were_there() {
    let world = one_street().await;
    world.sites(&(HEAD.to_owned() + &site(1, "school", 0.0, 0.0))).await;
    let anybody = world.anybody().await;
    let question = json!({"kind": "school", "minutes": 11, "cells": true, "streets": true, "gaps": true});
    let mut asked = question.clone();
    asked["add"] = json!([at(1500.0, 0.0)]);
    let answer = asks(&anybody, &asked).await;
    // a metre a second: cells are 0, 4, 11 and 25 minutes from the school; the new one has 25, 21, 14, 0 and 10 to them
    for (field, wanted) in
        [("children_total", 69), ("children_before", 10), ("children_after", 36), ("gained", 26), ("lost", 0)]
    {
        assert_eq!(answer[field], wanted, "{field}: {answer}");
    }
    assert_eq!(answer["by_town"], json!([{"area": null, "children": 69, "before": 10, "after": 36}]));
    assert_eq!(answer["cells"], json!({"index": [3, 4], "secs": [1, 601], "site": [-1, -1]}), "rounded up");
    let added = &answer["add"][0];
    assert_eq!((&added["on_street"], &added["children"], &added["alone"]), (&true.into(), &26.into(), &26.into()));
    assert_eq!(asks(&anybody, &question).await["children_after"], 10);
}
