//! People who register and review, before the real router.

use crate::world::{Answer, Anybody, World};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use sqlx::Connection;
use yimi::auth::{Person, PersonId, Role, UnitId};

/// Two units, and somebody of each, a reviewer, and somebody without an account, all before one service.
pub struct Office {
    pub world: World,
    pub anybody: Anybody,
}

/// Somebody with an account.
#[derive(Clone, Copy)]
pub enum Who {
    /// Of the unit u001.
    Member,
    /// Of the same unit.
    Colleague,
    /// Of the unit u002.
    Stranger,
    /// Of no unit, publishes.
    Reviewer,
    /// Of no unit, plans.
    Planner,
    /// A member of no unit.
    Lost,
}

impl Who {
    pub fn person(self) -> Person {
        let (id, account, unit, role) = match self {
            Self::Member => (1, "li", Some("u001"), Role::Member),
            Self::Colleague => (2, "wang", Some("u001"), Role::Member),
            Self::Stranger => (3, "zhao", Some("u002"), Role::Member),
            Self::Reviewer => (4, "sun", None, Role::Reviewer),
            Self::Planner => (5, "zhou", None, Role::Planner),
            Self::Lost => (6, "wu", None, Role::Member),
        };
        let unit = unit.map(|unit| UnitId(unit.to_owned()));
        Person { id: PersonId(id), account: account.to_owned(), name: account.to_uppercase(), unit, roles: vec![role] }
    }
}

/// Units u001 县图书馆 and u002 县教体局.
pub async fn units(world: &World) {
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    for (id, name) in [("u001", "县图书馆"), ("u002", "县教体局")] {
        let query =
            "insert into unit (id, name, confirmed, source, version, updated) values ($1, $2, 1, 'file', 1, '')";
        sqlx::query(query).bind(id).bind(name).execute(&mut database).await.expect("a unit");
    }
}

impl Office {
    /// Two towns without a site.
    pub async fn empty() -> Self {
        Self::in_world(World::two_towns().await).await
    }

    pub async fn in_world(world: World) -> Self {
        units(&world).await;
        let anybody = world.anybody().await;
        Self { world, anybody }
    }

    pub async fn asks(&self, who: Who, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(who.person());
        self.anybody.asks(request).await
    }

    pub async fn gets(&self, who: Who, address: &str) -> Answer {
        self.asks(who, Request::get(address).body(Body::empty()).expect("a request")).await
    }

    /// The answer, which must be 200, as JSON.
    pub async fn reads(&self, who: Who, address: &str) -> Value {
        let answer = self.gets(who, address).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text);
        answer.json()
    }

    /// Sends JSON; `seen` is the version that is changed.
    pub async fn sends(&self, who: Who, method: &str, address: &str, seen: Option<i64>, json: &Value) -> Answer {
        let mut request = Request::builder().method(method).uri(address).header("content-type", "application/json");
        if let Some(version) = seen {
            request = request.header("if-match", format!("\"{version}\""));
        }
        self.asks(who, request.body(Body::from(json.to_string())).expect("a request")).await
    }

    /// Registers something, which must go well.
    pub async fn registers(&self, who: Who, body: &Value) -> Value {
        let answer = self.sends(who, "POST", "/api/registrations", None, body).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()
    }

    /// Does something with a registration at the version that it says.
    pub async fn does(&self, who: Who, what: &str, registration: &Value, body: &Value) -> Answer {
        let (id, version) = of(registration);
        self.sends(who, "POST", &format!("/api/registrations/{id}/{what}"), Some(version), body).await
    }

    /// A published school.
    pub async fn published(&self, name: &str, lon: f64) -> Value {
        let new = self.registers(Who::Member, &school(name, lon)).await;
        let published = self.does(Who::Reviewer, "publish", &new, &json!({})).await;
        assert_eq!(published.status, 200, "{}", published.text);
        published.json()
    }
}

/// The id and version of a registration.
pub fn of(registration: &Value) -> (&str, i64) {
    (registration["id"].as_str().expect("an id"), registration["version"].as_i64().expect("a version"))
}

/// A school that is submitted at once.
pub fn school(name: &str, lon: f64) -> Value {
    json!({
        "change": "create", "kind": "school", "name": name, "lon": lon, "lat": 36.05,
        "attributes": { "stage": "小学", "capacity": "６００" }, "submit": true,
    })
}

/// The same as an amendment of a site's first version.
pub fn amendment(site: &Value, name: &str, lon: f64) -> Value {
    let mut body = school(name, lon);
    body["change"] = json!("amend");
    body["site"] = site.clone();
    body["base"] = json!(1);
    body
}
