//! How each character may be read aloud, as numbers of syllables.

use super::spelling::GAP;
use crate::text::Readings;
use std::collections::HashMap;

/// The characters that have readings.
const HAN: std::ops::RangeInclusive<u16> = 0x3400..=0x9fff;

/// Syllables of pinyin and the characters that are read so.
#[derive(Debug, Default)]
pub struct Sounds {
    /// ASCII, with `v` for ü.
    syllables: Vec<Box<str>>,
    /// Where each character's readings start, from the first of [`HAN`] on; one more than there are characters.
    starts: Vec<u32>,
    readings: Vec<u16>,
}

impl Sounds {
    /// Of all characters, with the readings of place names; takes some milliseconds.
    #[must_use]
    pub fn new(readings: &Readings) -> Self {
        let mut sounds = Self { starts: vec![0], ..Self::default() };
        let mut numbers: HashMap<String, u16> = HashMap::new();
        for unit in HAN {
            let spelled = char::from_u32(u32::from(unit)).map(|c| readings.of_char(c)).unwrap_or_default();
            for syllable in spelled.into_iter().map(|syllable| syllable.replace('ü', "v")) {
                if !syllable.is_empty() && syllable.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    let next = sounds.syllables.len() as u16;
                    let number = *numbers.entry(syllable).or_insert_with_key(|syllable| {
                        sounds.syllables.push(syllable.as_str().into());
                        next
                    });
                    sounds.readings.push(number);
                }
            }
            sounds.starts.push(sounds.readings.len() as u32);
        }
        sounds
    }

    /// The numbers of the character's readings, the usual one first; none for what is not Han.
    pub(super) fn of(&self, unit: u16) -> &[u16] {
        let Some(place) = unit.checked_sub(*HAN.start()).map(usize::from) else { return &[] };
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(from), Some(to)) => &self.readings[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// The letters of a character's usual reading, or the character itself where it has none.
    pub(super) fn letters(&self, unit: u16) -> impl Iterator<Item = u16> {
        let syllable = self.of(unit).first().map(|syllable| &*self.syllables[usize::from(*syllable)]);
        let itself = (syllable.is_none() && unit != GAP).then_some(unit);
        syllable.into_iter().flat_map(|syllable| syllable.bytes().map(u16::from)).chain(itself)
    }

    /// All letters of some characters.
    pub(super) fn aloud(&self, units: &[u16]) -> Vec<u16> {
        units.iter().flat_map(|unit| self.letters(*unit)).collect()
    }

    /// Whether each of some characters may be read like the other.
    pub(super) fn are_alike(&self, some: &[u16], others: &[u16]) -> bool {
        let alike = |one: u16, other: u16| one == other || self.of(one).iter().any(|it| self.of(other).contains(it));
        some.len() == others.len() && some.iter().zip(others).all(|(one, other)| alike(*one, *other))
    }

    /// All syllables, by number.
    pub(super) fn syllables(&self) -> &[Box<str>] {
        &self.syllables
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_their_syllables_and_letters_none() {
        let sounds = Sounds::new(&Readings::with_overrides([("东阿", "dong e")]));
        let of = |c: char| sounds.of(c as u16).iter().map(|n| &*sounds.syllables[usize::from(*n)]).collect::<Vec<_>>();
        assert_eq!(of('东'), ["dong"]);
        assert_eq!(of('阿')[0], "e");
        assert_eq!(of('绿')[0], "lv");
        assert!(of('长').contains(&"chang") && of('a').is_empty() && of('\u{fffd}').is_empty());
        let units = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        assert_eq!(sounds.aloud(&units("绿ab东")), units("lvabdong"));
        assert!(
            sounds.are_alike(&units("小雪a"), &units("小学a")) && !sounds.are_alike(&units("小雪"), &units("小生"))
        );
        assert!((380..480).contains(&sounds.syllables.len()), "{}", sounds.syllables.len());
    }
}
