//! What somebody should look at again before they register, submit or publish. It hinders nobody: a ferry landing is in
//! the water, and a school may really move.

use super::shape::Warning;
use crate::geo::{LonLat, geodesic_m};
use crate::snapshot::Snapshot;
use crate::text::Words;

/// A site that is farther than this from where it was is asked about.
const FAR_M: f64 = 200.0;

/// What the warnings are about.
#[derive(Debug, Clone)]
pub struct About {
    /// Where it is to be.
    pub at: LonLat,
    /// Where it was.
    pub before: Option<LonLat>,
}

/// All warnings about a place.
pub fn warnings(now: &Snapshot, about: &About) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !now.areas().all().is_empty() && now.areas().find(about.at).is_none() {
        let says = Words::fixed("这个位置在县域之外", "this place is outside the county");
        warnings.push(plain("outside_county", says));
    }
    if now.basemap().is_some_and(|held| held.map.is_water(about.at)) {
        warnings.push(plain("in_water", Words::fixed("这个位置在水里", "this place is in the water")));
    }
    if let Some(metres) = about.before.map(|before| geodesic_m(before, about.at)).filter(|metres| *metres > FAR_M) {
        let says = Words::new(format!("离原来的位置 {metres:.0} 米"), format!("{metres:.0} m from where it was"));
        warnings.push(Warning { distance_m: Some(metres.round()), ..plain("far_from_before", says) });
    }
    warnings
}

fn plain(what: &'static str, says: Words) -> Warning {
    Warning { what, site: None, name: None, distance_m: None, says }
}
