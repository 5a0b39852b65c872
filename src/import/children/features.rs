//! Children from a GeoJSON: points, or cells drawn as areas, with their counts among the properties.

use super::columns::{Columns, Positions};
use super::gathered::{Facts, Gathered, Refusals};
use super::row::Row;
use super::{Given, datum};
use crate::import::features::{self, Stop};
use crate::import::{ImportError, centroid, file_name, geojson};
use crate::site::DraftProblem;
use serde_json::Value;
use std::collections::HashMap;
use std::path::Path;

/// Different property names that are looked at; a file with more is no table of anything.
const NAMES: usize = 1000;

/// Reads a GeoJSON: once for the names of its properties, once for its features, of which one is held at a time.
pub(super) fn read(
    file: &Path,
    given: &Given,
    progress: &mut dyn FnMut(u64),
) -> Result<(Gathered, Facts), ImportError> {
    let mut names: HashMap<String, usize> = HashMap::new();
    let mut headings: Vec<String> = Vec::new();
    let frame = features::read(file, &mut |_| (), &mut |feature| {
        for name in feature.get("properties").and_then(Value::as_object).into_iter().flat_map(|all| all.keys()) {
            if !names.contains_key(name) && headings.len() < NAMES {
                names.insert(name.clone(), headings.len());
                headings.push(name.clone());
            }
        }
        Stop::No
    })?;
    let written = geojson::datum(file, &frame)?;
    let columns = Columns::read(file, &headings, &given.counted, Positions::InGeometry)?;
    let usual = datum(file, given.datum, written)?;
    let mut facts = Facts { unused: columns.unused.clone(), ..Facts::default() };
    let (mut cells, mut refusals) = (Gathered::new(columns.bands.clone()), Refusals::default());
    features::read(file, progress, &mut |feature| {
        facts.rows += 1;
        let line = facts.rows;
        let texts = texts(&feature, &names);
        let mut row = Row::read(&columns, line, texts.iter().map(|(place, text)| (*place, text.as_str())));
        facts.demonstration += u64::from(row.demonstration);
        let at = match place(line, &feature) {
            Ok(place) => row.at(&columns, place, usual),
            Err(problem) => {
                row.problems.push(problem);
                None
            }
        };
        match at {
            Some(at) if row.problems.is_empty() && given.wants(at) => {
                let own = feature.get("id").and_then(geojson::text);
                let id = if row.id.is_empty() { own.unwrap_or_else(|| line.to_string()) } else { row.id.to_owned() };
                cells.put(|| id.into(), at, &row.counts);
            }
            Some(_) if row.problems.is_empty() => facts.clipped += 1,
            _ => refusals.note(row.problems),
        }
        Stop::No
    })?;
    refusals.done(file_name(file))?;
    facts.check_label();
    Ok((cells, facts))
}

/// What the properties of a feature say, each with the place of its column.
fn texts(feature: &Value, names: &HashMap<String, usize>) -> Vec<(usize, String)> {
    let properties = feature.get("properties").and_then(Value::as_object);
    let told = |(name, value): (&String, &Value)| {
        // a list or an object is told as it stands, so that a count that is one is refused and not taken for none
        let text = geojson::text(value).or_else(|| (value.is_array() || value.is_object()).then(|| value.to_string()));
        Some((*names.get(name)?, text?))
    };
    properties.into_iter().flatten().filter_map(told).collect()
}

fn place(line: u64, feature: &Value) -> Result<centroid::Place, DraftProblem> {
    let geometry = geojson::geometry(line, feature)?;
    centroid::inside(geometry).map_err(|fault| geojson::no_place(line, fault))
}
