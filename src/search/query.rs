//! What somebody typed, made ready: a few words, each of which something must match.

use super::sounds::Sounds;
use super::spelling::{GAP, spelled};
use super::word::Word;

/// Of what is typed, so many characters count: more than any name has, and few enough to be fast with.
pub const MAX_CHARS: usize = 120;
/// And so many words.
const MAX_WORDS: usize = 8;

/// A query, ready to be looked for.
#[derive(Debug)]
pub struct Query {
    pub(super) words: Vec<Word>,
    /// A guess at what was meant: of one guess no other is made, as if it had typos too.
    pub(super) guessed: bool,
}

impl Query {
    /// Takes the beginning of what was typed apart. Signs do not count; text of nothing else is a query of no words.
    #[must_use]
    pub fn new(sounds: &Sounds, typed: &str) -> Self {
        let end = typed.char_indices().nth(MAX_CHARS).map_or(typed.len(), |(at, _)| at);
        let parts = typed[..end].split_whitespace().map(spelled);
        let mut words: Vec<Vec<u16>> = Vec::new();
        for part in parts {
            let new = part.split(|unit| *unit == GAP).filter(|word| !word.is_empty());
            for word in new {
                if words.len() < MAX_WORDS && !words.iter().any(|known| known == word) {
                    words.push(word.to_vec());
                }
            }
        }
        Self::of(sounds, &words)
    }

    /// Of the first few of some words, as they are spelled.
    pub(super) fn of(sounds: &Sounds, words: &[impl AsRef<[u16]>]) -> Self {
        let words = words.iter().take(MAX_WORDS).map(|word| Word::new(sounds, word.as_ref())).collect();
        Self { words, guessed: false }
    }

    /// The words as they are spelled.
    pub(super) fn typed(&self) -> Vec<&[u16]> {
        self.words.iter().map(|word| &word.units[..]).collect()
    }

    /// Whether all of it is letters.
    pub(super) fn is_latin(&self) -> bool {
        self.words.iter().all(Word::is_all_letters)
    }

    /// Whether nothing is left to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_cut_into_few_short_words() {
        let sounds = Sounds::default();
        let words = |typed: &str| Query::new(&sounds, typed).words.iter().map(|w| w.units.len()).collect::<Vec<_>>();
        assert_eq!(words(" 刘集  幼儿园 刘集 "), [2, 3]);
        assert_eq!(words("Dong'e-Library"), [5, 7]);
        assert_eq!(words("<b>'; drop table--</b>"), [1, 4, 5]);
        assert!(words("🍜🍜 …").is_empty());
        assert_eq!(words(&"学".repeat(10_000)), [60]);
        assert_eq!(words(&"a b c d e f g h i j k".repeat(1000)).len(), 8);
    }
}
