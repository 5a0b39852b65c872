//! What is asked of coverage, and which sites are meant by it.

use super::{Held, Snapshot, open};
use crate::geo::LonLat;
use crate::site::hours::Kinds;
use crate::site::{Filter, KindIndex, SiteId, Value};
use chrono::NaiveDateTime;

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
        let kinds = question.at.map(|at| self.kinds_at(at));
        let standing = |found: super::Found<'_>| self.standing_of(question, kinds.as_ref(), found.held);
        self.site(SiteId(key.into())).map_or(Standing::NotMeant, standing)
    }

    fn standing_of(&self, question: &Question, kinds: Option<&Kinds>, held: &Held) -> Standing {
        let site = &held.site;
        if site.kind != question.kind || !question.filter.accepts(site) {
            return Standing::NotMeant;
        }
        match kinds.map_or(Some(true), |kinds| open(kinds, held)) {
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
        let kinds = question.at.map(|at| self.kinds_at(at));
        let of_kind = self.all().filter(|held| held.site.kind == question.kind);
        let told = of_kind.filter_map(|held| {
            let key = u32::try_from(held.site.id.0).ok()?;
            Some((key, self.standing_of(question, kinds.as_ref(), held)))
        });
        told.filter(|(_, standing)| *standing != Standing::NotMeant).collect()
    }
}
