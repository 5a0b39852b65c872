//! Proposed sites that a planner handed over become drafts of the unit that they were handed to.

use super::{RegistrationError, put};
use crate::chance::token;
use crate::clock;
use crate::registry::sites::NO_PHOTOS;
use crate::store::{Intent, RegistrationRow, State, Store};

/// Who the log says began such a draft.
const AUTHOR: &str = "task";

/// Makes a draft of each task that was handed to a unit with an account here, once each. A planner hands over by the unit's
/// name, perhaps before it has an account; so this is asked whenever somebody looks at registrations, and costs one small
/// query while there is nothing new.
pub async fn adopt_tasks(store: &Store) -> Result<(), RegistrationError> {
    if !store.has_new_tasks().await? {
        return Ok(());
    }
    let mut change = store.change().await?;
    let now = clock::now_rfc3339();
    for (unit, task) in change.new_tasks().await? {
        let row = RegistrationRow {
            id: token()?,
            version: 1,
            state: State::Draft,
            change: Intent::Create,
            site: None,
            base: None,
            unit: Some(unit),
            author: AUTHOR.to_owned(),
            author_name: String::new(),
            kind: task.kind,
            name: task.name,
            lon: Some(task.lon),
            lat: Some(task.lat),
            area: None,
            attributes: "{}".to_owned(),
            photos: NO_PHOTOS.to_owned(),
            closed_on: None,
            reopens: false,
            note: task.note,
            reason: String::new(),
            sent_as: None,
            number: None,
            task: Some(task.id),
            created: now.clone(),
            saved: now.clone(),
            since: now.clone(),
            submitted: None,
            decided: None,
        };
        put(&mut change, AUTHOR, ("created", "handed over by a planner"), None, &row).await?;
    }
    Ok(change.commit().await?)
}
