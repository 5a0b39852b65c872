//! Who walks and what crossing a road costs, read from `data/profiles.toml`.

use super::crossing::Protection;
use super::graph::Rank;
use crate::text::{DataFileError, Words};
use serde::Deserialize;
use std::collections::HashSet;
use std::path::Path;
use toml::Spanned;

/// Paces that somebody on foot or in a wheelchair has, metres a second.
const PACES: std::ops::RangeInclusive<f64> = 0.2..=3.0;
/// How many times slower steps may be.
const SLOWER: std::ops::RangeInclusive<f64> = 1.0..=10.0;
/// The longest delay that can be meant, seconds.
const LONGEST_SECS: f64 = 3600.0;

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    /// In words.
    pub source: Words,
    /// Whether somebody has read it there.
    pub confirmed: bool,
}

/// Somebody who walks.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The name in addresses.
    pub id: String,
    /// The name on screen.
    pub name: Words,
    /// Metres a second on level ground.
    pub pace_m_per_s: f64,
    /// Where the pace comes from.
    pub pace_ground: Ground,
    /// How many times slower on steps; nothing when they can't be used.
    pub steps: Option<f64>,
    /// Where that comes from.
    pub steps_ground: Ground,
}

/// What crossing a larger road costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossings {
    /// The smallest road that counts.
    roads: Rank,
    /// Milliseconds by protection, in the order of [`Protection::ALL`].
    millis: [u32; 4],
    /// Where these come from.
    pub grounds: [Ground; 4],
    with_post: u32,
    /// Where the figure with a post comes from.
    pub post_ground: Ground,
    /// Milliseconds that whoever wants the safest way would walk farther to avoid one that nothing guards.
    avoid: u32,
    /// Where that comes from.
    pub avoid_ground: Ground,
}

impl Crossings {
    /// Milliseconds of a whole crossing; with somebody on duty it is never longer than without.
    #[must_use]
    pub fn millis(&self, protection: Protection, guarded: bool) -> u32 {
        let alone = self.millis[protection as usize];
        if guarded { alone.min(self.with_post) } else { alone }
    }

    /// Whether crossing a road of this rank costs time.
    #[must_use]
    pub fn counts(&self, rank: Rank) -> bool {
        rank != Rank::Minor && rank >= self.roads
    }

    /// The same for whoever wants the safest way: a crossing that nothing guards counts as much longer as it is worth to
    /// avoid it. No walking time is told in these.
    #[must_use]
    pub fn avoiding(&self) -> Self {
        let mut avoiding = self.clone();
        for unguarded in [Protection::None, Protection::Unmarked] {
            let millis = &mut avoiding.millis[unguarded as usize];
            *millis = millis.saturating_add(self.avoid);
        }
        avoiding
    }

    /// The same roads, crossed without delay.
    #[must_use]
    pub fn without_delay(&self) -> Self {
        Self { millis: [0; 4], with_post: 0, ..self.clone() }
    }
}

/// All profiles, in the file's order, and what crossing costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Profiles {
    /// The profiles.
    all: Vec<Profile>,
    usual: usize,
    /// What crossing costs.
    pub crossings: Crossings,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    default: Spanned<String>,
    #[serde(rename = "profile")]
    profiles: Vec<ProfileFile>,
    crossing: CrossingFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProfileFile {
    id: Spanned<String>,
    name: Words,
    pace: PaceFile,
    steps: Spanned<StepsFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaceFile {
    m_per_s: Spanned<f64>,
    source: Words,
    confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepsFile {
    slower: Option<f64>,
    #[serde(default)]
    never: bool,
    source: Words,
    confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CrossingFile {
    roads: Spanned<Vec<String>>,
    none: DelayFile,
    unmarked: DelayFile,
    marked: DelayFile,
    signals: DelayFile,
    with_post: DelayFile,
    avoid_unguarded: DelayFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DelayFile {
    secs: Spanned<f64>,
    source: Words,
    confirmed: bool,
}

impl Profiles {
    /// Reads the profiles; the first mistake is told with file, line and reason.
    pub fn parse(file: &Path, text: &str) -> Result<Self, DataFileError> {
        let read: File = toml::from_str(text).map_err(|e| DataFileError::toml(file, text, &e))?;
        let checker = Checker { file, text };
        let mut ids = HashSet::new();
        let mut all = Vec::new();
        for profile in read.profiles {
            if !ids.insert(profile.id.get_ref().clone()) {
                let reason = format!("profile \"{}\" stands twice", profile.id.get_ref());
                return Err(checker.wrong(&profile.id, reason));
            }
            all.push(checker.profile(profile)?);
        }
        let usual = all.iter().position(|profile| profile.id == *read.default.get_ref()).ok_or_else(|| {
            checker.wrong(&read.default, format!("default \"{}\": wanted the id of a profile", read.default.get_ref()))
        })?;
        Ok(Self { all, usual, crossings: checker.crossings(read.crossing)? })
    }

    /// All profiles, in the file's order.
    #[must_use]
    pub fn all(&self) -> &[Profile] {
        &self.all
    }

    /// The place of the profile with this id; without one, of the usual profile.
    #[must_use]
    pub fn index(&self, id: Option<&str>) -> Option<usize> {
        id.map_or(Some(self.usual), |id| self.all.iter().position(|profile| profile.id == id))
    }
}

struct Checker<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Checker<'_> {
    fn wrong<T>(&self, at: &Spanned<T>, reason: impl Into<String>) -> DataFileError {
        DataFileError::at(self.file, self.text, at.span().start, reason)
    }

    fn profile(&self, read: ProfileFile) -> Result<Profile, DataFileError> {
        let id = read.id.get_ref();
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            return Err(self.wrong(&read.id, format!("id \"{id}\": wanted small letters, digits and _")));
        }
        let pace = *read.pace.m_per_s.get_ref();
        if !PACES.contains(&pace) {
            let wanted = format!("{pace} m/s: wanted {} to {}", PACES.start(), PACES.end());
            return Err(self.wrong(&read.pace.m_per_s, wanted));
        }
        let steps = read.steps.get_ref();
        if steps.never == steps.slower.is_some() {
            return Err(self.wrong(&read.steps, "steps: wanted either slower = NUMBER or never = true"));
        }
        if steps.slower.is_some_and(|times| !SLOWER.contains(&times)) {
            let wanted = format!("steps.slower: wanted {} to {}", SLOWER.start(), SLOWER.end());
            return Err(self.wrong(&read.steps, wanted));
        }
        Ok(Profile {
            id: id.clone(),
            name: read.name,
            pace_m_per_s: pace,
            pace_ground: Ground { source: read.pace.source, confirmed: read.pace.confirmed },
            steps: steps.slower,
            steps_ground: Ground { source: steps.source.clone(), confirmed: steps.confirmed },
        })
    }

    fn crossings(&self, read: CrossingFile) -> Result<Crossings, DataFileError> {
        let roads = self.roads(&read.roads)?;
        let parts = [read.none, read.unmarked, read.marked, read.signals];
        let mut millis = [0; 4];
        for (millis, delay) in millis.iter_mut().zip(&parts) {
            *millis = self.delay(delay)?;
        }
        let with_post = self.delay(&read.with_post)?;
        let ground = |delay: DelayFile| Ground { source: delay.source, confirmed: delay.confirmed };
        let avoid = self.delay(&read.avoid_unguarded)?;
        let (post_ground, avoid_ground) = (ground(read.with_post), ground(read.avoid_unguarded));
        Ok(Crossings { roads, millis, grounds: parts.map(ground), with_post, post_ground, avoid, avoid_ground })
    }

    /// The smallest road that counts. Larger ones count with it: whoever minds a county road minds a national one.
    fn roads(&self, names: &Spanned<Vec<String>>) -> Result<Rank, DataFileError> {
        let ladder = ["trunk", "primary", "secondary", "tertiary"];
        let ranks = [Rank::Trunk, Rank::Primary, Rank::Secondary, Rank::Tertiary];
        let given = names.get_ref();
        if given.is_empty()
            || given.len() > ladder.len()
            || given.iter().zip(ladder).any(|(name, wanted)| name != wanted)
        {
            let wanted = "roads: wanted the largest first, none left out: trunk, primary, secondary, tertiary";
            return Err(self.wrong(names, wanted));
        }
        Ok(ranks[given.len() - 1])
    }

    fn delay(&self, delay: &DelayFile) -> Result<u32, DataFileError> {
        let secs = *delay.secs.get_ref();
        if !(0.0..=LONGEST_SECS).contains(&secs) {
            return Err(self.wrong(&delay.secs, format!("{secs} s: wanted 0 to {LONGEST_SECS}")));
        }
        Ok((secs * 1e3).round() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = include_str!("../../data/profiles.toml");

    fn parse(text: &str) -> Result<Profiles, DataFileError> {
        Profiles::parse(Path::new("profiles.toml"), text)
    }

    #[test]
    fn a_child_of_six_walks_a_metre_a_second_unless_said_otherwise() {
        let profiles = parse(OURS).expect("right");
        let usual = &profiles.all()[profiles.index(None).expect("a default")];
        assert_eq!((usual.id.as_str(), usual.pace_m_per_s.to_bits()), ("child_6_9", 1.0_f64.to_bits()));
        let ids: Vec<_> = profiles.all().iter().map(|profile| profile.id.as_str()).collect();
        assert_eq!(ids, ["toddler_with_carer", "child_6_9", "child_10_14", "wheelchair"]);
        assert!(profiles.all()[3].steps.is_none() && profiles.index(Some("giant")).is_none());
        let costs = Protection::ALL.map(|protection| profiles.crossings.millis(protection, false));
        assert!(costs.is_sorted_by(|weaker, stronger| weaker >= stronger), "{costs:?}");
        assert!(profiles.crossings.millis(Protection::None, true) < costs[0]);
        assert!(profiles.crossings.counts(Rank::Secondary) && !profiles.crossings.counts(Rank::Tertiary));
    }

    #[test]
    fn mistakes_are_told_with_line_and_reason() {
        for (from, to, reason) in [
            ("m_per_s = 0.88", "m_per_s = 88", "88 m/s: wanted 0.2 to 3"),
            ("slower = 2.0", "slower = 0.5", "steps.slower"),
            ("never = true", "never = false", "either slower"),
            ("default = \"child_6_9\"", "default = \"giant\"", "wanted the id of a profile"),
            ("id = \"wheelchair\"", "id = \"child_6_9\"", "stands twice"),
            ("id = \"wheelchair\"", "id = \"Wheel chair\"", "small letters"),
            ("\"primary\", ", "", "largest first"),
            ("secs = 25", "secs = -1", "wanted 0 to 3600"),
            ("secs = 25", "secs = nan", "wanted 0 to 3600"),
            ("[crossing.marked]", "[crossing.painted]", "painted"),
        ] {
            let text = OURS.replacen(from, to, 1);
            let error = parse(&text).expect_err(reason);
            let DataFileError::Wrong { line, .. } = &error else { panic!("{error}") };
            let there = 1 + OURS.lines().position(|line| line.contains(from)).expect("there");
            assert!(error.to_string().contains(reason), "{error}");
            assert!(line.abs_diff(there) <= 12, "{error}");
        }
    }
}
