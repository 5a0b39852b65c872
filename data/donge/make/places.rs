//! Where people live: ten urban communities, eight town seats, 510 villages in the county, a few across the river.

use std::collections::BTreeSet;

use crate::chance::Chance;
use crate::county::{beyond, from_bank};
use crate::facts::{SUBDISTRICTS, TOWNS};
use crate::grid::Grid;
use crate::line::{Class, Line};
use crate::names;
use crate::plane::{P, ground, nearest, p};
use crate::towns::Towns;

/// What sort of settlement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Community,
    TownSeat,
    Village,
    /// Across the Yellow River, outside the county.
    Across,
}

/// A settlement.
pub struct Place {
    pub sort: Sort,
    pub name: String,
    pub name_en: String,
    pub town: Option<usize>,
    pub at: P,
    /// About how far it reaches.
    pub radius: f64,
    /// Where roads may join its lanes.
    pub gates: Vec<P>,
}

/// What villages keep away from.
pub struct Lay<'a> {
    pub towns: &'a Towns,
    pub river: &'a [P],
    pub seat: &'a Grid,
    pub roads: &'a [Line],
    pub waters: &'a [Vec<P>],
}

impl Lay<'_> {
    /// Room for a village of a town.
    fn room(&self, at: P, town: usize) -> bool {
        self.towns.well_inside(at, town, 330.0)
            && self.seat.outness(at) > 1.10
            && TOWNS.iter().skip(SUBDISTRICTS).all(|t| ground(t.lon, t.lat).to(at) > 900.0)
            && from_bank(self.river, at) > 720.0
            && self.clear(at)
    }

    fn clear(&self, at: P) -> bool {
        let roads = self.roads.iter().all(|road| {
            let margin = match road.class {
                Class::Motorway => 450.0,
                Class::Tertiary => 120.0,
                _ => 270.0,
            };
            nearest(at, &road.sheet()).0 > margin
        });
        roads && self.waters.iter().all(|line| nearest(at, line).0 > 300.0)
    }
}

/// The communities of the seat, spread over each subdistrict's part of it.
fn communities(lay: &Lay, places: &mut Vec<Place>) {
    let mut name = names::COMMUNITIES.iter();
    for (town, facts) in TOWNS.iter().enumerate().take(SUBDISTRICTS) {
        let blocks: Vec<P> = lay
            .seat
            .us
            .windows(2)
            .flat_map(|u| lay.seat.vs.windows(2).map(move |v| (f64::midpoint(u[0], u[1]), f64::midpoint(v[0], v[1]))))
            .filter(|&(u, v)| lay.seat.holds(u * 1.15, v * 1.15))
            .map(|(u, v)| lay.seat.at(u, v))
            .filter(|&at| lay.towns.at(at) == Some(town))
            .collect();
        let mut chosen = vec![ground(facts.lon, facts.lat)];
        for (zh, en) in name.by_ref().take(facts.communities) {
            let apart = |at: P| chosen.iter().map(|c| c.to(at)).fold(f64::INFINITY, f64::min);
            let at = blocks.iter().copied().fold(blocks[0], |b, c| if apart(c) > apart(b) { c } else { b });
            chosen.push(at);
            let (name, name_en) = ((*zh).to_owned(), (*en).to_owned());
            places.push(Place {
                sort: Sort::Community,
                name,
                name_en,
                town: Some(town),
                at,
                radius: 650.0,
                gates: Vec::new(),
            });
        }
    }
}

fn town_seats(places: &mut Vec<Place>) {
    for (i, t) in TOWNS.iter().enumerate().skip(SUBDISTRICTS) {
        let (name, name_en) = (t.name.to_owned(), t.name_en.to_owned());
        places.push(Place {
            sort: Sort::TownSeat,
            name,
            name_en,
            town: Some(i),
            at: ground(t.lon, t.lat),
            radius: 560.0,
            gates: Vec::new(),
        });
    }
}

/// Throws villages at a town's squares, each as far from the others as still fits.
fn villages(lay: &Lay, town: usize, places: &mut Vec<Place>) {
    let mut chance = Chance::new(600 + town as u64);
    let squares: Vec<P> = (0..lay.towns.wide * lay.towns.high)
        .filter(|&i| lay.towns.owner((i % lay.towns.wide) as i64, (i / lay.towns.wide) as i64) == town as u8)
        .map(|i| lay.towns.middle(i % lay.towns.wide, i / lay.towns.wide))
        .filter(|&at| lay.room(at, town))
        .collect();
    let (mut wanted, mut apart, mut missed) = (TOWNS[town].units - TOWNS[town].communities, 1_500.0, 0);
    while wanted > 0 {
        let at = *chance.pick(&squares) + p(chance.between(-40.0, 40.0), chance.between(-40.0, 40.0));
        if places.iter().all(|q| q.at.to(at) > if q.sort == Sort::Village { apart } else { apart.min(700.0) }) {
            places.push(village(at, Sort::Village, Some(town), &mut chance));
            wanted -= 1;
        } else {
            missed += 1;
            if missed == 250 {
                missed = 0;
                apart *= 0.97;
            }
        }
    }
}

fn village(at: P, sort: Sort, town: Option<usize>, chance: &mut Chance) -> Place {
    let radius = 120.0 + 110.0 * chance.unit() * chance.unit() + 45.0 * chance.unit();
    Place { sort, name: String::new(), name_en: String::new(), town, at, radius, gates: Vec::new() }
}

/// Villages across the river: near as the crow flies, out of reach on foot.
fn across(lay: &Lay, places: &mut Vec<Place>) {
    let mut chance = Chance::new(650);
    let start = places.len();
    while places.len() < start + 11 {
        let along = lay.river[chance.below(lay.river.len() - 60) + 30];
        let at = along + p(chance.between(-2_300.0, 2_300.0), chance.between(-2_300.0, 2_300.0));
        let bank = from_bank(lay.river, at);
        let free = places[start..].iter().all(|q| q.at.to(at) > 1_300.0) && lay.clear(at);
        if (500.0..1_500.0).contains(&bank) && beyond(lay.river, at) && lay.towns.at(at).is_none() && free {
            places.push(village(at, Sort::Across, None, &mut chance));
        }
    }
}

/// Gives names, no two alike in a town; some neighbours get a pair, 前 in the south and 后 in the north.
fn christen(places: &mut [Place]) {
    let mut chance = Chance::new(660);
    let mut taken: BTreeSet<(Option<usize>, String)> = places.iter().map(|q| (q.town, q.name.clone())).collect();
    for i in 0..places.len() {
        if !places[i].name.is_empty() {
            continue;
        }
        let town = places[i].town;
        let neighbour = (0..places.len())
            .filter(|&j| {
                j != i && places[j].town == town && places[j].name.is_empty() && places[j].at.to(places[i].at) < 1_300.0
            })
            .min_by(|&a, &b| places[a].at.to(places[i].at).total_cmp(&places[b].at.to(places[i].at)));
        if let Some(j) = neighbour.filter(|_| chance.share(0.16)) {
            let [south, north] = names::pair(&mut chance);
            if !taken.contains(&(town, south.0.clone())) && !taken.contains(&(town, north.0.clone())) {
                let (low, high) = if places[i].at.y < places[j].at.y { (i, j) } else { (j, i) };
                for (k, (name, name_en)) in [(low, south), (high, north)] {
                    taken.insert((town, name.clone()));
                    (places[k].name, places[k].name_en) = (name, name_en);
                }
                continue;
            }
        }
        let (name, name_en) = loop {
            let name = names::village(&mut chance);
            if taken.insert((town, name.0.clone())) {
                break name;
            }
        };
        (places[i].name, places[i].name_en) = (name, name_en);
    }
}

/// All settlements, in a fixed order: communities, town seats, villages town by town, villages across the river.
pub fn settle(lay: &Lay) -> Vec<Place> {
    let mut places = Vec::new();
    communities(lay, &mut places);
    town_seats(&mut places);
    for town in 0..TOWNS.len() {
        villages(lay, town, &mut places);
    }
    across(lay, &mut places);
    christen(&mut places);
    places
}
