//! Age bands in years of age, both ends included.

use crate::text::Words;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Children from one age to another, both included: 3 to 5 are those who have had their third birthday and not their
/// sixth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AgeBand {
    /// The youngest.
    pub from: u8,
    /// The oldest.
    pub to: u8,
}

/// Some bands in a row: `first..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BandRange {
    /// The first.
    pub first: usize,
    /// One behind the last.
    pub end: usize,
}

impl fmt::Display for AgeBand {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}–{}", self.from, self.to)
    }
}

impl AgeBand {
    /// Nobody older is a child.
    pub const OLDEST: u8 = 18;

    /// A band as headings write it: `age_0_14`, `age 3-5`, `0-14岁`, `3–5`, `age_7`.
    #[must_use]
    pub fn from_heading(heading: &str) -> Option<Self> {
        let heading = heading.trim().to_lowercase();
        let word = |text: &str| text.trim_matches([' ', '_', '-', ':']).to_owned();
        let rest =
            ["children_", "ages", "age", "年龄"].iter().find_map(|prefix| heading.strip_prefix(prefix)).map(word);
        let named = rest.is_some();
        let text = rest.unwrap_or_else(|| heading.clone());
        let years =
            ["周岁", "岁儿童", "岁", "years", "yrs"].iter().find_map(|ending| text.strip_suffix(ending)).map(word);
        if !named && years.is_none() {
            return None;
        }
        let text = years.unwrap_or(text);
        let parts: Vec<&str> =
            text.split(['_', '-', '–', '—', '~', '至', ' ']).filter(|part| !part.is_empty()).collect();
        let ages: Vec<u8> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let (from, to) = match ages[..] {
            [age] => (age, age),
            [from, to] => (from, to),
            _ => return None,
        };
        (from <= to && to <= Self::OLDEST).then_some(Self { from, to })
    }

    /// A band as people write it on the command line: `0-14`, `7`.
    #[must_use]
    pub fn parse(ages: &str) -> Option<Self> {
        Self::from_heading(&format!("ages {}", ages.trim()))
    }

    /// Whether bands come youngest first and none reaches into the next.
    #[must_use]
    pub fn sorted(bands: &[Self]) -> bool {
        bands.iter().all(|band| band.from <= band.to) && bands.windows(2).all(|pair| pair[0].to < pair[1].from)
    }
}

pub(super) fn range(bands: &[AgeBand], from: u8, to: u8) -> Result<BandRange, Words> {
    let first = bands.iter().position(|band| band.from == from);
    let last = bands.iter().rposition(|band| band.to == to);
    match (first, last) {
        (Some(first), Some(last)) if first <= last => Ok(BandRange { first, end: last + 1 }),
        _ => {
            let all = bands.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let zh = format!("由这些年龄段合成的范围:{all}");
            Err(Words::new(zh, format!("ages that these bands make up: {all}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_hands_name_their_band() {
        for (heading, band) in [
            ("age_0_14", Some((0, 14))),
            ("Age 3-5", Some((3, 5))),
            ("ages 6–9", Some((6, 9))),
            ("0-14岁", Some((0, 14))),
            ("0至2周岁", Some((0, 2))),
            ("3-5岁儿童", Some((3, 5))),
            ("年龄10-14", Some((10, 14))),
            ("age_7", Some((7, 7))),
            ("children_0_4", Some((0, 4))),
            ("15-18岁", Some((15, 18))),
            ("0_14", None),
            ("age_0_99", None),
            ("age_9_3", None),
            ("age", None),
            ("average", None),
            ("lon", None),
            ("人口", None),
        ] {
            assert_eq!(AgeBand::from_heading(heading).map(|band| (band.from, band.to)), band, "{heading}");
        }
    }

    #[test]
    fn ages_are_made_up_of_whole_bands() {
        let bands = [(0, 2), (3, 5), (6, 9), (10, 14), (15, 18)].map(|(from, to)| AgeBand { from, to });
        assert!(AgeBand::sorted(&bands) && !AgeBand::sorted(&[bands[1], bands[0]]));
        assert_eq!(range(&bands, 0, 14), Ok(BandRange { first: 0, end: 4 }));
        assert_eq!(range(&bands, 6, 9), Ok(BandRange { first: 2, end: 3 }));
        for (from, to) in [(0, 6), (1, 5), (9, 3), (19, 20)] {
            assert!(range(&bands, from, to).is_err_and(|wanted| wanted.en.contains("10–14")), "{from} {to}");
        }
    }
}
