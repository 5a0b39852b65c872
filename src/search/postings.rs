//! Ascending numbers, packed: as differences in as few bytes as they need, or as one bit each where they are many.

use std::collections::HashMap;

/// So many numbers a bit in eight: then a bit each takes no more room, and is added sixty-four at a time.
const DENSE: u32 = 8;

/// A set of numbers below some bound.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn none(below: usize) -> Self {
        Self(vec![0; below.div_ceil(64)])
    }

    /// All below.
    pub(super) fn all(below: usize) -> Self {
        let mut bits = Self(vec![u64::MAX; below.div_ceil(64)]);
        if let Some(last) = bits.0.last_mut().filter(|_| !below.is_multiple_of(64)) {
            *last = (1 << (below % 64)) - 1;
        }
        bits
    }

    pub(super) fn has(&self, number: usize) -> bool {
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    pub(super) fn put(&mut self, number: usize) {
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub(super) fn clear(&mut self, number: usize) {
        self.0[number / 64] &= !(1 << (number % 64));
    }

    pub(super) fn any(&self) -> bool {
        self.0.iter().any(|word| *word != 0)
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Forgets all.
    pub(super) fn empty(&mut self) {
        self.0.fill(0);
    }

    pub(super) fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    pub(super) fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= other);
    }

    /// Leaves out what is in `other`.
    pub(super) fn without(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// The first so many of the numbers.
    pub(super) fn first(mut self, count: usize) -> Self {
        let mut left = count;
        for word in &mut self.0 {
            let here = word.count_ones() as usize;
            if here > left {
                *word = (0..here - left).fold(*word, |word, _| word & !(1 << word.ilog2()));
            }
            left -= here.min(left);
        }
        self
    }

    /// The numbers, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(place * 64 + bit)
            })
        })
    }
}

/// Where a list lies, and how long it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct List {
    start: u32,
    pub(super) len: u32,
}

/// Many lists of numbers below one bound.
#[derive(Debug, Default)]
pub(super) struct Postings {
    below: u32,
    bytes: Vec<u8>,
    words: Vec<u64>,
}

impl Postings {
    pub(super) fn below(below: usize) -> Self {
        Self { below: below as u32, ..Self::default() }
    }

    fn is_dense(&self, len: u32) -> bool {
        len >= self.below.div_ceil(DENSE)
    }

    /// Packs ascending numbers.
    pub(super) fn push(&mut self, numbers: &[u32]) -> List {
        let len = numbers.len() as u32;
        if self.is_dense(len) {
            let mut bits = Bits::none(self.below as usize);
            for number in numbers {
                bits.put(*number as usize);
            }
            let start = self.words.len() as u32;
            self.words.extend(bits.0);
            return List { start, len };
        }
        let start = self.bytes.len() as u32;
        let mut last = 0;
        for number in numbers {
            let mut step = number - last;
            last = *number;
            while step >= 0x80 {
                self.bytes.push(step as u8 | 0x80);
                step >>= 7;
            }
            self.bytes.push(step as u8);
        }
        List { start, len }
    }

    /// Adds the numbers of a list to a set.
    pub(super) fn add_to(&self, list: List, set: &mut Bits) {
        if self.is_dense(list.len) {
            let words = &self.words[list.start as usize..][..set.0.len()];
            set.0.iter_mut().zip(words).for_each(|(word, more)| *word |= more);
        } else {
            self.each(list, |number| set.put(number));
        }
    }

    /// Hands on the numbers of a list.
    pub(super) fn each(&self, list: List, mut take: impl FnMut(usize)) {
        if self.is_dense(list.len) {
            let words = self.words[list.start as usize..][..(self.below as usize).div_ceil(64)].to_vec();
            return Bits(words).iter().for_each(take);
        }
        let mut bytes = self.bytes[list.start as usize..].iter();
        let mut number = 0;
        for _ in 0..list.len {
            let mut shift = 0;
            for byte in bytes.by_ref() {
                number += usize::from(byte & 0x7f) << shift;
                shift += 7;
                if *byte < 0x80 {
                    break;
                }
            }
            take(number);
        }
    }

    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.words.shrink_to_fit();
    }

    pub(super) fn bytes_held(&self) -> usize {
        self.bytes.capacity() + self.words.capacity() * 8
    }
}

/// Which rows are of which class.
#[derive(Debug, Default)]
pub(super) struct Classes {
    lists: HashMap<u16, List>,
    postings: Postings,
}

impl Classes {
    /// From the class of each row.
    pub(super) fn of(classes: &[u16]) -> Self {
        let mut rows: HashMap<u16, Vec<u32>> = HashMap::new();
        for (row, class) in (0..).zip(classes) {
            rows.entry(*class).or_default().push(row);
        }
        let mut postings = Postings::below(classes.len());
        let lists = rows.iter().map(|(class, rows)| (*class, postings.push(rows))).collect();
        postings.shrink();
        Self { lists, postings }
    }

    /// Adds the rows of a class to a set.
    pub(super) fn add_to(&self, class: u16, set: &mut Bits) {
        if let Some(list) = self.lists.get(&class) {
            self.postings.add_to(*list, set);
        }
    }

    pub(super) fn bytes_held(&self) -> usize {
        self.postings.bytes_held()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_as_they_were_packed() {
        let mut postings = Postings::below(1000);
        let lists: Vec<Vec<u32>> = vec![vec![], vec![0], vec![3, 200, 999], (0..1000).step_by(3).collect()];
        let packed: Vec<List> = lists.iter().map(|list| postings.push(list)).collect();
        for (list, packed) in lists.iter().zip(packed) {
            let (mut set, mut each) = (Bits::none(1000), Vec::new());
            postings.add_to(packed, &mut set);
            postings.each(packed, |number| each.push(number as u32));
            assert_eq!(set.iter().map(|number| number as u32).collect::<Vec<_>>(), *list);
            assert_eq!(each, *list);
        }
    }
}
