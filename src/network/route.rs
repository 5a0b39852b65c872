//! The quickest way on foot from one place to another.

use super::crossing::Protection;
use super::graph::{EdgeIndex, NodeIndex, segment_mm};
use super::search::Search;
use super::snap::Snapped;
use super::walk::Walk;
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
}

/// A crossing of a larger road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossed {
    /// Where.
    pub at: LonLat,
    /// How it is protected.
    pub protection: Protection,
    /// Seconds that it takes; half as many where the way turns into the road or off it.
    pub delay_secs: f64,
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

/// A stretch of a street, in the direction in which it is walked.
#[derive(Debug, Clone, Copy)]
struct Leg {
    edge: EdgeIndex,
    from_mm: u32,
    to_mm: u32,
    /// The junction where it ends, unless it ends at the destination.
    into: NodeIndex,
}

/// A junction that a place reaches along its own street.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exit {
    pub node: NodeIndex,
    pub millis: u32,
    leg: Leg,
}

impl Walk {
    /// The quickest way between two places, each at most `within_m` from a street.
    pub fn route(&self, from: LonLat, to: LonLat, within_m: f64) -> Result<Route, NoRoute> {
        let start = self.snap(from, within_m).ok_or(NoRoute::FarStart(within_m))?;
        let end = self.snap(to, within_m).ok_or(NoRoute::FarEnd(within_m))?;
        let (millis, legs) = self.quickest(&start, &end).ok_or(NoRoute::Apart)?;
        let beside = self.straight(start.away_m) + self.straight(end.away_m);
        let along: f64 = legs.iter().map(|leg| f64::from(leg.from_mm.abs_diff(leg.to_mm)) / 1e3).sum();
        Ok(Route {
            line: self.line(from, &start, &legs, &end, to),
            length_m: along + start.away_m + end.away_m,
            walk_secs: f64::from(millis.saturating_add(beside)) / 1e3,
            crossings: self.crossed(&legs),
            snapped_from_m: start.away_m,
            snapped_to_m: end.away_m,
        })
    }

    fn quickest(&self, start: &Snapped, end: &Snapped) -> Option<(u32, Vec<Leg>)> {
        let (exits, entries) = (self.exits(start), self.exits(end));
        let direct = (start.edge == end.edge).then(|| {
            let leg = Leg { edge: start.edge, from_mm: start.along_mm, to_mm: end.along_mm, into: entries[0].node };
            (self.along(leg.edge, leg.from_mm.abs_diff(leg.to_mm)), leg)
        });
        let limit = direct.map_or(u32::MAX, |(millis, _)| millis);
        self.with_search(|search| {
            let arrival = |search: &Search| {
                let through = |exit: &Exit| Some((search.millis(exit.node)?.saturating_add(exit.millis), *exit));
                entries.iter().filter_map(through).min_by_key(|(millis, _)| *millis)
            };
            let starts: Vec<_> = exits.iter().map(|exit| (exit.node, exit.millis)).collect();
            self.spread_until(search, &starts, |search, floor| {
                floor > limit || arrival(search).is_some_and(|(millis, _)| millis <= floor)
            });
            match (arrival(search), direct) {
                (Some((millis, entry)), direct) if direct.is_none_or(|(straight, _)| millis < straight) => {
                    Some((millis, self.legs(search, &exits, &entry)))
                }
                (_, direct) => direct.map(|(millis, leg)| (millis, vec![leg])),
            }
        })
    }

    /// The two ways off the street on which a place lies.
    pub(super) fn exits(&self, place: &Snapped) -> [Exit; 2] {
        let edge = *self.network().edge(place.edge);
        [(edge.a, 0), (edge.b, edge.length_mm)].map(|(node, to_mm)| {
            let leg = Leg { edge: place.edge, from_mm: place.along_mm, to_mm, into: node };
            let millis = self.along(leg.edge, leg.from_mm.abs_diff(to_mm)) + self.delay_of(leg, node);
            Exit { node, millis, leg }
        })
    }

    fn legs(&self, search: &Search, exits: &[Exit; 2], entry: &Exit) -> Vec<Leg> {
        let network = self.network();
        let mut legs = vec![Leg { from_mm: entry.leg.to_mm, to_mm: entry.leg.from_mm, ..entry.leg }];
        let mut node = entry.node;
        while let Some(via) = search.via(node) {
            let edge = network.arcs()[via as usize];
            let ends = network.edge(edge);
            let whole = ends.length_mm;
            let (from_mm, to_mm) = if node == ends.b { (0, whole) } else { (whole, 0) };
            legs.push(Leg { edge, from_mm, to_mm, into: node });
            node = ends.other(node);
        }
        legs.extend(exits.iter().filter(|exit| exit.node == node).min_by_key(|exit| exit.millis).map(|exit| exit.leg));
        legs.reverse();
        legs
    }

    fn line(&self, from: LonLat, start: &Snapped, legs: &[Leg], end: &Snapped, to: LonLat) -> Vec<LonLat> {
        let mut line = vec![from, start.at];
        for leg in legs {
            let between = self.between(*leg);
            line.extend(between.into_iter().map(LonLat::from_e7));
        }
        line.extend([end.at, to]);
        line.dedup_by_key(|at| at.e7());
        if line.len() == 1 {
            line.push(to);
        }
        line
    }

    /// The points of a street that a leg passes, its ends at junctions included.
    fn between(&self, leg: Leg) -> Vec<[i32; 2]> {
        let (low, high) = (leg.from_mm.min(leg.to_mm), leg.from_mm.max(leg.to_mm));
        let (mut at, mut last, mut kept) = (0, None, Vec::new());
        for point in self.network().points(leg.edge) {
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

    fn crossed(&self, legs: &[Leg]) -> Vec<Crossed> {
        legs.windows(2).filter_map(|pair| self.crossed_between(pair[0], pair[1])).collect()
    }

    /// Half a crossing where a leg meets a larger road at a junction; nothing when the leg is no more than a place at that
    /// junction, which may as well lie on the road.
    fn delay_of(&self, leg: Leg, node: NodeIndex) -> u32 {
        if self.stands(leg) { 0 } else { self.delay(leg.edge, node) }
    }

    fn stands(&self, leg: Leg) -> bool {
        leg.from_mm == leg.to_mm && self.network().edge(leg.edge).length_mm > 0
    }

    /// The crossing at the junction between two legs, if there is one.
    fn crossed_between(&self, before: Leg, after: Leg) -> Option<Crossed> {
        let node = before.into;
        let met = |leg: Leg| if self.stands(leg) { None } else { self.meets(leg.edge, node) };
        let crossing = met(before).or_else(|| met(after))?;
        let millis = self.delay_of(before, node) + self.delay_of(after, node);
        let protection = crossing.protection;
        Some(Crossed { at: self.network().node(node), protection, delay_secs: f64::from(millis) / 1e3 })
    }
}
