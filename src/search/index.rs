//! The one box: sites, kinds of site and places on the map, found together.

use super::matched::{Matched, Rank};
use super::names::{Gathered, Names, Question};
use super::query::Query;
use super::rows::Entry;
use super::sounds::Sounds;
use super::spelling::{is_latin, spelled};
use super::typo::is_nearly;
use super::word::Way;

/// Kinds and places take at most one in so many of the answers each, so that sites are always among them.
const SHARE: usize = 3;

/// So many characters a place and a kind have at least where they are run together.
const PART: usize = 2;

/// Of a longer word it is not tried where it might be two.
const LONGEST_SPLIT: usize = 8;

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
    called: Vec<(u16, Vec<u16>)>,
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

    /// Asks for what was typed and tells for what in the end. Where nothing goes by it as it was typed, it is read otherwise:
    /// a word that ends or begins with what a kind is called is meant as two, as people run a place and a kind together
    /// (刘集幼儿园 is no name, 刘集 and 幼儿园 are), and Chinese that was typed by its sound is meant as it
    /// sounds (刘吉小雪), which counts as mistyped. What still finds nothing has a kind mistyped in it (libary liuji), or is taken for two words
    /// (刘集kindergarten, 刘集中心).
    pub fn meant<T>(
        &self,
        typed: &str,
        ask: impl Fn(&Query) -> Vec<T>,
        rank: impl Fn(&mut T) -> &mut Rank,
    ) -> (Query, Vec<T>) {
        let answer = |query: Query| {
            let mut found = ask(&query);
            let right = found.iter_mut().any(|found| rank(found).is_right());
            for rank in found.iter_mut().map(&rank).filter(|_| query.guessed) {
                rank.edits = rank.edits.max(1);
            }
            (query, found, right)
        };
        let (mut query, mut found, mut right) = answer(self.query(typed));
        for otherwise in [Self::parted, Self::heard] {
            if right {
                break;
            }
            // an address is better matched as it was typed than a name by its sound
            let as_typed = found.iter_mut().any(|found| rank(found).edits == 0);
            let other = otherwise(self, &query).filter(|other| !(as_typed && other.guessed));
            let Some(other) = other.map(&answer) else { continue };
            if other.2 || found.is_empty() {
                (query, found, right) = other;
            }
        }
        if found.is_empty() {
            let split = self.corrected(&query).into_iter().chain(self.split(typed)).map(&answer);
            let some = split.filter(|(_, found, _)| !found.is_empty()).min_by_key(|(.., right)| !right);
            return some.map_or((query, found), |(query, found, _)| (query, found));
        }
        (query, found)
    }

    /// With every word parted that ends or begins with what sounds like a kind; nothing where none does.
    fn parted(&self, query: &Query) -> Option<Query> {
        let typed: Vec<&[u16]> = query.words.iter().map(|word| &word.units[..]).collect();
        let parts = typed.iter().flat_map(|units| self.parts(units)).filter(|part| !part.is_empty());
        let parts: Vec<&[u16]> = parts.collect();
        let guessed = parts.concat() != typed.concat();
        (parts != typed).then(|| Query { guessed, ..self.with_kinds(Query::of(&self.sounds, &parts)) })
    }

    /// The longest name of a kind that the word sounds like or ends or begins with, with what stands before or behind it; a
    /// word without is whole.
    fn parts<'w>(&'w self, units: &'w [u16]) -> [&'w [u16]; 2] {
        let names = self.called.iter().map(|(_, name)| &name[..]);
        let is_beside = |rest: usize| rest == 0 || rest >= PART;
        let within = names.filter(|name| {
            let rest = units.len().checked_sub(name.len());
            name.len() >= PART && rest.is_some_and(is_beside) && !is_latin(name[0])
        });
        let cut = |name: &'w [u16]| {
            let (before, end) = units.split_at(units.len() - name.len());
            let (start, behind) = units.split_at(name.len());
            if self.sounds.are_alike(end, name) {
                Some([before, name])
            } else {
                self.sounds.are_alike(start, name).then_some([name, behind])
            }
        };
        let cuts = within.filter_map(|name| Some((name.len(), cut(name)?)));
        cuts.max_by_key(|(length, _)| *length).map_or([units, &[]], |(_, parts)| parts)
    }

    /// With Chinese words by their sound; nothing where there are none.
    fn heard(&self, query: &Query) -> Option<Query> {
        let typed: Vec<&[u16]> = query.words.iter().map(|word| &word.units[..]).collect();
        let heard: Vec<Vec<u16>> = typed.iter().map(|units| self.sounds.aloud(units)).collect();
        (heard != typed).then(|| Query { guessed: true, ..self.with_kinds(Query::of(&self.sounds, &heard)) })
    }

    /// With words that are no kind for the kinds whose names they are but for a typo; nothing where there are none.
    fn corrected(&self, query: &Query) -> Option<Query> {
        let typed: Vec<&[u16]> = query.words.iter().map(|word| &word.units[..]).collect();
        let mut other = self.with_kinds(Query::of(&self.sounds, &typed));
        let mut guessed = false;
        for word in other.words.iter_mut().filter(|word| word.classes.is_empty()) {
            let meant = self.called.iter().filter(|(_, name)| is_nearly(word, name));
            let mut classes: Vec<u16> = meant.map(|(class, _)| *class).collect();
            classes.dedup();
            guessed |= !classes.is_empty();
            word.classes = classes;
        }
        guessed.then_some(Query { guessed, ..other })
    }

    /// Words run together, as two: where Chinese and Latin meet, or else anywhere in one that is not long.
    fn split(&self, typed: &str) -> Vec<Query> {
        let whole = self.query(typed);
        let typed: Vec<&[u16]> = whole.words.iter().map(|word| &word.units[..]).collect();
        let of = |words: Vec<&[u16]>| self.with_kinds(Query::of(&self.sounds, &words));
        let scripts: Vec<&[u16]> =
            typed.iter().flat_map(|units| units.chunk_by(|one, other| is_latin(*one) == is_latin(*other))).collect();
        if scripts != typed {
            return vec![of(scripts)];
        }
        let [only] = *typed else { return Vec::new() };
        if only.len() > LONGEST_SPLIT || is_latin(only[0]) {
            return Vec::new();
        }
        let places = PART..=only.len().saturating_sub(PART);
        places.map(|place| Query { guessed: true, ..of(vec![&only[..place], &only[place..]]) }).collect()
    }

    fn with_kinds(&self, mut query: Query) -> Query {
        for word in &mut query.words {
            let named = self.called.iter().filter(|(_, name)| {
                [Way::Letters, Way::Sounds].iter().any(|way| word.find(&self.sounds, name, *way) == Some(0..name.len()))
            });
            let mut classes: Vec<u16> = named.map(|(class, _)| *class).collect();
            classes.dedup();
            word.classes = classes;
        }
        query
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
