//! A person with an account.

use super::rights::{Action, Role, may};
use serde::Serialize;

/// A person's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PersonId(pub i64);

/// A responsible unit's id: letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct UnitId(pub String);

/// Whoever is signed in, or holds a unit's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// What they sign in with; stands in the revision log.
    pub account: String,
    /// What they are called.
    pub name: String,
    /// Their unit, if they belong to one.
    pub unit: Option<UnitId>,
    /// What they are.
    pub roles: Vec<Role>,
}

impl Person {
    /// Whether one of their roles allows it.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        may(&self.roles, action)
    }

    /// Whether they belong to a unit.
    #[must_use]
    pub fn is_of(&self, unit: &UnitId) -> bool {
        self.unit.as_ref() == Some(unit)
    }
}
