//! Who looked at homes, and why: a line in the log (noun `look`) before anything is shown.

use super::Reason;
use crate::clock;
use crate::store::{NewRevision, Store, StoreError};
use serde_json::json;

/// Notes a look at all sites of an aggregate kind, of which there are so many. Returns when it was.
pub async fn note_look(store: &Store, kind: &str, count: usize, reason: &Reason) -> Result<String, StoreError> {
    let at = clock::now_rfc3339();
    let line = NewRevision {
        noun: "look",
        noun_id: kind.to_owned(),
        action: "looked",
        before: None,
        after: json!({ "homes": count }).to_string(),
    };
    let mut change = store.change().await?;
    change.log(&at, &reason.who, &reason.why, &[line]).await?;
    change.commit().await?;
    Ok(at)
}
