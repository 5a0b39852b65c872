//! How many there are, where the places themselves must stay hidden.
//!
//! Counts under [`SMALLEST_SHOWN`] are shown as `<5`, zero included, so that neither a home nor its absence stands out.
//! A total is never the true one but the sum of what is shown, said as "at least": nothing is left to subtract.

use serde::{Serialize, Serializer};

/// Counts below this are suppressed.
pub const SMALLEST_SHOWN: u32 = 5;

/// A count as the public may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownCount {
    /// Of a public kind, or large enough.
    Exact(u32),
    /// Of an aggregate kind, and small.
    Few,
    /// The sum of the shown parts of an aggregate kind.
    AtLeast(u32),
}

impl ShownCount {
    /// The count of an aggregate kind in one town.
    #[must_use]
    pub fn suppressed(count: u32) -> Self {
        if count < SMALLEST_SHOWN { Self::Few } else { Self::Exact(count) }
    }

    /// The total of an aggregate kind over towns: only what is shown in them is added up.
    #[must_use]
    pub fn total(counts: impl IntoIterator<Item = u32>) -> Self {
        Self::AtLeast(counts.into_iter().filter(|count| *count >= SMALLEST_SHOWN).sum())
    }

    /// The number that is shown; what is suppressed counts as nothing.
    #[must_use]
    pub fn shown(self) -> u32 {
        match self {
            Self::Exact(count) | Self::AtLeast(count) => count,
            Self::Few => 0,
        }
    }
}

impl Serialize for ShownCount {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exact(count) => to.serialize_u32(*count),
            Self::Few => to.collect_str(&format_args!("<{SMALLEST_SHOWN}")),
            Self::AtLeast(count) => to.collect_str(&format_args!(">={count}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_cannot_be_worked_out_by_subtracting() {
        let towns = [7, 4, 12];
        let shown: Vec<_> = towns.iter().map(|n| ShownCount::suppressed(*n)).collect();
        assert_eq!(serde_json::to_string(&shown).expect("json"), r#"[7,"<5",12]"#);
        let total = ShownCount::total(towns);
        assert_eq!(total.shown() - shown.iter().map(|s| s.shown()).sum::<u32>(), 0);
        for hidden in 0..SMALLEST_SHOWN {
            assert_eq!(ShownCount::total([7, hidden, 12]), total, "the total does not depend on what is hidden");
        }
    }
}
