//! Records sites from elsewhere, known by their source's key: new ones are created, changed ones amended, equal ones
//! left alone, and each change stands in the revision log with what was before and after.

use super::Reason;
use crate::clock;
use crate::geo::LonLat;
use crate::site::{Attributes, Catalogue, KindIndex, Visibility};
use crate::store::{Change, NewRevision, SiteRow, StoreError};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// A site as its source knows it.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Its kind.
    pub kind: KindIndex,
    /// Where it is.
    pub at: LonLat,
    /// What it is called.
    pub name: Box<str>,
    /// What else is known.
    pub attributes: Attributes,
    /// Who it comes from.
    pub source: String,
    /// What the source knows it by.
    pub source_key: String,
}

/// What recording did with one site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It is new.
    Created,
    /// It was known and has changed.
    Amended,
    /// It was known and is as it was.
    Unchanged,
    /// A unit answers for it: what was published of it stands, whatever a file says.
    Tended,
    /// Its key belongs to a site of a kind with the other visibility, which may not become this one: a home must not
    /// turn into a point.
    Clashes,
}

/// Records sites within one change.
#[derive(Debug)]
pub struct Recorder<'a> {
    change: &'a mut Change,
    catalogue: &'a Catalogue,
    reason: Reason,
    at: String,
    last_public: i64,
    last_hidden: i64,
}

/// What the log keeps of a site.
#[derive(Serialize)]
struct Logged<'a> {
    kind: &'a str,
    name: &'a str,
    lon: f64,
    lat: f64,
    attributes: &'a RawValue,
    source: &'a str,
    source_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    photos: Option<&'a RawValue>,
}

/// The JSON list of a site's photos when there is none.
pub(super) const NO_PHOTOS: &str = "[]";

impl<'a> Recorder<'a> {
    /// Starts recording; new numbers follow those given so far.
    pub async fn begin(change: &'a mut Change, catalogue: &'a Catalogue, reason: Reason) -> Result<Self, StoreError> {
        let (last_hidden, last_public) = change.site_id_ends().await?;
        Ok(Self { change, catalogue, reason, at: clock::now_rfc3339(), last_public, last_hidden })
    }

    /// Records a batch (some hundreds); one outcome for each, in order. No key may stand twice in a batch.
    pub async fn record(&mut self, batch: &[NewSite]) -> Result<Vec<Outcome>, StoreError> {
        let known = self.known(batch).await?;
        let mut outcomes = Vec::with_capacity(batch.len());
        let (mut rows, mut lines) = (Vec::new(), Vec::new());
        for site in batch {
            let before = known.get(&(site.source.as_str(), site.source_key.as_str()));
            let (outcome, row) = self.decide(site, before);
            if let Some(row) = row {
                lines.push(NewRevision {
                    noun: "site",
                    noun_id: row.id.to_string(),
                    action: if before.is_some() { "amended" } else { "created" },
                    before: before.map(logged),
                    after: logged(&row),
                });
                rows.push(row);
            }
            outcomes.push(outcome);
        }
        self.change.put_sites(&rows).await?;
        self.change.log(&self.at, &self.reason.who, &self.reason.why, &lines).await?;
        Ok(outcomes)
    }

    async fn known<'b>(&mut self, batch: &'b [NewSite]) -> Result<HashMap<(&'b str, &'b str), SiteRow>, StoreError> {
        let mut by_source: HashMap<&str, Vec<&'b NewSite>> = HashMap::new();
        for site in batch {
            by_source.entry(&site.source).or_default().push(site);
        }
        let mut known = HashMap::new();
        for (source, sites) in by_source {
            let keys: Vec<String> = sites.iter().map(|site| site.source_key.clone()).collect();
            let rows = self.change.sites_by_key(source, &keys).await?;
            let mut rows: HashMap<String, SiteRow> =
                rows.into_iter().map(|row| (row.source_key.clone(), row)).collect();
            for site in sites {
                if let Some(row) = rows.remove(&site.source_key) {
                    known.insert((site.source.as_str(), site.source_key.as_str()), row);
                }
            }
        }
        Ok(known)
    }

    fn decide(&mut self, site: &NewSite, before: Option<&SiteRow>) -> (Outcome, Option<SiteRow>) {
        let kind = self.catalogue.kind(site.kind);
        let [lon, lat] = site.at.to_store();
        let mut row = SiteRow {
            id: 0,
            kind: kind.id.clone(),
            name: site.name.to_string(),
            lon,
            lat,
            attributes: site.attributes.json().to_owned(),
            source: site.source.clone(),
            source_key: site.source_key.clone(),
            version: 1,
            updated: self.at.clone(),
            unit: None,
            closed: None,
            photos: NO_PHOTOS.to_owned(),
        };
        let Some(before) = before else {
            row.id = self.next_id(kind.visibility);
            return (Outcome::Created, Some(row));
        };
        if (before.id > 0) != (kind.visibility == Visibility::Public) {
            return (Outcome::Clashes, None);
        }
        row.id = before.id;
        row.version = before.version;
        row.updated.clone_from(&before.updated);
        // no source speaks of these
        row.unit.clone_from(&before.unit);
        row.closed.clone_from(&before.closed);
        row.photos.clone_from(&before.photos);
        if row == *before {
            return (Outcome::Unchanged, None);
        }
        if before.unit.is_some() {
            return (Outcome::Tended, None);
        }
        row.version += 1;
        row.updated.clone_from(&self.at);
        (Outcome::Amended, Some(row))
    }

    fn next_id(&mut self, visibility: Visibility) -> i64 {
        match visibility {
            Visibility::Public => {
                self.last_public += 1;
                self.last_public
            }
            Visibility::Aggregate => {
                self.last_hidden -= 1;
                self.last_hidden
            }
        }
    }
}

/// A site as the log keeps it.
pub(super) fn logged(row: &SiteRow) -> String {
    let attributes: &RawValue = serde_json::from_str(&row.attributes).unwrap_or(RawValue::NULL);
    let logged = Logged {
        kind: &row.kind,
        name: &row.name,
        lon: row.lon,
        lat: row.lat,
        attributes,
        source: &row.source,
        source_key: &row.source_key,
        unit: row.unit.as_deref(),
        closed: row.closed.as_deref(),
        photos: (row.photos != NO_PHOTOS).then(|| serde_json::from_str(&row.photos).ok()).flatten(),
    };
    // a struct of texts and numbers always serialises
    serde_json::to_string(&logged).unwrap_or_default()
}
