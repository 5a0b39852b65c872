//! The network as an OSM extract: ways first for a compact file, then waters, land, buildings, and the names of places.

use crate::facts::{SUBDISTRICTS, TOWNS};
use crate::network::Network;
use crate::osm::{Osm, tag};
use crate::places::Sort;
use crate::plane::{G, P, ground, nearest};
use crate::ways;

const NOTE: &str = "示例数据 demonstration";

fn path(line: &[P]) -> Vec<G> {
    line.iter().map(|at| at.g()).collect()
}

/// All objects.
pub fn make(net: &Network, middle: &[P]) -> Osm {
    let mut osm = Osm::default();
    for line in &net.lines {
        ways::add(&mut osm, line, &|at| net.urban(at), &|at| net.drawn(at));
    }
    for (g, tags) in &net.marks {
        osm.mark(*g, tags);
    }
    barriers(&mut osm, net);
    waters(&mut osm, net, middle);
    land(&mut osm, net);
    names(&mut osm, net);
    osm
}

/// Gates and bollards stand on their own point of a way, never on a junction.
fn barriers(osm: &mut Osm, net: &Network) {
    for (at, value) in &net.seat.barriers {
        let mut tags = vec![tag("barrier", *value)];
        if *value == "gate" {
            tags.push(tag("foot", "yes"));
        }
        osm.mark(at.g(), &tags);
    }
}

fn waters(osm: &mut Osm, net: &Network, middle: &[P]) {
    osm.way(
        vec![tag("waterway", "river"), tag("name", "黄河"), tag("name:en", "Yellow River"), tag("note", NOTE)],
        &path(middle),
    );
    for (kind, name, line) in &net.watercourses {
        osm.way(vec![tag("waterway", *kind), tag("name", *name)], &path(line));
    }
    let ferry = vec![
        tag("route", "ferry"),
        tag("name", "示例渡口"),
        tag("motor_vehicle", "yes"),
        tag("foot", "no"),
        tag("note", NOTE),
    ];
    osm.way(ferry, &path(&net.ferry));
    let (left, right) = (path(&net.river.left), path(&net.river.right));
    let half = left.len() / 2;
    let outer = [
        osm.way(Vec::new(), &left[..=half]),
        osm.way(Vec::new(), &left[half..]),
        osm.way(Vec::new(), &[left[left.len() - 1], right[right.len() - 1]]),
        osm.way(Vec::new(), &right),
        osm.way(Vec::new(), &[right[0], left[0]]),
    ];
    let island = osm.area(vec![tag("natural", "sand"), tag("name", "示例河心滩")], &net.river.island);
    let mut members: Vec<(i64, &'static str)> = outer.iter().map(|&id| (id, "outer")).collect();
    members.push((island, "inner"));
    let tags = vec![
        tag("type", "multipolygon"),
        tag("natural", "water"),
        tag("water", "river"),
        tag("name", "黄河"),
        tag("name:en", "Yellow River"),
        tag("note", NOTE),
    ];
    osm.relations.push(crate::osm::Relation { tags, ways: members });
    osm.area(
        vec![
            tag("natural", "water"),
            tag("water", "lake"),
            tag("name", "洛神湖"),
            tag("note", "位置为示例 position invented"),
        ],
        &net.seat.lake,
    );
}

fn land(osm: &mut Osm, net: &Network) {
    let grid = &net.grid;
    let edge = [
        (0., -2_350.),
        (1_450., -2_050.),
        (2_350., -1_250.),
        (2_750., 0.),
        (2_350., 1_250.),
        (1_450., 2_050.),
        (0., 2_350.),
        (-1_450., 2_050.),
        (-2_350., 1_250.),
        (-2_750., 0.),
        (-2_350., -1_250.),
        (-1_450., -2_050.),
    ];
    let seat: Vec<P> = edge.iter().map(|&(u, v)| grid.at(u * 0.95, v * 0.95)).collect();
    osm.area(vec![tag("landuse", "residential"), tag("name", "东阿县城(示例)"), tag("note", NOTE)], &seat);
    for ring in &net.built {
        osm.area(vec![tag("landuse", "residential")], ring);
    }
    for park in &net.seat.parks {
        osm.area(vec![tag("leisure", "park"), tag("name", park.name)], &park.ring);
    }
    for patch in &net.patches {
        osm.area(vec![tag(patch.key, patch.value)], &patch.ring);
    }
    for (i, house) in net.houses.iter().enumerate() {
        let middle = (house[0] + house[2]) * 0.5;
        // A house never stands on a street.
        let clear = net.lines.iter().all(|l| {
            let first = l.points[0].p();
            first.to(middle) > 9_000.0 || nearest(middle, &l.sheet()).0 > 0.55 * house[0].to(house[2]) * 0.5
        });
        if clear {
            osm.area(vec![tag("building", if i.is_multiple_of(3) { "house" } else { "yes" })], house);
        }
    }
}

fn names(osm: &mut Osm, net: &Network) {
    for (i, t) in TOWNS.iter().enumerate() {
        let place = if i < SUBDISTRICTS { "suburb" } else { "town" };
        osm.single(ground(t.lon, t.lat).g(), vec![tag("place", place), tag("name", t.name), tag("name:en", t.name_en)]);
    }
    for q in &net.places {
        let place = match q.sort {
            Sort::TownSeat => continue,
            Sort::Community => "neighbourhood",
            Sort::Village | Sort::Across if q.radius < 145.0 => "hamlet",
            Sort::Village | Sort::Across => "village",
        };
        let name = [tag("name", q.name.as_str()), tag("name:en", q.name_en.as_str())];
        osm.single(q.at.g(), [tag("place", place)].into_iter().chain(name).collect());
    }
}
