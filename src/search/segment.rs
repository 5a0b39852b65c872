//! Many rows packed once, sorted so that the first ones found are the best: shorter names, then smaller numbers.
//!
//! A question goes through the ways to match in their order ([`Matched`]). For each, the table of characters tells which
//! rows may match; those are judged in order, and as soon as enough are found, nothing further is looked at.

use super::bands::Bands;
use super::grams::Grams;
use super::matched::{FAR_M, Matched, Near, Rank};
use super::names::Question;
use super::postings::{Bits, Classes};
use super::read::{begun, readable};
use super::rows::{Row, Rows, Words, is_word};
use super::sounds::Sounds;
use super::spelling::{GAP, is_letter};
use super::typo;
use super::vocabulary::Vocabulary;
use super::word::{Way, Word};

/// Of the rows in which mistyped pinyin, or several words, may be meant, so many are judged, those with the shortest names.
const LOOKED_THROUGH: usize = 3000;

/// To ask a row that is found on the map takes so much longer than to pass one on the way through all.
const AROUND: usize = if cfg!(test) { 1 } else { 4 };

/// So many that match so well are enough.
#[derive(Debug, Clone, Copy)]
struct Enough {
    count: usize,
    of: Matched,
}

/// Packed rows.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) rows: Rows,
    names: Grams,
    /// Of the first two characters of the names.
    heads: Grams,
    also: Grams,
    words: Vocabulary,
    classes: Classes,
    bands: Bands,
    /// The rows whose names hold Latin letters.
    mixed: Bits,
    /// The rows that are no more.
    gone: Bits,
    pub(super) gone_count: usize,
}

impl Segment {
    pub(super) fn pack(rows: Rows) -> Self {
        let mut sorted = Rows::default();
        let mut english = Rows::default();
        for place in rows.by_length() {
            let row = rows.row(place as usize);
            sorted.push(Row { english: &[], ..row });
            english.push(Row { also: &[], ..row });
        }
        drop(rows);
        sorted.shrink();
        let words = Vocabulary::of(&english);
        drop(english);
        let count = sorted.len();
        let names = Grams::of(count, sorted.iter().map(|row| row.name));
        let heads = Grams::of(count, sorted.iter().map(|row| head(row.name)));
        let also = Grams::of(count, sorted.iter().map(|row| row.also));
        let (classes, bands) = (Classes::of(&sorted.classes), Bands::of(&sorted));
        let mut mixed = Bits::none(count);
        let latin = |row: &Row<'_>| row.name.iter().any(|unit| is_letter(*unit));
        sorted.iter().enumerate().filter(|(_, row)| latin(row)).for_each(|(place, _)| mixed.put(place));
        Self { rows: sorted, names, heads, also, words, classes, bands, mixed, gone: Bits::none(count), gone_count: 0 }
    }

    /// The rows that are still there, with their English words, at the end of `into`.
    pub(super) fn unpack(&self, into: &mut Rows) {
        let mut english: Vec<Vec<u16>> = vec![Vec::new(); self.rows.len()];
        self.words.each(|word, row| {
            if !english[row].is_empty() {
                english[row].push(GAP);
            }
            english[row].extend(word.iter().map(|byte| u16::from(*byte)));
        });
        for (place, row) in self.rows.iter().enumerate().filter(|(place, _)| !self.gone.has(*place)) {
            into.push(Row { english: &english[place], ..row });
        }
    }

    pub(super) fn remove(&mut self, place: usize) {
        self.gone.put(place);
        self.gone_count += 1;
    }

    pub(super) fn bytes_held(&self) -> usize {
        self.rows.bytes_held()
            + self.names.bytes_held()
            + self.heads.bytes_held()
            + self.also.bytes_held()
            + self.words.bytes_held()
            + self.classes.bytes_held()
            + self.bands.bytes_held()
    }

    /// Begins to look for some words.
    pub(super) fn look<'a>(&'a self, sounds: &'a Sounds, words: &'a [Word]) -> Looking<'a> {
        let looked = |word| Looked::new(self, sounds, word);
        Looking { segment: self, sounds, words: words.iter().map(looked).collect() }
    }

    /// Judges rows in their order, nearer ones first, until enough are taken; tells how many of that sort were.
    fn take(
        &self,
        question: &Question<'_>,
        rows: &Bits,
        enough: Enough,
        judge: impl Fn(usize) -> Option<(u8, Matched)>,
        out: &mut Vec<Rank>,
    ) -> usize {
        let mut taken = 0;
        let mut consider = |place: usize, far: u8| {
            if let Some((edits, matched)) = judge(place)
                && (question.keep)(self.rows.keys[place])
            {
                out.push(self.rows.row(place).rank(edits, matched, far));
                taken += usize::from(matched <= enough.of);
            }
            taken < enough.count
        };
        let may_take = |place: &usize| question.may_take(self.rows.classes[*place], self.rows.at(*place));
        match question.near() {
            None => drop(rows.iter().filter(may_take).all(|place| consider(place, 0))),
            Some(near) => self.nearest_first(rows, near, may_take, consider),
        }
        taken
    }

    /// Hands on rows by their step of nearness, and in their order within it, as long as more are wanted. Those around are
    /// looked for on the map, as long as fewer rows have to be asked than there are to go through.
    fn nearest_first(
        &self,
        rows: &Bits,
        near: Near,
        may_take: impl Fn(&usize) -> bool,
        mut consider: impl FnMut(usize, u8) -> bool,
    ) {
        let far = |place: usize| near.far(self.rows.at(place));
        let (count, mut asked) = (rows.count(), 0);
        let mut begun = 0;
        for (step, metres) in (0..).zip(FAR_M) {
            let around = || self.bands.around(&self.rows, near, metres);
            asked += around().map(<[u32]>::len).sum::<usize>();
            if asked > count / AROUND {
                break;
            }
            let is_meant = |place: &usize| rows.has(*place) && far(*place) == step && may_take(place);
            let mut places: Vec<usize> = around().flatten().map(|place| *place as usize).filter(is_meant).collect();
            places.sort_unstable();
            if !places.into_iter().all(|place| consider(place, step)) {
                return;
            }
            begun = step + 1;
        }
        let mut steps: [Vec<usize>; FAR_M.len() + 1] = Default::default();
        for place in rows.iter().filter(may_take) {
            let step = far(place);
            if step >= begun {
                steps[usize::from(step)].push(place);
            }
        }
        let mut in_order =
            (0..).zip(steps).flat_map(|(step, places)| places.into_iter().map(move |place| (place, step)));
        in_order.all(|(place, step)| consider(place, step));
    }
}

/// A name as far as its second character.
fn head(name: &[u16]) -> &[u16] {
    let mut units = (1..).zip(name).filter(|(_, unit)| **unit != GAP).map(|(end, _)| end);
    units.nth(1).map_or(name, |end| &name[..end])
}

/// Words that are looked for in a segment, with the rows that were thought of so far.
pub(super) struct Looking<'a> {
    segment: &'a Segment,
    sounds: &'a Sounds,
    words: Vec<Looked<'a>>,
}

impl Looking<'_> {
    /// The best rows that match every word as it was typed.
    pub(super) fn find(&mut self, question: &Question<'_>, out: &mut Vec<Rank>) {
        let Self { segment, sounds, words } = self;
        let mut left = question.limit;
        for matched in Matched::ALL {
            if left == 0 || words.is_empty() {
                return;
            }
            // a row that matches so and not better is among those that may match so
            let widened = words.iter_mut().filter_map(|looked| looked.widen(matched));
            let new = widened.reduce(|mut one, other| {
                one.or(&other);
                one
            });
            let Some(mut rows) = new.filter(Bits::any) else { continue };
            for looked in &*words {
                rows.and(&looked.rows);
            }
            rows.without(&segment.gone);
            let judge = |place: usize| {
                let row = segment.rows.row(place);
                let all = words.iter().map(|looked| row.judge_until(matched, sounds, looked.word, looked.words(place)));
                let worst = all.collect::<Option<Vec<Matched>>>()?.into_iter().max()?;
                (worst == matched).then_some((0, worst))
            };
            left -= segment.take(question, &rows, Enough { count: left, of: matched }, judge, out);
        }
    }

    /// The best rows that match every word if some were mistyped, the worst of them with `most` edits. What matches as it was
    /// typed has been looked for before.
    pub(super) fn find_mistyped(&mut self, question: &Question<'_>, most: u8, out: &mut Vec<Rank>) {
        let Self { segment, sounds, words } = self;
        let kinds = words.iter().map(|looked| typo::Mistyped::of(looked.word));
        // what was mistyped can match no better than so: as soon as enough do, the rest is worse
        let Some(best) = kinds.filter_map(typo::Mistyped::at_best).min() else { return };
        let alone = words.len() == 1;
        let meant = words.iter_mut().map(|looked| looked.forgive(most, alone));
        let common = meant.reduce(|mut one, other| {
            one.and(&other);
            one
        });
        let Some(mut rows) = common else { return };
        rows.without(&segment.gone);
        let judge = |place: usize| {
            let row = segment.rows.row(place);
            mistyped(sounds, row, words.iter().map(|looked| (looked.word, looked.words(place))), most)
        };
        // Chinese with one edit can match in no other way, so that those rows need not be few
        let one_way = best == Matched::NameMiddle && alone && most == 1;
        let rows = if one_way { rows } else { rows.first(LOOKED_THROUGH) };
        let mut found = Vec::new();
        segment.take(question, &rows, Enough { count: question.limit, of: best }, judge, &mut found);
        found.sort_unstable();
        found.truncate(question.limit);
        out.extend(found);
    }
}

/// What a row matches if the worst mistyped of the words has so many edits.
pub(super) fn mistyped<'a>(
    sounds: &Sounds,
    row: Row<'_>,
    words: impl ExactSizeIterator<Item = (&'a Word, Words)>,
    most: u8,
) -> Option<(u8, Matched)> {
    let (mut edits, mut worst) = (0, Matched::Name);
    let alone = words.len() == 1;
    for (word, here) in words {
        // that a word is far off is soon told, that it is right is not
        let guess = typo::judge(sounds, word, row, here, most);
        if alone && guess.is_none() {
            return None;
        }
        let (more, matched) = match row.judge(sounds, word, here) {
            Some(matched) => (0, matched),
            None => guess?,
        };
        edits = edits.max(more);
        worst = worst.max(matched);
    }
    (edits == most).then_some((edits, worst))
}

/// A word with the rows that may match it so far.
struct Looked<'a> {
    segment: &'a Segment,
    sounds: &'a Sounds,
    word: &'a Word,
    rows: Bits,
    /// By sounds and by initials, as soon as they were asked for.
    read: [Option<Bits>; 2],
    /// The rows with an English word that holds it, by edits.
    english: Vec<Bits>,
}

impl<'a> Looked<'a> {
    fn new(segment: &'a Segment, sounds: &'a Sounds, word: &'a Word) -> Self {
        let rows = Bits::none(segment.rows.len());
        Self { segment, sounds, word, rows, read: [None, None], english: Vec::new() }
    }

    /// With how many edits the row's English words are known to hold the word.
    fn words(&self, place: usize) -> Words {
        let edits = self.english.iter().position(|rows| rows.has(place));
        Words::Elsewhere(edits.map(|edits| edits as u8))
    }

    /// Adds the rows that may match in this way, and hands them on.
    fn widen(&mut self, matched: Matched) -> Option<Bits> {
        let (segment, count) = (self.segment, self.segment.rows.len());
        let more = match matched {
            Matched::Name => self.whole(),
            Matched::NameStart => self.starting(Way::Letters, segment.names.letters(count, &self.word.units)),
            Matched::NameMiddle => segment.names.letters(count, &self.word.units),
            Matched::PinyinStart | Matched::InitialsStart | Matched::PinyinMiddle | Matched::InitialsMiddle
                if !self.word.has_letters() =>
            {
                return None;
            }
            Matched::PinyinStart => {
                let rows = self.readable(Way::Sounds);
                self.starting(Way::Sounds, rows)
            }
            Matched::InitialsStart => {
                let rows = self.readable(Way::Initials);
                self.starting(Way::Initials, rows)
            }
            Matched::PinyinMiddle => self.readable(Way::Sounds),
            Matched::InitialsMiddle => self.readable(Way::Initials),
            Matched::English => self.in_english(),
            Matched::Kind => self.of_kind(),
            Matched::Other => segment.also.letters(count, &self.word.units),
        };
        self.rows.or(&more);
        Some(more)
    }

    fn whole(&self) -> Bits {
        let names = &self.segment.rows;
        let count = names.len();
        // gaps of the name are not in the word
        let longest = self.word.units.len() * 2;
        let range = names.first_of_length(self.word.units.len())..names.first_of_length(longest + 1);
        let rows = self.segment.names.letters(count, &self.word.units);
        let mut within = Bits::none(count);
        range.filter(|place| rows.has(*place)).for_each(|place| within.put(place));
        within
    }

    fn starting(&self, way: Way, mut rows: Bits) -> Bits {
        rows.and(&begun(&self.segment.heads, self.sounds, self.word, way, self.segment.rows.len()));
        rows
    }

    fn readable(&mut self, way: Way) -> Bits {
        let Segment { rows, names, mixed, .. } = self.segment;
        let (sounds, word) = (self.sounds, self.word);
        let made = || readable(names, mixed, sounds, word, way, rows.len());
        self.read[usize::from(way == Way::Initials)].get_or_insert_with(made).clone()
    }

    fn in_english(&mut self) -> Bits {
        let mut rows = Bits::none(self.segment.rows.len());
        if is_word(self.word) {
            self.segment.words.holding(&self.word.units, &mut rows);
        }
        self.english = vec![rows.clone()];
        rows
    }

    fn of_kind(&self) -> Bits {
        let Segment { rows, classes, .. } = self.segment;
        let mut of_kind = Bits::none(rows.len());
        self.word.classes.iter().for_each(|class| classes.add_to(*class, &mut of_kind));
        of_kind
    }

    /// The rows that may be meant if the word was mistyped, with those that match it as it is unless it stands alone.
    fn forgive(&mut self, most: u8, alone: bool) -> Bits {
        let Segment { rows, names, words, .. } = self.segment;
        let mut meant = typo::meant(names, self.sounds, self.word, most, rows.len());
        if typo::Mistyped::of(self.word) == typo::Mistyped::Letters {
            let most = most.min(typo::Mistyped::edits(self.word));
            let mut english = vec![Bits::none(rows.len()); usize::from(most) + 1];
            words.like(&self.word.pattern, &mut english);
            if let (Some(typed_right), Some(exact)) = (self.english.first(), english.first_mut()) {
                exact.or(typed_right);
            }
            for more in &english {
                meant.or(more);
            }
            self.english = english;
        }
        if !alone {
            meant.or(&self.rows);
        }
        meant
    }
}
