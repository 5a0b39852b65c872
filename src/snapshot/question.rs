//! What is asked of coverage, and which sites are meant by it.

use super::{Held, Snapshot};
use crate::geo::LonLat;
use crate::site::{Filter, KindIndex, SiteId, Visibility, is_open};
use chrono::NaiveDateTime;

/// The attribute that says when a place is open.
const OPENING_HOURS: &str = "opening_hours";
/// The attribute that says when somebody sees children across the road; a kind that has it is one of safety posts.
const DUTY_HOURS: &str = "duty_hours";

/// Which sites count, who walks and when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// The one kind that is asked about.
    pub kind: KindIndex,
    /// What else a site must be.
    pub filter: Filter,
    /// The profile's place.
    pub profile: usize,
    /// Only sites known to be open then, and with the safety posts on duty then; nothing: at any time, nobody on duty.
    pub at: Option<NaiveDateTime>,
}

/// Whether a site counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Standing {
    /// It does.
    Counts(LonLat),
    /// It would, but is not open then.
    NotOpen,
    /// It would, but nobody knows whether it is open then.
    UnknownHours,
    /// It is another sort of site, or none.
    NotMeant,
}

impl Snapshot {
    /// Whether the site with a number counts.
    pub(super) fn standing(&self, question: &Question, key: u32) -> Standing {
        self.site(SiteId(key.into())).map_or(Standing::NotMeant, |found| Self::standing_of(question, found.held))
    }

    fn standing_of(question: &Question, held: &Held) -> Standing {
        let site = &held.site;
        if site.kind != question.kind || !question.filter.accepts(site) {
            return Standing::NotMeant;
        }
        let Some(at) = question.at else { return Standing::Counts(site.at) };
        let told = site.attributes.told();
        // where somebody has to be on duty, the place is open while they are
        let hours = [OPENING_HOURS, DUTY_HOURS].iter().find_map(|id| told.get(*id)?.as_str());
        match hours.and_then(|hours| is_open(hours, at)) {
            Some(true) => Standing::Counts(site.at),
            Some(false) => Standing::NotOpen,
            None => Standing::UnknownHours,
        }
    }

    /// All sites of the question's kind that may count, by number.
    pub(super) fn standings(&self, question: &Question) -> Vec<(u32, Standing)> {
        let of_kind = self.all().filter(|held| held.site.kind == question.kind);
        let told = of_kind.filter_map(|held| {
            let key = u32::try_from(held.site.id.0).ok()?;
            Some((key, Self::standing_of(question, held)))
        });
        told.filter(|(_, standing)| *standing != Standing::NotMeant).collect()
    }

    /// Whether a kind is one of safety posts.
    pub(super) fn is_post(&self, kind: KindIndex) -> bool {
        let duty = self.catalogue().attribute(DUTY_HOURS);
        duty.is_some_and(|duty| self.catalogue().kind(kind).attributes.contains(&duty))
    }

    /// Where safety posts are on duty at a time, by number; none when no time is said.
    #[must_use]
    pub fn posts_on_duty(&self, at: Option<NaiveDateTime>) -> Vec<LonLat> {
        let Some(at) = at else { return Vec::new() };
        let kinds = self.catalogue().kinds();
        let posts: Vec<bool> = (0..kinds.len()).map(|kind| self.is_post(kind as KindIndex)).collect();
        let public = |kind: KindIndex| kinds[usize::from(kind)].visibility == Visibility::Public;
        let sites = self.all().map(|held| &held.site).filter(|site| posts[usize::from(site.kind)] && public(site.kind));
        let on_duty = sites.filter(|site| {
            let told = site.attributes.told();
            told.get(DUTY_HOURS).and_then(|hours| hours.as_str()).and_then(|hours| is_open(hours, at)) == Some(true)
        });
        on_duty.map(|site| site.at).collect()
    }
}
