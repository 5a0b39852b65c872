//! What is to be said of a row: right, to be looked at, or wrong.

use super::columns::Under;
use super::row::{ReadRow, Reading};
use crate::area::AreaSet;
use crate::geo::{LonLat, geodesic_m};
use crate::site::duplicate::{Likely, Looked, Places, likely};
use crate::site::{KindIndex, SiteId, Visibility};
use crate::snapshot::Snapshot;
use crate::text::{Words, fold};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A site that lies further from where it was has moved, metres.
const MOVED_M: f64 = 200.0;
/// Further away a site of the same name is another one, metres.
const SAME_NAME_M: f64 = 20_000.0;
/// Warnings of duplicates that are told of one row.
const TOLD: usize = 3;

/// Whether a row may be registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// It is right.
    Green,
    /// Somebody should look at it first.
    Amber,
    /// Something in it is wrong.
    Red,
}

impl Colour {
    /// Its word in JSON and in the database.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Amber => "amber",
            Self::Red => "red",
        }
    }

    /// From its word.
    #[must_use]
    pub fn named(id: &str) -> Option<Self> {
        [Self::Green, Self::Amber, Self::Red].into_iter().find(|colour| colour.id() == id)
    }
}

/// A wrong cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CellProblem {
    /// The heading over it.
    pub column: String,
    /// What it says, shortened.
    pub found: String,
    /// What it should say.
    pub wanted: Words,
}

/// What somebody should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = SheetWarning)]
pub struct Warning {
    /// `duplicate`, `far_from_before`, `other_town`, `in_water` or `outside_county`.
    pub what: String,
    /// The site that it is about.
    pub site: Option<i64>,
    /// The registration that waits and that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration: Option<String>,
    /// The line of the sheet that it is about.
    pub line: Option<u64>,
    /// What that is called.
    pub name: Option<String>,
    /// How far away that is, metres.
    pub distance_m: Option<f64>,
    /// For people.
    pub says: Words,
}

/// What is said of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it may be registered.
    pub colour: Colour,
    /// As it stands in the row.
    pub name: String,
    /// Longitude and latitude, WGS-84.
    pub at: Option<[f64; 2]>,
    /// The row's own number.
    pub key: Option<String>,
    /// The code of the town that it lies in.
    pub area: Option<String>,
    /// What is wrong.
    pub errors: Vec<CellProblem>,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
    /// The site that the row is about, when it is plainly the same; registering it amends that one.
    pub site: Option<i64>,
}

/// Sites that are known already, as far as rows name them.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// By kind and folded name; nothing under a name that several have.
    pub by_name: HashMap<(KindIndex, String), Option<(SiteId, LonLat)>>,
    /// By kind and own number.
    pub by_key: HashMap<(KindIndex, String), SiteId>,
}

/// Another row, earlier in the sheet.
pub(super) struct Earlier<'a> {
    pub line: u64,
    pub name: &'a str,
    pub looked: &'a Looked,
}

/// What rows are judged by.
pub(super) struct Judge<'a> {
    pub now: &'a Snapshot,
    pub places: &'a Places<'a>,
    pub known: &'a Known,
    pub reading: &'a Reading,
}

/// What is compared of a row; nothing when it is not right or of a kind whose sites are never shown.
pub(super) fn looked(now: &Snapshot, row: &ReadRow) -> Option<Looked> {
    let site = row.site.as_ref().ok()?;
    if now.catalogue().kind(site.kind).visibility == Visibility::Aggregate {
        return None;
    }
    let told = site.attributes.told();
    let address = told.get("address").and_then(|address| address.as_str());
    Some(Looked::new(site.kind, site.at, &site.name, address))
}

impl Judge<'_> {
    /// What is said of a row. `earlier` are rows before it that are near, `taken` the line that has its number already.
    pub(super) fn verdict<'e>(
        &self,
        row: ReadRow,
        looked: Option<&Looked>,
        earlier: impl Iterator<Item = Earlier<'e>>,
        taken: Option<u64>,
    ) -> Verdict {
        let area = row.at.and_then(|at| self.now.areas().find(at));
        let mut verdict = Verdict {
            colour: Colour::Green,
            name: row.name,
            at: row.at.map(LonLat::to_centimetre),
            key: row.key,
            area: area.map(|area| self.now.areas().get(area).id.clone()),
            errors: Vec::new(),
            warnings: Vec::new(),
            site: None,
        };
        match &row.site {
            Err(errors) => verdict.errors.clone_from(errors),
            Ok(site) => {
                verdict.warnings.extend(self.place(site.at, row.town.as_deref()));
                let own_number = verdict.key.clone();
                let known = looked.and_then(|looked| self.known(looked, &site.name, own_number));
                self.same_site(looked, site.at, known, &mut verdict);
                if let Some(looked) = looked {
                    verdict.warnings.extend(in_sheet(self.places, looked, earlier));
                }
            }
        }
        if let (Some(line), Some(key)) = (taken, &verdict.key) {
            verdict.errors.push(CellProblem {
                column: self.reading.heading(Under::Site(crate::site::Field::Key), "id"),
                found: key.clone(),
                wanted: Words::new(
                    format!("不重复的编号(第 {line} 行已使用)"),
                    format!("a number of its own (line {line} has it)"),
                ),
            });
        }
        verdict.colour = match (verdict.errors.is_empty(), verdict.warnings.is_empty()) {
            (false, _) => Colour::Red,
            (true, false) => Colour::Amber,
            (true, true) => Colour::Green,
        };
        verdict
    }

    /// Whether it lies in the county, and in the town that it says.
    fn place(&self, at: LonLat, town: Option<&str>) -> Option<Warning> {
        let areas: &AreaSet = self.now.areas();
        if areas.all().is_empty() {
            return None;
        }
        let Some(area) = areas.find(at) else {
            let says = Words::fixed("位置不在本县任何乡镇内", "the position lies in no town of the county");
            return Some(warning("outside_county", says));
        };
        let (area, town) = (areas.get(area), town?);
        let agrees = bare(town) == bare(&area.name.zh) || fold(town) == fold(&area.name.en) || town == area.id;
        (!agrees).then(|| {
            let says = Words::new(
                format!("表中写的是“{town}”,坐标却在{}", area.name.zh),
                format!("the row says {town}, but its position lies in {}", named(&area.name)),
            );
            warning("other_town", says)
        })
    }

    /// The site that has the row's own number, or, alone in the county, its name.
    fn known(&self, looked: &Looked, name: &str, key: Option<String>) -> Option<(SiteId, bool)> {
        let by_key = key.and_then(|key| self.known.by_key.get(&(looked.kind(), key))).map(|id| (*id, true));
        let by_name = || {
            let (id, at) = (*self.known.by_name.get(&(looked.kind(), fold(name)))?)?;
            (geodesic_m(at, looked.at()) <= SAME_NAME_M).then_some((id, false))
        };
        by_key.or_else(by_name)
    }

    /// Sites that the row is, or likely is.
    fn same_site(&self, looked: Option<&Looked>, at: LonLat, known: Option<(SiteId, bool)>, verdict: &mut Verdict) {
        let Some(looked) = looked else { return };
        if let Some((found, by_number)) = known.and_then(|(id, by_number)| Some((self.now.site(id)?, by_number))) {
            let site = &found.held.site;
            let distance_m = geodesic_m(site.at, at);
            verdict.site = Some(site.id.0);
            if distance_m > MOVED_M {
                let says = Words::new(
                    format!("“{}”原来的位置相距 {distance_m:.0} 米,确已搬迁吗?", site.name),
                    format!("“{}” was {distance_m:.0} m away before; has it moved?", site.name),
                );
                verdict.warnings.push(about("far_from_before", site.id, &site.name, distance_m, says));
            } else if !by_number {
                verdict.warnings.push(duplicate(site.id, &site.name, distance_m));
            }
            return;
        }
        for same in self.now.likely_same(self.places, looked).into_iter().take(TOLD) {
            let Likely { key, distance_m, .. } = same;
            if let Some(found) = self.now.site(key) {
                verdict.warnings.push(duplicate(key, &found.held.site.name, distance_m));
            }
        }
    }
}

/// Earlier rows that are likely the same.
fn in_sheet<'e>(places: &Places<'_>, looked: &Looked, earlier: impl Iterator<Item = Earlier<'e>>) -> Option<Warning> {
    let same = likely(places, looked, earlier.map(|row| ((row.line, row.name), row.looked))).into_iter().next()?;
    let ((line, name), distance_m) = (same.key, metres(same.distance_m));
    let says = Words::new(
        format!("可能与第 {line} 行“{name}”重复(相距 {distance_m:.0} 米)"),
        format!("perhaps the same as “{name}” on line {line} ({distance_m:.0} m away)"),
    );
    let (line, name, distance_m) = (Some(line), Some(name.to_owned()), Some(distance_m));
    Some(Warning { line, name, distance_m, ..warning("duplicate", says) })
}

fn duplicate(site: SiteId, name: &str, distance_m: f64) -> Warning {
    let says = Words::new(
        format!("可能与已有的“{name}”是同一处(相距 {distance_m:.0} 米)"),
        format!("perhaps the same as “{name}”, which is known already ({distance_m:.0} m away)"),
    );
    about("duplicate", site, name, distance_m, says)
}

fn about(what: &str, site: SiteId, name: &str, distance_m: f64, says: Words) -> Warning {
    let (name, distance_m) = (Some(name.to_owned()), Some(metres(distance_m)));
    Warning { site: Some(site.0), name, distance_m, ..warning(what, says) }
}

fn warning(what: &str, says: Words) -> Warning {
    Warning { what: what.to_owned(), site: None, registration: None, line: None, name: None, distance_m: None, says }
}

fn metres(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

/// The name of a town without what people add or leave out.
fn bare(town: &str) -> String {
    let town = fold(town);
    let town = town.strip_suffix("办事处").unwrap_or(&town);
    let county = town.rsplit_once('县').map_or(town, |(_, town)| town);
    ["街道", "镇", "乡", "街"].iter().find_map(|level| county.strip_suffix(level)).unwrap_or(county).to_owned()
}

fn named(name: &Words) -> &str {
    if name.en.is_empty() { &name.zh } else { &name.en }
}
