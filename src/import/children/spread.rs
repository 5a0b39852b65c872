//! Totals of towns become cells along the streets where people live.
//!
//! **Method.** A town's children are spread over the residential part of the walking network within the town, by length:
//! twice the street, twice the children. Residential are the ways that are no larger road and no stairs (the network knows
//! no more of a way than its rank), so paths and farm tracks count too. Streets are cut into pieces of at most 50 m, the
//! pieces are gathered in squares of 250 m, and each square becomes a cell on the piece that is nearest to the middle of
//! its pieces, weighed by length. Fractions are carried from square to square, town by town and band by band
//! ([`whole_along`]), so that every town keeps its total to the child and no part of it loses its own.
//!
//! It says nothing of who lives in which street: 250 m is where the knowledge ends. A town without such streets has its
//! children at its label, and is told.

use super::ChildrenError;
use super::gathered::{Facts, Gathered, Refusals, path};
use crate::area::{AreaIndex, AreaSet};
use crate::children::{AgeBand, whole, whole_along};
use crate::geo::{LocalPlane, LonLat, geodesic_m};
use crate::import::ImportError;
use crate::network::{EdgeIndex, Network, Rank};
use crate::site::DraftProblem;
use crate::text::{Words, fold};
use std::collections::{BTreeMap, HashMap};

/// The side of a square that becomes one cell, metres.
const SQUARE_M: f64 = 250.0;
/// The longest piece of street that belongs to one square as a whole, metres.
const PIECE_M: f64 = 50.0;

/// A town's row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TownTotal {
    /// From 1.
    pub line: u64,
    /// Perhaps empty.
    pub code: String,
    /// Perhaps empty.
    pub name: String,
    /// Children by band.
    pub counts: Vec<f64>,
}

/// A piece of a residential street.
#[derive(Debug, Clone, Copy)]
struct Piece {
    middle: LonLat,
    length_m: f64,
    /// Metres east and north of the town's label.
    on_plane: [f64; 2],
}

/// The pieces of a square, by the square's place east and north of the town's label.
type Squares = BTreeMap<[i32; 2], Vec<Piece>>;

/// The children of towns as cells.
pub(super) fn spread(
    file: &str,
    bands: Vec<AgeBand>,
    towns: &[TownTotal],
    areas: &AreaSet,
    network: &Network,
    facts: &mut Facts,
) -> Result<Gathered, ImportError> {
    let homes = homes(file, towns, areas)?;
    let squares = squares(network, areas, &homes);
    let counts = whole_towns(&bands, towns)?;
    let mut cells = Gathered::new(bands);
    for (home, counts) in homes.into_iter().zip(counts) {
        let area = areas.get(home);
        if counts.iter().all(|children| *children == 0) {
            cells.none_at(1);
            continue;
        }
        let Some(squares) = squares.get(&home) else {
            let counts: Vec<f64> = counts.into_iter().map(f64::from).collect();
            cells.put(|| area.id.as_str().into(), area.label, &counts);
            facts.warnings.push(bare(&area.name));
            continue;
        };
        let lengths: Vec<f64> = squares.values().map(|pieces| pieces.iter().map(|p| p.length_m).sum()).collect();
        let middles: Vec<LonLat> = squares.values().map(|pieces| middle(pieces)).collect();
        let path = path(&middles);
        let shares: Vec<Vec<u32>> =
            counts.iter().map(|total| share(*total, &lengths, &path)).collect::<Result<_, _>>()?;
        for (place, at) in middles.into_iter().enumerate() {
            let counts: Vec<f64> = shares.iter().map(|of_band| f64::from(of_band[place])).collect();
            cells.put(|| format!("{}-{}", area.id, place + 1).into(), at, &counts);
        }
    }
    Ok(cells)
}

fn bare(name: &Words) -> Words {
    Words::new(
        format!("{}:步行网络中没有居住道路,儿童都放在其标注点上", name.zh),
        format!(
            "{}: no residential streets in the network; its children are all put at its label",
            if name.en.is_empty() { &name.zh } else { &name.en }
        ),
    )
}

/// A total by shares, to the child.
fn share(total: u32, weights: &[f64], path: &[usize]) -> Result<Vec<u32>, ChildrenError> {
    let all: f64 = weights.iter().sum();
    let shares: Vec<f64> = weights.iter().map(|weight| f64::from(total) * weight / all).collect();
    whole_along(path, &shares).map_err(|fractions| ChildrenError::Counts(fractions.to_string()))
}

/// Whole children of each town by band, the file's total of each band kept.
fn whole_towns(bands: &[AgeBand], towns: &[TownTotal]) -> Result<Vec<Vec<u32>>, ChildrenError> {
    let mut counts = vec![Vec::with_capacity(bands.len()); towns.len()];
    for band in 0..bands.len() {
        let values: Vec<f64> = towns.iter().map(|town| town.counts[band]).collect();
        let whole = whole(&values).map_err(|fractions| ChildrenError::Counts(fractions.to_string()))?;
        counts.iter_mut().zip(whole).for_each(|(of_town, children)| of_town.push(children));
    }
    Ok(counts)
}

/// The area of each town.
fn homes(file: &str, towns: &[TownTotal], areas: &AreaSet) -> Result<Vec<AreaIndex>, ImportError> {
    let (mut homes, mut refusals) = (Vec::new(), Refusals::default());
    let mut first_on: HashMap<AreaIndex, u64> = HashMap::new();
    for town in towns {
        let (column, found) = if town.code.is_empty() { ("name", &town.name) } else { ("code", &town.code) };
        let problem =
            |wanted| DraftProblem { line: town.line, column: column.to_owned(), found: found.clone(), wanted };
        match home(town, areas) {
            Err(wanted) => refusals.note(vec![problem(wanted)]),
            Ok(home) => {
                if let Some(line) = first_on.insert(home, town.line) {
                    let zh = format!("每个区划一行(第 {line} 行已有)");
                    refusals.note(vec![problem(Words::new(zh, format!("each area once (line {line} has it)")))]);
                }
                homes.push(home);
            }
        }
    }
    refusals.done(file.to_owned())?;
    Ok(homes)
}

fn home(town: &TownTotal, areas: &AreaSet) -> Result<AreaIndex, Words> {
    let name = fold(&town.name);
    let by_code = |place: &AreaIndex| areas.get(*place).id == town.code;
    let by_name = |place: &AreaIndex| {
        let area = areas.get(*place);
        !name.is_empty() && (fold(&area.name.zh) == name || fold(&area.name.en) == name)
    };
    let all = || 0..areas.all().len() as AreaIndex;
    let found: Vec<AreaIndex> =
        if town.code.is_empty() { all().filter(by_name).collect() } else { all().filter(by_code).collect() };
    match found[..] {
        [home] => Ok(home),
        [] => Err(Words::new(
            format!("已导入区划的代码或名称,如 {};若每行是一个地点,应有经度、纬度两列", example(areas)),
            format!("an imported area's code or name, such as {}; rows of places want lon and lat", example(areas)),
        )),
        _ => Err(Words::fixed("区划代码(有多个区划同名)", "a code, as several areas have this name")),
    }
}

fn example(areas: &AreaSet) -> String {
    areas.all().first().map_or_else(String::new, |area| format!("{} {}", area.id, area.name.zh))
}

/// The residential streets of each town, in squares.
fn squares(network: &Network, areas: &AreaSet, homes: &[AreaIndex]) -> HashMap<AreaIndex, Squares> {
    let planes: HashMap<AreaIndex, LocalPlane> =
        homes.iter().map(|home| (*home, LocalPlane::around(areas.get(*home).label))).collect();
    let mut squares: HashMap<AreaIndex, Squares> = HashMap::new();
    for edge in 0..network.edges().len() as EdgeIndex {
        let traits = network.edge(edge).traits();
        if traits.rank != Rank::Minor || traits.steps {
            continue;
        }
        let line: Vec<LonLat> = network.line(edge).collect();
        for (middle, length_m) in line.windows(2).flat_map(|pair| pieces(pair[0], pair[1])) {
            let Some(home) = areas.find(middle) else { continue };
            let Some(plane) = planes.get(&home) else { continue };
            let on_plane = plane.metres(middle);
            let square = on_plane.map(|metres| (metres / SQUARE_M).floor() as i32);
            let piece = Piece { middle, length_m, on_plane };
            squares.entry(home).or_default().entry(square).or_default().push(piece);
        }
    }
    squares
}

/// A straight stretch in pieces: the middle and the metres of each.
fn pieces(from: LonLat, to: LonLat) -> Vec<(LonLat, f64)> {
    let metres = geodesic_m(from, to);
    let count = (metres / PIECE_M).ceil().max(1.0);
    let [a, b] = [from, to].map(LonLat::e7).map(|place| place.map(f64::from));
    let middle = |piece: u32| {
        let share = (f64::from(piece) + 0.5) / count;
        LonLat::from_e7([0, 1].map(|axis| (a[axis] + share * (b[axis] - a[axis])).round() as i32))
    };
    (0..count as u32).map(|piece| (middle(piece), metres / count)).collect()
}

/// The middle of the piece that is nearest to where the pieces' lengths balance.
fn middle(pieces: &[Piece]) -> LonLat {
    let all: f64 = pieces.iter().map(|piece| piece.length_m).sum();
    let balance = [0, 1].map(|axis| {
        let moment: f64 = pieces.iter().map(|piece| piece.length_m * piece.on_plane[axis]).sum();
        // pieces of no length at all balance anywhere
        if all > 0.0 { moment / all } else { pieces[0].on_plane[axis] }
    });
    let away = |piece: &Piece| (piece.on_plane[0] - balance[0]).hypot(piece.on_plane[1] - balance[1]);
    pieces.iter().min_by(|a, b| away(a).total_cmp(&away(b))).map_or(pieces[0].middle, |piece| piece.middle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_stretch_is_cut_into_pieces_of_at_most_fifty_metres() {
        let at = |lon| LonLat::new(lon, 36.3).expect("a position");
        let cut = pieces(at(116.2), at(116.2 + 120.0 / 89_820.959));
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|(_, metres)| (metres - 40.0).abs() < 0.1));
        assert!(cut.windows(2).all(|pair| (geodesic_m(pair[0].0, pair[1].0) - 40.0).abs() < 0.1));
        assert_eq!(pieces(at(116.2), at(116.2)).len(), 1);
    }

    proptest! {
        #[test]
        fn a_total_is_shared_to_the_child(total in 0_u32..100_000, weights in prop::collection::vec(0.1..5e3_f64, 1..200)) {
            let path: Vec<usize> = (0..weights.len()).rev().collect();
            let shares = share(total, &weights, &path).expect("shares");
            prop_assert_eq!(shares.iter().sum::<u32>(), total);
        }
    }
}
