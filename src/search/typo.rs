//! Words that were typed wrong: letters exchanged for others, left out, added, or two neighbours swapped.
//!
//! Edits are counted as *optimal string alignment* (Damerau 1964; Boytsov, "Indexing methods for approximate dictionary
//! searching", 2011, section 2.2): the fewest of those four that make the word, where no letter is edited twice. A word is
//! compared with what begins at a character of the name and may end anywhere, so that a word found in the middle counts
//! like one at the beginning. Chinese of three characters and pinyin and English of five letters may have one edit; of six
//! and more, two (Chinese up to fourteen). Pinyin is compared with the usual reading of each character.

use super::edits::{Alignment, begin};
use super::grams::{Grams, START};
use super::matched::Matched;
use super::postings::Bits;
use super::rows::{Row, Words};
use super::sounds::Sounds;
use super::word::Word;
use std::ops::Range;

/// So many characters a Chinese word needs to be allowed an edit, and letters one of pinyin or English.
const CHARACTERS: usize = 3;
const LETTERS: usize = 5;
/// And to be allowed two. Of longer Chinese the parts between two edits are too many to look up.
const TWO: usize = 6;
const LONGEST_TWO: usize = 14;
/// A longer word is no name that somebody typed by hand.
const LONGEST: usize = 24;

/// How a word may have been typed wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistyped {
    /// It is too short, or mixed.
    Not,
    Characters,
    Letters,
}

impl Mistyped {
    pub(super) fn of(word: &Word) -> Self {
        if word.units.len() > LONGEST {
            Self::Not
        } else if word.is_all_letters() && word.units.len() >= LETTERS {
            Self::Letters
        } else if !word.has_letters() && word.units.len() >= CHARACTERS {
            Self::Characters
        } else {
            Self::Not
        }
    }

    /// The best that such a word matches: a guess at the beginning of a name is no better than one at its middle.
    pub(super) fn at_best(self) -> Option<Matched> {
        match self {
            Self::Not => None,
            Self::Characters => Some(Matched::NameMiddle),
            Self::Letters => Some(Matched::PinyinMiddle),
        }
    }

    /// How many edits a word may have.
    pub(super) fn edits(word: &Word) -> u8 {
        match Self::of(word) {
            Self::Not => 0,
            Self::Characters => 1 + u8::from((TWO..=LONGEST_TWO).contains(&word.units.len())),
            Self::Letters => 1 + u8::from(word.units.len() >= TWO),
        }
    }
}

/// A name as it is read: all letters, and where each character's begin.
fn aloud(sounds: &Sounds, name: &[u16]) -> (Vec<u16>, Vec<usize>) {
    let (mut letters, mut starts) = (Vec::new(), Vec::new());
    for unit in name {
        starts.push(letters.len());
        letters.extend(sounds.letters(*unit));
    }
    (letters, starts)
}

/// The fewest edits with which the word stands anywhere in a name, be it in the middle of a reading: no more than
/// [`in_name`] finds, and found much sooner.
fn at_least(sounds: &Sounds, word: &Word, kind: Mistyped, name: &[u16]) -> u8 {
    match kind {
        Mistyped::Letters => word.pattern.least(name.iter().flat_map(|unit| sounds.letters(*unit))),
        _ => word.pattern.least(name.iter().copied()),
    }
}

/// Where in a name the word may be meant: edits, and the characters. Fewest edits count, then the first place.
pub(super) fn in_name(sounds: &Sounds, word: &Word, name: &[u16], most: u8) -> Option<(u8, Range<usize>)> {
    let kind = Mistyped::of(word);
    let most = most.min(Mistyped::edits(word));
    let best = |best: Option<(u8, Range<usize>)>, found: (u8, Range<usize>)| match best {
        Some(best) if best.0 <= found.0 => Some(best),
        _ => Some(found),
    };
    match kind {
        Mistyped::Not => None,
        Mistyped::Characters => (0..name.len())
            .filter_map(|from| {
                let (edits, taken) = begin(&word.pattern, most, name[from..].iter().copied())?;
                Some((edits, from..from + taken))
            })
            .fold(None, best),
        Mistyped::Letters => {
            let (letters, starts) = aloud(sounds, name);
            (0..name.len())
                .filter_map(|from| {
                    let (edits, taken) = begin(&word.pattern, most, letters[starts[from]..].iter().copied())?;
                    let end = starts.partition_point(|start| *start < starts[from] + taken);
                    Some((edits, from..end))
                })
                .fold(None, best)
        }
    }
}

/// What of a row a mistyped word means.
pub(super) fn judge(sounds: &Sounds, word: &Word, row: Row<'_>, words: Words, most: u8) -> Option<(u8, Matched)> {
    let kind = Mistyped::of(word);
    let in_name_is = kind.at_best()?;
    let most = most.min(Mistyped::edits(word));
    let named = (at_least(sounds, word, kind, row.name) <= most).then(|| in_name(sounds, word, row.name, most));
    let named = named.flatten().map(|(edits, _)| (edits, in_name_is));
    let english = match words {
        _ if kind != Mistyped::Letters => None,
        Words::Here => {
            let like = |name: &[u16]| Some(begin(&word.pattern, most, name.iter().copied())?.0);
            row.words().filter_map(like).min()
        }
        Words::Elsewhere(edits) => edits,
    };
    named.into_iter().chain(english.map(|edits| (edits, Matched::English))).min()
}

/// Whether the word is all of a name with one edit.
pub(super) fn is_nearly(word: &Word, name: &[u16]) -> bool {
    let most = Mistyped::edits(word).min(1);
    let mut alignment = Alignment::new(&word.pattern, most);
    for unit in name {
        alignment.push(*unit);
    }
    most > 0 && alignment.ended() == Some(most)
}

/// The rows of names in which a mistyped word may be meant.
pub(super) fn meant(grams: &Grams, sounds: &Sounds, word: &Word, most: u8, count: usize) -> Bits {
    let most = most.min(Mistyped::edits(word));
    match Mistyped::of(word) {
        Mistyped::Not => Bits::none(count),
        Mistyped::Characters if most < 2 => all_but_one(grams, &word.units, count),
        Mistyped::Characters => all_but_two(grams, &word.units, count),
        Mistyped::Letters => alike(grams, sounds, word, most, count),
    }
}

/// The rows that hold what stands before, between and behind two characters, or all but one with two neighbours the other
/// way round. A character that is missing stands between two of which either may be left out as well.
fn all_but_two(grams: &Grams, units: &[u16], count: usize) -> Bits {
    let mut rows = Bits::none(count);
    for at in 1..units.len() {
        let mut swapped = units.to_vec();
        swapped.swap(at - 1, at);
        rows.or(&all_but_one(grams, &swapped, count));
    }
    // the rows that hold what stands from one place on to before another
    let mut held: Vec<Vec<Bits>> = Vec::with_capacity(units.len());
    for from in 0..units.len() {
        let mut ending = vec![Bits::all(count)];
        for end in from + 1..=units.len() {
            let mut rows = grams.letters(count, &units[from.max(end.max(2) - 2)..end]);
            rows.and(&ending[end - from - 1]);
            ending.push(rows);
        }
        held.push(ending);
    }
    held.push(vec![Bits::all(count)]);
    for first in 0..units.len() {
        for second in first + 1..units.len() {
            let mut around = held[0][first].clone();
            around.and(&held[first + 1][second - first - 1]);
            around.and(&held[second + 1][units.len() - second - 1]);
            rows.or(&around);
        }
    }
    rows
}

/// The rows that hold what stands before some character and what stands behind it, or two neighbours the other way round.
fn all_but_one(grams: &Grams, units: &[u16], count: usize) -> Bits {
    let all = Bits::all(count);
    // what begins the word, by length, and what ends it
    let part = |known: &Bits, units: &[u16]| {
        let mut rows = grams.letters(count, units);
        rows.and(known);
        rows
    };
    let mut heads = vec![all.clone()];
    let mut tails = vec![all];
    for length in 1..=units.len() {
        heads.push(part(&heads[length - 1], &units[length.max(2) - 2..length]));
        let from = units.len() - length;
        tails.push(part(&tails[length - 1], &units[from..units.len().min(from + 2)]));
    }
    let mut rows = Bits::none(count);
    for at in 0..units.len() {
        let mut around = heads[at].clone();
        around.and(&tails[units.len() - at - 1]);
        rows.or(&around);
        if at + 1 < units.len() {
            let mut swapped = part(&heads[at], &[units[at + 1], units[at]]);
            swapped.and(&tails[units.len() - at - 2]);
            rows.or(&swapped);
        }
    }
    rows
}

/// The rows with two neighbours whose readings begin like the word, but for some edits.
fn alike(grams: &Grams, sounds: &Sounds, word: &Word, most: u8, count: usize) -> Bits {
    let readings: Vec<Vec<u16>> = grams.characters.iter().map(|unit| sounds.letters(*unit).collect()).collect();
    let number = |place: usize| sounds.of(grams.characters[place]).first().map(|syllable| usize::from(*syllable));
    let mut rows = Bits::none(count);
    let mut first_steps: Vec<Option<Alignment<'_>>> = vec![None; sounds.syllables().len()];
    let mut verdicts: Vec<Vec<Option<bool>>> = vec![Vec::new(); sounds.syllables().len()];
    for first in 1..grams.characters.len() {
        let read = |mut step: Alignment<'_>, place: usize| -> (bool, bool) {
            let mut ended = false;
            for unit in &readings[place] {
                step.push(*unit);
                ended |= step.ended().is_some();
            }
            (ended, step.is_open())
        };
        let whole = Alignment::new(&word.pattern, most);
        let (ended, open) = read(whole, first);
        if ended {
            if let Some(list) = grams.pair(first, START) {
                grams.postings.add_to(list, &mut rows);
            }
            continue;
        }
        if !open {
            continue;
        }
        let mut step = number(first).and_then(|number| first_steps[number]).unwrap_or(whole);
        if number(first).is_none_or(|number| first_steps[number].is_none()) {
            readings[first].iter().for_each(|unit| step.push(*unit));
            if let Some(number) = number(first) {
                first_steps[number] = Some(step);
                verdicts[number] = vec![None; sounds.syllables().len()];
            }
        }
        for (second, list) in grams.pairs(first).filter(|(second, _)| *second != START) {
            let fits = || {
                let (ended, open) = read(step, second);
                ended || open
            };
            let fits = match (number(first), number(second)) {
                (Some(first), Some(second)) => *verdicts[first][second].get_or_insert_with(fits),
                _ => fits(),
            };
            if fits {
                grams.postings.add_to(list, &mut rows);
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::spelling::spelled;
    use crate::text::Readings;

    fn meant_in(query: &str, name: &str, most: u8) -> Option<(u8, Range<usize>)> {
        let sounds = Sounds::new(&Readings::default());
        in_name(&sounds, &Word::new(&sounds, &spelled(query)), &spelled(name), most)
    }

    #[test]
    fn one_character_may_be_wrong_missing_added_or_swapped() {
        for query in ["实验小雪", "实小学", "实验大小学", "实验学小"] {
            let found = meant_in(query, "第二实验小学", 1);
            assert_eq!(found.map(|(edits, _)| edits), Some(1), "{query}");
        }
        assert_eq!(meant_in("试验小雪", "第二实验小学", 2), None, "two are too many of four");
        assert_eq!(meant_in("第二试验小雪", "第二实验小学", 2).map(|(edits, _)| edits), Some(2));
        assert_eq!(meant_in("学校", "学小", 1), None, "two characters are too few");
    }

    #[test]
    fn two_letters_of_pinyin_may_be_wrong() {
        assert_eq!(meant_in("tushugaun", "东阿县图书馆", 2).map(|(edits, span)| (edits, span.start)), Some((1, 3)));
        assert_eq!(meant_in("tusuguna", "东阿县图书馆", 2).map(|(edits, _)| edits), Some(2));
        assert_eq!(meant_in("tusuguna", "东阿县图书馆", 1), None);
        assert_eq!(meant_in("yusan", "鱼山村", 2).map(|(edits, _)| edits), Some(1));
        assert_eq!(meant_in("yuasm", "鱼山村", 2), None, "two are too many of five");
        assert_eq!(meant_in("liji", "刘集", 2), None, "four letters are too few");
    }
}
