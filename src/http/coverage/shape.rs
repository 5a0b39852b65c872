//! The shape of the figures of coverage, over the wire and on the command line.

use crate::children::{AgeBand, Method};
use crate::text::Words;
use serde::Serialize;

/// Children within reach of a kind of site.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct CoverageAnswer {
    /// The kind's id.
    pub kind: String,
    /// The limit.
    pub minutes: u32,
    /// Who walks.
    pub profile: String,
    /// The time, where one was asked for.
    pub at: Option<String>,
    /// The ages that are counted.
    pub ages: AgeBand,
    /// `network`: ways on foot along streets.
    pub rests_on: &'static str,
    /// All.
    #[serde(flatten)]
    pub county: GroupFigures,
    /// Children within these metres of a site in a straight line, to lay beside.
    pub straight: Vec<StraightFigures>,
    /// Places per child, where sites say their capacity.
    pub floating_catchment: Option<FloatingCatchment>,
    /// The same of each area, by code; children in no area come last.
    pub areas: Vec<AreaFigures>,
    /// Covered children by the setting of their nearest site; empty for kinds without.
    pub settings: Vec<SettingFigures>,
    /// How many neighbourhoods have uncovered children.
    pub gaps_total: usize,
    /// The thirty with the most uncovered children, most first.
    pub gaps: Vec<GapAnswer>,
    /// Which sites count.
    pub sites: SitesCounted,
    /// Children farther than 300 m from every street.
    pub unsnapped: Unsnapped,
    /// Where the children come from.
    pub children_source: ChildrenSource,
}

/// Figures of a group of children.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct GroupFigures {
    /// All children.
    pub children_total: u64,
    /// Those within the limit.
    pub children_covered: u64,
    /// Covered of all, 0 to 1.
    pub share: f64,
    /// Those who have no way to any site.
    pub children_unreached: u64,
    /// By 5, 10 and 15 minutes, and beyond.
    pub bands: Vec<BandFigures>,
    /// Children within 0, 1, 2 … 60 minutes.
    pub curve: Vec<u64>,
    /// Of those who have a way.
    pub mean_secs: Option<f64>,
    /// Half of all children have at most so many.
    pub median_secs: Option<f64>,
    /// Nine of ten have at most so many.
    pub worst_decile_secs: Option<f64>,
    /// How unequal walking times are, 0 to 1.
    pub gini: Option<f64>,
    /// Places for a thousand children, where sites say their capacity.
    pub places_per_1000: Option<f64>,
}

/// Children of a band of minutes.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct BandFigures {
    /// More than so many minutes.
    pub from_min: u32,
    /// At most so many; nothing: no end, with those who have no way.
    pub to_min: Option<u32>,
    /// How many.
    pub children: u64,
    /// Of all, 0 to 1.
    pub share: f64,
}

/// Children within a circle.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct StraightFigures {
    /// Its radius.
    pub radius_m: u32,
    /// How many.
    pub children: u64,
    /// Of all, 0 to 1.
    pub share: f64,
}

/// Two-step floating catchment areas.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FloatingCatchment {
    /// All places.
    pub capacity: u64,
    /// Sites that say theirs.
    pub sites_with_capacity: usize,
    /// Sites that do not, and are left out of it: with many of these the figures say little.
    pub sites_without_capacity: usize,
    /// Places for a thousand children.
    pub places_per_1000: Option<f64>,
    /// Children without any site within the limit that says its capacity.
    pub children_without: u64,
}

/// An area's figures.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct AreaFigures {
    /// Its code; nothing for children in no area.
    pub id: Option<String>,
    /// Its name.
    pub name: Words,
    /// Its figures.
    #[serde(flatten)]
    pub figures: GroupFigures,
}

/// Children by setting.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SettingFigures {
    /// The setting; nothing where the site says none.
    pub id: Option<String>,
    /// Its name.
    pub name: Words,
    /// Covered children whose nearest site is of it.
    pub children: u64,
}

/// A site by number and name.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct NamedSite {
    /// Its number; -1 for the first of those that are only proposed.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// A neighbourhood with uncovered children.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct GapAnswer {
    /// What it is called.
    pub name: Words,
    /// The code of its area.
    pub area: Option<String>,
    /// The middle of its largest cell.
    pub lon: f64,
    /// The same.
    pub lat: f64,
    /// West, south, east and north of its cells.
    pub bbox: [f64; 4],
    /// Uncovered children.
    pub children: u64,
    /// How many cells.
    pub cells: usize,
    /// From its largest cell to the nearest site.
    pub walk_secs: Option<f64>,
    /// That site.
    pub site: Option<NamedSite>,
}

/// Which sites count.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SitesCounted {
    /// So many.
    pub counted: usize,
    /// Known to be closed at the time.
    pub not_open: usize,
    /// Nobody knows whether they are open then; not counted.
    pub unknown_hours: usize,
    /// How many of those that count are farther than 300 m from every street; they serve nobody.
    pub unsnapped_total: usize,
    /// The first fifty of them.
    pub unsnapped: Vec<PlacedSite>,
}

/// A site and where it is.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PlacedSite {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
}

/// Children far from every street; they count as not covered.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Unsnapped {
    /// Cells.
    pub cells: usize,
    /// Children.
    pub children: u64,
    /// The fifty with the most children.
    pub listed: Vec<UnsnappedCell>,
}

/// A cell far from every street.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct UnsnappedCell {
    /// What its file calls it.
    pub id: String,
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// Children.
    pub children: u32,
}

/// Where the children come from.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ChildrenSource {
    /// How the counts came about.
    pub method: Method,
    /// Whether they are made up for show.
    pub demonstration: bool,
    /// The name of the file that they come from.
    pub source: String,
}
