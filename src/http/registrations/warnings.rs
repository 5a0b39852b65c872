//! What somebody should look at again before they register, submit or publish. It hinders nobody: a ferry landing is in
//! the water, and a school may really move.

use super::shape::Warning;
use crate::geo::{LonLat, geodesic_m};
use crate::site::duplicate::Looked;
use crate::site::{SiteId, Visibility};
use crate::snapshot::Snapshot;
use crate::text::Words;

/// A site that is farther than this from where it was is asked about.
const FAR_M: f64 = 200.0;
/// Duplicates that are told of one registration.
const TOLD: usize = 5;

/// What the warnings are about.
#[derive(Debug, Clone)]
pub struct About {
    /// Where it is to be.
    pub at: LonLat,
    /// Where it was.
    pub before: Option<LonLat>,
    /// Kind, name and address as it is to be, by which duplicates are looked for; nothing where none can be.
    pub like: Option<Looked>,
    /// The site that it is about, which is no duplicate of itself.
    pub site: Option<i64>,
}

/// What duplicates of a site are looked for by: its kind's id, its name and its address. Nothing without a name, and for homes,
/// which are compared with no public site.
pub fn like(now: &Snapshot, at: LonLat, kind: &str, name: &str, address: Option<&str>) -> Option<Looked> {
    let kind = now.catalogue().kind_named(kind)?;
    let is_public = now.catalogue().kind(kind).visibility == Visibility::Public;
    (is_public && !name.trim().is_empty()).then(|| Looked::new(kind, at, name, address))
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
    let same = about.like.as_ref().map(|like| now.likely_same(&now.places(), like)).unwrap_or_default();
    for same in same.into_iter().filter(|same| Some(same.key.0) != about.site).take(TOLD) {
        warnings.extend(duplicate(now, same.key, same.distance_m.round()));
    }
    warnings
}

fn duplicate(now: &Snapshot, site: SiteId, metres: f64) -> Option<Warning> {
    let name = now.site(site)?.held.site.name.to_string();
    let says = Words::new(
        format!("可能与已有的“{name}”是同一处(相距 {metres:.0} 米)"),
        format!("perhaps the same as “{name}”, which is known already ({metres:.0} m away)"),
    );
    Some(Warning { site: Some(site.0), name: Some(name), distance_m: Some(metres), ..plain("duplicate", says) })
}

fn plain(what: &'static str, says: Words) -> Warning {
    Warning { what, site: None, name: None, distance_m: None, says }
}
