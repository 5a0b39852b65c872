//! An empty county with a unit, somebody of it and a reviewer, before the real service.

use crate::of;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use futures_util::{Stream, StreamExt};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt;
use yimi::auth::Role;
use yimi::http::{App, Gate, PageSettings, TileCache, WebFiles, WholeAnswers, router};
use yimi::jobs::Jobs;
use yimi::registry::people::{self, NewPerson};
use yimi::registry::sessions::sign_in;
use yimi::registry::units::{self, NewUnit};
use yimi::snapshot::{Live, load};
use yimi::store::Store;

pub struct World {
    router: Router,
    member: String,
    reviewer: String,
}

impl World {
    pub async fn made(folder: &Path) -> Self {
        let store = Store::open(&format!("sqlite:{}", folder.join("bench.db").display())).await.expect("opens");
        let rules = Arc::new(yimi::config::rules(Path::new("data")).expect("the data files are right"));
        let unit = NewUnit { id: Some("u001".to_owned()), name: "县图书馆".to_owned(), confirmed: true };
        units::add(&store, unit, "bench").await.expect("a unit");
        let member = signed_in(&store, "li", Role::Member, Some("u001")).await;
        let reviewer = signed_in(&store, "sun", Role::Reviewer, None).await;
        let app = App {
            live: Arc::new(Live::new(load(&store, rules).await.expect("loads"))),
            jobs: Jobs::new(store.clone()),
            sheets: Jobs::new(store.clone()),
            store,
            page: PageSettings::default(),
            web: WebFiles::BuiltIn,
            whole: WholeAnswers::default(),
            tiles: TileCache::default(),
            gate: Gate::default(),
        };
        Self { router: router(Arc::new(app)), member, reviewer }
    }

    /// Registers and submits a school.
    pub async fn registers(&self, number: usize) -> Value {
        let body = json!({
            "change": "create", "kind": "school", "name": format!("第{number}小学"),
            "lon": 116.0 + (number % 1000) as f64 * 1e-4, "lat": 36.0 + (number / 1000) as f64 * 1e-4,
            "attributes": { "stage": "小学", "capacity": 600, "address": "文化街 1 号", "opening_hours": "Mo-Fr 08:00-18:00" },
            "submit": true,
        });
        self.sends(&self.member, "/api/registrations", None, &body).await
    }

    /// Publishes what was registered.
    pub async fn publishes(&self, registered: &Value) -> Value {
        let (id, version) = of(registered);
        self.sends(&self.reviewer, &format!("/api/registrations/{id}/publish"), Some(version), &json!({})).await
    }

    /// Events as they come.
    pub async fn listens(&self) -> impl Stream<Item = ()> + Unpin {
        let request = Request::get("/api/events").body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("answers");
        Box::pin(response.into_body().into_data_stream().map(|piece| drop(piece.expect("a piece"))))
    }

    async fn sends(&self, cookie: &str, path: &str, seen: Option<i64>, body: &Value) -> Value {
        let mut request = Request::post(path).header("content-type", "application/json").header("cookie", cookie);
        if let Some(version) = seen {
            request = request.header("if-match", format!("\"{version}\""));
        }
        let request = request.body(Body::from(body.to_string())).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("answers");
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        assert!(status.is_success(), "{path}: {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).expect("json")
    }
}

async fn signed_in(store: &Store, account: &str, role: Role, unit: Option<&str>) -> String {
    let new = NewPerson {
        account: account.to_owned(),
        name: account.to_owned(),
        unit: unit.map(str::to_owned),
        roles: vec![role],
    };
    let (row, _) = people::add(store, new, None, "bench").await.expect("a person");
    format!("yimi={}", sign_in(store, &row, None).await.expect("signed in"))
}
