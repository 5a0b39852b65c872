//! `--clip`: only a part of a file is wanted.

use super::ImportError;
use crate::area::AreaSet;
use crate::geo::{Bounds, LonLat};
use crate::text::Words;

/// Which part of a file is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Clip {
    /// A box in degrees.
    Box(Bounds),
    /// The areas whose code begins so.
    Areas(String),
}

impl Clip {
    /// From what somebody wrote: `west,south,east,north`, or an area's code or the beginning of several.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.contains(',') {
            return (!text.is_empty()).then(|| Self::Areas(text.to_owned()));
        }
        let numbers: Vec<f64> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
        let [west, south, east, north] = numbers[..] else { return None };
        let right = LonLat::new(west, south).is_ok() && LonLat::new(east, north).is_ok() && south <= north;
        right.then_some(Self::Box(Bounds { west, south, east, north }))
    }

    /// The part that is wanted of a region with these areas.
    pub(super) fn part(self, areas: &AreaSet) -> Result<Part, ImportError> {
        match self {
            Self::Box(bounds) => {
                let middle = bounds.unwrapped().first().and_then(|half| {
                    LonLat::new(f64::midpoint(half.west, half.east), f64::midpoint(half.south, half.north)).ok()
                });
                let probes = middle.into_iter().collect();
                Ok(Part { bounds, within: Box::new(move |at| bounds.contains(at)), probes })
            }
            Self::Areas(code) => {
                let chosen: Vec<_> = areas.all().iter().filter(|area| area.id.starts_with(&code)).cloned().collect();
                let chosen = AreaSet::new(chosen);
                let Some(bounds) = chosen.bounds() else {
                    let zh = format!("--clip {code}:没有这个代码的区划;应为区划代码或 西,南,东,北");
                    let en = format!("--clip {code}: no area has such a code; wanted one, or west,south,east,north");
                    return Err(ImportError::Unsaid(Words::new(zh, en)));
                };
                let probes = chosen.all().iter().map(|area| area.label).collect();
                Ok(Part { bounds, within: Box::new(move |at| chosen.find(at).is_some()), probes })
            }
        }
    }
}

/// A part of a region.
pub(super) struct Part {
    /// The box around it.
    pub bounds: Bounds,
    /// Whether a position lies in it.
    pub within: Box<dyn Fn(LonLat) -> bool + Send>,
    /// Some positions in it, by which a shape that holds all of it is known.
    pub probes: Vec<LonLat>,
}
