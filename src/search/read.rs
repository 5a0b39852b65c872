//! Which rows may hold a word that is read by sounds or initials.
//!
//! The letters of a word can be cut into syllables in few ways, since hardly any syllable begins where another may not
//! end. Places where *every* way cuts are *joints*; around each joint the name has two neighbours of which one ends there
//! and the other begins there. Rows that have such a pair for the scarcest joints, and a pair to begin with, are few
//! enough to be judged one by one; where they are not, and the word can be cut in a few ways only, each of these is followed
//! from joint to joint. Names with Latin letters of their own may be cut anywhere; of them only the beginning
//! is asked.

use super::grams::{Grams, START};
use super::postings::{Bits, List};
use super::sounds::Sounds;
use super::spelling::is_letter;
use super::word::{Way, Word};

/// Joints that are asked about; more of them leave out hardly any row more.
const JOINTS: usize = 3;

/// With more rows than that it pays to follow the ways in which the word can be cut.
const MANY: usize = if cfg!(test) { 0 } else { 8_000 };

/// Ways to cut a word that are followed one by one; a word with more is one whose joints have to do.
const PATHS: usize = 6;

/// The ways to cut a word, as bits of places.
struct Cuts {
    /// Where each place may lead.
    next: Vec<u64>,
    /// Places at which some way to read the whole word cuts, its beginning and end included.
    live: u64,
    joints: u64,
}

impl Cuts {
    fn of(sounds: &Sounds, word: &Word, way: Way) -> Self {
        let next: Vec<u64> = (0..word.units.len()).map(|place| any_step(sounds, word, place, way)).collect();
        let at = |bits: u64, place: usize| bits >> place & 1 == 1;
        let reached = (0..next.len()).fold(1, |bits, place| if at(bits, place) { bits | next[place] } else { bits });
        let ending = |bits, place: usize| if next[place] & bits == 0 { bits } else { bits | 1 << place };
        let live = reached & (0..next.len()).rev().fold(word.end(), ending);
        let crossed = |joint: usize| (0..joint).any(|place| at(live, place) && (next[place] & live) >> joint >> 1 != 0);
        let is_joint = |place: &usize| at(live, *place) && !crossed(*place);
        let joints = (1..next.len()).filter(is_joint).fold(0, |bits, place| bits | 1 << place);
        Self { next, live, joints }
    }

    /// Every way to cut the word, as the places at which it is cut, if there are few.
    fn paths(&self) -> Option<Vec<Vec<usize>>> {
        let mut paths = Vec::new();
        // every live place leads to the end, so that no path is begun in vain
        let mut begun = vec![vec![0]];
        while let Some(path) = begun.pop() {
            let place = path[path.len() - 1];
            if place == self.next.len() {
                paths.push(path);
            } else {
                let mut ends = self.next[place] & self.live;
                while ends != 0 {
                    begun.push(path.iter().copied().chain([ends.trailing_zeros() as usize]).collect());
                    ends &= ends - 1;
                }
            }
            if paths.len() + begun.len() > PATHS {
                return None;
            }
        }
        Some(paths)
    }
}

/// Where any character may lead.
fn any_step(sounds: &Sounds, word: &Word, place: usize, way: Way) -> u64 {
    if is_letter(word.units[place]) {
        let syllables = 0..sounds.syllables().len() as u16;
        syllables.fold(0, |ends, syllable| ends | word.by_syllable(syllable, place, way))
    } else {
        1 << (place + 1)
    }
}

/// Where each character of a table may begin and end in a word.
struct Places {
    starts: Vec<u64>,
    ends: Vec<u64>,
}

impl Places {
    /// Of whole readings, at live places only.
    fn of(grams: &Grams, sounds: &Sounds, word: &Word, way: Way, live: u64) -> Self {
        let of_syllable = |syllable| {
            let mut both = [0, 0];
            for place in (0..word.units.len()).filter(|place| live >> place & 1 == 1 && is_letter(word.units[*place])) {
                let ends = word.by_syllable(syllable, place, way) & live;
                both = [both[0] | u64::from(ends != 0) << place, both[1] | ends];
            }
            both
        };
        let of_syllables: Vec<[u64; 2]> = (0..sounds.syllables().len() as u16).map(of_syllable).collect();
        let (mut starts, mut ends) = (vec![0; grams.characters.len()], vec![0; grams.characters.len()]);
        for (place, unit) in grams.characters.iter().enumerate() {
            for syllable in sounds.of(*unit) {
                let [start, end] = of_syllables[usize::from(*syllable)];
                starts[place] |= start;
                ends[place] |= end;
            }
        }
        for (place, unit) in word.units.iter().enumerate().filter(|(_, unit)| !is_letter(**unit)) {
            if let Some(held) = grams.place(*unit) {
                starts[held] |= live & 1 << place;
                ends[held] |= live & 1 << (place + 1);
            }
        }
        Self { starts, ends }
    }

    /// With Latin letters as themselves, at all places.
    fn with_letters(grams: &Grams, sounds: &Sounds, word: &Word, way: Way) -> Self {
        let mut places = Self::of(grams, sounds, word, way, u64::MAX);
        for (place, unit) in word.units.iter().enumerate() {
            if let Some(held) = grams.place(*unit) {
                places.starts[held] |= 1 << place;
                places.ends[held] |= 1 << (place + 1);
            }
        }
        places
    }
}

/// The rows of names that may hold the word, read so. `mixed` are those that hold Latin letters.
pub(super) fn readable(grams: &Grams, mixed: &Bits, sounds: &Sounds, word: &Word, way: Way, count: usize) -> Bits {
    let cuts = Cuts::of(sounds, word, way);
    let mut rows = Bits::none(count);
    if cuts.live & 1 == 1 {
        let places = Places::of(grams, sounds, word, way, cuts.live);
        rows = beginnings(grams, sounds, word, way, cuts.live, &places, count);
        for joint in scarcest(grams, &places, cuts.joints) {
            rows.and(&around(grams, &places, joint, count));
        }
        if rows.count() > MANY
            && let Some(paths) = cuts.paths()
            && let Some(followed) = follow(grams, &places, &paths, count)
        {
            rows.and(&followed);
        }
    }
    if mixed.any() {
        let places = Places::with_letters(grams, sounds, word, way);
        let mut more = beginnings(grams, sounds, word, way, u64::MAX, &places, count);
        more.and(mixed);
        rows.or(&more);
    }
    rows
}

/// The rows of names that begin like the word, by their first two characters, of which `heads` are the pairs.
pub(super) fn begun(heads: &Grams, sounds: &Sounds, word: &Word, way: Way, count: usize) -> Bits {
    if way == Way::Letters {
        return heads.letters(count, &word.units[..word.units.len().min(2)]);
    }
    let places = Places::with_letters(heads, sounds, word, way);
    beginnings(heads, sounds, word, way, u64::MAX, &places, count)
}

/// The rows with a character, or two neighbours, with which the word may begin.
fn beginnings(grams: &Grams, sounds: &Sounds, word: &Word, way: Way, live: u64, places: &Places, count: usize) -> Bits {
    let mut rows = Bits::none(count);
    for first in (1..grams.characters.len()).filter(|first| places.starts[*first] & 1 == 1) {
        let ends = word.step(sounds, grams.characters[first], 0, way) & live;
        if ends & word.end() != 0 {
            if let Some(list) = grams.pair(first, START) {
                grams.postings.add_to(list, &mut rows);
            }
            continue;
        }
        for (_, list) in grams.pairs(first).filter(|(second, _)| places.starts[*second] & ends != 0) {
            grams.postings.add_to(list, &mut rows);
        }
    }
    rows
}

/// The joints with the fewest rows around them.
fn scarcest(grams: &Grams, places: &Places, joints: u64) -> Vec<usize> {
    let mut totals = [0_u64; 64];
    for first in (1..grams.characters.len()).filter(|first| places.ends[*first] & joints != 0) {
        let ends = places.ends[first] & joints;
        for (second, list) in grams.pairs(first) {
            let mut common = ends & places.starts[second];
            while common != 0 {
                totals[common.trailing_zeros() as usize] += u64::from(list.len);
                common &= common - 1;
            }
        }
    }
    let mut found: Vec<usize> = (0..64).filter(|joint| joints >> joint & 1 == 1).collect();
    found.sort_by_key(|joint| totals[*joint]);
    found.truncate(JOINTS);
    found
}

/// The rows that may be read along one of some paths; nothing where one of them is a single character, which says nothing
/// more.
fn follow(grams: &Grams, places: &Places, paths: &[Vec<usize>], count: usize) -> Option<Bits> {
    let mut rows = Bits::none(count);
    for path in paths {
        let inner = &path[1..path.len() - 1];
        let along = match *inner {
            [] => return None,
            [joint] => around(grams, places, joint, count),
            _ => {
                let triples = inner.windows(2).take(JOINTS - 1);
                let all = triples.map(|joints| between(grams, places, [joints[0], joints[1]], count));
                all.reduce(|mut one, other| {
                    one.and(&other);
                    one
                })?
            }
        };
        rows.or(&along);
    }
    Some(rows)
}

/// The rows in which one character follows what ends at the first joint and is followed by what begins at the second: by
/// pairs alone, 小学 and 下学 would do for three initials x as well as 小小学.
fn between(grams: &Grams, places: &Places, [from, to]: [usize; 2], count: usize) -> Bits {
    let at = |bits: u64, place: usize| bits >> place & 1 == 1;
    let mut before: Vec<Vec<List>> = vec![Vec::new(); grams.characters.len()];
    for first in (1..grams.characters.len()).filter(|first| at(places.ends[*first], from)) {
        let fits = |middle: usize| at(places.starts[middle], from) && at(places.ends[middle], to);
        for (middle, list) in grams.pairs(first).filter(|(middle, _)| *middle != START && fits(*middle)) {
            before[middle].push(list);
        }
    }
    let (mut rows, mut led, mut followed) = (Bits::none(count), Bits::none(count), Bits::none(count));
    for (middle, lists) in before.into_iter().enumerate().filter(|(_, lists)| !lists.is_empty()) {
        led.empty();
        followed.empty();
        for list in lists {
            grams.postings.add_to(list, &mut led);
        }
        for (_, list) in grams.pairs(middle).filter(|(second, _)| at(places.starts[*second], to)) {
            grams.postings.add_to(list, &mut followed);
        }
        led.and(&followed);
        rows.or(&led);
    }
    rows
}

fn around(grams: &Grams, places: &Places, joint: usize, count: usize) -> Bits {
    let mut rows = Bits::none(count);
    for first in (1..grams.characters.len()).filter(|first| places.ends[*first] >> joint & 1 == 1) {
        for (_, list) in grams.pairs(first).filter(|(second, _)| places.starts[*second] >> joint & 1 == 1) {
            grams.postings.add_to(list, &mut rows);
        }
    }
    rows
}
