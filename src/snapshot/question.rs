//! What is asked of coverage, and which sites are meant by it.

use super::{Held, Snapshot};
use crate::geo::LonLat;
use crate::site::{Filter, KindIndex, Site, SiteId, Value, Visibility, is_open};
use chrono::NaiveDateTime;

/// The attribute that says when a place is open.
const OPENING_HOURS: &str = "opening_hours";
/// The attribute that says when somebody sees children across the road; a kind that has it is one of safety posts.
const DUTY_HOURS: &str = "duty_hours";

/// The attribute that says how many children a place takes.
const CAPACITY: &str = "capacity";
/// The attribute that says in what setting a place is.
pub const SETTING: &str = "setting";

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

/// A site that counts, with what answers say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct CountedSite {
    /// Where it is.
    pub at: LonLat,
    /// Its name.
    pub name: Box<str>,
    /// How many children it takes, where that is known.
    pub capacity: Option<u32>,
    /// The place of its setting among the choices, where it has one.
    pub setting: Option<u16>,
}

/// Whether a site counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Standing {
    /// It does.
    Counts(CountedSite),
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
        self.site(SiteId(key.into())).map_or(Standing::NotMeant, |found| self.standing_of(question, found.held))
    }

    fn standing_of(&self, question: &Question, held: &Held) -> Standing {
        let site = &held.site;
        if site.kind != question.kind || !question.filter.accepts(site) {
            return Standing::NotMeant;
        }
        match question.at.map_or(Some(true), |at| open_at(held, at)) {
            Some(true) => Standing::Counts(self.counted(held)),
            Some(false) => Standing::NotOpen,
            None => Standing::UnknownHours,
        }
    }

    fn counted(&self, held: &Held) -> CountedSite {
        let value = |id| self.catalogue().attribute(id).and_then(|index| held.site.attributes.get(index));
        let capacity = match value(CAPACITY) {
            Some(Value::Integer(places)) => u32::try_from(*places).ok().filter(|places| *places > 0),
            _ => None,
        };
        let setting = match value(SETTING) {
            Some(Value::Choice(choice)) => Some(*choice),
            _ => None,
        };
        CountedSite { at: held.site.at, name: held.site.name.clone(), capacity, setting }
    }

    /// All sites of the question's kind that may count, by number.
    pub(super) fn standings(&self, question: &Question) -> Vec<(u32, Standing)> {
        let of_kind = self.all().filter(|held| held.site.kind == question.kind);
        let told = of_kind.filter_map(|held| {
            let key = u32::try_from(held.site.id.0).ok()?;
            Some((key, self.standing_of(question, held)))
        });
        told.filter(|(_, standing)| *standing != Standing::NotMeant).collect()
    }

    /// Whether a kind is one of safety posts.
    #[must_use]
    pub fn is_post(&self, kind: KindIndex) -> bool {
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
        sites.filter(|site| on_duty(site, at)).map(|site| site.at).collect()
    }
}

/// Whether somebody is on duty at a safety post at a time, as far as anybody knows.
#[must_use]
pub fn on_duty(post: &Site, at: NaiveDateTime) -> bool {
    let told = post.attributes.told();
    told.get(DUTY_HOURS).and_then(|hours| hours.as_str()).and_then(|hours| is_open(hours, at)) == Some(true)
}

/// Whether a site is known to be open at a time; nothing where nobody knows.
#[must_use]
pub fn open_at(held: &Held, at: NaiveDateTime) -> Option<bool> {
    let told = held.site.attributes.told();
    // where somebody has to be on duty, the place is open while they are
    let hours = [OPENING_HOURS, DUTY_HOURS].iter().find_map(|id| told.get(*id)?.as_str());
    hours.and_then(|hours| is_open(hours, at))
}
