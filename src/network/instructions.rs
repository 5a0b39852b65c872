//! A way in words that somebody can follow without a map: along what, how far, where to turn, what to cross and how that is
//! guarded, on which side the destination lies.
//!
//! Streets of one name are one stretch, and so are ways without a name as long as they go on. A bend is no turn where there
//! is nothing to decide, or where every other way turns off much more. Links of a few metres between streets, which mappers draw where pavements meet,
//! are not told. Two carriageways of one road, and coming onto a road and off it on its other side within a few metres,
//! are one crossing. Metres are those of the way: all stretches together are its length.

mod turn;
mod words;

pub use turn::{Heading, Side, Turn};

use super::crossing::Protection;
use super::graph::{EdgeIndex, Network, Rank};
use super::legs::Leg;
use super::route::{Crossed, Route, between};
use crate::geo::LonLat;
use turn::Bearing;

/// Links shorter than this are not told: without a name, and with one.
const LINK_MM: [u32; 2] = [15_000, 10_000];
/// A way that turns so many degrees less than every other goes on.
const PLAINLY: f64 = 25.0;
/// Two crossings of a road so near each other are one.
const ONE_ROAD_MM: u32 = 30_000;

/// A step of a way, as it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Instruction {
    /// Where.
    pub at: LonLat,
    /// What to do there.
    pub act: Act,
}

/// What to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Go to the street, and along it.
    Start {
        /// Metres from the start to the street.
        off_m: f64,
        /// In which direction.
        heading: Heading,
        /// Along what.
        along: Along,
        /// Metres.
        length_m: f64,
    },
    /// Go on.
    Walk {
        /// How this stretch leaves the one before.
        turn: Turn,
        /// Along what.
        along: Along,
        /// Whether the one before is the same street.
        same: bool,
        /// Metres.
        length_m: f64,
    },
    /// Cross a larger road.
    Cross {
        /// Its name, perhaps empty.
        road: Box<str>,
        /// How large it is.
        rank: Rank,
        /// How those who cross are protected; of two carriageways where it is less.
        protection: Protection,
        /// Whether a safety post is on duty.
        on_duty: bool,
        /// Whether it must be crossed, or only if one comes or goes on its other side.
        surely: bool,
    },
    /// There.
    Arrive {
        /// On which side of the way.
        side: Side,
        /// Metres from the street to the destination.
        off_m: f64,
    },
}

/// What a stretch runs along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Along {
    /// The street's name, perhaps empty.
    pub name: Box<str>,
    /// How large a road it is.
    pub rank: Rank,
    /// Whether it is stairs.
    pub steps: bool,
}

impl Along {
    /// Whether one would call it the same street.
    fn is_same(&self, other: &Self) -> bool {
        self.steps == other.steps && self.name == other.name && (!self.name.is_empty() || self.rank == other.rank)
    }
}

/// A stretch that is walked without anything to say in between.
struct Stretch {
    along: Along,
    at: LonLat,
    mm: u32,
    points: Vec<[i32; 2]>,
    /// What is crossed before it.
    crossed: Option<Crossing>,
    /// Whether nobody would think of going another way.
    plain: bool,
}

#[derive(Clone)]
struct Crossing {
    told: Crossed,
    road: Box<str>,
    /// Whether the way comes from a smaller street and goes on along a smaller one.
    on: bool,
    off: bool,
}

impl Route {
    /// The way in words; `network` is the one that it was found on.
    #[must_use]
    pub fn instructions(&self, network: &Network) -> Vec<Instruction> {
        let mut stretches = join(one_crossing(without_links(self.stretches(network))));
        let mut told = Vec::new();
        for place in 0..stretches.len() {
            let crossed = stretches[place].crossed.take();
            told.extend(crossed.map(cross));
            let stretch = &stretches[place];
            let (at, along, length_m) = (stretch.at, stretch.along.clone(), f64::from(stretch.mm) / 1e3);
            let act = match place.checked_sub(1).map(|before| &stretches[before]) {
                None => {
                    let heading = Heading::of(Bearing::at_start(&stretch.points));
                    Act::Start { off_m: self.snapped_from_m, heading, along, length_m }
                }
                Some(before) => {
                    let turn = turn_between(before, stretch);
                    Act::Walk { turn, same: before.along.is_same(&along), along, length_m }
                }
            };
            told.push(Instruction { at, act });
        }
        let side = stretches.last().map_or(Side::Here, |last| self.side(&last.points));
        let at = self.line.last().copied().unwrap_or(self.ends[1].at);
        let off_m = if stretches.is_empty() { self.length_m } else { self.snapped_to_m };
        told.push(Instruction { at, act: Act::Arrive { side, off_m } });
        told
    }

    fn side(&self, points: &[[i32; 2]]) -> Side {
        let to = self.line.last().map_or(self.ends[1].at, |at| *at).e7();
        Side::of(Bearing::at_end(points), Bearing::between(self.ends[1].at.e7(), to), self.snapped_to_m)
    }

    /// A stretch for each leg that has a length.
    fn stretches(&self, network: &Network) -> Vec<Stretch> {
        let mut crossings = self.crossings.iter().peekable();
        let mut stretches: Vec<Stretch> = Vec::new();
        let (mut pending, mut plain) = (None, true);
        for (place, leg) in self.legs.iter().enumerate() {
            if leg.mm() > 0 {
                let points = self.points(network, place, *leg);
                let at = LonLat::from_e7(points[0]);
                let along = along(network, *leg);
                stretches.push(Stretch { along, at, mm: leg.mm(), points, crossed: pending.take(), plain });
                plain = true;
            }
            let Some(next) = self.legs.get(place + 1) else { break };
            plain &= goes_on(network, *leg, *next);
            if let Some(told) = crossings.next_if(|crossed| crossed.node == leg.into) {
                pending = Some(crossing(network, *told, [*leg, *next]));
            }
        }
        stretches
    }

    /// The points of a leg, those between junctions included.
    fn points(&self, network: &Network, place: usize, leg: Leg) -> Vec<[i32; 2]> {
        let mut points = between(network, leg);
        if place == 0 {
            points.insert(0, self.ends[0].at.e7());
        }
        if place + 1 == self.legs.len() {
            points.push(self.ends[1].at.e7());
        }
        points
    }
}

fn along(network: &Network, leg: Leg) -> Along {
    let traits = network.edge(leg.edge).traits();
    Along { name: network.name(leg.edge).into(), rank: traits.rank, steps: traits.steps }
}

/// Whether the way from one leg to the next needs no word: there is no other, or every other turns off much more.
fn goes_on(network: &Network, leg: Leg, next: Leg) -> bool {
    let node = leg.into;
    let arcs = &network.arcs()[network.arcs_at(node)];
    if arcs.len() <= 2 {
        return true;
    }
    let before = Bearing::at_end(&between(network, leg));
    let bend = |edge: EdgeIndex| {
        let from_a = network.edge(edge).a == node;
        let points: Vec<[i32; 2]> = network.points(edge).collect();
        let leaves = if from_a { Bearing::at_start(&points) } else { Bearing::at_end(&points).back() };
        before.to(leaves).map_or(180.0, f64::abs)
    };
    let others = arcs.iter().filter(|edge| **edge != leg.edge && **edge != next.edge);
    let ours = bend(next.edge);
    ours < 60.0 && others.map(|edge| bend(*edge)).all(|other| other > ours + PLAINLY)
}

fn crossing(network: &Network, told: Crossed, legs: [Leg; 2]) -> Crossing {
    let arcs = network.arcs()[network.arcs_at(told.node)].iter();
    let road = arcs.filter(|edge| network.edge(**edge).traits().rank == told.rank).map(|edge| network.name(*edge));
    let road = road.max_by_key(|name| name.len()).unwrap_or_default();
    let [on, off] = legs.map(|leg| network.edge(leg.edge).traits().rank < told.rank);
    Crossing { told, road: road.into(), on, off }
}

fn cross(Crossing { told, road, on, off }: Crossing) -> Instruction {
    let Crossed { at, protection, on_duty, rank, .. } = told;
    Instruction { at, act: Act::Cross { road, rank, protection, on_duty, surely: on && off } }
}

/// Lets go of short links, whose metres go to what follows.
fn without_links(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let whole = stretches.len();
    let mut kept: Vec<Stretch> = Vec::with_capacity(whole);
    let mut link: Option<Stretch> = None;
    for mut stretch in stretches {
        let crossed_twice = link.as_ref().is_some_and(|link| link.crossed.is_some()) && stretch.crossed.is_some();
        if let Some(link) = link.take() {
            if crossed_twice {
                kept.push(link);
            } else {
                stretch.mm += link.mm;
                stretch.at = link.at;
                stretch.crossed = stretch.crossed.or(link.crossed);
                stretch.plain &= link.plain;
            }
        }
        let is_link = stretch.mm < LINK_MM[usize::from(!stretch.along.name.is_empty())] && !stretch.along.steps;
        if is_link {
            link = Some(stretch);
        } else {
            kept.push(stretch);
        }
    }
    // the last bit leads to the destination
    match (link, kept.last_mut()) {
        (Some(link), Some(last)) if link.crossed.is_none() && link.along.name.is_empty() => last.mm += link.mm,
        (Some(link), _) => kept.push(link),
        (None, _) => {}
    }
    kept
}

/// Draws two crossings of one road together.
fn one_crossing(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for mut stretch in stretches {
        let island = kept.last().filter(|last| last.mm <= ONE_ROAD_MM && kept.len() > 1);
        let both = island.and_then(|last| last.crossed.as_ref()).zip(stretch.crossed.as_ref());
        if let Some((first, second)) = both.filter(|(first, second)| is_one_road(first, second)) {
            let both = together(first, second);
            if let Some(island) = kept.pop() {
                stretch.mm += island.mm;
                stretch.at = island.at;
                stretch.crossed = Some(both);
                stretch.plain = false;
            }
        }
        kept.push(stretch);
    }
    kept
}

fn is_one_road(first: &Crossing, second: &Crossing) -> bool {
    first.told.rank == second.told.rank
        && (first.road == second.road || first.road.is_empty() || second.road.is_empty())
        && first.on
        && second.off
}

fn together(first: &Crossing, second: &Crossing) -> Crossing {
    let told = Crossed {
        protection: first.told.protection.min(second.told.protection),
        on_duty: first.told.on_duty && second.told.on_duty,
        ..first.told
    };
    let road = if first.road.is_empty() { second.road.clone() } else { first.road.clone() };
    Crossing { told, road, on: true, off: true }
}

/// Draws stretches of one street together where there is nothing to decide.
fn join(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut kept: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let goes_on = kept.last().is_some_and(|last| {
            let same = last.along.is_same(&stretch.along) && stretch.crossed.is_none();
            let turn = turn_between(last, &stretch);
            same && (stretch.plain || turn == Turn::Straight || (turn.is_slight() && !stretch.along.name.is_empty()))
        });
        match kept.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.mm += stretch.mm;
                last.points.extend(stretch.points);
            }
            None => kept.push(stretch),
        }
    }
    kept
}

fn turn_between(before: &Stretch, after: &Stretch) -> Turn {
    Turn::between(Bearing::at_end(&before.points), Bearing::at_start(&after.points))
}
