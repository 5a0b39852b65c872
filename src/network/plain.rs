//! A network from bare junctions and straight streets, without an extract: for drawn worlds, tests and benches.

use super::crossing::Crossing;
use super::graph::{Edge, Incoherent, Network, NodeIndex, Parts, Traits, segment_mm};
use super::shape;
use crate::geo::{LonLat, z_order};

/// A street between two of some junctions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlainStreet {
    /// Places of its ends among the junctions.
    pub ends: [usize; 2],
    /// The points between, from the first end to the second.
    pub between: Vec<LonLat>,
    /// What walking it is like.
    pub traits: Traits,
}

impl Network {
    /// A network of junctions and streets in any order; they are laid in Z-order. Nothing is crossed anywhere.
    pub fn of_streets(junctions: &[LonLat], streets: &[PlainStreet]) -> Result<Self, Incoherent> {
        let mut order: Vec<usize> = (0..junctions.len()).collect();
        order.sort_by_cached_key(|place| (z_order(junctions[*place].e7()), *place));
        let mut number = vec![0 as NodeIndex; junctions.len()];
        for (new, old) in (0..).zip(&order) {
            number[*old] = new;
        }
        let mut laid: Vec<_> = streets.iter().map(|street| (street.ends.map(|end| number[end]), street)).collect();
        laid.sort_by_key(|([a, b], _)| [*a.min(b), *a.max(b)]);
        let mut parts = Parts {
            nodes: order.iter().map(|place| junctions[*place].e7()).collect(),
            crossings: vec![0; junctions.len()],
            names: vec!["".into()],
            ..Parts::default()
        };
        for ([a, b], street) in laid {
            let mut between: Vec<[i32; 2]> = street.between.iter().map(|at| at.e7()).collect();
            if a > b {
                between.reverse();
            }
            let [a, b] = [a.min(b), a.max(b)];
            let (start, end) = (parts.nodes[a as usize], parts.nodes[b as usize]);
            let line: Vec<[i32; 2]> = [start].into_iter().chain(between.iter().copied()).chain([end]).collect();
            let mm = line.windows(2).map(|pair| segment_mm(pair[0], pair[1])).fold(0, u32::saturating_add);
            parts.edges.push(Edge::new([a, b], mm, parts.shapes.len() as u32, 0, street.traits));
            shape::append(&mut parts.shapes, start, &between);
        }
        Self::new(parts)
    }

    /// The same network with roads to be crossed, told by where a junction is.
    #[must_use]
    pub fn with_crossings(mut self, crossed: impl Fn(LonLat) -> Option<Crossing>) -> Self {
        let crossed = |at: &[i32; 2]| crossed(LonLat::from_e7(*at)).map_or(0, Crossing::packed);
        let crossings = self.parts().nodes.iter().map(crossed).collect();
        self.set_crossings(crossings);
        self
    }
}
