//! An earlier version of a site comes back, as an amendment like any other.

use super::publish::make_public;
use super::save::{same_sight, touched};
use super::{RegistrationError, put};
use crate::auth::{Action, Person};
use crate::chance::token;
use crate::clock;
use crate::registry::sites::NO_PHOTOS;
use crate::site::{Attributes, Catalogue};
use crate::store::{Intent, RegistrationRow, State, Store};
use serde::Deserialize;
use serde_json::value::RawValue;

/// What the log keeps of a site, as it is read back.
#[derive(Deserialize)]
struct Earlier {
    kind: String,
    name: String,
    lon: f64,
    lat: f64,
    attributes: Box<RawValue>,
    closed: Option<String>,
    photos: Option<Box<RawValue>>,
}

/// Brings back what a site was after a line of the log: submitted, and published at once when a reviewer asks. Whose it is
/// stays as it is; that it was open then opens it again. The site must stand at `version`.
pub async fn restore(
    store: &Store,
    catalogue: &Catalogue,
    who: &Person,
    (site, version): (i64, i64),
    revision: i64,
    why: &str,
    area_of: impl Fn(f64, f64) -> Option<String>,
) -> Result<RegistrationRow, RegistrationError> {
    let step = store.step("site", &site.to_string(), revision).await?.ok_or(RegistrationError::NoSite)?;
    let earlier: Earlier = serde_json::from_str(&step.after)?;
    let mut change = store.change().await?;
    let now_there = touched(&mut change, who, site).await?;
    same_sight(catalogue, &earlier.kind, Some(&now_there))?;
    let unit = now_there.unit.clone().or_else(|| who.unit.as_ref().map(|unit| unit.0.clone()));
    if unit.is_none() && !who.may(Action::Review) {
        return Err(RegistrationError::NoUnit);
    }
    let now = clock::now_rfc3339();
    let row = RegistrationRow {
        id: token()?,
        version: 1,
        state: State::Submitted,
        change: Intent::Amend,
        site: Some(site),
        base: Some(now_there.version),
        unit,
        author: who.account.clone(),
        author_name: who.name.clone(),
        kind: earlier.kind,
        name: earlier.name,
        lon: Some(earlier.lon),
        lat: Some(earlier.lat),
        area: area_of(earlier.lon, earlier.lat),
        // what the catalogue no longer has does not come back
        attributes: Attributes::from_json(catalogue, earlier.attributes.get())?.json().to_owned(),
        photos: earlier.photos.map_or_else(|| NO_PHOTOS.to_owned(), |photos| photos.get().to_owned()),
        closed_on: earlier.closed,
        reopens: true,
        note: why.to_owned(),
        reason: String::new(),
        sent_as: None,
        number: None,
        task: None,
        created: now.clone(),
        saved: now.clone(),
        since: now.clone(),
        submitted: Some(now),
        decided: None,
    };
    if now_there.version != version {
        return Err(RegistrationError::SiteMoved { yours: Box::new(row), site: Box::new(now_there) });
    }
    put(&mut change, &who.account, ("submitted", why), None, &row).await?;
    let row = if who.may(Action::Review) { make_public(&mut change, catalogue, who, &row, why).await? } else { row };
    change.commit().await?;
    Ok(row)
}
