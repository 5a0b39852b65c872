//! The words of English names, each with the rows that have it.

use super::edits::{Alignments, Pattern};
use super::postings::{Bits, List, Postings};
use super::rows::{MIDDLE, Rows};
use memchr::memmem;
use std::collections::HashMap;

/// Set before each word and behind the last.
const MARK: u8 = b'\n';

/// Sorted words in one text.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    text: Vec<u8>,
    /// Where each word starts; one more than there are words.
    starts: Vec<u32>,
    lists: Vec<List>,
    postings: Postings,
}

impl Vocabulary {
    pub(super) fn of(rows: &Rows) -> Self {
        let mut by_word: HashMap<&[u16], Vec<u32>> = HashMap::new();
        for (place, row) in (0..).zip(rows.iter()) {
            for word in row.words() {
                let list = by_word.entry(word).or_default();
                if list.last() != Some(&place) {
                    list.push(place);
                }
            }
        }
        let mut sorted: Vec<(&[u16], Vec<u32>)> = by_word.into_iter().collect();
        sorted.sort_unstable_by_key(|(word, _)| *word);
        let mut made = Self { postings: Postings::below(rows.len()), ..Self::default() };
        for (word, list) in sorted {
            made.text.push(MARK);
            made.starts.push(made.text.len() as u32);
            made.text.extend(word.iter().map(|unit| *unit as u8));
            let list = made.postings.push(&list);
            made.lists.push(list);
        }
        made.text.push(MARK);
        made.starts.push(made.text.len() as u32);
        made.postings.shrink();
        made
    }

    fn len(&self) -> usize {
        self.lists.len()
    }

    fn word(&self, place: usize) -> &[u8] {
        &self.text[self.starts[place] as usize..self.starts[place + 1] as usize - 1]
    }

    /// Adds the rows that have a word which begins with `part`, or holds it where that is not too short.
    pub(super) fn holding(&self, part: &[u16], rows: &mut Bits) {
        let part: Vec<u8> = part.iter().map(|unit| *unit as u8).collect();
        if part.len() >= MIDDLE {
            for found in memmem::find_iter(&self.text, &part) {
                let place = self.starts.partition_point(|start| *start as usize <= found) - 1;
                self.postings.add_to(self.lists[place], rows);
            }
            return;
        }
        // what is behind a word begins with the mark, which is less than any letter
        let from = self.starts[..self.len()].partition_point(|start| self.text[*start as usize..] < part[..]);
        for place in (from..self.len()).take_while(|place| self.word(*place).starts_with(&part)) {
            self.postings.add_to(self.lists[place], rows);
        }
    }

    /// Adds the rows that have a word which begins like the pattern, to the set of their edits.
    pub(super) fn like(&self, pattern: &Pattern, rows: &mut [Bits]) {
        let mut walk = Alignments::new(pattern, rows.len().saturating_sub(1) as u8);
        for place in 0..self.len() {
            if let Some(rows) = walk.word(self.word(place)).and_then(|edits| rows.get_mut(usize::from(edits))) {
                self.postings.add_to(self.lists[place], rows);
            }
        }
    }

    /// Hands on every word with each row that has it.
    pub(super) fn each(&self, mut take: impl FnMut(&[u8], usize)) {
        (0..self.len()).for_each(|place| self.postings.each(self.lists[place], |row| take(self.word(place), row)));
    }

    pub(super) fn bytes_held(&self) -> usize {
        self.text.capacity() + self.starts.capacity() * 12 + self.postings.bytes_held()
    }
}
