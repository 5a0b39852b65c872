//! The children's grid: how many children of each age band live in squares of about 300 m, only where there are settlements.
//!
//! Totals are the published ones ([`BANDS`]); their spread over the county is invented: 45 % in the two subdistricts, the rest
//! by each town's number of village units, more where a village is larger. Each band is rounded by largest remainders, so
//! that it adds up exactly.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::chance::noise;
use crate::facts::{BANDS, SUBDISTRICTS, TOWNS};
use crate::network::Network;
use crate::places::Sort;
use crate::plane::{P, ground, inside};

const WIDE: f64 = 0.0033;
const HIGH: f64 = 0.0027;

/// A square of the grid.
pub struct Cell {
    pub lon: f64,
    pub lat: f64,
    pub town: usize,
    pub children: [usize; BANDS.len()],
}

type Key = (i64, i64);

fn middle(key: Key) -> (f64, f64) {
    (116.0 + (key.0 as f64 + 0.5) * WIDE, 36.1 + (key.1 as f64 + 0.5) * HIGH)
}

/// A town's share of the county's children.
fn share(town: usize) -> f64 {
    let rural: usize = TOWNS.iter().skip(SUBDISTRICTS).map(|t| t.units).sum();
    match town {
        0 => 0.255,
        1 => 0.195,
        _ => 0.55 * TOWNS[town].units as f64 / rural as f64,
    }
}

/// The squares whose middle lies within a distance of a point.
fn around(at: P, reach: f64) -> Vec<(Key, f64)> {
    let (lon, lat) = at.degrees();
    let (i, j) = (((lon - 116.0) / WIDE).floor() as i64, ((lat - 36.1) / HIGH).floor() as i64);
    let span = (reach / 290.0).ceil() as i64 + 1;
    let keys = (i - span..=i + span).flat_map(|i| (j - span..=j + span).map(move |j| (i, j)));
    let far = |k: Key| {
        let (lon, lat) = middle(k);
        ground(lon, lat).to(at)
    };
    keys.map(|k| (k, far(k))).filter(|&(_, d)| d < reach).collect()
}

/// How much of its town each square gets, before rounding.
fn weights(net: &Network, outlines: &[Vec<P>]) -> BTreeMap<Key, (usize, f64)> {
    let mut weights: BTreeMap<Key, (usize, f64)> = BTreeMap::new();
    let town_at = |k: Key| {
        let (lon, lat) = middle(k);
        outlines.iter().position(|o| inside(o, ground(lon, lat)))
    };
    for (town, outline) in outlines.iter().enumerate() {
        let mut parts: Vec<(f64, Vec<(Key, f64)>)> = Vec::new();
        for q in net.places.iter().filter(|q| q.town == Some(town)) {
            let (size, reach) = match q.sort {
                Sort::Community | Sort::Across => continue,
                Sort::TownSeat => (10.0 * 200.0 * 200.0, 590.0),
                Sort::Village => (q.radius * q.radius, q.radius + 40.0),
            };
            let mut near = around(q.at, reach);
            if near.is_empty() {
                near = around(q.at, 230.0);
                near.sort_by(|a, b| a.1.total_cmp(&b.1));
                near.truncate(1);
            }
            near.retain(|&(k, _)| town_at(k) == Some(town));
            parts.push((size, near.iter().map(|&(k, d)| (k, 1.0 - 0.7 * d / (reach + 200.0))).collect()));
        }
        if town < SUBDISTRICTS {
            let villages: f64 = parts.iter().map(|p| p.0).sum();
            let built = |at: P| net.grid.outness(at) < 0.9 && inside(outline, at) && !inside(&net.seat.lake, at);
            let blocks: Vec<(Key, f64)> = around(net.grid.origin, 2_900.0)
                .into_iter()
                .filter(|&(k, _)| {
                    let (lon, lat) = middle(k);
                    built(ground(lon, lat))
                })
                .map(|(k, _)| {
                    let (lon, lat) = middle(k);
                    let at = ground(lon, lat);
                    (k, 1.0 + 0.55 * noise(41, at.x, at.y, 700.0))
                })
                .collect();
            parts.push((villages * 3.6, blocks));
        }
        let total: f64 = parts.iter().filter(|p| !p.1.is_empty()).map(|p| p.0).sum();
        for (size, cells) in parts {
            let all: f64 = cells.iter().map(|c| c.1).sum();
            for (k, part) in cells {
                weights.entry(k).or_insert((town, 0.0)).1 += share(town) * size / total * part / all;
            }
        }
    }
    weights
}

/// All squares with children.
pub fn spread(net: &Network, outlines: &[Vec<P>]) -> Vec<Cell> {
    let weights = weights(net, outlines);
    let mut cells: Vec<Cell> = weights
        .iter()
        .map(|(&k, &(town, _))| {
            let (lon, lat) = middle(k);
            Cell { lon, lat, town, children: [0; BANDS.len()] }
        })
        .collect();
    for (band, &(_, total)) in BANDS.iter().enumerate() {
        let lean: Vec<f64> = cells
            .iter()
            .zip(weights.values())
            .map(|(cell, w)| {
                let at = ground(cell.lon, cell.lat);
                // Upper secondary schools draw the oldest to the seat; infants are a little fewer in villages.
                let drawn = if cell.town < SUBDISTRICTS { [1.04, 1.02, 1.0, 1.0, 1.22][band] } else { 1.0 };
                w.1 * drawn * (1.0 + 0.14 * noise(50 + band as u64, at.x, at.y, 400.0))
            })
            .collect();
        for (cell, n) in cells.iter_mut().zip(apportion(&lean, total)) {
            cell.children[band] = n;
        }
    }
    cells.retain(|c| c.children.iter().sum::<usize>() > 0);
    cells
}

/// Whole numbers in proportion to the weights that add up to the total.
fn apportion(weights: &[f64], total: usize) -> Vec<usize> {
    let all: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|w| w / all * total as f64).collect();
    let mut whole: Vec<usize> = exact.iter().map(|x| *x as usize).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| (exact[b] - exact[b].floor()).total_cmp(&(exact[a] - exact[a].floor())).then(a.cmp(&b)));
    let missing = total - whole.iter().sum::<usize>();
    for &i in order.iter().take(missing) {
        whole[i] += 1;
    }
    whole
}

/// `children.csv`.
pub fn write(cells: &[Cell]) -> String {
    let mut text = String::from("id,lon,lat");
    for (heading, _) in BANDS {
        let _ = write!(text, ",{heading}");
    }
    text.push_str(",source\n");
    for (i, cell) in cells.iter().enumerate() {
        let _ = write!(text, "c{:04},{:.5},{:.5}", i + 1, cell.lon, cell.lat);
        for n in cell.children {
            let _ = write!(text, ",{n}");
        }
        text.push_str(",demonstration\n");
    }
    text
}
