//! One word of a query, and the ways in which it may be read in a name.
//!
//! A word is a row of units. A character of a name takes one unit when it is that unit, or the letters of one of its
//! readings: the whole syllable ([`Way::Sounds`], where the last may be begun only, as people type), or any beginning of it
//! ([`Way::Initials`]). So 东a县, dong阿, dea and `dongexian` all read 东阿县. Because a reading is taken character by
//! character, every combination of readings is found, and no table of them is kept.

use super::edits::Pattern;
use super::sounds::Sounds;
use super::spelling::{GAP, is_letter};
use std::ops::Range;

/// A longer word is cut: its places must fit a number of 64 bits.
pub(super) const MAX_UNITS: usize = 60;

/// How a word is read, the strictest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Each unit is itself.
    Letters,
    /// Characters by whole syllables; the last may be begun only.
    Sounds,
    /// Characters by any beginning of a syllable.
    Initials,
}

/// A word, ready to be read.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) units: Vec<u16>,
    /// The same, for typos.
    pub(super) pattern: Pattern,
    /// How many letters of each syllable stand at each place: by syllable, then by place.
    common: Vec<u8>,
    lengths: Vec<u8>,
    /// The classes of sites that the word is a name of.
    pub(super) classes: Vec<u16>,
}

impl Word {
    pub(super) fn new(sounds: &Sounds, units: &[u16]) -> Self {
        let units = units[..units.len().min(MAX_UNITS)].to_vec();
        let pattern = Pattern::new(&units);
        let mut word = Self { units, pattern, common: Vec::new(), lengths: Vec::new(), classes: Vec::new() };
        if word.has_letters() {
            for syllable in sounds.syllables() {
                word.lengths.push(syllable.len() as u8);
                for place in 0..word.units.len() {
                    let rest = word.units[place..].iter().zip(syllable.bytes());
                    word.common.push(rest.take_while(|(unit, byte)| **unit == u16::from(*byte)).count() as u8);
                }
            }
        }
        word
    }

    pub(super) fn has_letters(&self) -> bool {
        self.units.iter().any(|unit| is_letter(*unit))
    }

    pub(super) fn is_all_letters(&self) -> bool {
        self.units.iter().all(|unit| is_letter(*unit))
    }

    /// The place behind the last unit, as a bit.
    pub(super) fn end(&self) -> u64 {
        1 << self.units.len()
    }

    /// The places to which a syllable leads from `place`, as bits.
    pub(super) fn by_syllable(&self, syllable: u16, place: usize, way: Way) -> u64 {
        if way == Way::Letters || self.common.is_empty() {
            return 0;
        }
        let common = self.common[usize::from(syllable) * self.units.len() + place];
        let whole = common == self.lengths[usize::from(syllable)];
        match way {
            _ if common == 0 => 0,
            Way::Initials => ((1 << common) - 1) << (place + 1),
            _ if whole || place + usize::from(common) == self.units.len() => 1 << (place + usize::from(common)),
            _ => 0,
        }
    }

    /// The places to which a character leads from `place`, as bits.
    pub(super) fn step(&self, sounds: &Sounds, unit: u16, place: usize, way: Way) -> u64 {
        if way == Way::Letters || self.common.is_empty() || !is_letter(self.units[place]) {
            return u64::from(self.units[place] == unit) << (place + 1);
        }
        let itself = u64::from(self.units[place] == unit) << (place + 1);
        sounds.of(unit).iter().fold(itself, |ends, syllable| ends | self.by_syllable(*syllable, place, way))
    }

    /// How many units of `text` the word takes from its beginning on, if it can be read there.
    pub(super) fn taken(&self, sounds: &Sounds, text: &[u16], way: Way) -> Option<usize> {
        let mut places = 1_u64;
        for (i, unit) in text.iter().enumerate() {
            if *unit == GAP && i > 0 {
                continue;
            }
            let mut next = 0;
            while places != 0 {
                next |= self.step(sounds, *unit, places.trailing_zeros() as usize, way);
                places &= places - 1;
            }
            if next & self.end() != 0 {
                return Some(i + 1);
            }
            if next == 0 {
                return None;
            }
            places = next;
        }
        None
    }

    /// Where in `text` the word can first be read.
    pub(super) fn find(&self, sounds: &Sounds, text: &[u16], way: Way) -> Option<Range<usize>> {
        if self.units.is_empty() {
            return None;
        }
        (0..text.len()).find_map(|from| Some(from..from + self.taken(sounds, &text[from..], way)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::spelling::spelled;
    use crate::text::Readings;

    fn found(query: &str, text: &str, way: Way) -> Option<Range<usize>> {
        let sounds = Sounds::new(&Readings::with_overrides([("东阿", "dong e")]));
        Word::new(&sounds, &spelled(query)).find(&sounds, &spelled(text), way)
    }

    #[test]
    fn a_word_is_read_as_letters_sounds_or_initials() {
        assert_eq!(found("阿县", "东阿县图书馆", Way::Letters), Some(1..3));
        assert_eq!(found("dongexian", "东阿县图书馆", Way::Sounds), Some(0..3));
        assert_eq!(found("tushug", "东阿县图书馆", Way::Sounds), Some(3..6));
        assert_eq!(found("dextsg", "东阿县图书馆", Way::Sounds), None);
        assert_eq!(found("dextsg", "东阿县图书馆", Way::Initials), Some(0..6));
        for mixed in ["东a县", "dong阿", "东阿xian", "dongex"] {
            assert!(found(mixed, "东阿县图书馆", Way::Sounds).is_some(), "{mixed}");
        }
        assert_eq!(found("实yan", "第二实验小学", Way::Sounds), Some(2..4));
        assert_eq!(found("kfcle", "KFC 乐园", Way::Sounds), Some(0..4));
        assert_eq!(found("zhangle", "长乐小学", Way::Sounds), Some(0..2));
        assert_eq!(found("donge", "e", Way::Initials), None);
    }

    #[test]
    fn letters_may_cross_a_gap_of_the_name() {
        assert_eq!(found("elib", "Dong'e Library", Way::Letters), Some(4..9));
    }
}
