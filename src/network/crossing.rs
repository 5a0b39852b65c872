//! Places where somebody on foot meets a road with traffic.
//!
//! A place counts as a crossing when a smaller way meets a larger road *at a shared node*: a bridge over a road shares no
//! node with it. Going along a road over a junction with a smaller one is no crossing of a larger road.
//!
//! The node alone does not tell on which side of the road somebody walks. So each of the two steps, onto the road's node
//! and off it to a smaller way, counts as half a crossing: straight over is one crossing; in from the north, along the
//! road and out to the south is one crossing too; turning into the road and staying on it is half of one, which is what
//! must be expected of somebody whose side is not known. A one-way carriageway counts half, so that a road drawn as two
//! carriageways is crossed once.

use super::graph::Rank;
use serde::{Deserialize, Serialize};

/// How a crossing is protected, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// Nothing on the map says that people cross here.
    None,
    /// People are known to cross here; no paint, no lights.
    Unmarked,
    /// A zebra or another marking.
    Marked,
    /// Traffic lights.
    Signals,
}

impl Protection {
    /// All, weakest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Unmarked, Self::Marked, Self::Signals];

    /// Its name in JSON and in data files.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Unmarked => "unmarked",
            Self::Marked => "marked",
            Self::Signals => "signals",
        }
    }
}

/// What is crossed at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// The largest road through the node.
    pub rank: Rank,
    /// How those who cross are protected.
    pub protection: Protection,
    /// Whether its traffic comes from one side only.
    pub oneway: bool,
}

impl Crossing {
    /// In one byte, never 0: bits 0–2 rank, 3–4 protection, 5 one-way.
    pub(super) fn packed(self) -> u8 {
        self.rank as u8 | (self.protection as u8) << 3 | u8::from(self.oneway) << 5
    }

    /// From one byte; nothing where nothing is crossed.
    pub(super) fn unpacked(byte: u8) -> Option<Self> {
        let rank = Rank::ALL.get(usize::from(byte & 7)).copied().filter(|rank| *rank != Rank::Minor)?;
        Some(Self { rank, protection: Protection::ALL[usize::from(byte >> 3 & 3)], oneway: byte >> 5 & 1 == 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_fits_in_a_byte() {
        for rank in Rank::ALL.into_iter().skip(1) {
            for protection in Protection::ALL {
                for oneway in [false, true] {
                    let crossing = Crossing { rank, protection, oneway };
                    assert_eq!(Crossing::unpacked(crossing.packed()), Some(crossing));
                }
            }
        }
        assert_eq!(Crossing::unpacked(0), None);
    }
}
