//! Sites that close on a day, and what of a site few have.
//!
//! A site is shown up to the day before the one on which it closes. One that closed leaves memory by the same steps as one
//! that is amended; one that closes later leaves when that day comes, in every process by itself.

use super::load::lone_site;
use super::{Live, Snapshot};
use crate::site::SiteId;
use crate::store::{SiteRow, TendedRow};
use chrono::NaiveDate;
use std::collections::HashMap;

/// The JSON list of photos of a site that has none.
const NO_PHOTOS: &str = "[]";

/// What of a site few have.
#[derive(Debug, Clone, PartialEq)]
pub struct Tended {
    /// The id of the unit that answers for it.
    pub unit: Option<Box<str>>,
    /// JSON list of `{id, width, height}`.
    pub photos: Box<str>,
}

/// The sites that leave on a day to come, few at any time.
#[derive(Debug, Default)]
pub(super) struct Closing {
    ahead: HashMap<SiteId, NaiveDate>,
    last: Option<NaiveDate>,
}

impl Closing {
    /// From what is stored: closings ahead, and the latest up to today.
    pub fn of(ahead: Vec<(i64, String)>, last: Option<String>) -> Self {
        let ahead = ahead.into_iter().filter_map(|(id, day)| Some((SiteId(id), day.parse().ok()?)));
        Self { ahead: ahead.collect(), last: last.and_then(|day| day.parse().ok()) }
    }

    /// The last day on which a site left because its day had come.
    pub fn last(&self) -> Option<NaiveDate> {
        self.last
    }

    pub fn forget(&mut self, id: SiteId) {
        self.ahead.remove(&id);
    }

    fn due(&self, today: NaiveDate) -> Vec<(SiteId, NaiveDate)> {
        let due = self.ahead.iter().filter(|(_, day)| **day <= today);
        due.map(|(id, day)| (*id, *day)).collect()
    }
}

/// The ids in a list of photos.
fn ids(photos: &str) -> Vec<Box<str>> {
    #[derive(serde::Deserialize)]
    struct Photo {
        id: Box<str>,
    }
    if photos == NO_PHOTOS {
        return Vec::new();
    }
    let photos: Vec<Photo> = serde_json::from_str(photos).unwrap_or_default();
    photos.into_iter().map(|photo| photo.id).collect()
}

impl Live {
    /// Takes out the sites whose closing day has come by `today`. Most days there is none, and readers are not held up.
    pub fn close_due(&self, today: NaiveDate) {
        if self.read().has_due(today) {
            self.amend(|now| now.close_due(today));
        }
    }
}

impl Snapshot {
    /// Who answers for a public site and what photos it has; nothing for most.
    #[must_use]
    pub fn tended(&self, id: SiteId) -> Option<&Tended> {
        self.tended.get(&id)
    }

    /// Whether a public site shows the photo with this id.
    #[must_use]
    pub fn shows_photo(&self, id: &str) -> bool {
        self.photos.contains_key(id)
    }

    /// Forgets unit and photos of a site.
    pub(super) fn untend(&mut self, id: SiteId) {
        let Some(tended) = self.tended.remove(&id) else { return };
        for photo in ids(&tended.photos) {
            match self.photos.get_mut(&photo) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.photos.remove(&photo)),
            }
        }
    }

    /// Whether a site leaves by `today` that is still there.
    fn has_due(&self, today: NaiveDate) -> bool {
        self.closing.ahead.values().any(|day| *day <= today)
    }

    /// Takes out what closes by `today`.
    fn close_due(&mut self, today: NaiveDate) {
        for (id, day) in self.closing.due(today) {
            self.take_out(id);
            self.closing.last = self.closing.last.max(Some(day));
        }
    }

    /// Takes in a row as it stands now: into the place of its former self, or out when it has closed.
    pub(super) fn take_in(&mut self, row: &SiteRow, today: NaiveDate) {
        let id = SiteId(row.id);
        if !row.is_shown_on(&today.to_string()) {
            self.take_out(id);
            return;
        }
        let rules = self.rules.clone();
        let Some(site) = lone_site(&rules, row) else { return };
        self.put(site);
        self.tend(TendedRow { id: row.id, unit: row.unit.clone(), photos: row.photos.clone() });
        if let Some(day) = row.closed.as_deref().and_then(|day| day.parse().ok()) {
            self.closing.ahead.insert(id, day);
        }
    }

    /// Notes unit and photos of a site that is held and public.
    pub(super) fn tend(&mut self, row: TendedRow) {
        let id = SiteId(row.id);
        let is_plain = row.unit.is_none() && row.photos == NO_PHOTOS;
        if !is_plain && self.site(id).is_some() {
            for photo in ids(&row.photos) {
                *self.photos.entry(photo).or_default() += 1;
            }
            self.tended.insert(id, Tended { unit: row.unit.map(Into::into), photos: row.photos.into() });
        }
    }
}
