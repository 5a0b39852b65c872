//! From lines to OSM ways: a line is parted where it goes onto a bridge and where it enters a town.

use crate::line::{Class, Line};
use crate::osm::{Osm, tag};
use crate::plane::P;

/// How people on foot fare along a piece of road, as the value of the OSM key `sidewalk`.
type Sidewalk = Option<&'static str>;

/// Adds a line's ways. `urban` says whether a point is in a town, `drawn` whether pavements there are ways of their own.
pub fn add(osm: &mut Osm, line: &Line, urban: &dyn Fn(P) -> bool, drawn: &dyn Fn(P) -> bool) {
    let path = line.sheet();
    let state = |i: usize| (line.over[i], sidewalk(line, (path[i] + path[i + 1]) * 0.5, urban, drawn));
    let mut from = 0;
    while from + 1 < path.len() {
        let (over, pavement) = state(from);
        let mut to = from + 1;
        while to + 1 < path.len() && state(to) == (over, pavement) && to - from < 300 {
            to += 1;
        }
        let mut tags = vec![tag("highway", line.class.tag())];
        tags.extend(line.tags.iter().cloned());
        if let Some(value) = pavement {
            tags.push(tag("sidewalk", value));
        }
        if over {
            tags.push(tag("bridge", "yes"));
            tags.push(tag("layer", if line.class == Class::Motorway { "2" } else { "1" }));
        }
        osm.way(tags, &line.points[from..=to]);
        from = to;
    }
}

fn sidewalk(line: &Line, at: P, urban: &dyn Fn(P) -> bool, drawn: &dyn Fn(P) -> bool) -> Sidewalk {
    match line.class {
        Class::Trunk if drawn(at) => Some("separate"),
        Class::Trunk | Class::Primary | Class::Secondary | Class::Tertiary if urban(at) => Some("both"),
        Class::Trunk | Class::Primary => Some("no"),
        _ => None,
    }
}
