//! The whole network put together, in the order in which a county grows: large roads, the seat, settlements, country roads,
//! tracks; then joined where lines meet, bridged over water, and given its crossings.

use crate::chance::Chance;
use crate::country;
use crate::county::half_width;
use crate::crossings::{self, PointTags};
use crate::facts::{SUBDISTRICTS, TOWNS};
use crate::fields::{Open, Patch};
use crate::grid::Grid;
use crate::lanes;
use crate::line::Line;
use crate::majors;
use crate::noding;
use crate::places::{self, Lay, Place, Sort};
use crate::plane::{P, ground};
use crate::scenery;
use crate::seat::{self, Seat};
use crate::towns::Towns;
use crate::water::{self, River};

/// The county's built and natural things, ready to be written.
pub struct Network {
    pub lines: Vec<Line>,
    pub marks: PointTags,
    pub places: Vec<Place>,
    pub seat: Seat,
    pub grid: Grid,
    pub watercourses: [(&'static str, &'static str, Vec<P>); 2],
    pub river: River,
    pub ferry: Vec<P>,
    pub patches: Vec<Patch>,
    /// Built-up rings of town seats and villages.
    pub built: Vec<Vec<P>>,
    pub houses: Vec<[P; 4]>,
}

impl Network {
    /// Whether a point is in the seat or in a town.
    pub fn urban(&self, at: P) -> bool {
        urban(&self.grid, at)
    }

    /// Whether pavements are drawn as ways of their own here.
    pub fn drawn(&self, at: P) -> bool {
        self.grid.outness(at) < 0.80
    }
}

fn urban(grid: &Grid, at: P) -> bool {
    grid.outness(at) < 1.0 || TOWNS.iter().skip(SUBDISTRICTS).any(|t| ground(t.lon, t.lat).to(at) < 600.0)
}

/// Gives each settlement its lanes, each community the seat's streets nearest to it.
fn furnish(
    places: &mut [Place],
    roads: &[Line],
    towns: &Towns,
    seat: &mut Seat,
    net: &mut (Vec<Line>, Vec<Vec<P>>, Vec<[P; 4]>),
) {
    let mut chance = Chance::new(680);
    for (i, q) in places.iter_mut().enumerate() {
        let fabric = match q.sort {
            Sort::Community => continue,
            Sort::TownSeat => {
                let (along, crossed) = majors::main_street(roads, q.at);
                lanes::town(i, q.at, along, crossed)
            }
            Sort::Village | Sort::Across => lanes::village(i, q.at, q.radius, &mut chance),
        };
        q.gates = fabric.gates;
        net.0.extend(fabric.lanes);
        net.1.push(fabric.ring);
        net.2.extend(fabric.houses);
    }
    for street in &mut seat.streets {
        let middle = street.points[street.points.len() / 2].p();
        let near = |q: &Place| q.sort == Sort::Community && q.town == towns.at(middle);
        street.place = (0..places.len())
            .filter(|&i| near(&places[i]))
            .min_by(|&a, &b| places[a].at.to(middle).total_cmp(&places[b].at.to(middle)));
    }
}

/// Builds everything.
pub fn build(river: &[P], towns: &Towns) -> Network {
    let grid = seat::grid();
    let mut seat = seat::build(&grid, towns);
    let watercourses = majors::watercourses();
    let waters: Vec<Vec<P>> = watercourses.iter().map(|w| w.2.clone()).collect();
    let mut roads = majors::roads(&grid);
    let dyke = majors::dyke(river, &half_width);
    roads.push(dyke.clone());
    let joined = roads.len();
    roads.push(majors::motorway());
    let mut places = places::settle(&Lay { towns, river, seat: &grid, roads: &roads, waters: &waters });
    let mut net = (Vec::new(), Vec::new(), Vec::new());
    furnish(&mut places, &roads, towns, &mut seat, &mut net);
    let country = country::lay(&places, &seat.gates, &grid, river, &roads[..joined]);
    let open = Open { towns, river, seat: &grid, waters: &waters, places: &places };
    let far: Vec<P> = nearest_across(&places).gates.clone();
    let ferry = water::ferry(river, &dyke, &far);
    let banks = water::banks(river);
    let built = |at: P| towns.at(at).is_some_and(|t| t < SUBDISTRICTS);
    let (pavements, marks) = crossings::pavements(&grid, &built);

    let mut lines = roads;
    lines.append(&mut seat.streets);
    lines.extend(pavements);
    lines.append(&mut net.0);
    lines.extend(country.roads);
    lines.extend(country.tracks);
    lines.extend(open.tracks());
    lines.extend(open.dyke_path(&dyke));
    lines.extend(ferry.ramps);
    lines.push(water::island_path(&banks));
    lines.extend(open.islands());
    water::bridge(&mut lines, &waters);
    noding::join(&mut lines);
    let gave_way = noding::weld(&mut lines);
    noding::join(&mut lines);
    let mut marks: PointTags =
        marks.into_iter().map(|(g, tags)| (gave_way.get(&g).copied().unwrap_or(g), tags)).collect();
    let mut passed: Vec<Vec<P>> = waters.clone();
    passed.push(river.to_vec());
    water::fly_over(&mut lines, &passed);
    crossings::mark(&mut lines, &mut marks, &|at| urban(&grid, at));
    let mut patches = scenery::meadows(&banks);
    patches.extend(open.patches());
    patches.extend(scenery::rows_of_trees(&waters));
    patches.extend(scenery::ponds(&places, &lines));
    seat.houses.append(&mut net.2);
    let houses = std::mem::take(&mut seat.houses);
    Network {
        lines,
        marks,
        places,
        seat,
        grid,
        watercourses,
        river: banks,
        ferry: ferry.crossing,
        patches,
        built: net.1,
        houses,
    }
}

/// The village across the river that is nearest to 大桥镇: the ferry's other end.
fn nearest_across(places: &[Place]) -> &Place {
    let from = ground(TOWNS[4].lon, TOWNS[4].lat);
    places
        .iter()
        .filter(|q| q.sort == Sort::Across)
        .min_by(|a, b| a.at.to(from).total_cmp(&b.at.to(from)))
        .unwrap_or(&places[0])
}
