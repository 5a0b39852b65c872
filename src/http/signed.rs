//! Who asks. The gate puts them into the request; a handler takes them out by having a [`Signed`] parameter.

use super::problem::Problem;
use crate::auth::{Action, Person};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// A person with an account; nobody else gets past it (401).
#[derive(Debug, Clone)]
pub struct Signed(pub Person);

impl<S: Sync> FromRequestParts<S> for Signed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Person>().cloned().map(Self).ok_or(Problem::Unsigned)
    }
}

impl Signed {
    /// Whether they may (403 otherwise), for what depends on more than the route.
    pub fn may(&self, action: Action) -> Result<(), Problem> {
        if self.0.may(action) { Ok(()) } else { Err(Problem::not_allowed()) }
    }
}
