//! The life of a site: a unit registers, amends or closes one, a reviewer publishes that or returns it.
//!
//! A registration is a working record. `draft` → `submitted` → `published`, or `returned` with a reason and submitted again;
//! its unit may withdraw it as long as it is not published. What the public sees, the row of `site`, is only ever written
//! by publishing, and always from a registration. Each step is one transaction that writes the registration and its
//! line in the revision log; publishing writes the site and its line in the same one.
//!
//! Nothing is overwritten: whoever changes a registration says which version they saw, and an amendment is published only
//! onto the version of the site that it was made on.

mod decide;
mod publish;
mod restore;
mod save;
mod tasks;

pub use decide::{Decision, decide, give_back};
pub use publish::{merge, publish};
pub use restore::restore;
pub use save::{Filled, amend, save, save_in, submit, withdraw};
pub use tasks::adopt_tasks;

use crate::auth::{Action, Person, UnitId};
use crate::clock;
use crate::store::{Change, NewRevision, RegistrationRow, SiteRow, State, Store, StoreError};
use crate::text::Words;
use serde_json::json;
use serde_json::value::RawValue;

/// Photos of one site.
pub const MOST_PHOTOS: usize = 6;
/// Where published sites that began here say they come from.
pub const SOURCE: &str = "registered";

/// By what a site is known again that a unit's own list has under a number.
#[must_use]
pub fn unit_key(unit: &str, kind: &str, number: &str) -> String {
    format!("{unit}:{kind}:{number}")
}

/// Why a registration is not changed.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// There is none, or whoever asks may not see it.
    #[error("no such registration")]
    Unknown,
    /// There is no such site, or it is not for whoever asks.
    #[error("no such site")]
    NoSite,
    /// They may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// The site is another unit's.
    #[error("the site is another unit's")]
    OtherUnits,
    /// Somebody who belongs to no unit has nothing to register for.
    #[error("the account belongs to no unit")]
    NoUnit,
    /// Somebody changed it meanwhile.
    #[error("the registration stands at version {}", .now.version)]
    Older {
        /// As it stands.
        now: Box<RegistrationRow>,
    },
    /// It stands where this can't be done.
    #[error("the registration is {:?}", .now.state)]
    Elsewhere {
        /// As it stands.
        now: Box<RegistrationRow>,
    },
    /// The site has changed since the amendment was made.
    #[error("the site stands at version {}", .site.version)]
    SiteMoved {
        /// The amendment.
        yours: Box<RegistrationRow>,
        /// The site as it stands.
        site: Box<SiteRow>,
    },
    /// Something is missing before it can be submitted.
    #[error("{} fields are missing", .0.len())]
    Incomplete(Vec<&'static str>),
    /// One field is wrong.
    #[error("{field} = {found}")]
    Wrong {
        /// Which.
        field: &'static str,
        /// What it says.
        found: String,
        /// What it should say.
        wanted: Words,
    },
    /// A line of the log does not read.
    #[error("a line of the log does not read: {0}")]
    Line(#[from] serde_json::Error),
    /// The system has no random bits.
    #[error("no random bits: {0}")]
    Random(#[from] getrandom::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether somebody may see a registration: reviewers all, members those of their unit.
#[must_use]
pub fn sees(who: &Person, row: &RegistrationRow) -> bool {
    who.may(Action::Review)
        || who.may(Action::Register) && row.unit.as_ref().is_some_and(|unit| who.is_of(&UnitId(unit.clone())))
}

/// Whether somebody may register changes of a site: reviewers of all, members of their unit's own and of public ones that
/// nobody has taken on.
#[must_use]
pub fn may_touch(who: &Person, site: &SiteRow) -> bool {
    let own = |unit: &String| who.is_of(&UnitId(unit.clone()));
    who.may(Action::Review) || who.may(Action::Register) && site.unit.as_ref().map_or(site.id > 0, own)
}

/// Writes down that somebody looked at a registration of a home.
pub async fn note_look(store: &Store, who: &Person, row: &RegistrationRow) -> Result<(), StoreError> {
    let line = NewRevision {
        noun: "look",
        noun_id: row.kind.clone(),
        action: "looked",
        before: None,
        after: json!({ "homes": 1, "registration": row.id }).to_string(),
    };
    let mut change = store.change().await?;
    change.log(&clock::now_rfc3339(), &who.account, "opened the registration", &[line]).await?;
    change.commit().await
}

/// A registration that somebody may see, at the version that they saw.
async fn opened(
    change: &mut Change,
    who: &Person,
    id: &str,
    version: i64,
) -> Result<RegistrationRow, RegistrationError> {
    let row = change.registration(id).await?.filter(|row| sees(who, row)).ok_or(RegistrationError::Unknown)?;
    if row.version != version {
        return Err(RegistrationError::Older { now: Box::new(row) });
    }
    Ok(row)
}

/// The same for a reviewer, who decides about what was submitted.
async fn before_decision(
    change: &mut Change,
    who: &Person,
    id: &str,
    version: i64,
) -> Result<RegistrationRow, RegistrationError> {
    if !who.may(Action::Review) {
        return Err(RegistrationError::NotAllowed);
    }
    let row = opened(change, who, id, version).await?;
    if row.state == State::Submitted { Ok(row) } else { Err(RegistrationError::Elsewhere { now: Box::new(row) }) }
}

/// The next version of a registration, come to a state now.
fn come_to(before: &RegistrationRow, state: State, now: &str) -> RegistrationRow {
    let since = if state == before.state { before.since.clone() } else { now.to_owned() };
    let submitted = if state == State::Submitted && state != before.state {
        Some(now.to_owned())
    } else {
        before.submitted.clone()
    };
    RegistrationRow { version: before.version + 1, state, since, submitted, saved: now.to_owned(), ..before.clone() }
}

/// Writes a registration and its line.
async fn put(
    change: &mut Change,
    who: &str,
    step: (&'static str, &str),
    before: Option<&RegistrationRow>,
    row: &RegistrationRow,
) -> Result<(), StoreError> {
    let (action, why) = step;
    change.put_registration(row).await?;
    let line = NewRevision {
        noun: "registration",
        noun_id: row.id.clone(),
        action,
        before: before.map(logged),
        after: logged(row),
    };
    change.log(&row.saved, who, why, &[line]).await
}

/// What the log keeps of a version.
fn logged(row: &RegistrationRow) -> String {
    let raw = |text: &str| serde_json::from_str::<Box<RawValue>>(text).ok();
    json!({
        "version": row.version, "state": row.state, "change": row.change, "site": row.site, "base": row.base,
        "unit": row.unit, "author": row.author, "kind": row.kind, "name": row.name, "lon": row.lon, "lat": row.lat,
        "attributes": raw(&row.attributes), "photos": raw(&row.photos), "closed_on": row.closed_on, "note": row.note,
        "reason": row.reason, "number": row.number, "task": row.task,
    })
    .to_string()
}
