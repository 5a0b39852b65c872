//! The county seat: its grid of named streets, the blocks between them, the lake 洛神湖 with its park, and the square.

use crate::chance::Chance;
use crate::grid::{Grid, form};
use crate::line::{Class, Line};
use crate::majors::ALONG;
use crate::names::{ROADS, STREETS};
use crate::plane::{P, blob, ground, p};
use crate::towns::Towns;

/// A named open space of the seat.
pub struct Green {
    pub name: &'static str,
    pub ring: Vec<P>,
}

/// The seat with everything that is not a street.
pub struct Seat {
    pub streets: Vec<Line>,
    pub lake: Vec<P>,
    pub parks: Vec<Green>,
    pub houses: Vec<[P; 4]>,
    /// Gates and bollards on ways, with their OSM value.
    pub barriers: Vec<(P, &'static str)>,
    /// Where streets leave the town.
    pub gates: Vec<P>,
}

type Block = [f64; 4];

/// West, south, east and north of the lake park, which no street crosses.
const LAKE: Block = [-900.0, -1_550.0, 150.0, -520.0];
const SQUARE: Block = [150.0, -520.0, 700.0, 0.0];
const PARKS: [(&str, Block); 3] = [
    ("阳光公园(示例)", [-1_950.0, 500.0, -1_400.0, 1_020.0]),
    ("康复公园(示例)", [700.0, -1_550.0, 1_250.0, -1_000.0]),
    ("东苑公园(示例)", [1_800.0, 0.0, 2_350.0, 500.0]),
];

/// The seat's grid. Its middle is near the seat's approximate real position.
pub fn grid() -> Grid {
    Grid {
        origin: ground(116.2470, 36.3400),
        east: p(0.995, -0.0999).unit(),
        us: vec![-2_450.0, -1_950.0, -1_400.0, -900.0, -350.0, 150.0, 700.0, 1_250.0, 1_800.0, 2_350.0],
        vs: vec![-2_050.0, -1_550.0, -1_000.0, -520.0, 0.0, 500.0, 1_020.0, 1_560.0, 2_080.0],
        reach: (2_850.0, 2_450.0),
        bend: 105.0,
        seed: 500,
    }
}

fn street(is_road: bool, i: usize) -> Option<Line> {
    if i == if is_road { ALONG.1 } else { ALONG.0 } {
        return None;
    }
    let name = if is_road { ROADS[i] } else { STREETS[i] };
    let class = if i.is_multiple_of(2) { Class::Secondary } else { Class::Tertiary };
    Some(
        form(class)
            .tag("name", name)
            .tag("note", if name == "文化街" { "位置为示例 position invented" } else { "示例数据 demonstration" }),
    )
}

/// Builds the seat where the ground belongs to a subdistrict.
pub fn build(grid: &Grid, towns: &Towns) -> Seat {
    let urban = |at: P| towns.at(at).is_some_and(|t| t < crate::facts::SUBDISTRICTS);
    let lake_park =
        |at: (f64, f64)| at.0 > LAKE[0] + 1. && at.0 < LAKE[2] - 1. && at.1 > LAKE[1] + 1. && at.1 < LAKE[3] - 1.;
    let open = |a: (f64, f64), b: (f64, f64)| {
        let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        !lake_park(middle) && urban(grid.at(a.0, a.1)) && urban(grid.at(b.0, b.1))
    };
    let streets = grid.streets(130.0, &open, &street);
    let gates = streets
        .iter()
        .flat_map(|l| [l.points[0].p(), l.points[l.points.len() - 1].p()])
        .filter(|&at| grid.outness(at) > 0.72)
        .collect();
    let mut seat =
        Seat { streets, lake: Vec::new(), parks: Vec::new(), houses: Vec::new(), barriers: Vec::new(), gates };
    let mut chance = Chance::new(50);
    for us in grid.us.windows(2) {
        for vs in grid.vs.windows(2) {
            let block = [us[0], vs[0], us[1], vs[1]];
            let corners = [(us[0], vs[0]), (us[1], vs[0]), (us[1], vs[1]), (us[0], vs[1])];
            if corners.iter().all(|&(u, v)| grid.holds(u, v) && urban(grid.at(u, v)))
                && !lake_park((f64::midpoint(us[0], us[1]), f64::midpoint(vs[0], vs[1])))
            {
                seat.block(grid, block, &mut chance);
            }
        }
    }
    seat.lake_park(grid);
    seat
}

fn same(a: &Block, b: &Block) -> bool {
    a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1.0)
}

impl Seat {
    fn lay(&mut self, grid: &Grid, class: Class, b: Block, from: (f64, f64), to: (f64, f64)) -> &mut Line {
        let place = |(s, t): (f64, f64)| (b[0] + (b[2] - b[0]) * s, b[1] + (b[3] - b[1]) * t);
        self.streets.push(Line::new(class, &grid.street(place(from), place(to), 140.0)));
        let last = self.streets.len() - 1;
        &mut self.streets[last]
    }

    /// A way in two pieces with a gate or bollard where they meet.
    fn barred(
        &mut self,
        grid: &Grid,
        (class, barrier): (Class, &'static str),
        b: Block,
        [from, at, to]: [(f64, f64); 3],
    ) {
        let end = self.lay(grid, class, b, from, at).points.last().map(|g| g.p());
        self.lay(grid, class, b, at, to);
        self.barriers.extend(end.map(|p| (p, barrier)));
    }

    fn block(&mut self, grid: &Grid, b: Block, chance: &mut Chance) {
        if let Some((name, _)) = PARKS.iter().find(|(_, park)| same(park, &b)) {
            self.park(grid, b, name);
        } else if same(&SQUARE, &b) {
            self.square(grid, b);
        } else {
            match chance.below(4) {
                0 => self.old_quarter(grid, b, chance),
                1 => self.compound(grid, b, chance),
                _ => self.quarters(grid, b, chance),
            }
        }
    }

    /// Two lanes each way.
    fn old_quarter(&mut self, grid: &Grid, b: Block, chance: &mut Chance) {
        for k in [0.33, 0.67] {
            let s = k + chance.between(-0.05, 0.05);
            self.lay(grid, Class::Residential, b, (s, 0.0), (s, 1.0));
            let t = k + chance.between(-0.05, 0.05);
            self.lay(grid, Class::Residential, b, (0.0, t), (1.0, t));
        }
        self.lay(grid, Class::Footway, b, (0.0, 0.5), (1.0, 0.5));
        self.houses(grid, b, &[(0.16, 0.2), (0.5, 0.2), (0.84, 0.22), (0.16, 0.8), (0.5, 0.8), (0.84, 0.8)], 1.0);
    }

    /// A walled compound: a loop inside, gates at two entrances, a footway through.
    fn compound(&mut self, grid: &Grid, b: Block, chance: &mut Chance) {
        let (low, high) = (0.2 + chance.between(-0.03, 0.03), 0.8 + chance.between(-0.03, 0.03));
        for (from, to) in [
            ((low, low), (high, low)),
            ((high, low), (high, high)),
            ((high, high), (low, high)),
            ((low, high), (low, low)),
        ] {
            self.lay(grid, Class::Service, b, from, to);
        }
        let s = chance.between(0.35, 0.65);
        self.barred(grid, (Class::Service, "gate"), b, [(s, 0.0), (s, 0.06), (s, low)]);
        self.barred(grid, (Class::Service, "gate"), b, [(s, 1.0), (s, 0.94), (s, high)]);
        self.lay(grid, Class::Footway, b, (low, 0.5), (high, 0.5));
        self.barred(grid, (Class::Footway, "bollard"), b, [(high, 0.5), (0.92, 0.5), (1.0, 0.5)]);
        self.houses(
            grid,
            b,
            &[
                (0.35, 0.32),
                (0.65, 0.32),
                (0.35, 0.42),
                (0.65, 0.42),
                (0.35, 0.6),
                (0.65, 0.6),
                (0.35, 0.7),
                (0.65, 0.7),
            ],
            1.6,
        );
    }

    /// One street each way and short yards off them.
    fn quarters(&mut self, grid: &Grid, b: Block, chance: &mut Chance) {
        let (s, t) = (chance.between(0.4, 0.6), chance.between(0.4, 0.6));
        self.lay(grid, Class::Residential, b, (s, 0.0), (s, 1.0));
        self.lay(grid, Class::Residential, b, (0.0, t), (1.0, t));
        for k in [t * 0.5, t + (1.0 - t) * 0.5] {
            self.lay(grid, Class::Service, b, (s, k), (s * 0.35, k));
            self.lay(grid, Class::Service, b, (s, k), (s + (1.0 - s) * 0.65, k));
        }
        if chance.share(0.4) {
            self.lay(grid, Class::Footway, b, (s * 0.35, t * 0.5), (0.0, t * 0.5));
        }
        self.houses(
            grid,
            b,
            &[(0.2, 0.12), (0.2, 0.35), (0.8, 0.12), (0.8, 0.35), (0.2, 0.64), (0.8, 0.64), (0.2, 0.88), (0.8, 0.88)],
            1.3,
        );
    }

    fn houses(&mut self, grid: &Grid, b: Block, places: &[(f64, f64)], size: f64) {
        for &(s, t) in places {
            let (u, v) = (b[0] + (b[2] - b[0]) * s, b[1] + (b[3] - b[1]) * t);
            let (w, h) = (17.0 * size, 6.5 * size);
            self.houses.push([
                grid.at(u - w, v - h),
                grid.at(u + w, v - h),
                grid.at(u + w, v + h),
                grid.at(u - w, v + h),
            ]);
        }
    }

    fn park(&mut self, grid: &Grid, b: Block, name: &'static str) {
        let edge = 22.0;
        let (w, s, e, n) = (b[0] + edge, b[1] + edge, b[2] - edge, b[3] - edge);
        self.parks.push(Green { name, ring: vec![grid.at(w, s), grid.at(e, s), grid.at(e, n), grid.at(w, n)] });
        self.barred(grid, (Class::Footway, "bollard"), b, [(0.0, 0.25), (0.06, 0.277), (1.0, 0.7)]);
        self.lay(grid, Class::Footway, b, (0.3, 1.0), (0.62, 0.0));
        self.lay(grid, Class::Path, b, (0.15, 0.3175), (0.4, 0.75));
        self.lay(grid, Class::Footway, b, (0.4, 0.75), (0.42, 0.75));
        self.lay(grid, Class::Steps, b, (0.42, 0.75), (0.45, 0.75)).tags.push(("incline", "up".into()));
        self.lay(grid, Class::Footway, b, (0.45, 0.75), (0.8, 0.61));
    }

    /// 中心广场: an area to walk on, with footways from its corners.
    fn square(&mut self, grid: &Grid, b: Block) {
        let corners = [(0.25, 0.3), (0.75, 0.3), (0.75, 0.7), (0.25, 0.7)];
        let at = |(s, t): (f64, f64)| grid.at(b[0] + (b[2] - b[0]) * s, b[1] + (b[3] - b[1]) * t);
        let ring: Vec<P> = corners.iter().chain(&corners[..1]).map(|&c| at(c)).collect();
        let square = Line::new(Class::Pedestrian, &ring)
            .tag("area", "yes")
            .tag("name", "中心广场(示例)")
            .tag("note", "示例数据 demonstration");
        self.streets.push(square);
        for (from, to) in [
            ((0.25, 0.3), (0.25, 0.0)),
            ((0.75, 0.3), (1.0, 0.3)),
            ((0.75, 0.7), (0.75, 1.0)),
            ((0.25, 0.7), (0.0, 0.7)),
        ] {
            self.lay(grid, Class::Footway, b, from, to);
        }
        self.lay(grid, Class::Residential, b, (0.12, 0.0), (0.12, 1.0));
        self.lay(grid, Class::Residential, b, (0.0, 0.86), (1.0, 0.86));
    }

    /// 洛神湖 in its park, a path around it, four ways in, one of them with steps.
    fn lake_park(&mut self, grid: &Grid) {
        let (u, v) = (f64::midpoint(LAKE[0], LAKE[2]), f64::midpoint(LAKE[1], LAKE[3]));
        let at = grid.at(u, v);
        self.lake = blob(at, 330.0, 290.0, 0.10, 71);
        let ring: Vec<P> = self.lake.iter().map(|&q| at + (q - at) * 1.12).collect();
        let mut around = ring.clone();
        around.push(ring[0]);
        self.streets.push(Line::new(Class::Footway, &around).tag("name", "环湖步道(示例)"));
        let edge = 24.0;
        let (w, s, e, n) = (LAKE[0] + edge, LAKE[1] + edge, LAKE[2] - edge, LAKE[3] - edge);
        self.parks.push(Green {
            name: "洛神湖公园(示例)",
            ring: vec![grid.at(w, s), grid.at(e, s), grid.at(e, n), grid.at(w, n)],
        });
        for (from, to) in [(0, (LAKE[2], v)), (6, (u, LAKE[3])), (12, (LAKE[0], v)), (18, (u, LAKE[1]))] {
            let end = grid.at(to.0, to.1);
            let (a, b) = (ring[from] + (end - ring[from]) * 0.3, ring[from] + (end - ring[from]) * 0.36);
            let middle = if from == 6 { Class::Steps } else { Class::Footway };
            self.streets.push(Line::new(Class::Footway, &[ring[from], a]));
            self.streets.push(Line::new(middle, &[a, b]));
            let bollard = b + (end - b) * 0.8;
            self.streets.push(Line::new(Class::Footway, &[b, bollard, end]));
            self.barriers.push((bollard, "bollard"));
        }
    }
}
