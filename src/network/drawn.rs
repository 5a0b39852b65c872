//! Small streets drawn by lot: with stairs, larger roads, streets that lie on each other, that lead back to where they began
//! or have no length, and parts that hang together with nothing else.

use super::crossing::{Crossing, Protection};
use super::graph::{Network, Rank, Traits};
use super::plain::PlainStreet;
use super::profile::Profiles;
use super::walk::Walk;
use crate::geo::{Indexed, LonLat};
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;

/// Everything that a test needs.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    junctions: Vec<(u8, u8)>,
    streets: Vec<(usize, usize, u8)>,
    crossings: Vec<u8>,
    pub sites: Vec<Indexed>,
    pub posts: Vec<LonLat>,
    pub from: LonLat,
}

/// A place on a lattice of some 9 by 11 metres, so that times that are equal occur.
fn at((east, north): (u8, u8)) -> LonLat {
    LonLat::new(116.2 + f64::from(east) * 1e-4, 36.3 + f64::from(north) * 1e-4).expect("a position")
}

pub(super) fn drawn() -> impl Strategy<Value = Drawn> {
    let place = || (0..60_u8, 0..60_u8);
    let junctions = prop::collection::vec(place(), 2..40);
    let streets = prop::collection::vec((0..1000_usize, 0..1000_usize, any::<u8>()), 1..90);
    let crossings = prop::collection::vec(any::<u8>(), 40);
    let sites = prop::collection::vec((place(), 0..4_u16), 0..60);
    let posts = prop::collection::vec(place(), 0..4);
    (junctions, streets, crossings, sites, posts, place()).prop_map(
        |(junctions, streets, crossings, sites, posts, from)| Drawn {
            junctions,
            streets,
            crossings,
            sites: (0..).zip(sites).map(|(key, (place, class))| Indexed { key, class, at: at(place) }).collect(),
            posts: posts.into_iter().map(at).collect(),
            from: at(from),
        },
    )
}

impl Drawn {
    /// The streets as somebody walks them.
    pub fn walk(&self, profile: &str, posts: &[LonLat]) -> Walk {
        let profiles = profiles();
        let who = &profiles.all()[profiles.index(Some(profile)).expect("known")];
        Walk::new(Arc::new(self.network()), who, &profiles.crossings, posts)
    }

    pub fn network(&self) -> Network {
        let junctions: Vec<LonLat> = self.junctions.iter().map(|place| at(*place)).collect();
        let street = |(from, to, about): &(usize, usize, u8)| {
            let rank = Rank::ALL[usize::from(about % 8).saturating_sub(3)];
            let traits = Traits { steps: (about >> 3).is_multiple_of(4), no_wheels: about >> 5 == 1, rank };
            let between = if about >> 6 == 3 { vec![at((about % 60, about % 50))] } else { Vec::new() };
            PlainStreet { ends: [from % junctions.len(), to % junctions.len()], between, traits }
        };
        let streets: Vec<PlainStreet> = self.streets.iter().map(street).collect();
        let crossed = |place: LonLat| {
            let junction = junctions.iter().position(|known| *known == place)?;
            let about = self.crossings[junction];
            let rank = Rank::ALL[usize::from(about % 8).saturating_sub(3)];
            let protection = Protection::ALL[usize::from(about >> 3 & 3)];
            (rank != Rank::Minor).then_some(Crossing { rank, protection, oneway: about >> 5 & 1 == 1 })
        };
        Network::of_streets(&junctions, &streets).expect("hangs together").with_crossings(crossed)
    }
}

pub(super) fn profiles() -> Profiles {
    Profiles::parse(Path::new("profiles.toml"), include_str!("../../data/profiles.toml")).expect("right")
}
