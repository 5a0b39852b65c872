//! What a reviewer decides: to return, or about many at once.

use super::{RegistrationError, before_decision, come_to, publish, put};
use crate::auth::Person;
use crate::clock;
use crate::site::Catalogue;
use crate::store::{RegistrationRow, State, Store};

/// What is decided about many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// They become public, with a note for the log.
    Publish(String),
    /// They go back, for a reason.
    Return(String),
}

/// Gives a submitted registration back to its unit.
pub async fn give_back(
    store: &Store,
    who: &Person,
    (id, version): (&str, i64),
    reason: &str,
) -> Result<RegistrationRow, RegistrationError> {
    let mut change = store.change().await?;
    let before = before_decision(&mut change, who, id, version).await?;
    let now = clock::now_rfc3339();
    let mut row = come_to(&before, State::Returned, &now);
    reason.clone_into(&mut row.reason);
    row.decided = Some(now);
    put(&mut change, &who.account, ("returned", reason), Some(&before), &row).await?;
    change.commit().await?;
    Ok(row)
}

/// Decides about many, each by itself: one that can't be leaves the others as they are decided.
pub async fn decide(
    store: &Store,
    catalogue: &Catalogue,
    who: &Person,
    many: &[(String, i64)],
    decision: &Decision,
) -> Vec<Result<RegistrationRow, RegistrationError>> {
    let mut results = Vec::with_capacity(many.len());
    for (id, version) in many {
        results.push(match decision {
            Decision::Publish(note) => publish(store, catalogue, who, (id, *version), note).await,
            Decision::Return(reason) => give_back(store, who, (id, *version), reason).await,
        });
    }
    results
}
