//! The largest gaps in words.

use super::answer::tenths;
use super::gap_names::gap_names;
use super::shape::{GapAnswer, NamedSite};
use crate::basemap::BaseMap;
use crate::coverage::Gap;
use crate::network::Label;
use crate::snapshot::Answering;
use crate::text::Words;

/// Gaps that are told.
pub const GAPS: usize = 30;

/// The largest of some gaps, which come largest first. `nearest` is a cell's nearest site, `named` what a site is called.
pub fn largest(
    base: Option<&BaseMap>,
    answering: &Answering,
    gaps: &[Gap],
    nearest: impl Fn(u32) -> Label,
    named: impl Fn(u32) -> Option<NamedSite>,
) -> Vec<GapAnswer> {
    let gaps = &gaps[..gaps.len().min(GAPS)];
    let told = |(gap, name): (&Gap, Words)| {
        let nearest = nearest(gap.cell).known();
        let [lon, lat] = gap.at.to_centimetre();
        let bounds = gap.bounds;
        GapAnswer {
            name,
            area: answering.ground.areas().all().get(usize::from(gap.group)).map(|area| area.id.clone()),
            lon,
            lat,
            bbox: [bounds.west, bounds.south, bounds.east, bounds.north],
            children: gap.children,
            cells: gap.cells,
            walk_secs: nearest.map(|(millis, _)| tenths(f64::from(millis) / 1e3)),
            site: nearest.and_then(|(_, site)| named(site)),
        }
    };
    gaps.iter().zip(gap_names(base, answering, gaps)).map(told).collect()
}
