//! Who may do what, signing in and out, links, people, units, tokens and the audit, all before the real router.

mod audit;
mod command_line;
mod office;
mod rights;
mod sessions;
mod upkeep;

use crate::world::{Answer, Anybody, World};
use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use yimi::auth::{Role, password};
use yimi::registry::people::{self, NewPerson};

/// A password that nobody tries first.
const PASSWORD: &str = "春天送孩子去图书馆看书";

/// Somebody with a password, who is not signed in.
async fn somebody(world: &World, account: &str, roles: &[Role]) -> i64 {
    world.unit("u001").await;
    let new = NewPerson {
        account: account.to_owned(),
        name: format!("某{account}"),
        unit: Some("u001".to_owned()),
        roles: roles.to_vec(),
    };
    let hash = password::hash(PASSWORD).expect("hashed");
    people::add(&world.store, new, Some(hash), "test").await.expect("a person").0.id
}

/// Tries to sign in.
async fn tries(anybody: &Anybody, account: &str, password: &str) -> Answer {
    anybody.sends("POST", "/api/session", &json!({ "account": account, "password": password })).await
}

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
}

/// Who the service takes somebody for.
async fn account(anybody: &Anybody) -> Value {
    anybody.reads("/api/session").await["person"]["account"].clone()
}

/// Sends JSON with further headers.
async fn sends_with(anybody: &Anybody, method: &str, address: &str, headers: &[(&str, &str)], json: &Value) -> Answer {
    let mut request = Request::builder().method(method).uri(address).header("content-type", "application/json");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    anybody.asks(request.body(Body::from(json.to_string())).expect("a request")).await
}
