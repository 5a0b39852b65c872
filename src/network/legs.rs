//! Stretches of streets, one after the other: what a way is made of, and what it takes.

use super::graph::{EdgeIndex, NodeIndex};
use super::route::Crossed;
use super::search::{Search, until};
use super::snap::Snapped;
use super::walk::Steps;

/// A stretch of a street, in the direction in which it is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leg {
    pub edge: EdgeIndex,
    pub from_mm: u32,
    pub to_mm: u32,
    /// The junction where it ends; meaningless for the last, which ends at the destination.
    pub into: NodeIndex,
}

impl Leg {
    pub(super) fn mm(self) -> u32 {
        self.from_mm.abs_diff(self.to_mm)
    }
}

/// A junction that a place reaches along its own street.
#[derive(Debug, Clone, Copy)]
pub(super) struct Exit {
    pub node: NodeIndex,
    pub millis: u32,
    pub leg: Leg,
}

/// The two ways off the street on which a place lies.
pub(super) fn exits(streets: &impl Steps, edge: EdgeIndex, along_mm: u32) -> [Exit; 2] {
    let ends = *streets.walk().network().edge(edge);
    [(ends.a, 0), (ends.b, ends.length_mm)].map(|(node, to_mm)| {
        let leg = Leg { edge, from_mm: along_mm, to_mm, into: node };
        Exit { node, millis: along(streets, leg) + delay_of(streets, leg, node), leg }
    })
}

/// The quickest way between two places on streets.
pub(super) fn quickest(streets: &impl Steps, start: &Snapped, end: &Snapped) -> Option<Vec<Leg>> {
    let exits_of = |place: &Snapped| exits(streets, place.edge, place.along_mm);
    let (exits, entries) = (exits_of(start), exits_of(end));
    let direct = (start.edge == end.edge).then(|| {
        let leg = Leg { edge: start.edge, from_mm: start.along_mm, to_mm: end.along_mm, into: entries[0].node };
        (along(streets, leg), leg)
    });
    let limit = direct.map_or(u32::MAX, |(millis, _)| millis);
    streets.walk().with_search(|search| {
        let arrival = |search: &Search| {
            let through = |exit: &Exit| Some((search.millis(exit.node)?.saturating_add(exit.millis), *exit));
            entries.iter().filter_map(through).min_by_key(|(millis, _)| *millis)
        };
        let starts = exits.map(|exit| (exit.node, exit.millis));
        until(streets, search, &starts, |search, floor| {
            floor > limit || arrival(search).is_some_and(|(millis, _)| millis <= floor)
        });
        match (arrival(search), direct) {
            (Some((millis, entry)), direct) if direct.is_none_or(|(straight, _)| millis < straight) => {
                Some(back(streets, search, &exits, &entry))
            }
            (_, direct) => direct.map(|(_, leg)| vec![leg]),
        }
    })
}

/// The legs by which a search came to `entry`, walked back to where it began.
pub(super) fn back(streets: &impl Steps, search: &Search, exits: &[Exit; 2], entry: &Exit) -> Vec<Leg> {
    let network = streets.walk().network();
    let mut legs = vec![Leg { from_mm: entry.leg.to_mm, to_mm: entry.leg.from_mm, ..entry.leg }];
    let mut node = entry.node;
    while let Some(via) = search.via(node) {
        let edge = network.arcs()[via as usize];
        legs.push(whole(streets, edge, node));
        node = network.edge(edge).other(node);
    }
    legs.extend(exits.iter().filter(|exit| exit.node == node).min_by_key(|exit| exit.millis).map(|exit| exit.leg));
    legs.reverse();
    legs
}

/// A whole street, walked into one of its ends.
pub(super) fn whole(streets: &impl Steps, edge: EdgeIndex, into: NodeIndex) -> Leg {
    let ends = streets.walk().network().edge(edge);
    let (from_mm, to_mm) = if into == ends.b { (0, ends.length_mm) } else { (ends.length_mm, 0) };
    Leg { edge, from_mm, to_mm, into }
}

/// The same way in the other direction.
pub(super) fn reversed(streets: &impl Steps, legs: &[Leg]) -> Vec<Leg> {
    let network = streets.walk().network();
    let mut home = Vec::with_capacity(legs.len());
    for (place, leg) in legs.iter().enumerate().rev() {
        let into = if place > 0 { legs[place - 1].into } else { network.edge(leg.edge).a };
        home.push(Leg { edge: leg.edge, from_mm: leg.to_mm, to_mm: leg.from_mm, into });
    }
    home
}

/// Millimetres along some legs.
pub(super) fn length_mm(legs: &[Leg]) -> u64 {
    legs.iter().map(|leg| u64::from(leg.mm())).sum()
}

/// Milliseconds along some legs and over the crossings between them.
pub(super) fn millis(streets: &impl Steps, legs: &[Leg]) -> u32 {
    let walked = legs.iter().map(|leg| along(streets, *leg));
    let between = |pair: &[Leg]| {
        let node = pair[0].into;
        delay_of(streets, pair[0], node) + delay_of(streets, pair[1], node)
    };
    walked.chain(legs.windows(2).map(between)).fold(0, u32::saturating_add)
}

/// The larger roads that are crossed, in order.
pub(super) fn crossed(streets: &impl Steps, legs: &[Leg]) -> impl Iterator<Item = Crossed> {
    legs.windows(2).filter_map(move |pair| crossed_between(streets, pair[0], pair[1]))
}

/// The crossing at the junction between two legs, if there is one.
pub(super) fn crossed_between(streets: &impl Steps, before: Leg, after: Leg) -> Option<Crossed> {
    let (walk, node) = (streets.walk(), before.into);
    let met = |leg: Leg| if stands(streets, leg) { None } else { walk.meets(leg.edge, node) };
    let crossing = met(before).or_else(|| met(after))?;
    let millis = delay_of(streets, before, node) + delay_of(streets, after, node);
    Some(Crossed {
        at: walk.network().node(node),
        node,
        protection: crossing.protection,
        on_duty: streets.is_guarded(node),
        rank: crossing.rank,
        delay_secs: f64::from(millis) / 1e3,
    })
}

fn along(streets: &impl Steps, leg: Leg) -> u32 {
    streets.walk().along(leg.edge, leg.mm())
}

/// Half a crossing where a leg meets a larger road at a junction; nothing when the leg is no more than a place at that
/// junction, which may as well lie on the road.
fn delay_of(streets: &impl Steps, leg: Leg, node: NodeIndex) -> u32 {
    if stands(streets, leg) { 0 } else { streets.delay(leg.edge, node) }
}

fn stands(streets: &impl Steps, leg: Leg) -> bool {
    leg.from_mm == leg.to_mm && streets.walk().network().edge(leg.edge).length_mm > 0
}
