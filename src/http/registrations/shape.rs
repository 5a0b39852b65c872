//! The shape of registrations over the wire.

use crate::import::sheet::Warning;
use crate::store::{Intent, RegistrationRow, SiteRow, State, Step, Store, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A registration to be kept.
#[derive(Debug, Clone, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistrationBody {
    /// `create`, `amend` or `close`.
    pub change: Intent,
    /// The site that is amended or closed.
    #[serde(default)]
    pub site: Option<i64>,
    /// The version of it that was seen; an amendment needs it.
    #[serde(default)]
    pub base: Option<i64>,
    /// Whose it is to be; members register for their own unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// The kind's id or name; needed unless a site closes.
    #[serde(default)]
    pub kind: Option<String>,
    /// Needed before it is submitted.
    #[serde(default)]
    pub name: Option<String>,
    /// Degrees east in the datum `crs`; needed before it is submitted.
    #[serde(default)]
    pub lon: Option<f64>,
    /// Degrees north.
    #[serde(default)]
    pub lat: Option<f64>,
    /// `wgs84` (usual), `gcj02`, `bd09` or `cgcs2000`.
    #[serde(default)]
    pub crs: Option<String>,
    /// The kind's attributes by id; texts are read as cells of a sheet are.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub attributes: Map<String, Value>,
    /// Ids of photos that were sent before, at most 6.
    #[serde(default)]
    pub photos: Vec<String>,
    /// The day from which on the site is not shown, `YYYY-MM-DD`; of a site that closes usually the day of publishing.
    #[serde(default)]
    pub closed_on: Option<String>,
    /// For the reviewer, at most 2,000 characters.
    #[serde(default)]
    pub note: String,
    /// Whether it is submitted at once.
    #[serde(default)]
    pub submit: bool,
}

/// A photo.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PhotoAnswer {
    /// 32 hexadecimal digits.
    pub id: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// A unit by id and name.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UnitName {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Who began a registration.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AuthorAnswer {
    /// What they sign in with; `task` for one that a planner handed over.
    pub account: String,
    /// What they were called.
    pub name: String,
}

/// A registration.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RegistrationAnswer {
    /// 32 hexadecimal digits.
    pub id: String,
    /// Counts its changes from 1; the `ETag` says the same.
    pub version: i64,
    /// `draft`, `submitted`, `returned`, `published` or `withdrawn`.
    pub state: State,
    /// `create`, `amend` or `close`.
    pub change: Intent,
    /// The site that is amended or closed; of a new one, once it is published.
    pub site: Option<i64>,
    /// The site's version that it was made on.
    pub base: Option<i64>,
    /// Whose it is.
    pub unit: Option<UnitName>,
    /// Who began it.
    pub author: AuthorAnswer,
    /// The kind's id.
    pub kind: String,
    /// Empty in a draft that has none yet.
    pub name: String,
    /// WGS-84 degrees; null in a draft that has none yet.
    pub lon: Option<f64>,
    /// WGS-84 degrees.
    pub lat: Option<f64>,
    /// The attributes by id.
    #[schema(value_type = Object)]
    pub attributes: Box<RawValue>,
    /// Its photos.
    #[schema(value_type = Vec<PhotoAnswer>)]
    pub photos: Box<RawValue>,
    /// The day on which the site closes.
    pub closed_on: Option<String>,
    /// What its unit says to the reviewer.
    pub note: String,
    /// Why it was returned.
    pub reason: String,
    /// RFC 3339.
    pub created: String,
    /// When it was last changed.
    pub saved: String,
    /// When it was last submitted.
    pub submitted: Option<String>,
    /// When it was last returned or published.
    pub decided: Option<String>,
    /// Whether name, place and attributes are left out, because it is a home: open it to see them, which is logged.
    pub is_kept_back: bool,
}

/// What the public sees of a site, or saw before it closed.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PublicSite {
    /// Its number.
    pub id: i64,
    /// Counts its changes from 1.
    pub version: i64,
    /// The kind's id.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// The attributes by id.
    #[schema(value_type = Object)]
    pub attributes: Box<RawValue>,
    /// Its photos.
    #[schema(value_type = Vec<PhotoAnswer>)]
    pub photos: Box<RawValue>,
    /// The id of the unit that answers for it.
    pub unit_id: Option<String>,
    /// The day from which on it is not shown.
    pub closed: Option<String>,
    /// RFC 3339.
    pub updated: String,
}

/// A registration with all that belongs to it.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OpenedRegistration {
    /// The registration.
    #[serde(flatten)]
    pub registration: RegistrationAnswer,
    /// Things to look at again.
    pub warnings: Vec<Warning>,
    /// What the public sees of the site; nothing for a new one.
    pub current: Option<PublicSite>,
    /// What happened to the registration, oldest first.
    pub history: Vec<StepAnswer>,
}

/// A line of the revision log about one thing.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StepAnswer {
    /// The line's number.
    pub revision: i64,
    /// RFC 3339.
    pub at: String,
    /// The account.
    pub who: String,
    /// In words.
    pub why: String,
    /// `created`, `amended`, `submitted` …
    pub action: String,
    /// As it was; nothing when created.
    #[schema(value_type = Option<Object>)]
    pub before: Option<Box<RawValue>>,
    /// As it was then.
    #[schema(value_type = Object)]
    pub after: Option<Box<RawValue>>,
}

/// The units by id.
#[derive(Debug)]
pub struct Units(HashMap<String, String>);

impl Units {
    /// As they are called now.
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        Ok(Self(store.unit_names().await?.into_iter().collect()))
    }

    /// One by its id, which stands for a name that is not known.
    pub fn named(&self, id: String) -> UnitName {
        let name = self.0.get(&id).cloned().unwrap_or_else(|| id.clone());
        UnitName { id, name }
    }
}

/// JSON that was stored, as it is sent.
fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

impl RegistrationAnswer {
    /// A stored registration as it is told.
    pub fn of(row: RegistrationRow, units: &Units) -> Self {
        Self {
            id: row.id,
            version: row.version,
            state: row.state,
            change: row.change,
            site: row.site,
            base: row.base,
            unit: row.unit.map(|unit| units.named(unit)),
            author: AuthorAnswer { account: row.author, name: row.author_name },
            kind: row.kind,
            name: row.name,
            lon: row.lon,
            lat: row.lat,
            attributes: raw(row.attributes),
            photos: raw(row.photos),
            closed_on: row.closed_on,
            note: row.note,
            reason: row.reason,
            created: row.created,
            saved: row.saved,
            submitted: row.submitted,
            decided: row.decided,
            is_kept_back: false,
        }
    }

    /// The same without what tells where a home is.
    pub fn kept_back(self) -> Self {
        Self {
            name: String::new(),
            lon: None,
            lat: None,
            attributes: raw("{}".to_owned()),
            photos: raw("[]".to_owned()),
            note: String::new(),
            reason: String::new(),
            is_kept_back: true,
            ..self
        }
    }
}

impl PublicSite {
    /// A stored site as it is told.
    pub fn of(row: SiteRow) -> Self {
        Self {
            id: row.id,
            version: row.version,
            kind: row.kind,
            name: row.name,
            lon: row.lon,
            lat: row.lat,
            attributes: raw(row.attributes),
            photos: raw(row.photos),
            unit_id: row.unit,
            closed: row.closed,
            updated: row.updated,
        }
    }
}

impl StepAnswer {
    /// A line of the log as it is told.
    pub fn of(step: Step) -> Self {
        let Step { revision, at, who, why, action, before, after } = step;
        Self { revision, at, who, why, action, before: before.map(raw), after: Some(raw(after)) }
    }
}
