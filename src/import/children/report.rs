//! What an import of children did, and what the other data make of them: who is far from any street, who lives in no area.

use super::ChildrenError;
use super::gathered::Facts;
use crate::area::AreaSet;
use crate::children::{BandRange, Children, Method};
use crate::geo::{Bounds, LonLat};
use crate::network::{NodeIndex, SNAP_LIMIT_M, Walk};
use crate::text::Words;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;

/// Cells far from any street that are told one by one.
const LISTED: usize = 20;
/// How far the nearest street of a listed cell is looked for, metres.
const LOOK_M: f64 = 5_000.0;

/// What an import of children did.
#[derive(Debug, Serialize)]
pub struct ChildrenReport {
    /// The file's name; of several, all names.
    pub file: String,
    /// Its number among the children of this database.
    pub version: i64,
    /// Whether the same children were in use already.
    pub unchanged: bool,
    /// What was imported.
    #[serde(flatten)]
    pub counted: Counted,
    /// Headings that are not used.
    pub unused_columns: Vec<String>,
    /// What looks wrong though each row is right.
    pub warnings: Vec<Words>,
    /// Who is far from any street; nothing where there is no network yet.
    pub unsnapped: Option<Unsnapped>,
    /// Children of each area.
    pub areas: Vec<AreaChildren>,
    /// Children in no area; nothing where there are no areas.
    pub outside_areas: Option<u64>,
}

/// How many were imported; stands in the log.
#[derive(Debug, Serialize)]
pub struct Counted {
    /// Cells with children.
    pub cells: usize,
    /// Cells without, after rounding; they are not kept.
    pub zero_cells: u64,
    /// Rows outside the part that was wanted.
    pub clipped_cells: u64,
    /// Children by band.
    pub bands: Vec<BandTotal>,
    /// All children.
    pub total: u64,
    /// How the counts came about.
    pub method: Method,
    /// Whether they are made up for show.
    pub demonstration: bool,
}

/// Children of a band.
#[derive(Debug, Serialize)]
pub struct BandTotal {
    /// The youngest.
    pub from: u8,
    /// The oldest.
    pub to: u8,
    /// How many.
    pub total: u64,
}

/// Cells farther than 300 m from any street. They stay in and count as not covered.
#[derive(Debug, Serialize)]
pub struct Unsnapped {
    /// How many cells.
    pub cells: usize,
    /// How many children.
    pub children: u64,
    /// The first twenty.
    pub listed: Vec<FarCell>,
}

/// A cell far from any street.
#[derive(Debug, Serialize)]
pub struct FarCell {
    /// Its name.
    pub id: String,
    /// WGS-84.
    pub lon: f64,
    /// WGS-84.
    pub lat: f64,
    /// How many children.
    pub children: u64,
    /// Whole metres to the nearest street; nothing beyond 5 km.
    pub street_m: Option<f64>,
}

/// Children of an area.
#[derive(Debug, Serialize)]
pub struct AreaChildren {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: Words,
    /// How many.
    pub children: u64,
}

impl Counted {
    pub(super) fn of(children: &Children, facts: &Facts, zero_cells: u64) -> Self {
        let band = |place: usize| BandRange { first: place, end: place + 1 };
        let bands = children.bands().iter().enumerate();
        let bands: Vec<BandTotal> = bands
            .map(|(place, of)| BandTotal { from: of.from, to: of.to, total: children.total(band(place)) })
            .collect();
        Self {
            cells: children.len(),
            zero_cells,
            clipped_cells: facts.clipped,
            total: bands.iter().map(|band| band.total).sum(),
            bands,
            method: children.method(),
            demonstration: children.demonstration(),
        }
    }
}

/// The cells far from any street; refused where no cell is near one, for then the file is of another place.
pub(super) fn unsnapped(children: &Children, walk: &Walk) -> Result<Unsnapped, ChildrenError> {
    let far = |cell: &usize| walk.snap(children.at(*cell), SNAP_LIMIT_M).is_none();
    let far: Vec<usize> = (0..children.len()).into_par_iter().filter(far).collect();
    let network = walk.network();
    let junctions = (0..network.node_count() as NodeIndex).map(|node| network.node(node));
    if far.len() == children.len()
        && let (Some(children), Some(network)) =
            (bounds((0..children.len()).map(|cell| children.at(cell))), bounds(junctions))
    {
        return Err(ChildrenError::Outside { children, network });
    }
    let listed = far.iter().take(LISTED).map(|cell| {
        let at = children.at(*cell);
        let [lon, lat] = at.to_centimetre();
        let street_m = walk.snap(at, LOOK_M).map(|found| found.away_m.round());
        FarCell { id: children.id(*cell).to_owned(), lon, lat, children: all_of(children, *cell), street_m }
    });
    Ok(Unsnapped {
        cells: far.len(),
        children: far.iter().map(|cell| all_of(children, *cell)).sum(),
        listed: listed.collect(),
    })
}

fn bounds(places: impl Iterator<Item = LonLat>) -> Option<Bounds> {
    places.fold(None, |bounds: Option<Bounds>, at| {
        let mut bounds = bounds.unwrap_or_else(|| Bounds::around(at));
        bounds.extend(at);
        Some(bounds)
    })
}

fn all_of(children: &Children, cell: usize) -> u64 {
    children.counts(cell).iter().map(|n| u64::from(*n)).sum()
}

/// Children of each area and of none; nothing of the latter where there are no areas.
pub(super) fn by_area(children: &Children, areas: &AreaSet) -> (Vec<AreaChildren>, Option<u64>) {
    let mut totals = vec![0; areas.all().len()];
    let mut outside = 0;
    for cell in 0..children.len() {
        let area = areas.find(children.at(cell));
        *area.map_or(&mut outside, |area| &mut totals[usize::from(area)]) += all_of(children, cell);
    }
    let told = areas.all().iter().zip(totals).map(|(area, children)| AreaChildren {
        id: area.id.clone(),
        name: area.name.clone(),
        children,
    });
    (told.collect(), (!areas.all().is_empty()).then_some(outside))
}
