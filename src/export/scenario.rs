//! A scenario as GeoJSON or CSV: what it proposes and what it comes to.

use super::Format;
use super::cells::{BYTE_ORDER_MARK, line};
use crate::text::Words;
use serde_json::{Value, json};

/// A scenario for a file. Its id is left out: it is the link by which the scenario is read, and files go further than
/// links do.
#[derive(Debug, Clone)]
pub struct ScenarioFile {
    /// What it is called.
    pub name: String,
    /// What else somebody wrote.
    pub note: String,
    /// When it was saved, RFC 3339.
    pub saved: String,
    /// What of the data has moved on since.
    pub moved_on: Vec<&'static str>,
    /// The question and the figures of the whole county, as JSON members for GeoJSON.
    pub members: serde_json::Map<String, Value>,
    /// The whole county.
    pub county: ScenarioTown,
    /// Towns in which something changes.
    pub towns: Vec<ScenarioTown>,
    /// What is planned.
    pub places: Vec<ScenarioPlace>,
}

/// Children of a town, or of the county, before and after.
#[derive(Debug, Clone)]
pub struct ScenarioTown {
    /// Its name.
    pub name: String,
    /// All its children.
    pub children: u64,
    /// Those who were covered.
    pub before: u64,
    /// Those who would be.
    pub after: u64,
}

/// A place where something is planned.
#[derive(Debug, Clone)]
pub struct ScenarioPlace {
    /// What.
    pub part: ScenarioPart,
    /// The kind of site, its id and what it is called; nothing for a proposed post, and for a site that is no longer there.
    pub kind: Option<(String, Words)>,
    /// What it is called.
    pub name: String,
    /// Degrees on WGS-84; nothing for a site that is no longer there.
    pub at: Option<[f64; 2]>,
    /// The number of an existing site.
    pub site: Option<u32>,
    /// When it would be open.
    pub opening_hours: Option<String>,
    /// Units that it was handed to.
    pub units: Vec<String>,
}

/// What is planned at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScenarioPart {
    /// A site that is proposed.
    Proposed,
    /// A site that would close.
    Closed,
    /// A site with other hours.
    OtherHours,
    /// A safety post that is proposed.
    Post,
}

impl ScenarioPart {
    fn id(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Closed => "closed",
            Self::OtherHours => "other_hours",
            Self::Post => "post",
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Self::Proposed => "拟建",
            Self::Closed => "关闭",
            Self::OtherHours => "改开放时间",
            Self::Post => "增设护学岗",
        }
    }
}

/// The headings, Chinese first.
const HEADINGS: [&str; 11] = [
    "内容 what",
    "名称 name",
    "经度 lon",
    "纬度 lat",
    "坐标系 crs",
    "场所编号 site",
    "开放时间 opening_hours",
    "责任单位 unit",
    "儿童 children",
    "原覆盖 before",
    "方案覆盖 after",
];

impl ScenarioFile {
    /// The file, in a format.
    pub fn written(&self, format: Format) -> std::io::Result<Vec<u8>> {
        match format {
            Format::Geojson => self.geojson(),
            Format::Csv => self.csv(),
        }
    }

    fn geojson(&self) -> std::io::Result<Vec<u8>> {
        let towns = self.towns.iter().map(
            |town| json!({ "name": town.name, "children": town.children, "before": town.before, "after": town.after }),
        );
        let mut properties = self.members.clone();
        for (name, value) in [
            ("name", json!(self.name)),
            ("note", json!(self.note)),
            ("saved", json!(self.saved)),
            ("moved_on", json!(self.moved_on)),
            ("children_total", json!(self.county.children)),
            ("children_before", json!(self.county.before)),
            ("children_after", json!(self.county.after)),
            ("by_town", towns.collect()),
        ] {
            properties.insert(name.to_owned(), value);
        }
        let features = self.places.iter().map(|place| {
            json!({
                "type": "Feature",
                "geometry": place.at.map(|at| json!({ "type": "Point", "coordinates": at })),
                "properties": {
                    "what": place.part.id(), "what_zh": place.part.zh(), "kind": place.kind.as_ref().map(|kind| &kind.0),
                    "name": place.name, "site": place.site, "opening_hours": place.opening_hours, "units": place.units,
                },
            })
        });
        let file = json!({
            "type": "FeatureCollection", "properties": properties, "features": features.collect::<Vec<_>>(),
        });
        let mut out = serde_json::to_vec(&file)?;
        out.push(b'\n');
        Ok(out)
    }

    fn csv(&self) -> std::io::Result<Vec<u8>> {
        let mut out = BYTE_ORDER_MARK.as_bytes().to_vec();
        out.extend(line(HEADINGS.map(str::to_owned))?);
        for place in &self.places {
            out.extend(line(place.cells())?);
        }
        out.extend(line(self.county.cells("全县 county"))?);
        for town in &self.towns {
            out.extend(line(town.cells("乡镇 town"))?);
        }
        Ok(out)
    }
}

impl ScenarioPlace {
    fn cells(&self) -> [String; 11] {
        let kind = self.kind.as_ref().map(|(_, name)| name.zh.as_ref()).unwrap_or_default();
        let what = format!("{}{kind} {}", self.part.zh(), self.part.id());
        let degrees = |axis: usize| self.at.map(|at| at[axis].to_string()).unwrap_or_default();
        [
            what,
            self.name.clone(),
            degrees(0),
            degrees(1),
            self.at.map_or_else(String::new, |_| "wgs84".to_owned()),
            self.site.map(|site| site.to_string()).unwrap_or_default(),
            self.opening_hours.clone().unwrap_or_default(),
            self.units.join("、"),
            String::new(),
            String::new(),
            String::new(),
        ]
    }
}

impl ScenarioTown {
    fn cells(&self, what: &str) -> [String; 11] {
        let mut cells = [const { String::new() }; 11];
        what.clone_into(&mut cells[0]);
        cells[1].clone_from(&self.name);
        for (cell, count) in cells[8..].iter_mut().zip([self.children, self.before, self.after]) {
            *cell = count.to_string();
        }
        cells
    }
}
