//! What was meant by what was typed.
//!
//! It is asked for as it was typed. Where nothing goes by that, it is read otherwise, and the first way to read it by which
//! something goes is taken: a word that ends or begins with what a kind is called, or with the beginning of that, is meant as
//! two, as people run a place and a kind together (刘集幼儿园 is no name, 刘集 and 幼儿园 are; 刘集图书, liujiyoueryuan);
//! Chinese that was typed by its sound is meant as it sounds (刘吉小雪). Then a kind was mistyped (libary liuji), or words are
//! run together (刘集kindergarten, 刘集中心), or the words are those of a sentence (医院在哪), or only the kind is known.
//! What is guessed counts as mistyped.

use super::index::{Hit, SearchIndex};
use super::matched::{Matched, Rank};
use super::query::Query;
use super::spelling::{is_latin, is_letter};
use super::typo::is_nearly;
use std::collections::HashSet;

/// So many characters a place and a kind have at least where they are run together.
const PART: usize = 2;

/// Of a longer word it is not tried where it might be two.
const LONGEST_SPLIT: usize = 8;

/// What people say before and behind what they look for.
const BEFORE: [&str; 9] = ["附近的", "附近", "最近的", "身边的", "周边的", "哪里有", "哪儿有", "哪有", "我要去"];
const BEHIND: [&str; 7] = ["在哪里", "在哪儿", "在哪", "怎么走", "有哪些", "附近", "吗"];
const BETWEEN: [&str; 13] =
    ["in", "near", "nearest", "nearby", "the", "a", "an", "at", "of", "to", "me", "where", "is"];

/// What was found.
#[derive(Debug)]
pub struct Meant<T> {
    /// What was asked for.
    pub queries: Vec<Query>,
    /// Best first, each with the place of the query by which it goes.
    pub found: Vec<(usize, T)>,
}

/// Another way to read a query, if there is one.
type Otherwise = fn(&SearchIndex, &Query) -> Option<Query>;

/// A query and what goes by it.
struct Answer<T> {
    query: Query,
    found: Vec<T>,
    /// Whether something goes by more than an address, as it was typed.
    right: bool,
}

impl SearchIndex {
    /// Asks for what was typed, and for what else may be meant by it. `of` tells what a thing is and its rank.
    pub fn meant<T>(
        &self,
        typed: &str,
        limit: usize,
        ask: &impl Fn(&Query) -> Vec<T>,
        of: &impl Fn(&mut T) -> (Hit, &mut Rank),
    ) -> Meant<T> {
        let answer = |query: Query| {
            let mut found = ask(&query);
            let right = found.iter_mut().any(|found| of(found).1.is_right());
            for found in found.iter_mut().filter(|_| query.guessed) {
                let rank = of(found).1;
                rank.edits = rank.edits.max(1);
            }
            Answer { query, found, right }
        };
        let mut first = answer(self.query(typed));
        let mut second = None;
        if first.right {
            // what bears the whole name comes first, then what the place and the kind in it mean
            let parted = self.parted(&first.query, false).filter(|query| !query.guessed && !query.is_latin());
            second = parted.filter(|_| first.found.len() < limit).map(&answer).filter(|parted| parted.right);
        }
        let ways: [Otherwise; 3] =
            [|index, query| index.parted(query, false), |index, query| index.parted(query, true), Self::heard];
        for otherwise in ways {
            if first.right {
                break;
            }
            // an address is better matched as it was typed than a name by its sound
            let as_typed = first.found.iter_mut().any(|found| of(found).1.edits == 0);
            let other = otherwise(self, &first.query).filter(|other| !(as_typed && other.guessed));
            if let Some(other) = other.map(&answer)
                && (other.right || first.found.is_empty())
            {
                first = other;
            }
        }
        if !first.right && first.found.len() < limit {
            second = self.corrected(&first.query).map(&answer);
        }
        let meant = both(limit, first, second, of);
        if !meant.found.is_empty() {
            return meant;
        }
        let split = self.split(typed).into_iter().map(&answer).filter(|split| !split.found.is_empty());
        if let Some(split) = split.min_by_key(|split| !split.right) {
            return both(limit, split, None, of);
        }
        if let Some(rest) = unfilled(typed) {
            return self.meant(&rest, limit, ask, of);
        }
        self.kinds_only(typed).map_or(meant, |kinds| both(limit, answer(kinds), None, of))
    }

    /// With every word parted that ends or begins with what sounds like a kind, or ends with the beginning of one;
    /// nothing where none does.
    fn parted(&self, query: &Query, begun: bool) -> Option<Query> {
        let typed = query.typed();
        let parts = typed.iter().flat_map(|units| self.parts(units, begun)).filter(|part| !part.is_empty());
        let parts: Vec<&[u16]> = parts.collect();
        let guessed = parts.concat() != typed.concat();
        (parts != typed).then(|| Query { guessed, ..self.with_kinds(Query::of(self.sounds(), &parts)) })
    }

    /// The longest name of a kind that the word sounds like or ends or begins with, with what stands before or behind it; a
    /// word without is whole.
    fn parts<'w>(&'w self, units: &'w [u16], begun: bool) -> [&'w [u16]; 2] {
        let names = self.called.iter().map(|(_, name)| &name[..]).filter(|name| !is_latin(name[0]));
        let cuts = names.filter_map(|name| {
            if units.iter().all(|unit| is_letter(*unit)) {
                return self.letters_behind(units, name).map(|length| (length, cut(units, length)));
            }
            if begun {
                let ends = |length: &usize| units.ends_with(&name[..*length]) && is_beside(units.len() - length);
                let length = (PART..name.len().min(units.len())).rev().find(ends)?;
                return Some((length, cut(units, length)));
            }
            let rest = units.len().checked_sub(name.len()).filter(|rest| is_beside(*rest) && name.len() >= PART)?;
            if self.sounds().are_alike(&units[rest..], name) {
                return Some((name.len(), [&units[..rest], name]));
            }
            let (start, behind) = units.split_at(name.len());
            self.sounds().are_alike(start, name).then_some((name.len(), [name, behind]))
        });
        cuts.max_by_key(|(length, _)| *length).map_or([units, &[]], |(_, parts)| parts)
    }

    /// How many letters at the end of a word are a kind's name, read aloud or by its initials.
    fn letters_behind(&self, units: &[u16], name: &[u16]) -> Option<usize> {
        let initials: Vec<u16> = name.iter().filter_map(|unit| self.sounds().letters(*unit).next()).collect();
        let ends = |read: &Vec<u16>| read.len() >= PART && units.ends_with(read) && units.len() >= read.len() + PART;
        [self.sounds().aloud(name), initials].iter().find(|read| ends(read)).map(Vec::len)
    }

    /// With Chinese words by their sound; nothing where there are none.
    fn heard(&self, query: &Query) -> Option<Query> {
        let typed = query.typed();
        let heard: Vec<Vec<u16>> = typed.iter().map(|units| self.sounds().aloud(units)).collect();
        (heard != typed).then(|| Query { guessed: true, ..self.with_kinds(Query::of(self.sounds(), &heard)) })
    }

    /// With words that are no kind for the kinds whose names they are but for a typo; nothing where there are none.
    fn corrected(&self, query: &Query) -> Option<Query> {
        let mut other = self.with_kinds(Query::of(self.sounds(), &query.typed()));
        let mut guessed = false;
        for word in other.words.iter_mut().filter(|word| word.classes.is_empty()) {
            word.classes = self.classes(|name| is_nearly(word, name));
            guessed |= !word.classes.is_empty();
        }
        guessed.then_some(Query { guessed, ..other })
    }

    /// Words run together, as two: where Chinese and Latin meet, or else anywhere in one that is not long.
    fn split(&self, typed: &str) -> Vec<Query> {
        let whole = self.query(typed);
        let typed = whole.typed();
        let of = |words: Vec<&[u16]>| self.with_kinds(Query::of(self.sounds(), &words));
        let scripts: Vec<&[u16]> =
            typed.iter().flat_map(|units| units.chunk_by(|one, other| is_latin(*one) == is_latin(*other))).collect();
        if scripts != typed {
            return vec![of(scripts)];
        }
        let [only] = *typed else { return Vec::new() };
        if only.len() > LONGEST_SPLIT || is_latin(only[0]) {
            return Vec::new();
        }
        let places = PART..=only.len().saturating_sub(PART);
        places.map(|place| Query { guessed: true, ..of(vec![&only[..place], &only[place..]]) }).collect()
    }

    /// The words that are kinds, where others are not: what there is of the kind is better than nothing.
    fn kinds_only(&self, typed: &str) -> Option<Query> {
        let whole = self.query(typed);
        let whole = self.parted(&whole, false).or_else(|| self.parted(&whole, true)).unwrap_or(whole);
        let kinds: Vec<&[u16]> =
            whole.words.iter().filter(|word| !word.classes.is_empty()).map(|word| &word.units[..]).collect();
        let some = !kinds.is_empty() && kinds.len() < whole.words.len();
        some.then(|| Query { guessed: true, ..self.with_kinds(Query::of(self.sounds(), &kinds)) })
    }
}

fn is_beside(rest: usize) -> bool {
    rest == 0 || rest >= PART
}

/// What stands before the last so many units, and those.
fn cut(units: &[u16], length: usize) -> [&[u16]; 2] {
    let (before, end) = units.split_at(units.len() - length);
    [before, end]
}

/// What goes by the first query, and then what goes by the second only; where both are guesses, the better ones first.
fn both<T>(
    limit: usize,
    first: Answer<T>,
    second: Option<Answer<T>>,
    of: &impl Fn(&mut T) -> (Hit, &mut Rank),
) -> Meant<T> {
    let guesses = !first.right && second.is_some();
    let answers = [Some(first), second].into_iter().flatten();
    let (mut queries, mut found, mut known) = (Vec::new(), Vec::new(), HashSet::new());
    for (place, answer) in answers.enumerate() {
        queries.push(answer.query);
        for mut one in answer.found {
            if known.insert(of(&mut one).0) {
                found.push((place, one));
            }
        }
    }
    if guesses {
        let mut in_order: Vec<((u8, Matched), (usize, T))> = Vec::with_capacity(found.len());
        in_order.extend(found.into_iter().map(|mut one| {
            let rank = of(&mut one.1).1;
            ((rank.edits, rank.matched), one)
        }));
        in_order.sort_by_key(|(order, _)| *order);
        found = in_order.into_iter().map(|(_, one)| one).collect();
    }
    found.truncate(limit);
    Meant { queries, found }
}

/// Without what belongs to a sentence and to no name; nothing where all of it may be a name.
fn unfilled(typed: &str) -> Option<String> {
    let words = typed.split_whitespace().filter(|word| !BETWEEN.contains(&word.to_lowercase().as_str()));
    let plain: Vec<&str> = words
        .map(|word| {
            let word = word.trim_end_matches(['?', '？', '。']);
            let word = BEFORE.iter().find_map(|before| word.strip_prefix(before)).unwrap_or(word);
            BEHIND.iter().find_map(|behind| word.strip_suffix(behind)).unwrap_or(word)
        })
        .filter(|word| !word.is_empty())
        .collect();
    let plain = plain.join(" ");
    (!plain.is_empty() && plain != typed.split_whitespace().collect::<Vec<_>>().join(" ")).then_some(plain)
}
