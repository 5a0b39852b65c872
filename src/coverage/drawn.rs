//! Drawn worlds for tests: random streets, some with a road to be crossed, with cells beside them.

use super::demand::Demand;
use crate::children::{AgeBand, Cell, Children, Method};
use crate::geo::LonLat;
use crate::network::{Crossing, Crossings, Network, PlainStreet, Profile, Profiles, Protection, Rank, Traits, Walk};
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;

fn profiles() -> Profiles {
    Profiles::parse(Path::new("p"), include_str!("../../data/profiles.toml")).expect("right")
}

pub fn usual() -> (Profile, Crossings) {
    let profiles = profiles();
    let index = profiles.index(None).expect("a default");
    (profiles.all()[index].clone(), profiles.crossings)
}

/// A place so many metres east and north of the corner of the world.
pub fn at([east, north]: [i32; 2]) -> LonLat {
    LonLat::new(116.2 + f64::from(east) / 89_821.0, 36.3 + f64::from(north) / 110_965.0).expect("a position")
}

/// At every third junction a road is crossed, one as good as any other.
fn crossed(at: LonLat) -> Option<Crossing> {
    let mix = at.e7()[0].wrapping_mul(31).wrapping_add(at.e7()[1]).cast_unsigned() >> 3;
    let protection = Protection::ALL[(mix / 3 % 4) as usize];
    (mix % 3 == 0).then_some(Crossing { rank: Rank::Trunk, protection, oneway: mix & 64 > 0 })
}

/// A drawn world: where junctions, cells and sites are, and which junctions are joined.
#[derive(Debug, Clone)]
pub struct World {
    pub junctions: Vec<[i32; 2]>,
    pub streets: Vec<([usize; 2], bool)>,
    pub cells: Vec<[i32; 2]>,
}

pub fn spot() -> impl Strategy<Value = [i32; 2]> {
    [0..1500_i32, 0..1500_i32]
}

pub fn world() -> impl Strategy<Value = World> {
    let streets = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..8_u8), 1..90);
    (prop::collection::vec(spot(), 1..40), streets, prop::collection::vec(spot(), 0..25)).prop_map(
        |(junctions, streets, cells)| {
            let end = |index: prop::sample::Index| index.index(junctions.len());
            // some lead back to where they begin, some stand twice, some are steps
            let streets = streets.into_iter().map(|(a, b, steps)| ([end(a), end(b)], steps == 0)).collect();
            World { junctions, streets, cells }
        },
    )
}

impl World {
    pub fn walk(&self) -> Arc<Walk> {
        self.walk_with(&[])
    }

    /// With safety posts on duty.
    pub fn walk_with(&self, posts: &[LonLat]) -> Arc<Walk> {
        let junctions: Vec<LonLat> = self.junctions.iter().map(|spot| at(*spot)).collect();
        let street = |(ends, steps): &([usize; 2], bool)| PlainStreet {
            ends: *ends,
            between: if ends[0] == ends[1] { vec![at([700, 700])] } else { Vec::new() },
            traits: Traits { steps: *steps, ..Traits::default() },
        };
        let streets: Vec<PlainStreet> = self.streets.iter().map(street).collect();
        let network = Network::of_streets(&junctions, &streets).expect("hangs together");
        let (profile, crossings) = usual();
        Arc::new(Walk::new(Arc::new(network.with_crossings(crossed)), &profile, &crossings, posts))
    }

    pub fn demand(&self, walk: &Walk) -> Arc<Demand> {
        let bands = vec![AgeBand { from: 0, to: 14 }];
        let cell = |spot: &[i32; 2]| Cell { id: "".into(), at: at(*spot), counts: vec![1] };
        let children = Children::new(bands, Method::Given, true, self.cells.iter().map(cell).collect());
        Arc::new(Demand::join(walk, &Demand::snap(walk, &children)))
    }
}
