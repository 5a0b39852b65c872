//! `yimi import areas`: towns from a GeoJSON file, all of it or nothing.

use super::{FileError, ImportError};
use crate::area::{Area, AreaKind, Outline, check_outline};
use crate::geo::{Datum, LonLat};
use crate::registry::{AreaOutcome, Reason, record_area};
use crate::site::DraftProblem;
use crate::store::Store;
use crate::text::{Words, has_control};
use ::geojson::{Feature, FeatureCollection, GeometryValue};
use geo::InteriorPoint;
use serde::Serialize;
use std::collections::HashSet;
use std::path::Path;

/// An areas file is read whole; one larger than this is no county's.
const LARGEST_BYTES: u64 = 256 * 1024 * 1024;
const NAME_MAX_CHARS: usize = 60;

/// What an import of areas did.
#[derive(Debug, Default, Serialize)]
pub struct AreasReport {
    /// Areas that are new.
    pub created: usize,
    /// Areas that have changed.
    pub amended: usize,
    /// Areas that are as they were.
    pub unchanged: usize,
}

/// Imports a GeoJSON file of areas, whose positions are in `datum`.
pub async fn import_areas(store: &Store, file: &Path, datum: Datum, who: &str) -> Result<AreasReport, ImportError> {
    let collection = read(file)?;
    let mut areas = Vec::new();
    let mut problems = Vec::new();
    let mut codes = HashSet::new();
    for (number, feature) in (1..).zip(&collection.features) {
        match (Asked { number, feature, datum }).area() {
            Ok(area) if !codes.insert(area.id.clone()) => problems.push(DraftProblem {
                line: number,
                column: "code".to_owned(),
                found: area.id,
                wanted: Words::fixed("不重复的区划代码", "a code of its own"),
            }),
            Ok(area) => areas.push(area),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::Areas(problems));
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let reason = Reason { who: who.to_owned(), why: format!("import {name}") };
    let mut change = store.change().await?;
    let known = change.areas().await?;
    let mut report = AreasReport::default();
    for area in &areas {
        let before = known.iter().find(|row| row.id == area.id);
        match record_area(&mut change, area, before, &reason).await? {
            AreaOutcome::Created => report.created += 1,
            AreaOutcome::Amended => report.amended += 1,
            AreaOutcome::Unchanged => report.unchanged += 1,
        }
    }
    change.commit().await?;
    Ok(report)
}

fn read(file: &Path) -> Result<FeatureCollection, ImportError> {
    let size = FileError::check_readable(file)?;
    if size > LARGEST_BYTES {
        let zh = format!("{}:{size} 字节;区划文件应小于 256 MiB", file.display());
        let en = format!("{}: {size} bytes; wanted an areas file under 256 MiB", file.display());
        return Err(ImportError::Unsaid(Words::new(zh, en)));
    }
    let text = std::fs::read(file).map_err(|source| FileError::unreadable(file, source))?;
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let collection: FeatureCollection = serde_json::from_slice(text).map_err(|reason| {
        let zh = format!("{}:不是 GeoJSON FeatureCollection({reason})", file.display());
        ImportError::Unsaid(Words::new(zh, format!("{}: not a GeoJSON FeatureCollection: {reason}", file.display())))
    })?;
    if collection.features.is_empty() {
        let zh = format!("{}:没有要素", file.display());
        return Err(ImportError::Unsaid(Words::new(
            zh,
            format!("{}: no features; wanted at least one area", file.display()),
        )));
    }
    Ok(collection)
}

/// A feature, asked for what makes an area.
struct Asked<'a> {
    number: u64,
    feature: &'a Feature,
    datum: Datum,
}

impl Asked<'_> {
    fn area(&self) -> Result<Area, DraftProblem> {
        let id = self.text(&["code", "adcode", "id", "区划代码", "代码"]).or_else(|| self.own_id());
        let id = id
            .filter(|id| id.len() <= 40 && id.chars().all(|c| c.is_alphanumeric() || "-_".contains(c)))
            .ok_or_else(|| {
                self.problem("code", String::new(), Words::fixed("区划代码,如 371524101", "a code such as 371524101"))
            })?;
        let name = self.text(&["name", "名称"]).unwrap_or_default();
        if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || has_control(&name) {
            let zh = format!("名称,1 到 {NAME_MAX_CHARS} 个字");
            return Err(self.problem(
                "name",
                name,
                Words::new(zh, format!("a name of 1 to {NAME_MAX_CHARS} characters")),
            ));
        }
        let shape = check_outline(&self.polygons()?).map_err(|reason| {
            let wanted = Words::fixed(
                "有效的面:环闭合、不自交、经纬度在范围内",
                "a valid polygon: closed rings that do not cross, in range",
            );
            self.problem("geometry", reason.to_string(), wanted)
        })?;
        let inside = shape.interior_point().and_then(|p| LonLat::new(p.x(), p.y()).ok());
        let label = self.label().or(inside).ok_or_else(|| {
            self.problem("geometry", String::new(), Words::fixed("有面积的面", "a polygon with a surface"))
        })?;
        let schematic = self.text(&["outline"]).is_some_and(|outline| outline == "schematic");
        let county =
            self.text(&["county", "所属县"]).map(|zh| Words::new(zh, self.text(&["county_en"]).unwrap_or_default()));
        Ok(Area {
            kind: self.kind(&name),
            name: Words::new(name, self.text(&["name_en"]).unwrap_or_default()),
            id,
            county,
            label,
            outline: if schematic { Outline::Schematic } else { Outline::Surveyed },
            source: self.text(&["source", "来源"]).unwrap_or_else(|| "file".to_owned()),
            shape,
        })
    }

    fn problem(&self, column: &str, found: String, wanted: Words) -> DraftProblem {
        DraftProblem { line: self.number, column: column.to_owned(), found, wanted }
    }

    fn property(&self, names: &[&str]) -> Option<&serde_json::Value> {
        let properties = self.feature.properties.as_ref()?;
        names.iter().find_map(|name| properties.get(*name)).filter(|value| !value.is_null())
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        match self.property(names)? {
            serde_json::Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn own_id(&self) -> Option<String> {
        self.feature.id.as_ref().map(|id| match id {
            ::geojson::feature::Id::String(text) => text.clone(),
            ::geojson::feature::Id::Number(number) => number.to_string(),
        })
    }

    fn kind(&self, name: &str) -> AreaKind {
        let said = self.text(&["kind"]).and_then(|kind| serde_json::from_value(kind.into()).ok());
        said.unwrap_or_else(|| match name.chars().last() {
            Some('道') => AreaKind::Subdistrict,
            Some('镇' | '乡') => AreaKind::Town,
            Some('区' | '村') => AreaKind::Community,
            _ => AreaKind::Other,
        })
    }

    fn label(&self) -> Option<LonLat> {
        let pair: [f64; 2] = serde_json::from_value(self.property(&["label", "center", "centroid"])?.clone()).ok()?;
        LonLat::new(pair[0], pair[1]).ok().map(|at| self.datum.to_wgs84(at))
    }

    fn polygons(&self) -> Result<Vec<Vec<Vec<[f64; 2]>>>, DraftProblem> {
        let wanted = || Words::fixed("Polygon 或 MultiPolygon", "a Polygon or a MultiPolygon");
        let geometry =
            self.feature.geometry.as_ref().ok_or_else(|| self.problem("geometry", "null".into(), wanted()))?;
        let polygons = match &geometry.value {
            GeometryValue::Polygon { coordinates } => vec![coordinates],
            GeometryValue::MultiPolygon { coordinates } => coordinates.iter().collect(),
            other => return Err(self.problem("geometry", other.type_name().to_owned(), wanted())),
        };
        let vertex = |at: &::geojson::Position| {
            let [lon, lat] = [at.as_slice().first(), at.as_slice().get(1)].map(|n| n.copied().unwrap_or(f64::NAN));
            // what is no position stays as it is and is told with its ring and vertex
            LonLat::new(lon, lat).map_or([lon, lat], |at| {
                let at = self.datum.to_wgs84(at);
                [at.lon(), at.lat()]
            })
        };
        Ok(polygons
            .into_iter()
            .map(|rings| rings.iter().map(|ring| ring.iter().map(vertex).collect()).collect())
            .collect())
    }
}
