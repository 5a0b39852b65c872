//! Features of a GeoJSON (RFC 7946), one after the other.
//!
//! A file is a `FeatureCollection` or one bare `Feature`. Degrees are WGS-84 unless the old member `crs` says that they are
//! of another datum, or a property says it of each feature. A line or an area stands for its centroid. The file is read
//! through once when it is opened, because only the features tell which properties there are.

use super::centroid::{self, Place, ShapeFault};
use super::error::FileError;
use super::features::{self, Frame, Stop};
use super::heading::{Meaning, Vocabulary};
use super::reader::Each;
use crate::geo::Datum;
use crate::site::{Cell, Draft, DraftProblem, Field};
use crate::text::Words;
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The column that positions are said to come from.
const COORDINATES: &str = "coordinates";
/// How much of a wrong value is shown, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// Different property names that are remembered; a file with more is no table of anything.
const NAMES: usize = 1000;

/// An opened GeoJSON, its property names known.
pub(super) struct GeoJsonFile {
    file: PathBuf,
    vocabulary: Vocabulary,
    names: Names,
    datum: Option<Datum>,
}

/// The property names of a file.
#[derive(Default)]
struct Names {
    known: HashMap<String, Field>,
    fields: HashSet<Field>,
    unknown: Vec<String>,
}

impl GeoJsonFile {
    pub(super) fn open(file: &Path, vocabulary: Vocabulary) -> Result<Self, FileError> {
        let mut names = Names::default();
        let frame = features::read(file, &mut |_| (), &mut |feature| {
            if let Some(Value::Object(properties)) = feature.get("properties") {
                properties.keys().for_each(|name| names.learn(&vocabulary, name));
            }
            if feature.get("id").is_some_and(|id| !id.is_null()) {
                names.fields.insert(Field::Key);
            }
            Stop::No
        })?;
        let datum = datum(file, &frame)?.filter(|_| !names.fields.contains(&Field::Datum));
        Ok(Self { file: file.to_owned(), vocabulary, names, datum })
    }

    pub(super) fn datum(&self) -> Option<Datum> {
        self.datum
    }

    pub(super) fn has(&self, field: Field) -> bool {
        matches!(field, Field::Lon | Field::Lat) || self.names.fields.contains(&field)
    }

    pub(super) fn unknown(&self) -> &[String] {
        &self.names.unknown
    }

    pub(super) fn for_each(self, progress: &mut dyn FnMut(u64), each: Each<'_>) -> Result<(), FileError> {
        let column: Arc<str> = COORDINATES.into();
        let mut number = 0;
        features::read(&self.file, progress, &mut |feature| {
            number += 1;
            if each(self.draft(number, &feature, &column)).is_break() { Stop::Yes } else { Stop::No }
        })?;
        Ok(())
    }

    fn draft(&self, line: u64, feature: &Value, column: &Arc<str>) -> Result<Draft, DraftProblem> {
        let place = position(line, feature)?;
        let mut cells = Vec::new();
        for (field, value) in [(Field::Lon, place.lon), (Field::Lat, place.lat)] {
            cells.push(Cell { field, column: column.clone(), value: value.to_string() });
        }
        if let Some(Value::Object(properties)) = feature.get("properties") {
            self.read(line, properties, &mut cells)?;
        }
        if let Some(id) = feature.get("id").and_then(text)
            && !cells.iter().any(|cell| cell.field == Field::Key)
        {
            cells.push(Cell { field: Field::Key, column: "id".into(), value: id });
        }
        Ok(Draft { line, cells })
    }

    /// The cells of a feature's properties. Of two for one field the one stands that Yimi itself would write; two others
    /// are a bad feature, not a bad file, for features need not have the same properties.
    fn read(&self, line: u64, properties: &Map<String, Value>, cells: &mut Vec<Cell>) -> Result<(), DraftProblem> {
        let first = cells.len();
        for (name, value) in properties {
            let Some(field) = self.names.known.get(name).copied() else { continue };
            let Some(value) = text(value) else { continue };
            let taken = cells[first..].iter_mut().find(|cell| cell.field == field);
            match taken {
                None => cells.push(Cell { field, column: name.as_str().into(), value }),
                Some(cell) if self.vocabulary.is_own(&cell.column) => {}
                Some(cell) if self.vocabulary.is_own(name) => {
                    *cell = Cell { field, column: name.as_str().into(), value };
                }
                Some(cell) => {
                    let column = format!("{}, {name}", cell.column);
                    let wanted =
                        Words::fixed("两个属性含义相同,只应保留一个", "one of two properties that mean the same");
                    return Err(DraftProblem { line, column, found: String::new(), wanted });
                }
            }
        }
        Ok(())
    }
}

impl Names {
    fn learn(&mut self, vocabulary: &Vocabulary, name: &str) {
        if self.known.contains_key(name) || self.unknown.iter().any(|unknown| unknown == name) {
            return;
        }
        if self.known.len() + self.unknown.len() >= NAMES {
            return;
        }
        match vocabulary.meaning(name) {
            // the position is the geometry's; a copy of it among the properties may be in any datum
            Meaning::Field(Field::Lon | Field::Lat) | Meaning::Degrees(..) | Meaning::Nothing => {}
            Meaning::Field(field) => {
                self.known.insert(name.to_owned(), field);
                self.fields.insert(field);
            }
            Meaning::Unknown => self.unknown.push(name.to_owned()),
        }
    }
}

/// What a property says, if it is not nothing, a list or an object.
pub(super) fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn position(line: u64, feature: &Value) -> Result<Place, DraftProblem> {
    centroid::place(geometry(line, feature)?).map_err(|fault| no_place(line, fault))
}

/// The geometry of what must be a feature.
pub(super) fn geometry(line: u64, feature: &Value) -> Result<&Value, DraftProblem> {
    let of_type = feature.get("type").and_then(Value::as_str).unwrap_or_default();
    if of_type == "Feature" {
        return Ok(feature.get("geometry").unwrap_or(&Value::Null));
    }
    let found = of_type.chars().take(FOUND_MAX_CHARS).collect();
    Err(DraftProblem { line, column: "type".to_owned(), found, wanted: Words::fixed("Feature(要素)", "a Feature") })
}

/// The problem of a feature without a place.
pub(super) fn no_place(line: u64, fault: ShapeFault) -> DraftProblem {
    let found = fault.found.chars().take(FOUND_MAX_CHARS).collect();
    DraftProblem { line, column: "geometry".to_owned(), found, wanted: fault.wanted }
}

/// The datum of a file: WGS-84 unless the member `crs` names another that is known.
pub(super) fn datum(file: &Path, frame: &Frame) -> Result<Option<Datum>, FileError> {
    let crs = match &frame.crs {
        None | Some(Value::Null) => return Ok(Some(Datum::Wgs84)),
        Some(crs) => crs,
    };
    let properties = crs.get("properties");
    let member = |key| properties.and_then(|p| p.get(key)).and_then(Value::as_str);
    let name = member("name").or_else(|| member("href")).or_else(|| crs.as_str()).unwrap_or_default();
    match Datum::from_name(name) {
        Some(datum) => Ok(Some(datum)),
        None => Err(FileError::Crs { file: file.to_owned(), name: name.chars().take(120).collect() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::Reader;
    use crate::import::reader::testing::{Rows, catalogue, drafts, lines, temporary, values};
    use std::ops::ControlFlow;

    fn collection(features: &str) -> String {
        format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
    }

    fn feature(geometry: &str, properties: &str) -> String {
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
    }

    fn read(text: &str) -> Result<Rows, FileError> {
        drafts(text.as_bytes())
    }

    const POINT: &str = r#"{"type":"Point","coordinates":[116.2530,36.33,40]}"#;

    #[test]
    fn properties_become_cells_and_the_position_comes_from_the_geometry() {
        let properties = r#"{"名称":"第一小学","kind":"school","capacity":60,"demonstration":true,"lon":1,"经度(百度)":2,
            "address":null,"tags":{"a":1},"unit":" "}"#;
        let rows = read(&collection(&feature(POINT, properties))).expect("right");
        let draft = rows[0].as_ref().expect("right");
        assert_eq!((draft.line, draft.cells.len()), (1, 6));
        assert_eq!([values(draft, Field::Lon), values(draft, Field::Lat)], [["116.253"], ["36.33"]]);
        assert_eq!((values(draft, Field::Name), values(draft, Field::Kind)), (vec!["第一小学"], vec!["school"]));
        assert!(draft.cells.iter().any(|cell| &*cell.column == "demonstration" && cell.value == "true"));
    }

    #[test]
    fn the_member_id_is_the_key_unless_a_property_is() {
        let with_id = |id: &str, properties: &str| {
            let text = feature(POINT, properties).replacen('{', &format!(r#"{{"id":{id},"#), 1);
            let rows = read(&collection(&text)).expect("right");
            rows[0].as_ref().expect("right").cells.iter().find(|c| c.field == Field::Key).map(|c| c.value.clone())
        };
        assert_eq!(with_id("17", "{}").as_deref(), Some("17"));
        assert_eq!(with_id("\"a\"", "null").as_deref(), Some("a"));
        assert_eq!(with_id("17", r#"{"编号":"b"}"#).as_deref(), Some("b"));
        assert_eq!(with_id("null", "{}"), None);
    }

    #[test]
    fn lines_and_areas_stand_for_their_centroid_and_what_has_no_place_is_a_bad_feature() {
        let square = "[[0,0],[4,0],[4,4],[0,4],[0,0]]";
        let hole = "[[0,0],[2,0],[2,4],[0,4],[0,0]]";
        let good = [
            (format!(r#"{{"type":"Polygon","coordinates":[{square}]}}"#), "2 2"),
            (format!(r#"{{"type":"Polygon","coordinates":[{square},{hole}]}}"#), "3 2"),
            (format!(r#"{{"type":"MultiPolygon","coordinates":[[{square}],[[[4,0],[8,0],[8,4],[4,4]]]]}}"#), "4 2"),
            (r#"{"type":"LineString","coordinates":[[0,0],[2,0],[2,2]]}"#.to_owned(), "1.5 0.5"),
            (r#"{"type":"MultiPoint","coordinates":[[0,0],[1,3]]}"#.to_owned(), "0.5 1.5"),
        ];
        let bad = [
            "null",
            r#"{"type":"GeometryCollection","geometries":[]}"#,
            r#"{"type":"Point","coordinates":[1]}"#,
            r#"{"type":"Point","coordinates":["116","36"]}"#,
            r#"{"type":"Polygon","coordinates":[]}"#,
            r#"{"type":"Polygon","coordinates":[[[1,2],null]]}"#,
            r#"{"type":"Punkt","coordinates":[1,2]}"#,
            "17",
        ];
        let all = good.iter().map(|(geometry, _)| geometry.as_str()).chain(bad).map(|g| feature(g, "{}"));
        let rows = read(&collection(&all.collect::<Vec<_>>().join(","))).expect("right");
        assert_eq!(lines(&rows), (1..=13).collect::<Vec<_>>());
        for (row, (geometry, place)) in rows.iter().zip(&good) {
            let draft = row.as_ref().expect(geometry);
            assert_eq!(
                format!("{} {}", values(draft, Field::Lon)[0], values(draft, Field::Lat)[0]),
                *place,
                "{geometry}"
            );
        }
        for (row, geometry) in rows[good.len()..].iter().zip(bad) {
            let problem = row.as_ref().expect_err(geometry);
            assert_eq!(problem.column, "geometry", "{geometry}");
        }
    }

    #[test]
    fn a_feature_that_is_none_is_a_bad_row_and_the_rest_goes_on() {
        let rows =
            read(&collection(&format!(r#"{{"type":"Punkt"}},[1,2],"x",{}"#, feature(POINT, "{}")))).expect("right");
        assert_eq!(rows.iter().map(Result::is_ok).collect::<Vec<_>>(), [false, false, false, true]);
        let twice = feature(POINT, r#"{"名称":"甲","title":"乙"}"#);
        let own = feature(POINT, r#"{"名称":"甲","name":"乙","title":"丙"}"#);
        let rows = read(&collection(&format!("{twice},{own}"))).expect("right");
        assert!(rows[0].as_ref().expect_err("twice").column.contains("名称"));
        assert_eq!(values(rows[1].as_ref().expect("right"), Field::Name), ["乙"]);
    }

    #[test]
    fn json_that_is_broken_is_refused_with_line_and_column() {
        let broken = collection(&format!("{},\n{{\"type\" \"Feature\"}}", feature(POINT, "{}")));
        let error = read(&broken).expect_err("broken");
        assert!(matches!(error, FileError::Json { line: 2, column: 9, .. }), "{error}");
        let whole = collection(&feature(POINT, "{}"));
        assert!(matches!(read(&whole[..whole.len() - 9]).expect_err("cut off"), FileError::Json { .. }));
        assert!(matches!(read(&(whole.clone() + "{}")).expect_err("more"), FileError::Json { .. }));
        let deep = collection(&feature(&"[".repeat(100_000), "{}"));
        assert!(matches!(read(&deep).expect_err("deep"), FileError::Json { .. }));
    }

    #[test]
    fn json_of_another_form_is_refused_for_what_it_is() {
        for (text, found) in [
            ("{\"a\":1}", "no type"),
            ("{\"type\":\"Topology\"}", "Topology"),
            (POINT, "Point"),
            ("[1,2]", "list"),
            ("{\"type\":\"FeatureCollection\"}", "without features"),
        ] {
            let error = read(text).expect_err(text);
            assert!(matches!(error, FileError::GeoJson { .. }) && error.to_string().contains(found), "{text}: {error}");
        }
        assert!(matches!(
            read("{\"type\":\"FeatureCollection\",\"features\":7}").expect_err("a number"),
            FileError::Json { .. }
        ));
        assert_eq!(read(&feature(POINT, "{}")).expect("a bare feature").len(), 1);
    }

    #[test]
    fn the_datum_is_wgs84_unless_the_file_says_otherwise() {
        let open = |text: String| Reader::open(&temporary("x", text.as_bytes()).path(), &catalogue());
        let crs = |crs: &str| {
            let text = collection(&feature(POINT, "{}"));
            open(format!("{},\"crs\":{crs}}}", text.trim_end_matches('}'))).map(|reader| reader.datum())
        };
        let named = |name: &str| crs(&format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#));
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
            assert_eq!(named(name).expect(name), Some(Datum::Wgs84));
        }
        assert_eq!(named("EPSG:4490").expect("known"), Some(Datum::Cgcs2000));
        assert_eq!(crs("null").expect("none"), Some(Datum::Wgs84));
        let error = named("EPSG:4548").expect_err("metres");
        assert!(matches!(&error, FileError::Crs { name, .. } if name == "EPSG:4548"), "{error}");
        let reader = open(collection(&feature(POINT, r#"{"坐标系":"gcj02","remark":1}"#))).expect("right");
        assert_eq!((reader.datum(), reader.rows_say_datum()), (None, true));
        assert_eq!(reader.unknown_headings(), ["remark"]);
        assert!(reader.has(Field::Lon) && !reader.has(Field::Name));
    }

    #[test]
    fn reading_stops_when_told_to() {
        let text = collection(&vec![feature(POINT, "{}"); 3].join(","));
        let file = temporary("x", text.as_bytes());
        let reader = Reader::open(&file.path(), &catalogue()).expect("right");
        let mut seen = 0;
        let stop = &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        };
        let stopped = reader.for_each(&mut |_| (), stop);
        stopped.expect("right");
        assert_eq!(seen, 1);
    }
}
