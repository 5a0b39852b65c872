//! From squares to outlines: the borders between towns as shared lines, and each town's ring put together from them.
//!
//! A border is traced once, smoothed once, and used by both neighbours, so that outlines meet vertex by vertex without gap or
//! overlap (the same idea as an arc in `TopoJSON`).

use std::collections::BTreeMap;

use crate::facts::TOWNS;
use crate::plane::{P, to_segment};
use crate::towns::{OUTSIDE, Towns};

type Corner = (i64, i64);

/// Coordinates in hundred-thousandths of a degree, as they are written.
pub type Vertex = (i64, i64);

struct Border {
    left: u8,
    right: u8,
    line: Vec<Vertex>,
}

/// The outlines of the towns and of the county, against the clock, first vertex not repeated.
pub struct Outlines {
    pub towns: Vec<Vec<Vertex>>,
    pub county: Vec<Vertex>,
}

/// Traces all outlines.
///
/// # Errors
/// When the squares of a town touch at a corner alone or do not make one ring.
pub fn trace(towns: &Towns) -> Result<Outlines, String> {
    let borders = borders(towns)?;
    let ring = |owner: u8| {
        let mut pieces: Vec<Vec<Vertex>> = Vec::new();
        for b in &borders {
            if b.left == owner {
                pieces.push(b.line.clone());
            } else if b.right == owner {
                pieces.push(b.line.iter().rev().copied().collect());
            }
        }
        join(pieces).ok_or(format!("the outline of {owner} is not one ring"))
    };
    let rings = (0..TOWNS.len()).map(|t| ring(t as u8)).collect::<Result<_, _>>()?;
    let mut county = ring(OUTSIDE)?;
    county.reverse();
    Ok(Outlines { towns: rings, county })
}

/// Puts pieces end to end.
fn join(mut pieces: Vec<Vec<Vertex>>) -> Option<Vec<Vertex>> {
    let mut ring = pieces.pop()?;
    while !pieces.is_empty() {
        let end = ring[ring.len() - 1];
        let next = pieces.iter().position(|piece| piece[0] == end)?;
        ring.extend_from_slice(&pieces.swap_remove(next)[1..]);
    }
    (ring[0] == ring[ring.len() - 1]).then(|| {
        ring.pop();
        ring
    })
}

/// The owners left and right of the square side that leaves a corner in a direction, when they differ.
fn sides(towns: &Towns, (i, j): Corner, (x, y): Corner) -> Option<(u8, u8)> {
    let square = |di, dj| towns.owner(i + di, j + dj);
    let (left, right) = match (x, y) {
        (1, 0) => (square(0, 0), square(0, -1)),
        (-1, 0) => (square(-1, -1), square(-1, 0)),
        (0, 1) => (square(-1, 0), square(0, 0)),
        _ => (square(0, -1), square(-1, -1)),
    };
    (left != right).then_some((left, right))
}

const WAYS: [Corner; 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

fn borders(towns: &Towns) -> Result<Vec<Border>, String> {
    let mut meets: BTreeMap<Corner, usize> = BTreeMap::new();
    for j in 0..=towns.high as i64 {
        for i in 0..=towns.wide as i64 {
            let count = WAYS.iter().filter(|&&w| sides(towns, (i, j), w).is_some()).count();
            let owners = [towns.owner(i, j), towns.owner(i - 1, j), towns.owner(i - 1, j - 1), towns.owner(i, j - 1)];
            if count == 4 && owners[0] == owners[2] && owners[1] == owners[3] {
                return Err(format!(
                    "two towns touch at a corner alone, at {:?}",
                    towns.corner(i as usize, j as usize).degrees()
                ));
            }
            if count > 2 {
                meets.insert((i, j), count);
            }
        }
    }
    let mut found = Vec::new();
    for &start in meets.keys() {
        for way in WAYS {
            if let Some((left, right)) = sides(towns, start, way) {
                let corners = follow(towns, &meets, start, way);
                // Each border is met from both its ends; the one with the smaller left owner is kept.
                if left < right {
                    found.push(Border { left, right, line: smooth(towns, &corners) });
                }
            }
        }
    }
    Ok(found)
}

/// Walks from one meeting point to the next.
fn follow(towns: &Towns, meets: &BTreeMap<Corner, usize>, start: Corner, way: Corner) -> Vec<Corner> {
    let mut line = vec![start, (start.0 + way.0, start.1 + way.1)];
    let mut heading = way;
    let mut at = line[1];
    while !meets.contains_key(&at) {
        let back = (-heading.0, -heading.1);
        let Some(&next) = WAYS.iter().find(|&&w| w != back && sides(towns, at, w).is_some()) else { break };
        heading = next;
        at = (at.0 + next.0, at.1 + next.1);
        line.push(at);
    }
    line
}

/// Rounds the stairs off and leaves out what does not matter at the scale of a county.
fn smooth(towns: &Towns, corners: &[Corner]) -> Vec<Vertex> {
    let mut line: Vec<P> = corners.iter().map(|&(i, j)| towns.corner(i as usize, j as usize)).collect();
    for _ in 0..10 {
        let before = line.clone();
        for i in 1..line.len() - 1 {
            line[i] = (before[i - 1] + before[i] * 2.0 + before[i + 1]) * 0.25;
        }
    }
    let mut keep = vec![false; line.len()];
    thin(&line, 0, line.len() - 1, &mut keep);
    let kept = line.iter().zip(&keep).filter(|(_, k)| **k).map(|(at, _)| {
        let (lon, lat) = at.degrees();
        ((lon * 1e5).round() as i64, (lat * 1e5).round() as i64)
    });
    kept.collect()
}

/// Douglas–Peucker with 14 m.
fn thin(line: &[P], from: usize, to: usize, keep: &mut [bool]) {
    keep[from] = true;
    keep[to] = true;
    let far = (from + 1..to)
        .map(|i| (i, to_segment(line[i], line[from], line[to]).0))
        .fold((from, 0.0), |b, x| if x.1 > b.1 { x } else { b });
    if far.1 > 14.0 {
        thin(line, from, far.0, keep);
        thin(line, far.0, to, keep);
    }
}

/// A ring on the sheet.
pub fn sheet(ring: &[Vertex]) -> Vec<P> {
    ring.iter().map(|&(lon, lat)| crate::plane::ground(lon as f64 / 1e5, lat as f64 / 1e5)).collect()
}

/// Twice the signed area of a ring in whole units, exact.
pub fn doubled_area(ring: &[Vertex]) -> i128 {
    (0..ring.len())
        .map(|i| {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)
        })
        .sum()
}
