//! The roads that give the county its shape: two national, three provincial, the county roads between towns, one motorway.
//!
//! The numbers G105 and G341 are real, and so is that there are three provincial roads; where they run is invented, and so
//! are the provincial numbers. Roads pass through the towns' centres.

use crate::facts::TOWNS;
use crate::grid::Grid;
use crate::line::{Class, Line};
use crate::plane::{P, curve, ground, p};

/// The seat's grid street that G105 runs along, and the grid road that G341 runs along.
pub const ALONG: (usize, usize) = (7, 5);

const NOTE: &str = "示例数据 demonstration";

fn town(i: usize) -> (f64, f64) {
    (TOWNS[i].lon, TOWNS[i].lat)
}

fn sheet(points: &[(f64, f64)]) -> Vec<P> {
    points.iter().map(|&(lon, lat)| ground(lon, lat)).collect()
}

fn through(points: &[(f64, f64)]) -> Vec<P> {
    curve(&sheet(points), 260.0)
}

/// All roads except the dyke road and the motorway.
pub fn roads(seat: &Grid) -> Vec<Line> {
    let mut roads = national(seat);
    roads.extend(provincial(seat));
    roads.extend(county(seat));
    roads
}

/// A road through points, then along the seat's street, then through points again, without a kink where they meet.
fn spliced(before: &[(f64, f64)], inner: &[P], after: &[(f64, f64)]) -> Vec<P> {
    let last = inner.len() - 1;
    let mut head = sheet(before);
    head.extend_from_slice(&inner[..2]);
    let mut tail = inner[last - 1..].to_vec();
    tail.extend(sheet(after));
    // The piece of street lent to each curve for its direction is a single step, taken off again.
    let mut line = curve(&head, 260.0);
    line.truncate(line.len() - 2);
    line.extend_from_slice(inner);
    line.extend_from_slice(&curve(&tail, 260.0)[2..]);
    line
}

fn national(seat: &Grid) -> Vec<Line> {
    let (u, v) = (seat.us[ALONG.0], seat.vs[ALONG.1]);
    let down = seat.street((u, 1_900.0), (u, -2_150.0), 125.0);
    let across = seat.street((2_500.0, v), (-2_500.0, v), 125.0);
    let g105 = spliced(
        &[(116.3010, 36.4600), (116.3040, 36.4340), (116.2970, 36.4100), (116.2780, 36.3800)],
        &down,
        &[
            (116.2500, 36.2980),
            (116.2310, 36.2620),
            town(8),
            (116.1550, 36.2020),
            town(2),
            (116.0760, 36.1960),
            (116.0380, 36.1860),
        ],
    );
    let g341 = spliced(
        &[
            (116.5380, 36.4780),
            (116.4930, 36.4480),
            town(3),
            (116.3960, 36.3850),
            town(7),
            (116.3260, 36.3610),
            town(9),
            (116.2835, 36.3442),
        ],
        &across,
        &[(116.2010, 36.3440), (116.1720, 36.3400), (116.1500, 36.3430)],
    );
    vec![
        Line::new(Class::Trunk, &g105).tag("ref", "G105").tag("name", "105国道").tag("note", NOTE),
        Line::new(Class::Trunk, &g341).tag("ref", "G341").tag("name", "341国道").tag("note", NOTE),
    ]
}

fn provincial(seat: &Grid) -> Vec<Line> {
    let dyke = [
        town(8),
        (116.2370, 36.2420),
        (116.2640, 36.2660),
        (116.3120, 36.2840),
        town(4),
        (116.3960, 36.3440),
        (116.4160, 36.3760),
        town(3),
        (116.4360, 36.4560),
        (116.4480, 36.4980),
        (116.4560, 36.5180),
    ];
    let north =
        [(116.3900, 36.5420), (116.3880, 36.5000), town(5), (116.3640, 36.4150), town(7), (116.3540, 36.3420), town(4)];
    let corner = seat.at(seat.us[1], -1_300.0);
    let (lon, lat) = corner.degrees();
    let west =
        [(116.1020, 36.2560), (116.1300, 36.2570), town(6), (116.1930, 36.2850), (116.2120, 36.3080), (lon, lat)];
    [(Class::Primary, "S246", &dyke[..]), (Class::Secondary, "S254", &north), (Class::Secondary, "S329", &west)]
        .into_iter()
        .map(|(class, number, points)| {
            Line::new(class, &through(points))
                .tag("ref", number)
                .tag("name", format!("省道{number}(示例)"))
                .tag("note", NOTE)
        })
        .collect()
}

/// County roads: between towns that no larger road joins, and along the dyke's foot.
fn county(seat: &Grid) -> Vec<Line> {
    let east = seat.at(seat.us[9], seat.vs[3]).degrees();
    let north = seat.at(seat.us[4], seat.vs[8]).degrees();
    let south = seat.at(seat.us[4], seat.vs[0]).degrees();
    let roads: [(&str, &[(f64, f64)]); 7] = [
        ("东桥路", &[east, (116.2980, 36.3210), (116.3260, 36.3130), town(4)]),
        ("陈高路", &[town(9), (116.3050, 36.3900), (116.3360, 36.4300), town(5)]),
        ("高牛路", &[town(5), (116.4080, 36.4440), town(3)]),
        ("姜鱼路", &[town(6), (116.1850, 36.2400), town(8)]),
        (
            "姜刘路",
            &[town(6), (116.1400, 36.2400), (116.1180, 36.2180), town(2), (116.0980, 36.1720), (116.0900, 36.1480)],
        ),
        ("城北路", &[north, (116.2480, 36.3800), (116.2550, 36.4050), (116.2620, 36.4250)]),
        ("艾山路", &[south, (116.2500, 36.2900), (116.2640, 36.2660), (116.2660, 36.2540)]),
    ];
    let line = |name: &str, along: &[P]| Line::new(Class::Tertiary, along).tag("name", format!("{name}(示例)"));
    roads.iter().map(|(name, points)| line(name, &through(points))).collect()
}

/// The road along the foot of the dyke, 420 m from the water.
pub fn dyke(river: &[P], bank: &dyn Fn(P) -> f64) -> Line {
    let mut path = Vec::new();
    for w in river.windows(3).skip(8).step_by(2) {
        let out = (w[2] - w[0]).unit().left();
        path.push(w[1] + out * (420.0 + bank(w[1])));
    }
    path.truncate(path.len() - 8);
    Line::new(Class::Tertiary, &path).tag("name", "黄河大堤路(示例)").tag("note", NOTE)
}

/// The one bridge over the Yellow River: a motorway, closed to people on foot.
pub fn motorway() -> Line {
    let path = [
        (116.3300, 36.5060),
        (116.3380, 36.4500),
        (116.3310, 36.4050),
        (116.3270, 36.3650),
        (116.3300, 36.3200),
        (116.3360, 36.2850),
        (116.3430, 36.2550),
        (116.3520, 36.2280),
    ];
    Line::new(Class::Motorway, &curve(&sheet(&path), 150.0))
        .tag("name", "示例高速公路")
        .tag("foot", "no")
        .tag("note", NOTE)
}

/// Two watercourses that roads cross on bridges: a canal in the west and a drain in the east.
pub fn watercourses() -> [(&'static str, &'static str, Vec<P>); 2] {
    let west = [
        (116.1900, 36.1725),
        (116.1800, 36.2000),
        (116.1830, 36.2360),
        (116.2040, 36.2720),
        (116.2030, 36.3000),
        (116.2040, 36.3250),
        (116.2080, 36.3500),
        (116.2200, 36.3750),
        (116.2330, 36.3960),
        (116.2380, 36.4100),
    ];
    let east = [
        (116.3020, 36.2575),
        (116.3090, 36.2900),
        (116.3150, 36.3300),
        (116.3180, 36.3600),
        (116.3170, 36.4000),
        (116.3470, 36.4400),
        (116.3920, 36.4800),
        (116.4250, 36.5200),
    ];
    [("canal", "引黄干渠(示例)", curve(&sheet(&west), 300.0)), ("river", "东排河(示例)", curve(&sheet(&east), 300.0))]
}

/// The direction of a town's main road at its centre, and whether a second road crosses it there.
pub fn main_street(roads: &[Line], centre: P) -> (P, bool) {
    let passing: Vec<P> = roads
        .iter()
        .filter_map(|road| {
            let line = road.sheet();
            let i = (0..line.len()).find(|&i| line[i].to(centre) < 1.0)?;
            Some((line[(i + 1).min(line.len() - 1)] - line[i.saturating_sub(1)]).unit())
        })
        .collect();
    let along = passing.first().copied().unwrap_or(p(1.0, 0.0));
    (if along.x < 0.0 { along * -1.0 } else { along }, passing.len() > 1)
}
