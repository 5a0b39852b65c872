//! What is searched, one row a thing with a name, side by side in few long columns.

use super::matched::{Matched, Rank};
use super::sounds::Sounds;
use super::spelling::{is_latin, latin_words, spelled};
use super::word::{Way, Word};
use crate::geo::LonLat;

/// A longer name or address is searched by its beginning only.
const MAX_UNITS: usize = 500;

/// A thing with a name, as it is put in.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Its number.
    pub key: u32,
    /// What it is, such as its kind: questions may ask for some classes only, and words may mean a class.
    pub class: u16,
    /// Where it is, if it has a place.
    pub at: Option<LonLat>,
    /// Its name, read as letters, sounds and initials.
    pub name: &'a str,
    /// Its English name, found by its words.
    pub english: &'a str,
    /// What it is also found by, such as its address and town; read as letters only.
    pub also: &'a str,
}

#[derive(Debug, Clone, Copy)]
struct Parts {
    start: u32,
    name: u16,
    also: u16,
    english: u16,
}

/// Many rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) keys: Vec<u32>,
    pub(super) classes: Vec<u16>,
    at: Vec<[f32; 2]>,
    parts: Vec<Parts>,
    units: Vec<u16>,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) key: u32,
    pub(super) class: u16,
    /// Longitude and latitude, degrees; not a number where there is no place.
    pub(super) at: [f32; 2],
    pub(super) name: &'a [u16],
    pub(super) also: &'a [u16],
    /// Words with gaps between.
    pub(super) english: &'a [u16],
}

/// Where the Latin words of a row are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Words {
    /// In the row.
    Here,
    /// In a vocabulary, which told with how many edits one of them was found.
    Elsewhere(Option<u8>),
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn row(&self, place: usize) -> Row<'_> {
        let parts = self.parts[place];
        let (name, rest) = self.units[parts.start as usize..].split_at(usize::from(parts.name));
        let (also, rest) = rest.split_at(usize::from(parts.also));
        let english = &rest[..usize::from(parts.english)];
        Row { key: self.keys[place], class: self.classes[place], at: self.at[place], name, also, english }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.len()).map(|place| self.row(place))
    }

    /// Spells a thing and puts it at the end.
    pub(super) fn spell(&mut self, entry: &Entry<'_>) {
        let at = entry.at.map_or([f32::NAN; 2], |at| [at.lon() as f32, at.lat() as f32]);
        let [name, also, english] = [entry.name, entry.also, entry.english].map(spelled);
        let row = Row { key: entry.key, class: entry.class, at, name: &name, also: &also, english: &english };
        self.push(row);
    }

    pub(super) fn push(&mut self, row: Row<'_>) {
        let start = self.units.len() as u32;
        let [name, also, english] = [row.name, row.also, row.english].map(|part| {
            let part = &part[..part.len().min(MAX_UNITS)];
            self.units.extend_from_slice(part);
            part.len() as u16
        });
        self.keys.push(row.key);
        self.classes.push(row.class);
        self.at.push(row.at);
        self.parts.push(Parts { start, name, also, english });
    }

    pub(super) fn append(&mut self, other: &Self) {
        other.iter().for_each(|row| self.push(row));
    }

    pub(super) fn swap_remove(&mut self, place: usize) {
        // its units stay until the rows are packed
        self.keys.swap_remove(place);
        self.classes.swap_remove(place);
        self.at.swap_remove(place);
        self.parts.swap_remove(place);
    }

    pub(super) fn at(&self, place: usize) -> [f32; 2] {
        self.at[place]
    }

    /// The places of rows, shorter names first, then smaller keys.
    pub(super) fn by_length(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        order.sort_unstable_by_key(|place| (self.parts[*place as usize].name, self.keys[*place as usize]));
        order
    }

    /// The first row whose name has so many units, if the rows are sorted by length.
    pub(super) fn first_of_length(&self, units: usize) -> usize {
        self.parts.partition_point(|parts| usize::from(parts.name) < units)
    }

    pub(super) fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.classes.shrink_to_fit();
        self.at.shrink_to_fit();
        self.parts.shrink_to_fit();
        self.units.shrink_to_fit();
    }

    pub(super) fn bytes_held(&self) -> usize {
        self.keys.capacity() * 4
            + self.classes.capacity() * 2
            + self.at.capacity() * 8
            + self.parts.capacity() * size_of::<Parts>()
            + self.units.capacity() * 2
    }
}

impl<'a> Row<'a> {
    pub(super) fn rank(self, edits: u8, matched: Matched, far: u8) -> Rank {
        Rank { edits, matched, far, length: self.name.len() as u16, key: self.key }
    }

    /// The Latin words by which it is found: of its English name and of its name.
    pub(super) fn words(self) -> impl Iterator<Item = &'a [u16]> {
        latin_words(self.english).chain(latin_words(self.name))
    }

    /// What of the row the word matches, best first.
    pub(super) fn judge(self, sounds: &Sounds, word: &Word, words: Words) -> Option<Matched> {
        self.judge_until(Matched::Other, sounds, word, words)
    }

    /// The same, where nothing worse than `last` is asked about.
    pub(super) fn judge_until(self, last: Matched, sounds: &Sounds, word: &Word, words: Words) -> Option<Matched> {
        if let Some(span) = word.find(sounds, self.name, Way::Letters) {
            return Some(match span.start {
                0 if span.end == self.name.len() => Matched::Name,
                0 => Matched::NameStart,
                _ => Matched::NameMiddle,
            });
        }
        let read = self.read(last, sounds, word);
        if read.is_some() || last < Matched::English {
            return read;
        }
        let in_english = match words {
            Words::Here => is_word(word) && self.words().any(|name| holds(name, &word.units)),
            Words::Elsewhere(edits) => edits == Some(0),
        };
        if in_english {
            Some(Matched::English)
        } else if word.classes.contains(&self.class) {
            Some(Matched::Kind)
        } else {
            word.find(sounds, self.also, Way::Letters).map(|_| Matched::Other)
        }
    }

    fn read(self, last: Matched, sounds: &Sounds, word: &Word) -> Option<Matched> {
        if !word.has_letters() || last < Matched::PinyinStart {
            return None;
        }
        // whatever sounds read, initials read too
        if word.taken(sounds, self.name, Way::Initials).is_some() {
            let whole = word.taken(sounds, self.name, Way::Sounds);
            return Some(if whole.is_some() { Matched::PinyinStart } else { Matched::InitialsStart });
        }
        // most rows that begin like the word go on otherwise: their middle is another question's
        if last < Matched::PinyinMiddle {
            return None;
        }
        word.find(sounds, self.name, Way::Initials)?;
        let whole = word.find(sounds, self.name, Way::Sounds);
        Some(if whole.is_some() { Matched::PinyinMiddle } else { Matched::InitialsMiddle })
    }
}

/// Whether the word can be of an English name.
pub(super) fn is_word(word: &Word) -> bool {
    !word.units.is_empty() && word.units.iter().all(|unit| is_latin(*unit))
}

/// From so many letters on, a word is found in the middle of an English one.
pub(super) const MIDDLE: usize = 3;

/// Whether an English word begins with `part`, or holds it where that is not too short.
fn holds(word: &[u16], part: &[u16]) -> bool {
    word.starts_with(part) || part.len() >= MIDDLE && word.windows(part.len()).any(|window| window == part)
}
