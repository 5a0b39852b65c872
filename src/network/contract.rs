//! Pieces become streets: chains of nodes at which there is nothing to decide are drawn together, keeping their shape.
//!
//! A node stays a junction when other than two pieces meet at it, when a larger road is crossed there, or when what meets
//! there differs in name or kind. The length of a street is the sum of its pieces, so that no distance changes.

use super::crossing::{Crossing, Protection};
use super::graph::{Edge, Parts, Rank, Traits};
use super::segments::{RoadHere, Segment, Segments};
use super::shape;
use crate::geo::z_order;
use std::collections::HashMap;

/// A street before it has its place: its ends, then what makes it one.
struct Chain {
    nodes: Vec<u32>,
    mm: u32,
    name: u32,
    traits: Traits,
}

/// Pieces by the nodes where they meet.
struct Meeting<'s> {
    segments: &'s [Segment],
    first: Vec<u32>,
    at: Vec<u32>,
}

impl<'s> Meeting<'s> {
    fn of(segments: &'s [Segment], nodes: usize) -> Self {
        let mut first = vec![0_u32; nodes + 1];
        for segment in segments {
            first[segment.a as usize + 1] += 1;
            first[segment.b as usize + 1] += 1;
        }
        for node in 1..first.len() {
            first[node] += first[node - 1];
        }
        let mut next = first.clone();
        let mut at = vec![0; segments.len() * 2];
        for (index, segment) in (0_u32..).zip(segments) {
            for end in [segment.a, segment.b] {
                at[next[end as usize] as usize] = index;
                next[end as usize] += 1;
            }
        }
        Self { segments, first, at }
    }

    fn at(&self, node: u32) -> &[u32] {
        &self.at[self.first[node as usize] as usize..self.first[node as usize + 1] as usize]
    }

    fn segment(&self, index: u32) -> &'s Segment {
        &self.segments[index as usize]
    }

    /// Whether there is something to decide at a node.
    fn is_junction(&self, node: u32, road: RoadHere) -> bool {
        let [one, other] = *self.at(node) else { return !self.at(node).is_empty() };
        let (one, other) = (self.segment(one), self.segment(other));
        (one.traits, one.name) != (other.traits, other.name) || self.is_crossing(node, road)
    }

    /// Whether a smaller way meets a larger road here.
    fn is_crossing(&self, node: u32, road: RoadHere) -> bool {
        road.rank != Rank::Minor && self.at(node).iter().any(|index| self.segment(*index).traits.rank < road.rank)
    }
}

/// Draws the pieces together. `roads` and `protection` are asked by the nodes of the extract.
pub(super) fn contract(
    segments: &Segments,
    roads: &[RoadHere],
    protection: impl Fn(u32) -> Protection,
    names: &[Box<str>],
) -> Parts {
    let meeting = Meeting::of(&segments.all, segments.positions.len());
    let road = |node: u32| roads[segments.original(node) as usize];
    let mut junctions: Vec<bool> = Vec::with_capacity(segments.positions.len());
    junctions.extend((0..segments.positions.len() as u32).map(|node| meeting.is_junction(node, road(node))));
    let mut chains = chains(&meeting, &mut junctions);
    let at = |node: u32| segments.positions[node as usize].unwrap_or_default();

    let mut order: Vec<u32> = (0..).zip(&junctions).filter(|(_, is)| **is).map(|(node, _)| node).collect();
    order.sort_by_key(|node| (z_order(at(*node)), *node));
    let places: HashMap<u32, u32> = order.iter().copied().zip(0..).collect();
    let crossing = |node: &u32| {
        if !meeting.is_crossing(*node, road(*node)) {
            return 0;
        }
        let RoadHere { rank, oneway } = road(*node);
        Crossing { rank, protection: protection(segments.original(*node)), oneway }.packed()
    };
    let mut parts = Parts {
        nodes: order.iter().map(|node| at(*node)).collect(),
        crossings: order.iter().map(crossing).collect(),
        names: used_names(&mut chains, names),
        ..Parts::default()
    };
    lay(&mut parts, chains, &places, at);
    parts
}

/// The names that streets still have, which are renumbered: what a clip leaves out may have had many more.
fn used_names(chains: &mut [Chain], names: &[Box<str>]) -> Vec<Box<str>> {
    let mut places: HashMap<u32, u32> = HashMap::from([(0, 0)]);
    let mut used: Vec<Box<str>> = vec!["".into()];
    for chain in chains {
        let name = &names[chain.name as usize];
        chain.name = *places.entry(chain.name).or_insert_with(|| {
            used.push(name.clone());
            (used.len() - 1) as u32
        });
    }
    used
}

/// Puts the streets in order and writes their shapes.
fn lay(parts: &mut Parts, mut chains: Vec<Chain>, places: &HashMap<u32, u32>, at: impl Fn(u32) -> [i32; 2]) {
    let ends = |chain: &Chain| {
        let end = |node: Option<&u32>| node.and_then(|node| places.get(node)).copied().unwrap_or_default();
        [end(chain.nodes.first()), end(chain.nodes.last())]
    };
    for chain in &mut chains {
        let [a, b] = ends(chain);
        if a > b {
            chain.nodes.reverse();
        }
    }
    chains.sort_by_cached_key(|chain| (ends(chain), chain.mm, chain.nodes.get(1).copied()));
    for chain in &chains {
        let points: Vec<[i32; 2]> = chain.nodes.iter().map(|node| at(*node)).collect();
        let start = parts.shapes.len() as u32;
        parts.edges.push(Edge::new(ends(chain), chain.mm, start, chain.name, chain.traits));
        shape::append(&mut parts.shapes, points[0], &points[1..points.len() - 1]);
    }
    parts.shapes.shrink_to_fit();
}

fn chains(meeting: &Meeting<'_>, junctions: &mut [bool]) -> Vec<Chain> {
    let mut walked = vec![false; meeting.segments.len()];
    let mut chains = Vec::new();
    for node in 0..junctions.len() as u32 {
        if junctions[node as usize] {
            follow_all(meeting, junctions, node, &mut walked, &mut chains);
        }
    }
    // what is left are rings without a junction; each gets one
    for index in 0..meeting.segments.len() {
        if !walked[index] {
            let node = meeting.segments[index].a;
            junctions[node as usize] = true;
            follow_all(meeting, junctions, node, &mut walked, &mut chains);
        }
    }
    chains
}

fn follow_all(meeting: &Meeting<'_>, junctions: &[bool], node: u32, walked: &mut [bool], chains: &mut Vec<Chain>) {
    for index in meeting.at(node) {
        if !walked[*index as usize] {
            chains.push(follow(meeting, junctions, node, *index, walked));
        }
    }
}

/// From a junction along a piece to the next junction.
fn follow(meeting: &Meeting<'_>, junctions: &[bool], from: u32, first: u32, walked: &mut [bool]) -> Chain {
    let Segment { traits, name, .. } = *meeting.segment(first);
    let mut chain = Chain { nodes: vec![from], mm: 0, name, traits };
    let (mut node, mut index) = (from, first);
    loop {
        walked[index as usize] = true;
        let segment = meeting.segment(index);
        chain.mm = chain.mm.saturating_add(segment.mm);
        node = if segment.a == node { segment.b } else { segment.a };
        chain.nodes.push(node);
        let next = meeting.at(node).iter().find(|other| **other != index);
        match next {
            Some(next) if !junctions[node as usize] => index = *next,
            _ => return chain,
        }
    }
}
