//! What of a thing the words matched: the second part of the order of answers.

/// What a word was found in, best first. Of several words, the last of these counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Matched {
    /// The word is the name.
    Name,
    /// The name begins with it.
    NameStart,
    /// The name holds it.
    NameMiddle,
    /// The name, read aloud, begins with it.
    PinyinStart,
    /// The initials begin with it, or some of its syllables are only begun.
    InitialsStart,
    /// The name, read aloud, holds it.
    PinyinMiddle,
    /// The initials hold it.
    InitialsMiddle,
    /// A word of the English name begins with it or holds it.
    English,
    /// It names the kind.
    Kind,
    /// The address or the town holds it.
    Other,
}

impl Matched {
    /// All, best first.
    pub(super) const ALL: [Self; 10] = [
        Self::Name,
        Self::NameStart,
        Self::NameMiddle,
        Self::PinyinStart,
        Self::InitialsStart,
        Self::PinyinMiddle,
        Self::InitialsMiddle,
        Self::English,
        Self::Kind,
        Self::Other,
    ];

    /// The word for it on the wire.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Name | Self::NameStart | Self::NameMiddle => "name",
            Self::InitialsStart | Self::InitialsMiddle => "initials",
            Self::PinyinStart | Self::PinyinMiddle => "pinyin",
            Self::English => "english",
            Self::Kind => "kind",
            Self::Other => "other",
        }
    }
}

/// Why something was found and where it stands among what was found. Answers are sorted by this, field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    /// Letters that had to be changed in the worst of the words, so that typos come after everything that was typed right.
    pub edits: u8,
    /// What matched.
    pub matched: Matched,
    /// How far it is from where was asked, in steps of [`FAR_M`]; 0 if nobody told where.
    pub far: u8,
    /// How long its name is, in UTF-16 units without signs: a short name that holds the words is nearer to them.
    pub length: u16,
    /// Its number.
    pub key: u32,
}

impl Rank {
    /// Whether the words go by more than an address, as they were typed.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.edits == 0 && self.matched < Matched::Other
    }
}

/// Upper bounds of the steps of nearness, metres. What lies farther, or has no place, is in one more step.
pub const FAR_M: [f32; 8] = [500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0, 50_000.0, 100_000.0];

/// Metres of a degree of latitude on a sphere of the Earth's mean radius, 6,371,008.8 m.
const DEGREE_M: f32 = 111_195.08;

/// A frame is wider by that much, which is more than what single precision loses.
const SLACK_DEG: f32 = 1e-4;
/// Beyond every longitude.
const WHOLE_TURN: f32 = 181.0;

/// From where nearness is told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    lon: f32,
    lat: f32,
    narrowing: f32,
}

impl Near {
    pub(super) fn new(lon: f64, lat: f64) -> Self {
        Self { lon: lon as f32, lat: lat as f32, narrowing: lat.to_radians().cos() as f32 }
    }

    /// Latitudes, and one or two ranges of longitudes, of all that lies within so many metres and of a little more.
    pub(super) fn frame(self, metres: f32) -> ([f32; 2], [Option<[f32; 2]>; 2]) {
        let high = metres / DEGREE_M + SLACK_DEG;
        let wide = metres / DEGREE_M / self.narrowing + SLACK_DEG;
        let (west, east) = (self.lon - wide, self.lon + wide);
        let lons = if wide >= 179.0 {
            [Some([-WHOLE_TURN, WHOLE_TURN]), None]
        } else if west < -180.0 {
            [Some([west + 360.0, WHOLE_TURN]), Some([-WHOLE_TURN, east])]
        } else if east > 180.0 {
            [Some([west, WHOLE_TURN]), Some([-WHOLE_TURN, east - 360.0])]
        } else {
            [Some([west, east]), None]
        };
        ([self.lat - high, self.lat + high], lons)
    }

    /// The step of nearness of a place: flat-earth distance, since a step is coarse.
    pub(super) fn far(self, [lon, lat]: [f32; 2]) -> u8 {
        let turned = (lon - self.lon).abs();
        let east = turned.min(360.0 - turned) * self.narrowing;
        let north = lat - self.lat;
        let squared = (east * east + north * north) * (DEGREE_M * DEGREE_M);
        // what is not a number is in no step
        FAR_M.iter().position(|bound| squared < bound * bound).unwrap_or(FAR_M.len()) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness_is_told_in_steps() {
        let near = Near::new(116.25, 36.33);
        assert_eq!(near.far([116.25, 36.3301]), 0);
        assert_eq!(near.far([116.25, 36.36]), 3);
        assert_eq!(near.far([f32::NAN; 2]), 8);
        assert_eq!(Near::new(179.999, 0.0).far([-179.999, 0.0]), 0);
    }

    #[test]
    fn all_are_in_order() {
        assert!(Matched::ALL.is_sorted());
    }
}
