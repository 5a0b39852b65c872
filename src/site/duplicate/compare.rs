//! How much two names differ, from 0 (they say the same) to 1 (they are of two places).
//!
//! The pieces are laid beside each other by their longest common sequence. What is left between the common pieces is
//! weighed: a number, a side, another class of thing or another word in the place of a word tells two sites apart; a county
//! or town that one of the two leaves out, or a character that sounds the same, does not.

use super::name::{Name, Piece, Told};
use super::places::Places;

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
pub(super) fn difference(places: &Places<'_>, a: &Name, b: &Name) -> f64 {
    if a.plain == b.plain {
        return 0.0;
    }
    if a.latin.is_some() != b.latin.is_some() {
        return spelt(places, a, b);
    }
    if a.numbers != b.numbers {
        return APART;
    }
    let (a, b) = (&a.pieces[..], &b.pieces[..]);
    let common = common(a, b);
    let mut sum = 0.0;
    let mut from = (0, 0);
    for to in common.iter().copied().chain([(a.len(), b.len())]) {
        if to.0 < a.len() && a[to.0].piece != b[to.1].piece {
            sum += OTHER_WORD;
        }
        let hunk = Hunk {
            a: &a[from.0..to.0],
            b: &b[from.1..to.1],
            before: has_own(&a[..from.0]) && has_own(&b[..from.1]),
            after: has_own(&a[to.0..]) && has_own(&b[to.1..]),
        };
        sum += hunk.weight(places);
        from = (to.0 + 1, to.1 + 1);
    }
    sum.min(APART)
}

fn alike(a: &Piece, b: &Piece) -> bool {
    matches!((a, b), (Piece::Thing(a, _), Piece::Thing(b, _)) if a == b) || a == b
}

fn has_own(pieces: &[Told]) -> bool {
    pieces.iter().any(|told| matches!(told.piece, Piece::Own(_)))
}

/// The places of a longest common sequence, in order. Of equally long ones that which lies furthest to the end: what people
/// leave out stands in front (山东省聊城市 before 东阿县).
fn common(a: &[Told], b: &[Told]) -> Vec<(usize, usize)> {
    let mut longest = vec![vec![0_u16; b.len() + 1]; a.len() + 1];
    for i in 0..a.len() {
        for j in 0..b.len() {
            longest[i + 1][j + 1] = if alike(&a[i].piece, &b[j].piece) {
                longest[i][j] + 1
            } else {
                longest[i][j + 1].max(longest[i + 1][j])
            };
        }
    }
    let (mut i, mut j, mut places) = (a.len(), b.len(), Vec::new());
    while i > 0 && j > 0 {
        if alike(&a[i - 1].piece, &b[j - 1].piece) {
            (i, j) = (i - 1, j - 1);
            places.push((i, j));
        } else if longest[i - 1][j] >= longest[i][j - 1] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    places.reverse();
    places
}

/// What stands in the one and in the other between two common pieces.
struct Hunk<'a> {
    a: &'a [Told],
    b: &'a [Told],
    /// Whether something of a name stands in both before it …
    before: bool,
    /// … and behind it.
    after: bool,
}

impl Hunk<'_> {
    fn weight(&self, places: &Places<'_>) -> f64 {
        match (self.a, self.b) {
            ([], []) => 0.0,
            ([], only) | (only, []) => self.in_one(places, only),
            (a, b) => instead(places, a, b),
        }
    }

    /// What only one of the two has.
    fn in_one(&self, places: &Places<'_>, only: &[Told]) -> f64 {
        let own = has_own(only);
        let things = only.iter().filter(|told| matches!(told.piece, Piece::Thing(..))).count() as f64;
        if only.iter().any(|told| matches!(told.piece, Piece::Another(_)))
            || (!own && only.iter().any(|told| matches!(told.piece, Piece::Side(_))))
        {
            APART
        } else if !own {
            NAMED_TOO * things
        } else if self.after {
            // the finer part is common: a coarser one was left out, unless it is part of the same word (金色阳光)
            let apart = only.last().is_some_and(|told| told.ends || matches!(told.piece, Piece::Thing(..)));
            if apart || text(only).is_some_and(|text| places.are(&text)) {
                LEFT_OUT + NAMED_TOO * things
            } else {
                APART
            }
        } else if self.before {
            // the coarser part is common, and the one goes into more detail: a village of the town
            APART
        } else {
            SAYS_NOTHING + NAMED_TOO * things
        }
    }
}

/// What the one has in the place of what the other has.
fn instead(places: &Places<'_>, a: &[Told], b: &[Told]) -> f64 {
    let (Some(a), Some(b)) = (text(a), text(b)) else { return APART };
    if a.chars().count() == b.chars().count() && sounds_same(places, &a, &b) { SOUNDS_SAME } else { APART }
}

/// The characters of pieces that are all of a name.
fn text(pieces: &[Told]) -> Option<String> {
    let one = |told: &Told| match &told.piece {
        Piece::Own(own) => Some(own.to_string()),
        Piece::Side(side) => Some(side.to_string()),
        Piece::Thing(..) | Piece::Another(_) | Piece::Empty => None,
    };
    pieces.iter().map(one).collect()
}

/// Whether two texts have a reading in common.
fn sounds_same(places: &Places<'_>, a: &str, b: &str) -> bool {
    let (a, b) = (places.readings.of(a).0, places.readings.of(b).0);
    !a.is_empty() && a.split(' ').any(|a| b.split(' ').any(|b| a == b))
}

/// One name in characters, the other in letters: whether the letters spell the characters.
fn spelt(places: &Places<'_>, a: &Name, b: &Name) -> f64 {
    let (latin, han) = match (&a.latin, &b.latin) {
        (Some(latin), _) => (latin, &b.plain),
        (_, Some(latin)) => (latin, &a.plain),
        (None, None) => return APART,
    };
    let spells = places.readings.of(han).0.split(' ').any(|reading| reading == latin);
    if spells { SOUNDS_SAME } else { APART }
}
