//! The inside of a settlement: a village's lanes, its built-up ring and a few houses; a town seat's streets.

use crate::chance::Chance;
use crate::grid::{Grid, form};
use crate::line::{Class, Line};
use crate::plane::{P, p};

/// What a settlement is made of.
pub struct Fabric {
    pub lanes: Vec<Line>,
    pub ring: Vec<P>,
    pub houses: Vec<[P; 4]>,
    pub gates: Vec<P>,
}

/// A village: lanes from west to east, alleys from south to north, houses in between, all a little uneven.
pub fn village(place: usize, at: P, radius: f64, chance: &mut Chance) -> Fabric {
    let east = p(1.0, chance.between(-0.16, 0.16)).unit();
    let (rows, cols) =
        (((radius * 1.7 / 92.0).round() as usize).clamp(2, 5), ((radius * 2.0 / 82.0).round() as usize).clamp(3, 6));
    let (deep, wide) = (chance.between(82.0, 100.0), chance.between(72.0, 92.0));
    let place_of = |i: f64, j: f64| {
        at + east * ((i - (cols - 1) as f64 / 2.0) * wide) + east.left() * ((j - (rows - 1) as f64 / 2.0) * deep)
    };
    let mut knots = vec![vec![at; rows]; cols];
    for (i, column) in knots.iter_mut().enumerate() {
        for (j, knot) in column.iter_mut().enumerate() {
            *knot = place_of(i as f64, j as f64) + p(chance.between(-7.0, 7.0), chance.between(-7.0, 7.0));
        }
    }
    let main = chance.below(rows);
    let mut fabric = Fabric { lanes: Vec::new(), ring: Vec::new(), houses: Vec::new(), gates: Vec::new() };
    for j in 0..rows {
        let row: Vec<P> = knots.iter().map(|column| column[j]).collect();
        let class = if j == main {
            Class::Residential
        } else {
            *chance.pick(&[Class::Residential, Class::Residential, Class::Service])
        };
        fabric.lane(place, class, row, j == main, chance);
    }
    for column in knots.iter().take(cols) {
        let class = *chance.pick(&[Class::Residential, Class::Service, Class::Service]);
        fabric.lane(place, class, column.clone(), false, chance);
    }
    if cols > 2 && chance.share(0.25) {
        let cell = [knots[0][0], knots[1][1]];
        fabric.lanes.push(Line::new(Class::Footway, &cell).of(place));
    }
    let (w, h) = (cols as f64 - 1.0, rows as f64 - 1.0);
    let hem = |i: f64, j: f64, k: f64| place_of(i, j) + (place_of(i, j) - at).unit() * k;
    let corners =
        [(0., 0.), (w / 2., -0.35), (w, 0.), (w + 0.35, h / 2.), (w, h), (w / 2., h + 0.35), (0., h), (-0.35, h / 2.)];
    fabric.ring = corners.iter().map(|&(i, j)| hem(i, j, chance.between(32.0, 52.0))).collect();
    for _ in 0..2 + chance.below(4) {
        let (i, j) = (chance.below(cols - 1) as f64 + 0.5, chance.below(rows - 1) as f64 + *chance.pick(&[0.27, 0.73]));
        fabric.house(place_of(i, j), east, 8.0, 5.0);
    }
    fabric.houses.dedup_by(|a, b| a[0].to(b[0]) < 20.0);
    fabric
}

impl Fabric {
    /// A lane through its knots, sometimes a knot shorter, sometimes running out a little into the fields.
    fn lane(&mut self, place: usize, class: Class, mut knots: Vec<P>, main: bool, chance: &mut Chance) {
        for _ in 0..2 {
            knots.reverse();
            let last = knots.len() - 1;
            if !main && last > 1 && chance.share(0.22) {
                knots.pop();
            } else if main || chance.share(0.45) {
                let out = (knots[last] - knots[last - 1]).unit();
                knots.push(knots[last] + out * chance.between(22.0, 50.0));
            }
        }
        self.gates.extend([knots[0], knots[knots.len() - 1]]);
        let line = Line::new(class, &knots).of(place);
        self.lanes.push(if class == Class::Service { line.tag("service", "alley") } else { line });
    }

    fn house(&mut self, at: P, east: P, w: f64, h: f64) {
        let (e, n) = (east * w, east.left() * h);
        self.houses.push([at - e - n, at + e - n, at + e + n, at - e + n]);
    }
}

/// A town seat: its main road is given; streets run beside it and across.
pub fn town(place: usize, centre: P, along: P, crossed: bool) -> Fabric {
    let mut us = vec![-510.0, -340.0, -170.0, 170.0, 340.0, 510.0];
    if !crossed {
        us.insert(3, 0.0);
    }
    let grid = Grid {
        origin: centre,
        east: along,
        us,
        vs: vec![-340.0, -170.0, 0.0, 170.0, 340.0],
        reach: (660.0, 440.0),
        bend: 9.0,
        seed: 900 + place as u64,
    };
    let look = |is_v: bool, i: usize| match (is_v, i) {
        (true, 2) => None,
        (true, 3) => Some(form(Class::Residential).tag("name", "振兴路").of(place)),
        (false, 1) => Some(form(Class::Residential).tag("name", "学苑街").of(place)),
        _ => Some(form(Class::Residential).of(place)),
    };
    let lanes = grid.streets(120.0, &|_, _| true, &look);
    let mut fabric = Fabric { gates: Vec::new(), lanes, ring: Vec::new(), houses: Vec::new() };
    fabric.gates = fabric.lanes.iter().flat_map(|l| [l.points[0].p(), l.points[l.points.len() - 1].p()]).collect();
    for &(u, v) in &[
        (-600., -60.),
        (-560., -300.),
        (-360., -420.),
        (360., -420.),
        (560., -300.),
        (620., 0.),
        (560., 300.),
        (360., 420.),
        (-360., 420.),
        (-560., 300.),
    ] {
        fabric.ring.push(grid.at(u, v));
    }
    let mut chance = Chance::new(900 + place as u64);
    for v in [-255.0, -85.0, 85.0, 255.0] {
        for u in [-425.0, -255.0, -85.0, 85.0, 255.0, 425.0] {
            for (du, dv) in [(-38.0, 30.0), (38.0, -32.0)] {
                if grid.holds(u, v) && chance.share(0.7) {
                    let at = grid.at(u + du, v + dv);
                    fabric.house(at, along, 13.0, 6.0);
                }
            }
        }
        // An alley behind the street.
        let from = *chance.pick(&[-340.0, -170.0, 170.0]);
        let back = grid.street((from, v), (from + 170.0, v), 90.0);
        fabric.lanes.push(Line::new(Class::Service, &back).tag("service", "alley").of(place));
    }
    fabric
}
