//! The one box of a county: sites, kinds of site, towns and the places that are written on the map.

use super::query::Found;
use super::{Held, Live, Snapshot};
use crate::area::AreaIndex;
use crate::geo::LonLat;
use crate::search::{Entry, Gathered, Hit, Meant, NO_KIND, Query, Question, SearchIndex, Sounds, marked};
use crate::site::{KindIndex, Visibility};
use crate::text::Words;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{OnceLock, PoisonError};

/// Names that are read under one lock.
const NAMES_AT_ONCE: usize = 10_000;
/// How often names are begun anew when the data change under way.
const NAME_ROUNDS: usize = 3;

/// What was typed, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// As it was typed.
    pub words: &'a str,
    /// Nearer things come first, in coarse steps.
    pub near: Option<LonLat>,
    /// At most so many.
    pub limit: usize,
}

/// Something that goes by what was typed, with the characters of its name that matched.
#[derive(Debug)]
pub enum Named<'a> {
    /// A public site.
    Site {
        /// It, with what matched.
        found: Found<'a>,
        /// Of its name.
        marks: Vec<Range<usize>>,
        /// Of its English name.
        marks_en: Vec<Range<usize>>,
        /// Letters that must have been mistyped.
        edits: u8,
    },
    /// All sites of a kind.
    Kind(KindIndex),
    /// A town, or what is written on the map.
    Place {
        /// What it is called.
        name: &'a Words,
        /// Where it is.
        at: LonLat,
        /// The town that it is in, if it is none itself.
        area: Option<AreaIndex>,
        /// Of its name.
        marks: Vec<Range<usize>>,
    },
}

/// What a site may be found by, apart from the lock that it was read under.
struct Called {
    key: u32,
    class: KindIndex,
    at: LonLat,
    name: Box<str>,
    english: Box<str>,
    also: String,
}

impl Called {
    fn entry(&self) -> Entry<'_> {
        let Self { key, class, at, name, english, also } = self;
        Entry { key: *key, class: *class, at: Some(*at), name, english, also }
    }
}

impl Live {
    /// Makes the names ready before somebody searches, some at a time, so that neither readers nor the log wait. When
    /// the data change meanwhile it starts anew; after a few such times the first search does it.
    pub fn prepare_names(&self) {
        for _ in 0..NAME_ROUNDS {
            let (mut names, seen, end) = {
                let now = self.read();
                (now.no_names(), (now.shown, now.changes.count()), now.sites.len())
            };
            let mut gathered = Gathered::default();
            for start in (0..end).step_by(NAMES_AT_ONCE) {
                let called = self.read().called(start..(start + NAMES_AT_ONCE).min(end));
                gathered.add(&called.iter().map(Called::entry).collect::<Vec<_>>());
            }
            names.sites = crate::search::Names::build(gathered);
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            if (now.shown, now.changes.count()) == seen {
                now.names = OnceLock::from(names);
                return;
            }
        }
    }
}

impl Snapshot {
    /// The best that go by what was typed, best first (see [`crate::search`] for the order).
    #[must_use]
    pub fn find(&self, typed: Typed<'_>) -> Vec<Named<'_>> {
        let names = self.names();
        let Typed { words, near, limit } = typed;
        let ask =
            |query: &Query| names.find(&Question { query, near, classes: None, bounds: None, limit, keep: &|_| true });
        let Meant { queries, found } = names.meant(words, limit, &ask, &|found| (found.hit, &mut found.rank));
        found.into_iter().filter_map(|(query, found)| self.named(&queries[query], found)).collect()
    }

    fn named(&self, query: &Query, found: crate::search::Found) -> Option<Named<'_>> {
        let edits = found.rank.edits;
        let marks = |name: &str| marked(self.names().sounds(), query, name, edits);
        Some(match found.hit {
            Hit::Kind(kind) => Named::Kind(kind),
            Hit::Place(place) => {
                let (name, at) = self.place(place)?;
                let is_town = (place as usize) < self.areas.all().len();
                let area = if is_town { None } else { self.areas.find(at) };
                Named::Place { name, at, area, marks: marks(&name.zh) }
            }
            Hit::Site(key) => {
                let held = self.held(key)?;
                let found = Found { matched: Some(found.rank.matched), ..Found::of(held) };
                let english = held.site.attributes.text("name_en");
                let marks_en = english.map(|english| marks(&english)).unwrap_or_default();
                Named::Site { found, marks: marks(&held.site.name), marks_en, edits }
            }
        })
    }

    /// The names, made ready here when nobody has done so before.
    pub(super) fn names(&self) -> &SearchIndex {
        self.names.get_or_init(|| {
            let mut names = self.no_names();
            let mut gathered = Gathered::default();
            let called = self.called(0..self.sites.len());
            gathered.add(&called.iter().map(Called::entry).collect::<Vec<_>>());
            names.sites = crate::search::Names::build(gathered);
            names
        })
    }

    /// Kinds and places, no sites.
    fn no_names(&self) -> SearchIndex {
        let kinds = (0..).zip(self.catalogue().kinds()).filter(|(_, kind)| kind.visibility == Visibility::Public);
        let called = kinds.flat_map(|(class, kind)| {
            let own = [&*kind.name.zh, &*kind.name.en].into_iter();
            own.chain(kind.also.iter().map(String::as_str)).map(move |name| (class, name))
        });
        let mut names = SearchIndex::new(Sounds::new(&self.rules.readings), called);
        names.set_places(self.places_on_map());
        names
    }

    /// Takes the places of another base map into the names.
    pub(super) fn name_places(&mut self) {
        let places = self.places_on_map();
        if let Some(names) = self.names.get_mut() {
            names.set_places(places);
        }
    }

    /// Towns by their place among the areas, then what is written on the map by its place behind them. A town that is
    /// written on the map is there once.
    fn places_on_map(&self) -> Gathered {
        let areas = self.areas.all().iter().map(|area| (&area.name, area.label));
        let first_written = self.areas.all().len();
        let towns: HashSet<&str> = self.areas.all().iter().map(|area| &*area.name.zh).collect();
        let written = self.basemap.iter().flat_map(|held| held.map.places()).map(|place| (&place.name, place.at));
        let places = (0..).zip(areas.chain(written));
        let is_town = |key: usize, name: &Words| key >= first_written && towns.contains(&*name.zh);
        let once = places.filter(|(key, (name, _))| !is_town(*key as usize, name));
        let entries = once.map(|(key, (name, at))| Entry {
            key,
            class: NO_KIND,
            at: Some(at),
            name: &name.zh,
            english: &name.en,
            also: "",
        });
        let mut gathered = Gathered::default();
        gathered.add(&entries.collect::<Vec<_>>());
        gathered
    }

    fn place(&self, key: u32) -> Option<(&Words, LonLat)> {
        let (key, areas) = (key as usize, self.areas.all());
        if let Some(area) = areas.get(key) {
            return Some((&area.name, area.label));
        }
        let written = self.basemap.as_ref()?.map.places().get(key - areas.len())?;
        Some((&written.name, written.at))
    }

    /// Puts the name of a site that is held among the others, if they are ready.
    pub(super) fn put_name(&mut self, key: u32) {
        let called = self.held(key).filter(|_| self.names.get().is_some()).and_then(|held| self.call(held));
        if let Some((names, called)) = self.names.get_mut().zip(called) {
            names.sites.put(&called.entry());
        }
    }

    /// What the sites with numbers in `range` may be found by.
    fn called(&self, range: Range<usize>) -> Vec<Called> {
        let sites = self.sites.get(range).unwrap_or_default().iter().flatten();
        sites.filter_map(|held| self.call(held)).collect()
    }

    fn call(&self, held: &Held) -> Option<Called> {
        let site = &held.site;
        let text = |id| site.attributes.text(id).unwrap_or_default();
        let mut also = String::from(text("address"));
        if let Some(area) = held.area {
            let town = &self.areas.get(area).name;
            also.extend([" ", &*town.zh, " ", &*town.en]);
        }
        if let Some(county) = self.areas.county() {
            also.extend([" ", &*county.zh, " ", &*county.en]);
        }
        Some(Called {
            key: u32::try_from(site.id.0).ok()?,
            class: site.kind,
            at: site.at,
            name: site.name.clone(),
            english: text("name_en"),
            also,
        })
    }
}
