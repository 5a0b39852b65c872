//! Things with names, searched as one: packed rows, and a few later ones beside them.
//!
//! A segment is packed once. What is put in afterwards is looked through row by row until there are [`LOOSE`] of it; then it
//! is packed, together with those earlier segments that are not much larger, so that there are never many. What is taken
//! out is passed over.

use super::matched::{Matched, Near, Rank};
use super::query::Query;
use super::rows::{Entry, Row, Rows, Words};
use super::segment::{Looking, Segment, mistyped};
use super::sounds::Sounds;
use super::typo::Mistyped;
use crate::geo::{Bounds, LonLat};
use rayon::prelude::*;

/// Rows that are looked through one by one.
const LOOSE: usize = 512;
/// Rows that one thread packs.
const PACKED: usize = 1 << 19;
/// So many that were typed right are enough; with fewer, typos are thought of.
const FEW: usize = 3;

/// Of what is known of a position, a millionth of it may be lost to rounding.
const ROUNDED_DEG: f64 = 3e-5;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// What was typed.
    pub query: &'a Query,
    /// From where; nearer things come first then, in steps.
    pub near: Option<LonLat>,
    /// Of these classes only.
    pub classes: Option<&'a [u16]>,
    /// Only in this box, give or take a few metres: `keep` has the last word.
    pub bounds: Option<Bounds>,
    /// At most so many.
    pub limit: usize,
    /// Which numbers are accepted.
    pub keep: &'a (dyn Fn(u32) -> bool + Sync),
}

impl Question<'_> {
    pub(super) fn near(&self) -> Option<Near> {
        self.near.map(|at| Near::new(at.lon(), at.lat()))
    }

    pub(super) fn may_take(&self, class: u16, [lon, lat]: [f32; 2]) -> bool {
        let of_class = self.classes.is_none_or(|classes| classes.contains(&class));
        of_class
            && self.bounds.is_none_or(|bounds| {
                let (lon, lat) = (f64::from(lon), f64::from(lat));
                let (from_west, to_east) = (lon >= bounds.west - ROUNDED_DEG, lon <= bounds.east + ROUNDED_DEG);
                let crossing = bounds.west > bounds.east;
                let within = if crossing { from_west || to_east } else { from_west && to_east };
                within && lat >= bounds.south - ROUNDED_DEG && lat <= bounds.north + ROUNDED_DEG
            })
    }
}

/// Where the row of a key is.
#[derive(Debug, Clone, Copy)]
struct Spot {
    /// [`NOWHERE`] if there is none.
    segment: u32,
    place: u32,
}

const NOWHERE: u32 = u32::MAX;
const AMONG_LOOSE: u32 = u32::MAX - 1;

/// Names ready to be searched, by key.
#[derive(Debug, Default)]
pub struct Names {
    segments: Vec<Segment>,
    loose: Rows,
    spots: Vec<Spot>,
    len: usize,
}

impl Names {
    /// Packs what a builder has gathered, on all cores. Of a key that came twice the later counts.
    #[must_use]
    pub fn build(gathered: Gathered) -> Self {
        let Gathered { rows } = gathered;
        let segments = rows.into_par_iter().map(Segment::pack).collect();
        let mut names = Self { segments, ..Self::default() };
        for segment in 0..names.segments.len() {
            names.settle(segment);
        }
        names
    }

    /// Writes down where a new segment's rows are.
    fn settle(&mut self, segment: usize) {
        for place in 0..self.segments[segment].rows.len() {
            let key = self.segments[segment].rows.keys[place];
            let spot = Spot { segment: segment as u32, place: place as u32 };
            if self.spot(key).is_some_and(|known| known.segment != NOWHERE && known.segment != AMONG_LOOSE) {
                self.remove(key);
            }
            self.set_spot(key, spot);
            self.len += 1;
        }
    }

    fn spot(&self, key: u32) -> Option<Spot> {
        self.spots.get(key as usize).copied()
    }

    fn set_spot(&mut self, key: u32, spot: Spot) {
        let place = key as usize;
        if self.spots.len() <= place {
            self.spots.resize(place + 1, Spot { segment: NOWHERE, place: 0 });
        }
        self.spots[place] = spot;
    }

    /// Puts a thing in, or in the place of its former self.
    pub fn put(&mut self, entry: &Entry<'_>) {
        self.remove(entry.key);
        self.set_spot(entry.key, Spot { segment: AMONG_LOOSE, place: self.loose.len() as u32 });
        self.loose.spell(entry);
        self.len += 1;
        if self.loose.len() >= LOOSE {
            self.pack_loose();
        }
    }

    /// Takes a thing out.
    pub fn remove(&mut self, key: u32) {
        let Some(spot) = self.spot(key).filter(|spot| spot.segment != NOWHERE) else { return };
        let place = spot.place as usize;
        if spot.segment == AMONG_LOOSE {
            self.loose.swap_remove(place);
            if let Some(moved) = self.loose.keys.get(place) {
                self.set_spot(*moved, spot);
            }
        } else {
            self.segments[spot.segment as usize].remove(place);
        }
        self.set_spot(key, Spot { segment: NOWHERE, place: 0 });
        self.len -= 1;
    }

    /// Packs what is loose, with the last segments as long as they are at most twice as large as what is packed anyway.
    fn pack_loose(&mut self) {
        let mut rows = std::mem::take(&mut self.loose);
        while let Some(last) = self.segments.pop_if(|last| last.rows.len() - last.gone_count <= rows.len() * 2) {
            last.unpack(&mut rows);
        }
        for key in &rows.keys {
            self.spots[*key as usize].segment = NOWHERE;
            self.len -= 1;
        }
        self.segments.push(Segment::pack(rows));
        self.settle(self.segments.len() - 1);
    }

    /// How many things there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes_held(&self) -> usize {
        let segments: usize = self.segments.iter().map(Segment::bytes_held).sum();
        segments + self.loose.bytes_held() + self.spots.capacity() * size_of::<Spot>()
    }

    /// The best that match every word, in the order of [`Rank`]; with typos if hardly any were typed right.
    #[must_use]
    pub fn find(&self, sounds: &Sounds, question: &Question<'_>) -> Vec<Rank> {
        if question.query.is_empty() || question.limit == 0 {
            return Vec::new();
        }
        let mut looking: Vec<Looking<'_>> =
            self.segments.iter().map(|segment| segment.look(sounds, &question.query.words)).collect();
        let mut found = self.typed_right(sounds, question, &mut looking);
        let mistyped = question.query.words.iter().filter(|_| !question.query.guessed);
        let allowed = mistyped.map(Mistyped::edits).max().unwrap_or_default();
        for most in 1..=allowed {
            if found.len() >= FEW.min(question.limit) {
                break;
            }
            found.extend(self.mistyped(sounds, question, most, &mut looking));
            found.sort_unstable();
            found.truncate(question.limit);
        }
        found
    }

    fn typed_right(&self, sounds: &Sounds, question: &Question<'_>, looking: &mut [Looking<'_>]) -> Vec<Rank> {
        let mut found = Vec::new();
        for segment in looking {
            segment.find(question, &mut found);
        }
        let judge = |row: Row<'_>| {
            let all = question.query.words.iter().map(|word| row.judge(sounds, word, Words::Here));
            Some((0, all.collect::<Option<Vec<Matched>>>()?.into_iter().max()?))
        };
        self.look_through(question, judge, &mut found);
        found.sort_unstable();
        found.truncate(question.limit);
        found
    }

    /// Typos take long to think of: on all cores where there is much to look through.
    fn mistyped(&self, sounds: &Sounds, question: &Question<'_>, most: u8, looking: &mut [Looking<'_>]) -> Vec<Rank> {
        let find = |segment: &mut Looking<'_>| {
            let mut found = Vec::new();
            segment.find_mistyped(question, most, &mut found);
            found
        };
        let mut found: Vec<Rank> = if self.len > PACKED {
            looking.par_iter_mut().flat_map_iter(find).collect()
        } else {
            looking.iter_mut().flat_map(find).collect()
        };
        let words = || question.query.words.iter().map(|word| (word, Words::Here));
        self.look_through(question, |row| mistyped(sounds, row, words(), most), &mut found);
        found
    }

    fn look_through(
        &self,
        question: &Question<'_>,
        judge: impl Fn(Row<'_>) -> Option<(u8, Matched)>,
        out: &mut Vec<Rank>,
    ) {
        for row in self.loose.iter().filter(|row| question.may_take(row.class, row.at)) {
            if let Some((edits, matched)) = judge(row)
                && (question.keep)(row.key)
            {
                out.push(row.rank(edits, matched, question.near().map_or(0, |near| near.far(row.at))));
            }
        }
    }
}

/// Things gathered to be packed together. Spelling and packing use all cores; gathering in pieces lets the lender of the
/// texts lend them for a short while each.
#[derive(Debug, Default)]
pub struct Gathered {
    rows: Vec<Rows>,
}

impl Gathered {
    /// Adds some things.
    pub fn add(&mut self, entries: &[Entry<'_>]) {
        let spelled: Vec<Rows> = entries
            .par_chunks(1024)
            .map(|entries| {
                let mut rows = Rows::default();
                for entry in entries {
                    rows.spell(entry);
                }
                rows
            })
            .collect();
        for rows in &spelled {
            if self.rows.last().is_none_or(|last| last.len() >= PACKED) {
                self.rows.push(Rows::default());
            }
            if let Some(last) = self.rows.last_mut() {
                last.append(rows);
            }
        }
    }
}
