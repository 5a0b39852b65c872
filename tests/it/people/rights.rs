//! Every route of the router and every role: the table in `rights.txt` is what is wanted, and the same table is made here by
//! calling each route as nobody and as somebody of each role. A route that is new stands in neither and fails the test.

use crate::world::{Anybody, World};
use axum::body::Body;
use axum::http::Request;
use std::collections::BTreeSet;
use yimi::http::{Who, document, rights};

const WANTED: &str = include_str!("rights.txt");
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// All operations of the OpenAPI document, which the router itself makes.
fn operations() -> Vec<(String, String)> {
    let document: serde_json::Value = serde_json::from_str(document()).expect("json");
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            operations.push((method.to_uppercase(), path.clone()));
        }
    }
    operations
}

/// Whether the gate lets somebody to the handler: what it answers itself it answers in its own words.
async fn comes_through(anybody: &Anybody, method: &str, path: &str) -> bool {
    let mut address = path.to_owned();
    while let (Some(from), Some(to)) = (address.find('{'), address.find('}')) {
        address.replace_range(from..=to, "1");
    }
    let request = Request::builder().method(method).uri(&address).header("content-type", "application/json");
    let answer = anybody.heads(request.body(Body::from("{}")).expect("a request")).await;
    assert!(answer.0.as_u16() < 500 || answer.0 == 503, "{method} {path}: {}", answer.0);
    let gate = (answer.0 == 401 && answer.1.contains("sign in and try again"))
        || (answer.0 == 403 && answer.1.contains("your account may not do this"));
    !gate
}

fn name_of(role: &str) -> Option<&str> {
    match role {
        "nobody" => None,
        "member" => Some("member-u001"),
        role => Some(role),
    }
}

#[tokio::test]
async fn each_route_is_open_to_those_whom_the_table_names_and_to_nobody_else() {
    let world = World::empty().await;
    let people = [
        ("nobody", world.anybody().await),
        ("member", world.as_member().await),
        ("reviewer", world.as_reviewer().await),
        ("planner", world.as_planner().await),
        ("administrator", world.as_administrator().await),
    ];
    let mut made = Vec::new();
    for (method, path) in operations() {
        let mut open = Vec::new();
        for (name, somebody) in &people {
            // a session of its own for each, as some end all that there are
            let fresh = match name_of(name) {
                Some(account) => Some(world.cookie(world.person(account, &[], None).await).await),
                None => None,
            };
            let somebody = somebody.with_cookie(fresh);
            if comes_through(&somebody, &method, &path).await {
                open.push(*name);
            }
        }
        let open = if open.len() == people.len() { "everybody".to_owned() } else { open.join(" ") };
        made.push(format!("{method} {path}: {open}"));
    }
    let wanted: BTreeSet<&str> = WANTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let made: BTreeSet<&str> = made.iter().map(String::as_str).collect();
    let (missing, surplus): (Vec<_>, Vec<_>) = (made.difference(&wanted).collect(), wanted.difference(&made).collect());
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "not in rights.txt: {missing:#?}\nnot so (any more): {surplus:#?}"
    );
}

#[test]
fn no_changing_route_is_without_a_line_in_the_gates_table() {
    let table: BTreeSet<(String, String)> =
        rights().map(|(method, route, _)| (method.to_string(), route.to_owned())).collect();
    assert_eq!(table.len(), rights().count(), "a route stands in the table twice");
    let forgotten: Vec<_> = operations()
        .into_iter()
        .filter(|(method, path)| method != "GET" && !table.contains(&(method.clone(), path.clone())))
        .collect();
    assert!(forgotten.is_empty(), "these change something and nobody may: {forgotten:?}");
    let open: Vec<_> = rights().filter(|(method, _, who)| *who == Who::Everybody && !method.is_safe()).collect();
    assert!(open.len() <= 8, "{open:?}");
}
