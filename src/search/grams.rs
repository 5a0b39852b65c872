//! Which rows hold which character, and which character behind which other: pairs of neighbours, sorted, with packed rows.
//!
//! Every way to read a word asks this one table. Letters are pairs looked up. Sounds and initials are pairs whose
//! characters can be read so; there are a few ten thousand pairs even of a million names, so they are gone through.

use super::postings::{Bits, List, Postings};
use super::spelling::GAP;

/// The place of the beginning of a text among the characters; as the second of a pair it means any or none.
pub(super) const START: usize = 0;

/// Pairs of neighbouring characters with the rows that hold them.
#[derive(Debug, Default)]
pub(super) struct Grams {
    /// Sorted; the first stands for the beginning of a text.
    pub(super) characters: Vec<u16>,
    /// Where each character's pairs start; one more than there are characters.
    from: Vec<u32>,
    /// The second character of each pair by its place, 0 for the first character alone; sorted within a first.
    seconds: Vec<u16>,
    lists: Vec<List>,
    pub(super) postings: Postings,
}

impl Grams {
    /// Of one part of each of so many rows.
    pub(super) fn of<'a>(count: usize, parts: impl Iterator<Item = &'a [u16]>) -> Self {
        let mut pairs: Vec<u64> = Vec::new();
        for (row, part) in (0_u64..).zip(parts) {
            let mut last = 0_u16;
            for unit in part.iter().copied().filter(|unit| *unit != GAP) {
                pairs.push(u64::from(last) << 48 | u64::from(unit) << 32 | row);
                last = unit;
            }
            if last != 0 {
                pairs.push(u64::from(last) << 48 | row);
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        Self::pack(count, &pairs)
    }

    fn pack(count: usize, pairs: &[u64]) -> Self {
        let first = |pair: &u64| (*pair >> 48) as u16;
        let second = |pair: &u64| (*pair >> 32) as u16;
        let mut grams = Self { postings: Postings::below(count), from: vec![0], ..Self::default() };
        grams.characters = std::iter::once(0).chain(pairs.iter().map(first)).collect();
        grams.characters.dedup();
        let mut groups = pairs.chunk_by(|a, b| first(a) == first(b)).peekable();
        let mut rows: Vec<u32> = Vec::new();
        let mut all = Bits::none(count);
        for place in 0..grams.characters.len() {
            let group = groups.next_if(|group| first(&group[0]) == grams.characters[place]).unwrap_or_default();
            if place != START {
                every_row(group, &mut all, &mut rows);
                grams.put(START, &rows);
            }
            for same in group.chunk_by(|a, b| second(a) == second(b)).filter(|same| second(&same[0]) != 0) {
                rows.clear();
                rows.extend(same.iter().map(|pair| *pair as u32));
                let place = grams.place(second(&same[0])).unwrap_or(START);
                grams.put(place, &rows);
            }
            grams.from.push(grams.lists.len() as u32);
        }
        grams.seconds.shrink_to_fit();
        grams.lists.shrink_to_fit();
        grams.postings.shrink();
        grams
    }

    fn put(&mut self, second: usize, rows: &[u32]) {
        self.seconds.push(second as u16);
        let list = self.postings.push(rows);
        self.lists.push(list);
    }

    /// The place of a character, if any row holds it.
    pub(super) fn place(&self, unit: u16) -> Option<usize> {
        self.characters.binary_search(&unit).ok()
    }

    /// The second characters of pairs that begin with this one, with the rows of each.
    pub(super) fn pairs(&self, first: usize) -> impl Iterator<Item = (usize, List)> + '_ {
        let range = self.from[first] as usize..self.from[first + 1] as usize;
        self.seconds[range.clone()].iter().map(|second| usize::from(*second)).zip(self.lists[range].iter().copied())
    }

    /// The rows that hold the pair; `second` may be [`START`] for the first character alone.
    pub(super) fn pair(&self, first: usize, second: usize) -> Option<List> {
        let range = self.from[first] as usize..self.from[first + 1] as usize;
        let place = self.seconds[range.clone()].binary_search(&(second as u16)).ok()?;
        Some(self.lists[range.start + place])
    }

    pub(super) fn bytes_held(&self) -> usize {
        self.seconds.capacity() * 2 + self.lists.capacity() * size_of::<List>() + self.postings.bytes_held()
    }

    /// The rows that may hold `units` as they are: all their pairs.
    pub(super) fn letters(&self, count: usize, units: &[u16]) -> Bits {
        self.letters_or_none(count, units).unwrap_or_else(|| Bits::none(count))
    }

    fn letters_or_none(&self, count: usize, units: &[u16]) -> Option<Bits> {
        let places: Vec<usize> = units.iter().map(|unit| self.place(*unit)).collect::<Option<_>>()?;
        let mut lists: Vec<List> = match *places {
            [only] => vec![self.pair(only, START)?],
            _ => places.windows(2).map(|two| self.pair(two[0], two[1])).collect::<Option<_>>()?,
        };
        lists.sort_by_key(|list| list.len);
        let mut found: Option<Bits> = None;
        for list in lists {
            let mut rows = Bits::none(count);
            self.postings.add_to(list, &mut rows);
            match &mut found {
                Some(found) => found.and(&rows),
                None => found = Some(rows),
            }
        }
        found
    }
}

/// The rows of all pairs of one first character, ascending.
fn every_row(group: &[u64], all: &mut Bits, rows: &mut Vec<u32>) {
    rows.clear();
    rows.extend(group.iter().map(|pair| *pair as u32));
    if rows.len() < 4096 {
        rows.sort_unstable();
        rows.dedup();
    } else {
        for row in rows.drain(..) {
            all.put(row as usize);
        }
        rows.extend(all.iter().map(|row| row as u32));
        for row in rows {
            all.clear(*row as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_characters_and_by_neighbours() {
        let texts: Vec<Vec<u16>> =
            ["实验小学", "小学", "学实 验", "x"].map(|text| text.encode_utf16().collect()).into();
        let grams = Grams::of(4, texts.iter().map(Vec::as_slice));
        let rows = |text: &str| grams.letters(4, &text.encode_utf16().collect::<Vec<_>>()).iter().collect::<Vec<_>>();
        assert_eq!(rows("小学"), [0, 1]);
        assert_eq!(rows("学"), [0, 1, 2]);
        assert_eq!(rows("实验"), [0, 2]);
        assert_eq!((rows("学小"), rows("y"), rows("")), (vec![], vec![], vec![]));
        let begins = grams.pair(START, grams.place('小' as u16).expect("held")).expect("begins");
        assert_eq!(begins.len, 1);
    }
}
