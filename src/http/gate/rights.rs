//! Which route is whose. This table is the only place that says so; what each action is and who may do it stands in
//! `auth::rights`. A test makes the same table from the router itself and holds the two together.

use crate::auth::Action;
use axum::http::Method;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Whoever likes.
    Everybody,
    /// Whoever may do one of these.
    May(&'static [Action]),
}

use Action::{Audit, ManagePeople, ManageUnits, OwnAccount, Plan, Register, Review, SeeHomes};
use Who::{Everybody, May};

/// The desk of those who register and of those who review.
const DESK: Who = May(&[Register, Review]);
/// All who plan.
const PLAN: Who = May(&[Plan]);
/// All who have an account.
const OWN: Who = May(&[OwnAccount]);

/// Every route that changes something, and every one that not everybody may read. What is read and does not stand here is
/// everybody's; what changes something and does not stand here is refused.
const TABLE: &[(Method, &str, Who)] = &[
    // signing in
    (Method::POST, "/api/session", Everybody),
    (Method::DELETE, "/api/session", OWN),
    (Method::DELETE, "/api/sessions", OWN),
    (Method::PUT, "/api/password", OWN),
    (Method::POST, "/api/links", Everybody),
    (Method::POST, "/api/links/look", Everybody),
    // people and units
    (Method::GET, "/api/people", May(&[ManagePeople])),
    (Method::POST, "/api/people", May(&[ManagePeople])),
    (Method::PUT, "/api/people/{id}", May(&[ManagePeople])),
    (Method::POST, "/api/people/{id}/link", May(&[ManagePeople])),
    (Method::POST, "/api/units", May(&[ManageUnits])),
    (Method::PUT, "/api/units/{id}", May(&[ManageUnits])),
    (Method::GET, "/api/units/{id}/tokens", May(&[ManageUnits])),
    (Method::POST, "/api/units/{id}/tokens", May(&[ManageUnits])),
    (Method::DELETE, "/api/units/{id}/tokens/{token}", May(&[ManageUnits])),
    // trace
    (Method::GET, "/api/audit", May(&[Audit])),
    (Method::GET, "/api/audit.csv", May(&[Audit])),
    (Method::POST, "/api/homes", May(&[SeeHomes])),
    // finding: what would tell where somebody is stands in a body
    (Method::POST, "/api/nearby", Everybody),
    (Method::POST, "/api/route", Everybody),
    // planning
    (Method::POST, "/api/what-if", Everybody),
    (Method::POST, "/api/siting", PLAN),
    (Method::DELETE, "/api/siting/{id}", PLAN),
    (Method::POST, "/api/scenarios", PLAN),
    (Method::PUT, "/api/scenarios/{id}", PLAN),
    (Method::DELETE, "/api/scenarios/{id}", PLAN),
    (Method::POST, "/api/scenarios/{id}/tasks", PLAN),
    // registering and reviewing
    (Method::GET, "/api/registrations", DESK),
    (Method::POST, "/api/registrations", DESK),
    (Method::POST, "/api/registrations/check", DESK),
    (Method::POST, "/api/registrations/decide", May(&[Review])),
    (Method::GET, "/api/registrations/{id}", DESK),
    (Method::PUT, "/api/registrations/{id}", DESK),
    (Method::DELETE, "/api/registrations/{id}", DESK),
    (Method::POST, "/api/registrations/{id}/submit", DESK),
    (Method::POST, "/api/registrations/{id}/publish", May(&[Review])),
    (Method::POST, "/api/registrations/{id}/return", May(&[Review])),
    (Method::POST, "/api/registrations/{id}/merge", May(&[Review])),
    (Method::GET, "/api/sites/{id}/history", DESK),
    (Method::POST, "/api/sites/{id}/restore", DESK),
    (Method::GET, "/api/desk", DESK),
    (Method::POST, "/api/photos", DESK),
    (Method::POST, "/api/reports", Everybody),
    (Method::GET, "/api/reports", DESK),
    (Method::PUT, "/api/reports/{id}", DESK),
    // sheets and signs
    (Method::GET, "/api/sheets", DESK),
    (Method::POST, "/api/sheets", DESK),
    (Method::GET, "/api/sheets/{id}", DESK),
    (Method::DELETE, "/api/sheets/{id}", DESK),
    (Method::GET, "/api/sheets/{id}/events", DESK),
    (Method::PUT, "/api/sheets/{id}/columns", DESK),
    (Method::GET, "/api/sheets/{id}/rows", DESK),
    (Method::PATCH, "/api/sheets/{id}/rows", DESK),
    (Method::POST, "/api/sheets/{id}/submit", DESK),
    (Method::GET, "/api/sheets/{id}/bad.xlsx", DESK),
    (Method::GET, "/api/units/{id}/signs.pdf", DESK),
];

/// Who may call a route; nothing when it does not stand in the table and changes something.
pub(super) fn of(method: &Method, route: &str) -> Option<Who> {
    static BY_ROUTE: OnceLock<HashMap<&str, Vec<(&Method, Who)>>> = OnceLock::new();
    let by_route = BY_ROUTE.get_or_init(|| {
        let mut by_route: HashMap<&str, Vec<(&Method, Who)>> = HashMap::new();
        for (method, route, who) in TABLE {
            by_route.entry(route).or_default().push((method, *who));
        }
        by_route
    });
    // a HEAD is answered by the handler of the GET
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let known = by_route.get(route).and_then(|rows| rows.iter().find(|(of, _)| *of == method));
    known.map(|(_, who)| *who).or_else(|| (method.is_safe()).then_some(Everybody))
}

/// The table, for the test that holds it against the router.
pub fn rights() -> impl Iterator<Item = (&'static Method, &'static str, Who)> {
    TABLE.iter().map(|(method, route, who)| (method, *route, *who))
}
