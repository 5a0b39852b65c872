//! The sites nearest to a place, in a straight line or on foot, that are wanted: of some kinds, with some attributes, for a
//! child of some age, open at some time. Who asks from where is kept nowhere.

use super::query::Found;
use super::{NoCoverage, Snapshot, open};
use crate::geo::{LonLat, geodesic_m};
use crate::network::{NoRoute, OnFoot, Wanted};
use crate::site::hours::Kinds;
use crate::site::{AttributeIndex, Filter, Site, Value};
use crate::text::Words;
use chrono::NaiveDateTime;
use std::cell::RefCell;

/// What is wanted near a place.
#[derive(Debug, Clone, Copy)]
pub struct NearQuery<'a> {
    /// From here.
    pub from: LonLat,
    /// Kinds and attributes.
    pub filter: &'a Filter,
    /// For a child of so many years; a site that does not say for whom it is counts.
    pub age: Option<u8>,
    /// Known to be open then.
    pub open_at: Option<NaiveDateTime>,
    /// At most so many.
    pub limit: usize,
}

/// Who walks, when and how far.
#[derive(Debug, Clone, Copy)]
pub struct Walker {
    /// The profile's place.
    pub profile: usize,
    /// With the safety posts on duty then; nothing: nobody on duty.
    pub at: Option<NaiveDateTime>,
    /// At most so many milliseconds.
    pub within: u32,
}

/// What was passed by on the way to what was found. When fewer were found than asked for, it is all that lay within reach.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    /// Sites that are not open then.
    pub closed: usize,
    /// Sites of which nobody knows whether they are open then.
    pub unknown: usize,
    /// Sites with other attributes or for other ages.
    pub other: usize,
}

/// The nearest sites.
#[derive(Debug)]
pub struct Nearest<'a> {
    /// Nearest first, equal ones by number.
    pub sites: Vec<Found<'a>>,
    /// What was nearer, or as near, and is not wanted.
    pub passed: Passed,
}

impl Nearest<'_> {
    fn none() -> Self {
        Self { sites: Vec::new(), passed: Passed::default() }
    }
}

/// Why there is nothing to be found on foot.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NotOnFoot {
    /// Nobody has imported a network.
    #[error(transparent)]
    NoNetwork(#[from] NoCoverage),
    /// No street is near.
    #[error("no way from there")]
    NoWay(NoRoute),
}

impl NotOnFoot {
    /// The same in both languages.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::NoNetwork(none) => none.words(),
            Self::NoWay(none) => none.words(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    Closed,
    Unknown,
    Other,
}

/// Tells whether sites are wanted, and remembers why others are not.
struct Chooser<'a> {
    now: &'a Snapshot,
    query: NearQuery<'a>,
    kinds: Option<Kinds>,
    ages: [Option<AttributeIndex>; 2],
    /// A site that is asked about twice stands here twice.
    passed: RefCell<Vec<(u32, Why)>>,
}

impl<'a> Chooser<'a> {
    fn new(now: &'a Snapshot, query: NearQuery<'a>) -> Self {
        let kinds = query.open_at.map(|at| now.kinds_at(at));
        let ages = ["age_min", "age_max"].map(|id| now.catalogue().attribute(id));
        Self { now, query, kinds, ages, passed: RefCell::default() }
    }

    fn wants(&self, key: u32) -> bool {
        if self.kinds.is_none() && self.query.age.is_none() && !self.query.filter.has_attributes() {
            return true;
        }
        let why = self.why_not(key);
        if let Some(why) = why {
            self.passed.borrow_mut().push((key, why));
        }
        why.is_none()
    }

    fn why_not(&self, key: u32) -> Option<Why> {
        let Some(held) = self.now.held(key) else { return Some(Why::Other) };
        let fits = self.query.age.is_none_or(|age| self.is_for(&held.site, age));
        if !fits || !self.query.filter.accepts_attributes(&held.site) {
            return Some(Why::Other);
        }
        match self.kinds.as_ref().map(|kinds| open(kinds, held)) {
            None | Some(Some(true)) => None,
            Some(Some(false)) => Some(Why::Closed),
            Some(None) => Some(Why::Unknown),
        }
    }

    /// Whether a site is for children of an age, as far as it says.
    fn is_for(&self, site: &Site, age: u8) -> bool {
        let [from, to] = self.ages.map(|index| match site.attributes.get(index?)? {
            Value::Integer(years) => Some(*years),
            _ => None,
        });
        let age = i64::from(age);
        from.is_none_or(|from| from <= age) && to.is_none_or(|to| age <= to)
    }

    fn passed(self) -> Passed {
        let mut all = self.passed.into_inner();
        all.sort_unstable();
        all.dedup();
        let mut passed = Passed::default();
        for (_, why) in all {
            match why {
                Why::Closed => passed.closed += 1,
                Why::Unknown => passed.unknown += 1,
                Why::Other => passed.other += 1,
            }
        }
        passed
    }
}

impl Snapshot {
    /// The nearest sites in a straight line, at most so many metres away.
    #[must_use]
    pub fn nearest<'a>(&'a self, query: NearQuery<'a>, within_m: f64) -> Nearest<'a> {
        let chooser = Chooser::new(self, query);
        let NearQuery { from, filter, limit, .. } = query;
        let found = self.index.nearest(from, filter.only_kinds(), limit, within_m, |key| chooser.wants(key));
        let told = |(key, metres)| Some(Found { distance_m: Some(metres), ..Found::of(self.held(key)?) });
        Nearest { sites: found.into_iter().filter_map(told).collect(), passed: chooser.passed() }
    }

    /// The nearest sites by walking time, exactly: times, metres and crossings are those of the routes to them. May search
    /// all streets within reach: not for a thread that others wait for.
    pub fn nearest_on_foot<'a>(&'a self, query: NearQuery<'a>, walker: Walker) -> Result<Nearest<'a>, NotOnFoot> {
        Ok(self.on_foot(query, walker, usize::MAX)?.unwrap_or_else(Nearest::none))
    }

    /// The same if they are soon found, as where there are many of those that are wanted; nothing where a search goes far, or
    /// where the streets have to be made ready first.
    pub fn soon_on_foot<'a>(&'a self, query: NearQuery<'a>, walker: Walker) -> Result<Option<Nearest<'a>>, NotOnFoot> {
        if self.is_ready_for(walker) { self.on_foot(query, walker, SOON) } else { Ok(None) }
    }

    fn on_foot<'a>(
        &'a self,
        query: NearQuery<'a>,
        walker: Walker,
        effort: usize,
    ) -> Result<Option<Nearest<'a>>, NotOnFoot> {
        let held = self.walks.as_ref().ok_or(NoCoverage::Network)?;
        let posts = self.posts_on_duty(walker.at);
        let streets = held.walks.reguarded(self.profiles(), walker.profile, &posts).ok_or(NoCoverage::Network)?;
        let chooser = Chooser::new(self, query);
        let NearQuery { from, filter, limit, .. } = query;
        let wanted = Wanted { classes: filter.only_kinds(), limit, within: walker.within };
        let doors = self.doors(held, streets.before());
        let found = streets.on_foot(doors, from, wanted, effort, |key| chooser.wants(key));
        let Some(found) = found.map_err(NotOnFoot::NoWay)? else { return Ok(None) };
        let told = |on_foot: OnFoot| {
            let held = self.held(on_foot.key)?;
            let distance_m = Some(geodesic_m(from, held.site.at));
            Some(Found { distance_m, on_foot: Some(on_foot), ..Found::of(held) })
        };
        let sites = found.into_iter().filter_map(told).collect();
        Ok(Some(Nearest { sites, passed: chooser.passed() }))
    }

    fn is_ready_for(&self, walker: Walker) -> bool {
        let Some(held) = &self.walks else { return true };
        held.walks.made(walker.profile).is_some_and(|walk| held.doors.made(walk).is_some())
    }
}

/// So many junctions and sites are looked at within a millisecond.
const SOON: usize = 5_000;
