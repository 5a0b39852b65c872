//! Pavements along the national roads in the seat, and crossings and signals where streets meet larger roads.

use std::collections::BTreeMap;

use crate::chance::Chance;
use crate::grid::Grid;
use crate::line::{Class, Line};
use crate::majors::ALONG;
use crate::plane::{G, P};

/// Tags of single points.
pub type PointTags = BTreeMap<G, Vec<(&'static str, String)>>;

fn crossing(kind: &str) -> Vec<(&'static str, String)> {
    vec![("highway", "crossing".to_owned()), ("crossing", kind.to_owned())]
}

/// Pavements drawn as ways of their own along G341 and G105 through the seat. Returns the points to mark as crossings too.
pub fn pavements(seat: &Grid, built: &dyn Fn(P) -> bool) -> (Vec<Line>, PointTags) {
    let (g105, g341) = (seat.us[ALONG.0], seat.vs[ALONG.1]);
    let mut laid = (Vec::new(), PointTags::new());
    pave(seat, built, &seat.us, &|along, beside| (along, g341 + beside), &mut laid);
    pave(seat, built, &seat.vs, &|along, beside| (g105 + beside, along), &mut laid);
    laid
}

/// Pavements 13 m either side of a road, with a crossing just past each street in `across`; `at` is the grid place at a
/// distance along the road and one beside it.
fn pave(
    seat: &Grid,
    built: &dyn Fn(P) -> bool,
    across: &[f64],
    at: &dyn Fn(f64, f64) -> (f64, f64),
    (lines, marks): &mut (Vec<Line>, PointTags),
) {
    let ground = |along: f64, beside: f64| {
        let (u, v) = at(along, beside);
        seat.at(u, v)
    };
    let in_seat = |along: f64| {
        let (u, v) = at(along, 0.0);
        seat.holds(u, v) && built(seat.at(u, v))
    };
    let held: Vec<f64> = across.iter().copied().filter(|&a| in_seat(a)).collect();
    let (first, last) = (held[0] + 4.0, held[held.len() - 1] - 4.0);
    for side in [-13.0, 13.0] {
        let path = seat.street(at(first, side), at(last, side), 125.0);
        lines.push(Line::new(Class::Footway, &path).tag("footway", "sidewalk"));
    }
    for &a in &held[1..held.len() - 1] {
        let spots = [-13.0, 0.0, 13.0].map(|side| ground(a + 19.0, side));
        lines.push(Line::new(Class::Footway, &spots).tag("footway", "crossing").tag("crossing", "traffic_signals"));
        marks.insert(spots[1].g(), crossing("traffic_signals"));
    }
}

/// Which lines pass through each point.
fn meetings(lines: &[Line]) -> BTreeMap<G, Vec<usize>> {
    let mut at: BTreeMap<G, Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.class != Class::Motorway) {
        for g in &line.points {
            at.entry(*g).or_default().push(i);
        }
    }
    at
}

/// Marks crossings and signals on larger roads: signals where two larger roads meet in a town, painted or plain crossings at
/// other streets, and now and then one where a village road meets a national road.
pub fn mark(lines: &mut [Line], marks: &mut PointTags, urban: &dyn Fn(P) -> bool) {
    let meet = meetings(lines);
    let mut chance = Chance::new(850);
    let mut signals = PointTags::new();
    for i in 0..lines.len() {
        if lines[i].class > Class::Tertiary || lines[i].class == Class::Motorway {
            continue;
        }
        let mut at = 1;
        while at + 1 < lines[i].points.len() {
            let g = lines[i].points[at];
            let others = meet[&g].iter().filter(|&&o| o != i).map(|&o| lines[o].class);
            let best = others.min();
            if let Some(kind) = best.and_then(|other| choose(lines[i].class, other, urban(g.p()), &mut chance)) {
                if kind == "traffic_signals" && !signals.contains_key(&g) {
                    signals.insert(g, vec![("highway", "traffic_signals".to_owned())]);
                }
                at += beside(&mut lines[i], at, kind, marks);
            }
            at += 1;
        }
    }
    for (g, tags) in signals {
        marks.entry(g).or_insert(tags);
    }
    // Where a pavement steps down to a street.
    for (g, who) in &meet {
        let pavement = who.iter().any(|&i| lines[i].tags.iter().any(|t| t.1 == "sidewalk"));
        if pavement && who.iter().any(|&i| lines[i].class <= Class::Residential) {
            marks.entry(*g).or_insert_with(|| crossing("unmarked"));
        }
    }
}

fn choose(own: Class, other: Class, urban: bool, chance: &mut Chance) -> Option<&'static str> {
    match (urban, own.is_major()) {
        (true, true) if other <= Class::Tertiary => chance.share(0.75).then_some("traffic_signals"),
        (true, _) if other <= Class::Residential => {
            chance.share(0.5).then(|| *chance.pick(&["zebra", "marked", "unmarked"]))
        }
        (false, true) if other <= Class::Unclassified => {
            chance.share(0.3).then(|| *chance.pick(&["unmarked", "zebra", "unmarked"]))
        }
        _ => None,
    }
}

/// Puts a crossing 13 m past a junction, unless one is near. Returns how many points were added.
fn beside(line: &mut Line, at: usize, kind: &str, marks: &mut PointTags) -> usize {
    let (a, b) = (line.points[at].p(), line.points[at + 1].p());
    let len = a.to(b);
    if len < 32.0 || line.over[at] {
        return 0;
    }
    let spot = a + (b - a) * (13.0 / len);
    if marks
        .keys()
        .any(|g| (g.lon - spot.g().lon).abs() < 400 && (g.lat - spot.g().lat).abs() < 350 && g.p().to(spot) < 30.0)
    {
        return 0;
    }
    line.cut(at, spot.g());
    marks.insert(spot.g(), crossing(kind));
    1
}
