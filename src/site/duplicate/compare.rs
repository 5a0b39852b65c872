//! How much two names differ, from 0 (they say the same) to 1 (they are of two places).
//!
//! The pieces are laid beside each other by their longest common sequence. What is left between the common pieces is
//! weighed: a number, a side, another class of thing or another word in the place of a word tells two sites apart; a county
//! or town that one of the two leaves out, or a character that sounds the same, does not.

use super::name::{Name, Piece};
use crate::text::Readings;

/// Tells two sites apart.
const APART: f64 = 1.0;
/// A county or town before what both say: one of the two leaves it out.
const LEFT_OUT: f64 = 0.1;
/// All that distinguishes the one, and the other says nothing: 东阿县图书馆 and 图书馆.
const SAYS_NOTHING: f64 = 0.3;
/// Another word for the same thing: 书屋 and 阅读空间.
const OTHER_WORD: f64 = 0.1;
/// A thing that only one of the two names: 洛神湖公园儿童乐园 and 洛神湖儿童乐园.
const NAMED_TOO: f64 = 0.3;
/// Characters that sound the same: 曙光 and 署光.
const SOUNDS_SAME: f64 = 0.15;

/// A difference between two names.
pub(super) fn difference(readings: &Readings, a: &Name, b: &Name) -> f64 {
    if a.plain == b.plain {
        return 0.0;
    }
    if a.latin.is_some() != b.latin.is_some() {
        return spelt(readings, a, b);
    }
    if a.numbers != b.numbers {
        return APART;
    }
    let [a, b] = [a, b].map(|name| telling(&name.pieces));
    let common = common(&a, &b);
    let mut sum = 0.0;
    let mut from = (0, 0);
    for to in common.iter().copied().chain([(a.len(), b.len())]) {
        if to.0 < a.len() && a[to.0] != b[to.1] {
            sum += OTHER_WORD;
        }
        let hunk = Hunk {
            a: &a[from.0..to.0],
            b: &b[from.1..to.1],
            before: has_own(&a[..from.0]) && has_own(&b[..from.1]),
            after: has_own(&a[to.0..]) && has_own(&b[to.1..]),
        };
        sum += hunk.weight(readings);
        from = (to.0 + 1, to.1 + 1);
    }
    sum.min(APART)
}

/// The pieces that say something.
fn telling(pieces: &[Piece]) -> Vec<&Piece> {
    pieces.iter().filter(|piece| **piece != Piece::Empty).collect()
}

fn alike(a: &Piece, b: &Piece) -> bool {
    matches!((a, b), (Piece::Thing(a, _), Piece::Thing(b, _)) if a == b) || a == b
}

fn has_own(pieces: &[&Piece]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Own(_)))
}

/// The places of a longest common sequence, in order.
fn common(a: &[&Piece], b: &[&Piece]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] =
                if alike(a[i], b[j]) { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut places) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if alike(a[i], b[j]) {
            places.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    places
}

/// What stands in the one and in the other between two common pieces.
struct Hunk<'a> {
    a: &'a [&'a Piece],
    b: &'a [&'a Piece],
    /// Whether something of a name stands in both before it …
    before: bool,
    /// … and behind it.
    after: bool,
}

impl Hunk<'_> {
    fn weight(&self, readings: &Readings) -> f64 {
        match (self.a, self.b) {
            ([], []) => 0.0,
            ([], only) | (only, []) => self.in_one(only),
            (a, b) => instead(readings, a, b),
        }
    }

    /// What only one of the two has.
    fn in_one(&self, only: &[&Piece]) -> f64 {
        let own = has_own(only);
        let things = only.iter().filter(|piece| matches!(piece, Piece::Thing(..))).count() as f64;
        if only.iter().any(|piece| matches!(piece, Piece::Another(_)))
            || (!own && only.iter().any(|piece| matches!(piece, Piece::Side(_))))
        {
            APART
        } else if !own {
            NAMED_TOO * things
        } else if self.after {
            // the finer part is common: a coarser one was left out
            LEFT_OUT + NAMED_TOO * things
        } else if self.before {
            // the coarser part is common, and the one goes into more detail: a village of the town
            APART
        } else {
            SAYS_NOTHING + NAMED_TOO * things
        }
    }
}

/// What the one has in the place of what the other has.
fn instead(readings: &Readings, a: &[&Piece], b: &[&Piece]) -> f64 {
    let sound = |pieces: &[&Piece]| -> Option<String> {
        let text = |piece: &&Piece| match piece {
            Piece::Own(own) => Some(own.to_string()),
            Piece::Side(side) => Some(side.to_string()),
            Piece::Thing(..) | Piece::Another(_) | Piece::Empty => None,
        };
        pieces.iter().map(text).collect()
    };
    let (Some(a), Some(b)) = (sound(a), sound(b)) else { return APART };
    if a.chars().count() == b.chars().count() && sounds_same(readings, &a, &b) { SOUNDS_SAME } else { APART }
}

/// Whether two texts have a reading in common.
fn sounds_same(readings: &Readings, a: &str, b: &str) -> bool {
    let (a, b) = (readings.of(a).0, readings.of(b).0);
    !a.is_empty() && a.split(' ').any(|a| b.split(' ').any(|b| a == b))
}

/// One name in characters, the other in letters: whether the letters spell the characters.
fn spelt(readings: &Readings, a: &Name, b: &Name) -> f64 {
    let (latin, han) = match (&a.latin, &b.latin) {
        (Some(latin), _) => (latin, &b.plain),
        (_, Some(latin)) => (latin, &a.plain),
        (None, None) => return APART,
    };
    let spells = readings.of(han).0.split(' ').any(|reading| reading == latin);
    if spells { SOUNDS_SAME } else { APART }
}
