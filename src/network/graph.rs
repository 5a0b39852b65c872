//! The streets as a graph: junctions, and the streets between them with their true shape.
//!
//! Junctions stand in Z-order, so that what is near on the ground is near in memory, and a search touches few cache lines.
//! A street runs from its end with the smaller number to the other; the points between are stored as differences in
//! variable length, about four bytes a point.

use super::crossing::Crossing;
use super::shape::{self, Points};
use super::snap::Snapper;
use crate::geo::{LonLat, geodesic_m};
use serde::{Deserialize, Serialize};

/// A junction's place in its [`Network`].
pub type NodeIndex = u32;
/// A street's place in its [`Network`].
pub type EdgeIndex = u32;

/// How large a road is, for those who must cross it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Rank {
    /// Nothing that has to be crossed with care.
    #[default]
    Minor,
    /// 县道 and the like.
    Tertiary,
    /// 省道 and the like.
    Secondary,
    /// 国道 and other arteries.
    Primary,
    /// Built for through traffic.
    Trunk,
}

impl Rank {
    /// All, smallest first.
    pub const ALL: [Self; 5] = [Self::Minor, Self::Tertiary, Self::Secondary, Self::Primary, Self::Trunk];
}

/// What walking a street is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Traits {
    /// Whether it is stairs.
    pub steps: bool,
    /// Whether nobody in a wheelchair can use it, as the map says by word; stairs need no word.
    pub no_wheels: bool,
    /// Along how large a road it runs.
    pub rank: Rank,
}

/// Bits of [`Edge::about`] below the name: three of rank, one of steps, one of wheelchairs.
const TRAIT_BITS: u32 = 5;
/// Names that fit above them.
pub(super) const MOST_NAMES: usize = 1 << (32 - TRAIT_BITS);

/// A street between two junctions. 20 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edge {
    /// The junction where its shape begins.
    pub a: NodeIndex,
    /// The junction where it ends; may be `a` again.
    pub b: NodeIndex,
    /// Geodesic millimetres along its shape.
    pub length_mm: u32,
    /// Where the points between begin in the shapes.
    shape: u32,
    /// Name and traits.
    about: u32,
}

impl Edge {
    pub(super) fn new([a, b]: [NodeIndex; 2], length_mm: u32, shape: u32, name: u32, traits: Traits) -> Self {
        let about =
            name << TRAIT_BITS | u32::from(traits.no_wheels) << 4 | u32::from(traits.steps) << 3 | traits.rank as u32;
        Self { a, b, length_mm, shape, about }
    }

    /// What walking it is like.
    #[must_use]
    pub fn traits(&self) -> Traits {
        let rank = Rank::ALL.get((self.about & 7) as usize).copied().unwrap_or_default();
        Traits { steps: self.about >> 3 & 1 == 1, no_wheels: self.about >> 4 & 1 == 1, rank }
    }

    /// The junction at the other end.
    #[must_use]
    pub fn other(&self, end: NodeIndex) -> NodeIndex {
        if end == self.a { self.b } else { self.a }
    }
}

/// What is stored of a network; the rest is made from it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(super) struct Parts {
    /// Ten-millionths of a degree, longitude and latitude, in Z-order.
    pub nodes: Vec<[i32; 2]>,
    /// A byte a junction: what is crossed there.
    pub crossings: Vec<u8>,
    /// Sorted by their ends.
    pub edges: Vec<Edge>,
    /// The points between the ends of each edge.
    pub shapes: Vec<u8>,
    /// Names of streets; the first is empty.
    pub names: Vec<Box<str>>,
}

/// A network that does not hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the network does not hang together: {0}")]
pub struct Incoherent(&'static str);

/// The streets of a region that can be walked.
#[derive(Debug)]
pub struct Network {
    parts: Parts,
    /// The streets at each junction: `first[v]..first[v + 1]` of `arcs`.
    first: Vec<u32>,
    arcs: Vec<EdgeIndex>,
    snapper: Snapper,
}

impl Network {
    pub(super) fn new(parts: Parts) -> Result<Self, Incoherent> {
        check(&parts)?;
        let (first, arcs) = arcs(&parts);
        let snapper = Snapper::new(&parts);
        Ok(Self { parts, first, arcs, snapper })
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Lays down what is crossed at each junction.
    pub(super) fn set_crossings(&mut self, crossings: Vec<u8>) {
        debug_assert_eq!(crossings.len(), self.parts.nodes.len(), "a byte a junction");
        self.parts.crossings = crossings;
    }

    pub(super) fn snapper(&self) -> &Snapper {
        &self.snapper
    }

    /// How many junctions there are.
    #[must_use]
    pub fn node_count(&self) -> usize {
        self.parts.nodes.len()
    }

    /// All streets, by their numbers.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.parts.edges
    }

    /// A street.
    #[must_use]
    pub fn edge(&self, edge: EdgeIndex) -> &Edge {
        &self.parts.edges[edge as usize]
    }

    /// Where a junction is.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> LonLat {
        LonLat::from_e7(self.parts.nodes[node as usize])
    }

    /// What is crossed at a junction.
    #[must_use]
    pub fn crossing(&self, node: NodeIndex) -> Option<Crossing> {
        Crossing::unpacked(self.parts.crossings[node as usize])
    }

    /// The places of the streets at a junction among all [`Network::arcs`].
    #[must_use]
    pub fn arcs_at(&self, node: NodeIndex) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// The streets at each junction, junction after junction; a street from a junction to itself is not among them.
    #[must_use]
    pub fn arcs(&self) -> &[EdgeIndex] {
        &self.arcs
    }

    /// A street's name, perhaps empty.
    #[must_use]
    pub fn name(&self, edge: EdgeIndex) -> &str {
        &self.parts.names[(self.edge(edge).about >> TRAIT_BITS) as usize]
    }

    /// A street's points from `a` to `b`, both included.
    pub(super) fn points(&self, edge: EdgeIndex) -> Points<'_> {
        points(&self.parts, edge as usize)
    }

    /// A street's shape from `a` to `b`.
    pub fn line(&self, edge: EdgeIndex) -> impl Iterator<Item = LonLat> {
        self.points(edge).map(LonLat::from_e7)
    }

    /// Bytes held for this network.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let names: usize = self.parts.names.iter().map(|name| name.len() + size_of::<Box<str>>()).sum();
        self.parts.nodes.len() * 9
            + self.parts.edges.len() * size_of::<Edge>()
            + self.parts.shapes.len()
            + names
            + (self.first.len() + self.arcs.len()) * 4
            + self.snapper.bytes()
    }
}

pub(super) fn points(parts: &Parts, edge: usize) -> Points<'_> {
    let Edge { a, b, shape, .. } = parts.edges[edge];
    let end = parts.edges.get(edge + 1).map_or(parts.shapes.len(), |next| next.shape as usize);
    shape::between(parts.nodes[a as usize], &parts.shapes[shape as usize..end], parts.nodes[b as usize])
}

/// Geodesic millimetres between two points.
pub(super) fn segment_mm(from: [i32; 2], to: [i32; 2]) -> u32 {
    (geodesic_m(LonLat::from_e7(from), LonLat::from_e7(to)) * 1e3).round() as u32
}

fn check(parts: &Parts) -> Result<(), Incoherent> {
    let nodes = parts.nodes.len() as u32;
    if parts.crossings.len() != parts.nodes.len() || parts.names.is_empty() {
        return Err(Incoherent("its parts differ in length"));
    }
    if u32::try_from(parts.edges.len() * 2).is_err() || u32::try_from(parts.shapes.len()).is_err() {
        return Err(Incoherent("it is too large"));
    }
    let mut shape = 0;
    for edge in &parts.edges {
        if edge.a > edge.b || edge.b >= nodes || (edge.about >> TRAIT_BITS) as usize >= parts.names.len() {
            return Err(Incoherent("a street ends nowhere"));
        }
        if edge.shape < shape || edge.shape as usize > parts.shapes.len() {
            return Err(Incoherent("a street has no shape"));
        }
        shape = edge.shape;
    }
    Ok(())
}

fn arcs(parts: &Parts) -> (Vec<u32>, Vec<EdgeIndex>) {
    let mut first = vec![0_u32; parts.nodes.len() + 1];
    let through = || (0_u32..).zip(&parts.edges).filter(|(_, edge)| edge.a != edge.b);
    for (_, edge) in through() {
        first[edge.a as usize + 1] += 1;
        first[edge.b as usize + 1] += 1;
    }
    for node in 1..first.len() {
        first[node] += first[node - 1];
    }
    let mut next = first.clone();
    let mut arcs = vec![0; first.last().copied().unwrap_or(0) as usize];
    for (index, edge) in through() {
        for end in [edge.a, edge.b] {
            arcs[next[end as usize] as usize] = index;
            next[end as usize] += 1;
        }
    }
    (first, arcs)
}
