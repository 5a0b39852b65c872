//! How Han characters are read: full pinyin and initials, with the readings of place names that dictionaries get wrong.
//!
//! A character may have several readings. A name keeps up to [`MAX_READINGS`] of their combinations, so that 长乐 is
//! found as `changle` and as `zhangle`; names listed in the overrides have the reading that people there use, first.

use pinyin::ToPinyinMulti;
use std::collections::{HashMap, HashSet};

/// Combinations kept for one name; further ones are rarer readings of rarer characters.
const MAX_READINGS: usize = 4;

/// Readings of place names that a dictionary does not give first.
#[derive(Debug, Clone, Default)]
pub struct Readings {
    overrides: HashMap<String, Vec<String>>,
    longest: usize,
    usual: HashSet<char>,
}

impl Readings {
    /// From pairs such as (`东阿`, `dong e`): the name and its syllables, with spaces between.
    #[must_use]
    pub fn with_overrides<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let overrides: HashMap<String, Vec<String>> = pairs
            .into_iter()
            .map(|(name, reading)| (name.to_owned(), reading.split_whitespace().map(str::to_owned).collect()))
            .collect();
        let longest = overrides.keys().map(|name| name.chars().count()).max().unwrap_or(0);
        Self { overrides, longest, usual: HashSet::new() }
    }

    /// With characters that are read in the first way only that dictionaries tell: their others (大 as *tai*) are in no name.
    #[must_use]
    pub fn usual_only(mut self, characters: &str) -> Self {
        self.usual.extend(characters.chars());
        self
    }

    /// The pinyin and the initials of `folded`, each reading as one word without spaces, readings separated by spaces:
    /// `东阿县` gives (`dongexian`, `dex`). Other characters stand for themselves; text without Han gives nothing.
    #[must_use]
    pub fn of(&self, folded: &str) -> (String, String) {
        if folded.is_ascii() {
            return (String::new(), String::new());
        }
        let chars: Vec<char> = folded.chars().collect();
        let mut full = vec![String::new()];
        let mut initials = vec![String::new()];
        let mut i = 0;
        while i < chars.len() {
            if let Some((taken, syllables)) = self.overridden(&chars[i..]) {
                for (syllable, initial) in syllables.iter().map(|s| (s.as_str(), &s[..1.min(s.len())])) {
                    append(&mut full, &[syllable]);
                    append(&mut initials, &[initial]);
                }
                i += taken;
                continue;
            }
            let readings = self.in_dictionaries(chars[i]);
            let mut firsts: Vec<&str> = readings.iter().map(|r| &r[..1.min(r.len())]).collect();
            firsts.sort_by_key(|first| readings.iter().position(|r| r.starts_with(first)));
            firsts.dedup();
            if readings.is_empty() {
                let mut buffer = [0; 4];
                let same: &str = if chars[i].is_whitespace() { "" } else { chars[i].encode_utf8(&mut buffer) };
                append(&mut full, &[same]);
                append(&mut initials, &[same]);
            } else {
                append(&mut full, &readings);
                append(&mut initials, &firsts);
            }
            i += 1;
        }
        (distinct(full), distinct(initials))
    }

    /// The plain readings of one character, those in names of the overrides first; nothing where it has none.
    #[must_use]
    pub fn of_char(&self, c: char) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        let in_names = self.overrides.iter().filter(|(name, syllables)| name.chars().count() == syllables.len());
        let local = in_names.flat_map(|(name, syllables)| name.chars().zip(syllables));
        let mut local: Vec<&str> = local.filter(|(of, _)| *of == c).map(|(_, syllable)| syllable.as_str()).collect();
        local.sort_unstable();
        for reading in local.into_iter().chain(self.in_dictionaries(c)) {
            if !out.contains(&reading) {
                out.push(reading);
            }
        }
        out
    }

    fn in_dictionaries(&self, c: char) -> Vec<&'static str> {
        let mut readings = readings_of(c);
        if self.usual.contains(&c) {
            readings.truncate(1);
        }
        readings
    }

    fn overridden(&self, rest: &[char]) -> Option<(usize, &Vec<String>)> {
        (1..=self.longest.min(rest.len())).rev().find_map(|n| {
            let head: String = rest[..n].iter().collect();
            self.overrides.get(&head).map(|syllables| (n, syllables))
        })
    }
}

/// The different plain readings of one character, the usual one first.
fn readings_of(c: char) -> Vec<&'static str> {
    let mut out = Vec::new();
    if let Some(multi) = c.to_pinyin_multi() {
        for reading in multi {
            if !out.contains(&reading.plain()) {
                out.push(reading.plain());
            }
        }
    }
    out
}

/// Each text so far, followed by each choice, as long as there are not too many.
fn append(texts: &mut Vec<String>, choices: &[&str]) {
    let so_far = texts.len();
    for choice in choices.iter().skip(1) {
        for i in 0..so_far {
            if texts.len() < MAX_READINGS {
                let text = format!("{}{choice}", texts[i]);
                texts.push(text);
            }
        }
    }
    if let Some(first) = choices.first() {
        texts[..so_far].iter_mut().for_each(|text| text.push_str(first));
    }
}

fn distinct(mut texts: Vec<String>) -> String {
    let mut seen = Vec::new();
    texts.retain(|text| {
        let new = !seen.contains(text);
        seen.push(text.clone());
        new
    });
    texts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_pinyin_and_its_initials() {
        let readings = Readings::with_overrides([("东阿", "dong e")]);
        let (full, initials) = readings.of("东阿县图书馆");
        assert!(full.split(' ').any(|r| r == "dongexiantushuguan"), "{full}");
        assert!(initials.split(' ').any(|r| r == "dextsg"), "{initials}");
    }

    #[test]
    fn a_character_with_several_readings_is_found_by_each() {
        let (full, _) = Readings::default().of("长乐");
        assert!(full.contains("changle") && full.contains("zhangle"), "{full}");
        assert!(full.split(' ').count() <= MAX_READINGS);
    }

    #[test]
    fn a_character_has_the_reading_of_local_names_first() {
        let readings = Readings::with_overrides([("东阿", "dong e")]);
        assert_eq!(readings.of_char('阿')[0], "e");
        assert!(readings.of_char('长').contains(&"zhang") && readings.of_char('a').is_empty());
    }

    #[test]
    fn latin_letters_and_digits_stay() {
        let (full, initials) = Readings::default().of("g105 书屋");
        assert_eq!((full.as_str(), initials.as_str()), ("g105shuwu", "g105sw"));
        assert_eq!(Readings::default().of("library"), (String::new(), String::new()));
    }
}
