//! When sites are open, and where somebody sees children across the road. Each text of hours is read once, however many
//! sites keep it; what all of them come to in a minute is worked out once too.

use super::{Held, Snapshot};
use crate::area::AreaIndex;
use crate::geo::LonLat;
use crate::site::hours::{Hours, Kind, Kinds, Opening, Told};
use crate::site::{KindIndex, Site};
use chrono::NaiveDateTime;
use std::sync::Arc;

/// The attribute that says when a place is open.
const OPENING_HOURS: &str = "opening_hours";
/// The attribute that says when somebody sees children across the road; a kind that has it is one of safety posts.
const DUTY_HOURS: &str = "duty_hours";

/// Whether a site is known to be open by what all hours come to; nothing where nobody knows.
#[must_use]
pub fn open(kinds: &Kinds, held: &Held) -> Option<bool> {
    // where somebody has to be on duty, the place is open while they are
    match kinds.of(held.hours.or(held.duty)?) {
        Kind::Open => Some(true),
        Kind::Closed => Some(false),
        Kind::Unknown => None,
    }
}

/// Whether sites are open at a time, as it is sent; what places with the same hours are told is written once a minute.
#[derive(Debug)]
pub struct Openings<'a> {
    now: &'a Snapshot,
    at: NaiveDateTime,
    told: Told,
}

impl Openings<'_> {
    /// An [`Opening`] as JSON; nothing where nobody has told any hours.
    pub fn of(&self, held: &Held) -> Result<Option<Arc<str>>, serde_json::Error> {
        let Some(id) = held.hours.or(held.duty) else { return Ok(None) };
        let (hours, calendar) = (self.now.hours.hours(id), &self.now.rules.calendar);
        self.told.of(id, || serde_json::to_string(&Opening::from(hours.state(self.at, calendar)))).map(Some)
    }
}

impl Snapshot {
    /// What sites are told to be at a time.
    #[must_use]
    pub fn openings_at(&self, at: NaiveDateTime) -> Openings<'_> {
        Openings { now: self, at, told: self.open.told_at(at) }
    }

    /// A site as it is held: with its hours, and among the posts if it is one.
    pub(super) fn hold(&mut self, site: Site, area: Option<AreaIndex>) -> Held {
        let [hours, duty] =
            [OPENING_HOURS, DUTY_HOURS].map(|id| site.attributes.text(id).map(|text| self.hours.intern(&text)));
        if duty.is_some() && self.is_post(site.kind) {
            self.posts.extend(u32::try_from(site.id.0));
        }
        Held { site, area, hours, duty }
    }

    /// What all hours come to in the minute of a time.
    #[must_use]
    pub fn kinds_at(&self, at: NaiveDateTime) -> Kinds {
        self.open.at(at, &self.hours, &self.rules.calendar)
    }

    /// Whether a site is known to be open at a time; nothing where nobody knows.
    #[must_use]
    pub fn open_at(&self, held: &Held, at: NaiveDateTime) -> Option<bool> {
        open(&self.kinds_at(at), held)
    }

    /// The hours that a site keeps, if anybody has told.
    #[must_use]
    pub fn hours_of(&self, held: &Held) -> Option<&Hours> {
        held.hours.or(held.duty).map(|id| self.hours.hours(id))
    }

    /// Whether a kind is one of safety posts.
    #[must_use]
    pub fn is_post(&self, kind: KindIndex) -> bool {
        let duty = self.catalogue().attribute(DUTY_HOURS);
        duty.is_some_and(|duty| self.catalogue().kind(kind).attributes.contains(&duty))
    }

    /// Whether somebody is on duty at a safety post at a time, as far as anybody knows.
    #[must_use]
    pub fn on_duty(&self, post: &Held, at: NaiveDateTime) -> bool {
        post.duty.is_some_and(|duty| self.kinds_at(at).of(duty) == Kind::Open)
    }

    /// Where safety posts are on duty at a time, by number; none when no time is said.
    #[must_use]
    pub fn posts_on_duty(&self, at: Option<NaiveDateTime>) -> Vec<LonLat> {
        let Some(at) = at.filter(|_| !self.posts.is_empty()) else { return Vec::new() };
        let kinds = self.kinds_at(at);
        let posts = self.posts.iter().filter_map(|key| self.held(*key));
        let on_duty = posts.filter(|post| post.duty.is_some_and(|duty| kinds.of(duty) == Kind::Open));
        on_duty.map(|post| post.site.at).collect()
    }
}
