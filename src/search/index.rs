//! The one box: sites, kinds of site and places on the map, found together.

use super::matched::{Matched, Rank};
use super::names::{Gathered, Names, Question};
use super::query::Query;
use super::rows::Entry;
use super::sounds::Sounds;
use super::spelling::{GAP, is_latin, spelled};
use super::word::Way;

/// Kinds and places take at most one in so many of the answers each, so that sites are always among them.
const SHARE: usize = 3;

/// The class of what is no site: no word means it.
pub const NO_KIND: u16 = u16::MAX;

/// What was found. The order is that of answers that match alike: kinds, then places, then sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hit {
    /// All sites of this class.
    Kind(u16),
    /// The place with this number.
    Place(u32),
    /// The site with this number.
    Site(u32),
}

/// Something found, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub hit: Hit,
    /// Why, and where it stands among what is like it.
    pub rank: Rank,
}

impl Found {
    fn order(&self) -> impl Ord + use<> {
        let variety = match self.hit {
            Hit::Kind(_) => 0,
            Hit::Place(_) => 1,
            Hit::Site(_) => 2,
        };
        (self.rank.edits, self.rank.matched, variety, self.rank)
    }
}

/// Everything that can be typed into the one box.
#[derive(Debug, Default)]
pub struct SearchIndex {
    sounds: Sounds,
    /// Sites by number.
    pub sites: Names,
    places: Names,
    /// A row for each name of each kind; its key is its place in `called`.
    kinds: Names,
    pub(super) called: Vec<(u16, Vec<u16>)>,
}

impl SearchIndex {
    /// With the sounds of characters, and kinds by class with all that they are called in any language.
    pub fn new<'a>(sounds: Sounds, kinds: impl IntoIterator<Item = (u16, &'a str)>) -> Self {
        let mut index = Self { sounds, ..Self::default() };
        for (class, name) in kinds.into_iter().filter(|(_, name)| !spelled(name).is_empty()) {
            let key = index.called.len() as u32;
            index.kinds.put(&Entry { key, class, at: None, name, english: "", also: "" });
            index.called.push((class, spelled(name)));
        }
        index
    }

    /// How characters are read.
    #[must_use]
    pub fn sounds(&self) -> &Sounds {
        &self.sounds
    }

    /// Takes the places of another base map, whose class is [`NO_KIND`].
    pub fn set_places(&mut self, places: Gathered) {
        self.places = Names::build(places);
    }

    /// What was typed, made ready, with the kinds that its words name.
    #[must_use]
    pub fn query(&self, typed: &str) -> Query {
        self.with_kinds(Query::new(&self.sounds, typed))
    }

    /// Tells each word which kinds it names: by a whole name of theirs, or else by the beginning of one, as people type; and
    /// the words that are one together (crossing guard).
    pub(super) fn with_kinds(&self, mut query: Query) -> Query {
        for word in &mut query.words {
            let whole = |name: &[u16]| {
                [Way::Letters, Way::Sounds].iter().any(|way| word.find(&self.sounds, name, *way) == Some(0..name.len()))
            };
            let mut classes = self.classes(whole);
            if classes.is_empty() && word.units.len() >= least_begun(&word.units) {
                classes = self.classes(|name| name.starts_with(&word.units));
            }
            word.classes = classes;
        }
        if query.words.len() < 2 {
            return query;
        }
        for (class, name) in &self.called {
            let parts: Vec<&[u16]> = name.split(|unit| *unit == GAP).collect();
            let run = query
                .words
                .windows(parts.len())
                .position(|words| words.len() > 1 && words.iter().zip(&parts).all(|(word, part)| word.units == *part));
            let words = run.map_or(&mut [][..], |from| &mut query.words[from..from + parts.len()]);
            words.iter_mut().filter(|word| !word.classes.contains(class)).for_each(|word| word.classes.push(*class));
        }
        query
    }

    /// The classes of the kinds with such a name.
    pub(super) fn classes(&self, is_meant: impl Fn(&[u16]) -> bool) -> Vec<u16> {
        let mut classes: Vec<u16> =
            self.called.iter().filter(|(_, name)| is_meant(name)).map(|(class, _)| *class).collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// The sites that a question means, best first: in the order of [`Rank`].
    #[must_use]
    pub fn find_sites(&self, question: &Question<'_>) -> Vec<Rank> {
        self.sites.find(&self.sounds, question)
    }

    /// The best of kinds, places and sites together. `classes`, `bounds` and `keep` of the question are about sites.
    /// The order: edits, what matched, then kinds before places before sites, then the rest of [`Rank`].
    #[must_use]
    pub fn find(&self, question: &Question<'_>) -> Vec<Found> {
        let few = Question {
            classes: None,
            bounds: None,
            keep: &|_| true,
            limit: question.limit.div_ceil(SHARE),
            ..*question
        };
        let mut found = self.kinds(&few);
        let places = self.places.find(&self.sounds, &few).into_iter();
        found.extend(places.map(|rank| Found { hit: Hit::Place(rank.key), rank }));
        let sites = self.find_sites(question).into_iter();
        found.extend(sites.map(|rank| Found { hit: Hit::Site(rank.key), rank }));
        // what was typed right leaves no room for guesses about something else
        if found.iter().any(|found| found.rank.is_right()) {
            found.retain(|found| found.rank.edits == 0);
        }
        found.sort_by_cached_key(Found::order);
        found.truncate(question.limit);
        found
    }

    /// Each kind once, by the name of it that matches best.
    fn kinds(&self, question: &Question<'_>) -> Vec<Found> {
        let all = Question { limit: self.called.len(), ..*question };
        let mut found: Vec<Found> = Vec::new();
        for rank in self.kinds.find(&self.sounds, &all) {
            let hit = Hit::Kind(self.called[rank.key as usize].0);
            if rank.matched < Matched::Kind
                && found.len() < question.limit
                && !found.iter().any(|known| known.hit == hit)
            {
                found.push(Found { hit, rank });
            }
        }
        found
    }
}

/// So many characters of the beginning of a kind's name mean it: two in Chinese, four letters.
fn least_begun(units: &[u16]) -> usize {
    if units.first().is_some_and(|unit| is_latin(*unit)) { 4 } else { 2 }
}
