//! A site by name, pinyin or initials.
//!
//! Each site is one line in one long text: its folded name, its pinyin, its initials and its folded address, set apart
//! by marks. A query is folded and looked for in that text at memory speed, so that characters from the middle of a
//! name are found as well as its beginning. What is found is ranked by one key, best first:
//!
//! 1. what matched: the whole name, its beginning, its middle, the initials' beginning, their middle, the pinyin's
//!    beginning, its middle, the address;
//! 2. the length of the name, shorter first (a short name that holds the query is nearer to it);
//! 3. the site's number.

use crate::text::{Readings, fold};
use memchr::memmem;
use std::collections::BinaryHeap;

/// Set between the parts of a line; folding never leaves them in a text.
const PART: char = '\u{1}';
/// Ends a line.
const END: char = '\u{2}';

/// What of a site the query was found in, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matched {
    /// The query is the name.
    Name,
    /// The name begins with it.
    NameStart,
    /// The name holds it.
    NameMiddle,
    /// The initials begin with it.
    InitialsStart,
    /// The initials hold it.
    InitialsMiddle,
    /// The pinyin begins with it.
    PinyinStart,
    /// The pinyin holds it.
    PinyinMiddle,
    /// The address or the English name holds it.
    Other,
}

impl Matched {
    /// The word for it on the wire.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Name | Self::NameStart | Self::NameMiddle => "name",
            Self::InitialsStart | Self::InitialsMiddle => "initials",
            Self::PinyinStart | Self::PinyinMiddle => "pinyin",
            Self::Other => "other",
        }
    }
}

/// One site found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// What matched.
    pub matched: Matched,
    name_chars: u32,
    /// The site's number.
    pub key: u32,
}

/// The names of all sites, ready to be searched.
#[derive(Debug, Default)]
pub struct NameIndex {
    text: String,
    /// Where each line starts, with its site's number; sorted by start.
    lines: Vec<(usize, u32)>,
    /// The line that stands for a site now; older ones are skipped.
    line_of: Vec<u32>,
}

/// No line stands for this site.
const NO_LINE: u32 = u32::MAX;

impl NameIndex {
    /// Adds a site, or replaces what it was called. `other` is what it may also be found by, such as its address.
    pub fn put(&mut self, readings: &Readings, key: u32, name: &str, other: &str) {
        let name = fold(name);
        let (pinyin, initials) = readings.of(&name);
        self.remove(key);
        let place = key as usize;
        if self.line_of.len() <= place {
            self.line_of.resize(place + 1, NO_LINE);
        }
        self.line_of[place] = self.lines.len() as u32;
        self.lines.push((self.text.len(), key));
        for (part, mark) in [(&*name, PART), (&*initials, PART), (&*pinyin, PART), (&*fold(other), END)] {
            self.text.extend(part.chars().filter(|c| *c != PART && *c != END));
            self.text.push(mark);
        }
    }

    /// Takes a site out.
    pub fn remove(&mut self, key: u32) {
        if let Some(line) = self.line_of.get_mut(key as usize) {
            *line = NO_LINE;
        }
    }

    /// The best `limit` sites that hold `query` and that `keep` accepts. A query of nothing finds nothing.
    #[must_use]
    pub fn find(&self, query: &str, limit: usize, keep: impl Fn(u32) -> bool) -> Vec<Hit> {
        let query = fold(query);
        if query.is_empty() || query.contains([PART, END]) || limit == 0 {
            return Vec::new();
        }
        let mut best: BinaryHeap<Hit> = BinaryHeap::with_capacity(limit + 1);
        let finder = memmem::Finder::new(query.as_bytes());
        let bytes = self.text.as_bytes();
        let mut from = 0;
        while let Some(found) = finder.find(&bytes[from..]) {
            let line = self.lines.partition_point(|(start, _)| *start <= from + found) - 1;
            let (start, key) = self.lines[line];
            let end = self.lines.get(line + 1).map_or(bytes.len(), |(next, _)| *next);
            from = end;
            if self.line_of[key as usize] != line as u32 || !keep(key) {
                continue;
            }
            let hit = judge(&self.text[start..end], &query, key);
            if best.len() < limit {
                best.push(hit);
            } else if best.peek().is_some_and(|worst| hit < *worst) {
                best.pop();
                best.push(hit);
            }
        }
        best.into_sorted_vec()
    }
}

fn judge(line: &str, query: &str, key: u32) -> Hit {
    let mut parts = line.split([PART, END]);
    let [name, initials, pinyin] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let begins = |part: &str| part.split(' ').any(|reading| reading.starts_with(query));
    let matched = if name == query {
        Matched::Name
    } else if name.starts_with(query) {
        Matched::NameStart
    } else if name.contains(query) {
        Matched::NameMiddle
    } else if begins(initials) {
        Matched::InitialsStart
    } else if initials.contains(query) {
        Matched::InitialsMiddle
    } else if begins(pinyin) {
        Matched::PinyinStart
    } else if pinyin.contains(query) {
        Matched::PinyinMiddle
    } else {
        Matched::Other
    };
    Hit { matched, name_chars: name.chars().count() as u32, key }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex {
        let readings = Readings::with_overrides([("东阿", "dong e")]);
        let mut index = NameIndex::default();
        for (key, name, other) in [
            (1, "东阿县实验小学", "文化街 1 号"),
            (2, "东阿县图书馆", "Dong'e County Library"),
            (3, "第二实验小学", ""),
            (4, "实验小学", ""),
            (7, "刘集镇中心幼儿园", ""),
        ] {
            index.put(&readings, key, name, other);
        }
        index
    }

    fn find(query: &str) -> Vec<u32> {
        index().find(query, 10, |_| true).iter().map(|hit| hit.key).collect()
    }

    #[test]
    fn characters_pinyin_and_initials_find_a_name_best_first() {
        assert_eq!(find("实验小学"), [4, 3, 1]);
        assert_eq!(find("图书"), [2]);
        assert_eq!(find("dexsyxx"), [1]);
        assert_eq!(find("DEX"), [2, 1]);
        assert_eq!(find("tushuguan"), [2]);
        assert_eq!(find("dongexian"), [2, 1]);
        assert_eq!(find("library"), [2]);
        assert_eq!(find("文化街"), [1]);
    }

    #[test]
    fn nothing_and_marks_find_nothing() {
        assert!(find("").is_empty() && find("  ").is_empty() && find("\u{1}").is_empty() && find("不存在").is_empty());
    }

    #[test]
    fn a_new_name_replaces_the_old_and_a_removed_site_is_gone() {
        let mut index = index();
        index.put(&Readings::default(), 4, "阅读驿站", "");
        index.remove(3);
        let keys = |query| index.find(query, 10, |_| true).iter().map(|hit| hit.key).collect::<Vec<_>>();
        assert_eq!((keys("实验小学"), keys("yuedu")), (vec![1], vec![4]));
    }
}
