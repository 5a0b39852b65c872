//! Edits: how far what was typed is from what is there (see [`super::typo`] for what counts as one).
//!
//! A column of the table that textbooks fill is packed into a few machine words (Myers, "A fast bit-vector algorithm for
//! approximate string matching based on dynamic programming", 1999; with swapped neighbours by Hyyrö, "A bit-vector algorithm
//! for computing Levenshtein and Damerau edit distances", 2003).

use super::spelling::is_letter;

/// Where each unit stands in a word, as bits, so that a text is compared a unit at a time.
#[derive(Debug)]
pub(super) struct Pattern {
    /// Of the small letters.
    letters: [u64; 26],
    others: Vec<(u16, u64)>,
    length: u8,
}

impl Pattern {
    /// Of at most sixty units: there is a bit for each.
    pub(super) fn new(units: &[u16]) -> Self {
        let mut pattern = Self { letters: [0; 26], others: Vec::new(), length: units.len() as u8 };
        for (place, unit) in units.iter().enumerate() {
            if is_letter(*unit) {
                pattern.letters[usize::from(*unit - u16::from(b'a'))] |= 1 << place;
            } else {
                match pattern.others.iter_mut().find(|(other, _)| other == unit) {
                    Some((_, places)) => *places |= 1 << place,
                    None => pattern.others.push((*unit, 1 << place)),
                }
            }
        }
        pattern
    }

    #[inline]
    fn places_of(&self, unit: u16) -> u64 {
        if is_letter(unit) {
            return self.letters[usize::from(unit - u16::from(b'a'))];
        }
        self.others.iter().find(|(other, _)| *other == unit).map_or(0, |(_, places)| *places)
    }

    /// The fewest edits that make the word out of some part of a text.
    pub(super) fn least(&self, text: impl Iterator<Item = u16>) -> u8 {
        let mut column = Column::new(self);
        let mut least = column.edits;
        for unit in text {
            // a text may begin anywhere: nothing is added at the word's beginning
            column.push(self, unit, 0);
            least = least.min(column.edits);
        }
        least
    }
}

/// The edits at each place of a word after some of a text, as steps up and down from one place to the next.
#[derive(Debug, Clone, Copy)]
struct Column {
    up: u64,
    down: u64,
    /// Where the last unit cost nothing.
    same: u64,
    /// Where the last unit stands in the word.
    before: u64,
    /// At the word's end.
    edits: u8,
}

impl Column {
    fn new(pattern: &Pattern) -> Self {
        Self { up: u64::MAX, down: 0, same: 0, before: 0, edits: pattern.length }
    }

    /// Takes the next unit; `more` is what it adds where nothing of the word is used yet.
    #[inline]
    fn push(&mut self, pattern: &Pattern, unit: u16, more: u64) {
        let here = pattern.places_of(unit);
        let swapped = ((!self.same & here) << 1) & self.before;
        self.same = ((((here & self.up).wrapping_add(self.up)) ^ self.up) | here | self.down) | swapped;
        let (dearer, cheaper) = (self.down | !(self.same | self.up), self.same & self.up);
        let end = u32::from(pattern.length.saturating_sub(1));
        self.edits = self.edits.saturating_add((dearer >> end & 1) as u8).saturating_sub((cheaper >> end & 1) as u8);
        let (dearer, cheaper) = (dearer << 1 | more, cheaper << 1);
        self.up = cheaper | !(self.same | dearer);
        self.down = dearer & self.same;
        self.before = here;
    }

    /// The edits where so much of the word is used, `first` being those where nothing is.
    fn edits_after(&self, first: u8, used: u8) -> u32 {
        let below = (1_u64 << used) - 1;
        u32::from(first) + (self.up & below).count_ones() - (self.down & below).count_ones()
    }
}

/// Compares a word, from its beginning on, with a text that comes unit by unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alignment<'a> {
    pattern: &'a Pattern,
    most: u8,
    column: Column,
    pushed: u8,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(pattern: &'a Pattern, most: u8) -> Self {
        Self { pattern, most, column: Column::new(pattern), pushed: 0 }
    }

    /// Takes the next unit.
    pub(super) fn push(&mut self, unit: u16) {
        self.column.push(self.pattern, unit, 1);
        self.pushed = self.pushed.saturating_add(1);
    }

    /// Whether what comes next may still make the word: somewhere on it few enough edits were needed. That is no farther
    /// from the place reached in the text than so many edits.
    pub(super) fn is_open(&self) -> bool {
        let Self { pattern, most, pushed, .. } = *self;
        let band = pushed.saturating_sub(most)..=pushed.saturating_add(most).min(pattern.length);
        band.into_iter().any(|used| self.column.edits_after(pushed, used) <= u32::from(most))
    }

    /// The edits, if the whole word ends here with few enough.
    pub(super) fn ended(&self) -> Option<u8> {
        Some(self.column.edits).filter(|edits| *edits <= self.most)
    }
}

/// Fewest edits with which the pattern begins `text`, and where it ends then.
pub(super) fn begin(pattern: &Pattern, most: u8, text: impl Iterator<Item = u16>) -> Option<(u8, usize)> {
    let mut alignment = Alignment::new(pattern, most);
    let mut best: Option<(u8, usize)> = None;
    for (place, unit) in text.enumerate() {
        alignment.push(unit);
        if let Some(edits) = alignment.ended()
            && best.is_none_or(|(least, _)| edits < least)
        {
            best = Some((edits, place + 1));
        }
        if !alignment.is_open() {
            break;
        }
    }
    best
}

/// Compares a pattern with sorted words; what words begin with alike is compared once.
pub(super) struct Alignments<'a> {
    /// After each byte of the word before.
    steps: Vec<Alignment<'a>>,
    word: Vec<u8>,
    /// So many bytes and no word goes on from there.
    closed: usize,
    /// The fewest edits with which the pattern ended so far.
    ended: Vec<Option<u8>>,
}

impl<'a> Alignments<'a> {
    pub(super) fn new(pattern: &'a Pattern, most: u8) -> Self {
        let steps = vec![Alignment::new(pattern, most)];
        Self { steps, word: Vec::new(), closed: usize::MAX, ended: vec![None] }
    }

    /// The edits with which the pattern begins the word, if they are few enough. Words must come sorted.
    pub(super) fn word(&mut self, word: &[u8]) -> Option<u8> {
        let common = self.word.iter().zip(word).take_while(|(a, b)| a == b).count();
        if common >= self.closed {
            return self.ended[self.closed];
        }
        self.steps.truncate(common + 1);
        self.ended.truncate(common + 1);
        self.word.truncate(common);
        self.closed = usize::MAX;
        for byte in &word[common..] {
            let (Some(step), Some(ended)) = (self.steps.last(), self.ended.last()) else { break };
            let (mut step, ended) = (*step, *ended);
            step.push(u16::from(*byte));
            self.ended.push(ended.into_iter().chain(step.ended()).min());
            self.steps.push(step);
            self.word.push(*byte);
            if !step.is_open() {
                self.closed = self.word.len();
                break;
            }
        }
        self.ended.last().copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::spelling::spelled;
    use proptest::prelude::*;

    /// The table of the textbooks: fewest edits with which the whole word is made of each beginning of the text.
    fn table(word: &[u16], text: &[u16]) -> Vec<usize> {
        let mut cells = vec![vec![0; word.len() + 1]; text.len() + 1];
        for (at, row) in cells.iter_mut().enumerate() {
            row[0] = at;
        }
        cells[0] = (0..=word.len()).collect();
        for at in 1..=text.len() {
            for used in 1..=word.len() {
                let same = usize::from(word[used - 1] != text[at - 1]);
                let plain = (cells[at - 1][used - 1] + same).min(cells[at - 1][used] + 1).min(cells[at][used - 1] + 1);
                let swapped = at > 1 && used > 1 && word[used - 1] == text[at - 2] && word[used - 2] == text[at - 1];
                cells[at][used] = if swapped { plain.min(cells[at - 2][used - 2] + 1) } else { plain };
            }
        }
        cells.iter().map(|row| row[word.len()]).collect()
    }

    #[test]
    fn sorted_words_are_compared_like_single_ones() {
        let pattern = Pattern::new(&spelled("libary"));
        let words: [&[u8]; 6] = [b"liberty", b"libraries", b"library", b"libya", b"liuji", b"public"];
        for most in 0..=2 {
            let mut walk = Alignments::new(&pattern, most);
            for word in words {
                let alone = begin(&pattern, most, word.iter().map(|byte| u16::from(*byte))).map(|(edits, _)| edits);
                assert_eq!(walk.word(word), alone, "{most} {}", String::from_utf8_lossy(word));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn edits_are_those_of_the_table(word in "[abc学]{1,12}", text in "[abc学]{0,16}", most in 0..4_u8) {
            let (word, text) = (spelled(&word), spelled(&text));
            let pattern = Pattern::new(&word);
            let ends = table(&word, &text);
            let few = |edits: &usize| *edits <= usize::from(most);
            let fewest = ends.iter().enumerate().skip(1).filter(|(_, edits)| few(edits)).min_by_key(|(_, edits)| **edits);
            let begun = begin(&pattern, most, text.iter().copied());
            prop_assert_eq!(begun.map(|(edits, end)| (usize::from(edits), end)), fewest.map(|(end, edits)| (*edits, end)));
            let nearest = (0..=text.len()).flat_map(|from| table(&word, &text[from..])).min();
            prop_assert_eq!(Some(usize::from(pattern.least(text.iter().copied()))), nearest);
        }
    }
}
