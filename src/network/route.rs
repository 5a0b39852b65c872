//! The quickest way on foot from one place to another.

use super::crossing::Protection;
use super::graph::{Network, NodeIndex, Rank, segment_mm};
use super::legs::{Leg, crossed, length_mm, millis, quickest, reversed};
use super::reguard::Reguarded;
use super::snap::Snapped;
use super::walk::{Steps, Walk};
use crate::geo::LonLat;
use crate::text::Words;

/// A place farther than this from any street is not joined to one.
pub const SNAP_LIMIT_M: f64 = 300.0;

/// A way on foot.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// From place to place, the straight lines to and from the streets included.
    pub line: Vec<LonLat>,
    /// Metres along `line`.
    pub length_m: f64,
    /// Seconds, crossings included.
    pub walk_secs: f64,
    /// The larger roads that are crossed, in order.
    pub crossings: Vec<Crossed>,
    /// Metres from where it begins to the street.
    pub snapped_from_m: f64,
    /// Metres from the street to where it ends.
    pub snapped_to_m: f64,
    /// From where on a street to where on a street.
    pub(super) ends: [Snapped; 2],
    /// What it is made of.
    pub(super) legs: Vec<Leg>,
}

/// A crossing of a larger road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossed {
    /// Where.
    pub at: LonLat,
    /// How it is protected.
    pub protection: Protection,
    /// Whether a safety post is on duty there.
    pub on_duty: bool,
    /// How large the road is.
    pub rank: Rank,
    /// Seconds that it takes; half as many where the way turns into the road or off it.
    pub delay_secs: f64,
    pub(super) node: NodeIndex,
}

impl Crossed {
    /// Whether nothing stops the traffic for those who cross: no paint, no lights, nobody on duty.
    #[must_use]
    pub fn is_unguarded(&self) -> bool {
        !self.on_duty && self.protection < Protection::Marked
    }
}

/// Why there is no way.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum NoRoute {
    /// Where it should begin is far from every street.
    #[error("the start is more than {0} m from any way on foot")]
    FarStart(f64),
    /// Where it should end is far from every street.
    #[error("the destination is more than {0} m from any way on foot")]
    FarEnd(f64),
    /// The streets there do not hang together with the streets here.
    #[error("there is no way on foot between the two places")]
    Apart,
}

impl NoRoute {
    /// The same in both languages.
    #[must_use]
    pub fn words(self) -> Words {
        let zh = match self {
            Self::FarStart(metres) => format!("起点 {metres} 米内没有步行道路"),
            Self::FarEnd(metres) => format!("终点 {metres} 米内没有步行道路"),
            Self::Apart => "两地之间没有步行可达的道路".to_owned(),
        };
        Words::new(zh, self.to_string())
    }
}

impl Walk {
    /// The quickest way between two places, each at most `within_m` from a street.
    pub fn route(&self, from: LonLat, to: LonLat, within_m: f64) -> Result<Route, NoRoute> {
        route(self, [from, to], within_m)
    }
}

impl Reguarded<'_> {
    /// As [`Walk::route`], with other crossings being guarded.
    pub fn route(&self, from: LonLat, to: LonLat, within_m: f64) -> Result<Route, NoRoute> {
        route(self, [from, to], within_m)
    }

    /// The same way in the other direction, for the way home. It takes as long.
    #[must_use]
    pub fn home(&self, way: &Route) -> Route {
        let (from, to) = (way.line.last().copied(), way.line.first().copied());
        let [start, end] = way.ends;
        let places = [from.unwrap_or(end.at), to.unwrap_or(start.at)];
        told(self, places, [end, start], reversed(self, &way.legs))
    }
}

/// Where two places meet the streets.
pub(super) fn ends(walk: &Walk, [from, to]: [LonLat; 2], within_m: f64) -> Result<[Snapped; 2], NoRoute> {
    let start = walk.snap(from, within_m).ok_or(NoRoute::FarStart(within_m))?;
    let end = walk.snap(to, within_m).ok_or(NoRoute::FarEnd(within_m))?;
    Ok([start, end])
}

fn route(streets: &impl Steps, places: [LonLat; 2], within_m: f64) -> Result<Route, NoRoute> {
    let [start, end] = ends(streets.walk(), places, within_m)?;
    let legs = quickest(streets, &start, &end).ok_or(NoRoute::Apart)?;
    Ok(told(streets, places, [start, end], legs))
}

/// What a way takes that is made of some legs.
pub(super) fn told(streets: &impl Steps, places: [LonLat; 2], ends: [Snapped; 2], legs: Vec<Leg>) -> Route {
    let (walk, [start, end]) = (streets.walk(), &ends);
    let beside = walk.straight(start.away_m) + walk.straight(end.away_m);
    Route {
        line: line(walk, places, &ends, &legs),
        length_m: metres(length_mm(&legs), [start.away_m, end.away_m]),
        walk_secs: f64::from(millis(streets, &legs).saturating_add(beside)) / 1e3,
        crossings: crossed(streets, &legs).collect(),
        snapped_from_m: start.away_m,
        snapped_to_m: end.away_m,
        ends,
        legs,
    }
}

/// Metres of a way: along streets, and to and from them.
pub(super) fn metres(along_mm: u64, [from, to]: [f64; 2]) -> f64 {
    along_mm as f64 / 1e3 + (from + to)
}

fn line(walk: &Walk, [from, to]: [LonLat; 2], [start, end]: &[Snapped; 2], legs: &[Leg]) -> Vec<LonLat> {
    let mut line = vec![from, start.at];
    for leg in legs {
        line.extend(between(walk.network(), *leg).into_iter().map(LonLat::from_e7));
    }
    line.extend([end.at, to]);
    line.dedup_by_key(|at| at.e7());
    if line.len() == 1 {
        line.push(to);
    }
    line
}

/// The points of a street that a leg passes, its ends at junctions included.
pub(super) fn between(network: &Network, leg: Leg) -> Vec<[i32; 2]> {
    let (low, high) = (leg.from_mm.min(leg.to_mm), leg.from_mm.max(leg.to_mm));
    let (mut at, mut last, mut kept) = (0, None, Vec::new());
    for point in network.points(leg.edge) {
        at += last.map_or(0, |last| segment_mm(last, point));
        last = Some(point);
        if (low..=high).contains(&at) {
            kept.push(point);
        }
    }
    if leg.from_mm > leg.to_mm {
        kept.reverse();
    }
    kept
}
