//! A siting problem of any size: children and places for sites crowd in towns, as they do in a county, and walk along
//! generated streets.

use crate::city::{Chance, City};
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use yimi::children::{AgeBand, Cell, Children, Method};
use yimi::coverage::{Demand, reach};
use yimi::geo::{LocalPlane, LonLat};
use yimi::network::{SNAP_LIMIT_M, Search, Walk};
use yimi::siting::{Candidate, Siting};

/// Towns, the first the largest.
const TOWNS: usize = 12;
/// The share of cells and of candidates that lie in towns.
const IN_TOWN: f64 = 0.7;
/// How far a town reaches from its middle, of the county's width.
const TOWN_REACH: f64 = 0.06;

/// How large a problem is.
pub struct Size {
    pub junctions: usize,
    pub cells: usize,
    pub candidates: usize,
    pub children: usize,
    /// Milliseconds beyond which nobody walks.
    pub farthest: u32,
}

pub struct County {
    pub problem: Siting,
    pub places: Vec<LonLat>,
}

impl County {
    pub fn draw(size: &Size) -> Self {
        let city = City::new(size.junctions);
        let mut chance = Chance::new(23);
        let towns: Vec<[f64; 2]> = (0..TOWNS).map(|_| [0; 2].map(|_| 0.1 + 0.8 * chance.share())).collect();
        let cells = somewhere(&city, &towns, size.cells, &mut chance);
        let mut places = somewhere(&city, &towns, size.candidates, &mut chance);
        let mut children = vec![0_u64; size.cells];
        for _ in 0..size.children {
            // half of the children live in an eighth of the cells
            children[(chance.share().powi(3) * size.cells as f64) as usize] += 1;
        }

        let rules = yimi::config::rules(Path::new("data")).expect("the data files are right");
        let profile = &rules.profiles.all()[rules.profiles.index(None).expect("a usual one")];
        let walk = Walk::new(Arc::new(city.network), profile, &rules.profiles.crossings, &[]);
        let rows = cells.iter().map(|at| Cell { id: "".into(), at: *at, counts: vec![1] }).collect();
        let rows = Children::new(vec![AgeBand { from: 0, to: 14 }], Method::Given, true, rows);
        let demand = Demand::join(&walk, &Demand::snap(&walk, &rows));
        let from = |search: &mut Search, at: &LonLat| {
            let place = walk.snap(*at, SNAP_LIMIT_M).map(|at| walk.join(&at));
            place.map(|place| (*at, reach(&walk, &demand, &place, size.farthest, search).cells))
        };
        let reached: Vec<_> = places.par_iter().map_init(Search::default, from).flatten().collect();
        let reach;
        (places, reach) = reached.into_iter().unzip();
        let plane = LocalPlane::around(city_middle(&places));
        let candidate =
            |at: &LonLat| Candidate { at: plane.metres(*at), town: 0, cost: 1, capacity: None, must: false };
        let problem = Siting {
            town_of_cell: vec![0; children.len()],
            towns: 1,
            existing: vec![u32::MAX; children.len()],
            candidates: places.iter().map(candidate).collect(),
            standing: Vec::new(),
            children,
            reach,
        };
        Self { problem, places }
    }

    /// Ways between a candidate and a cell that are short enough.
    pub fn ways(&self) -> usize {
        self.problem.reach.iter().map(Vec::len).sum()
    }

    /// Children whom some candidate reaches within a limit.
    pub fn reachable(&self, limit: u32) -> u64 {
        let mut seen = vec![false; self.problem.children.len()];
        let near = self.problem.reach.iter().flatten().filter(|(_, millis)| *millis <= limit);
        near.for_each(|(cell, _)| seen[*cell as usize] = true);
        self.problem.children.iter().zip(seen).filter(|(_, seen)| *seen).map(|(children, _)| children).sum()
    }
}

/// Places, most of them in a town; towns are dense in the middle, and the first ones have more.
fn somewhere(city: &City, towns: &[[f64; 2]], count: usize, chance: &mut Chance) -> Vec<LonLat> {
    let mut one = || {
        if chance.share() > IN_TOWN {
            return city.place([chance.share(), chance.share()]);
        }
        let town = towns[(chance.share().powi(2) * towns.len() as f64) as usize];
        city.place(town.map(|middle| {
            let off: f64 = (0..3).map(|_| chance.share() - 0.5).sum();
            middle + off * TOWN_REACH
        }))
    };
    (0..count).map(|_| one()).collect()
}

fn city_middle(places: &[LonLat]) -> LonLat {
    places[places.len() / 2]
}
