//! From a body to what a registration says, by the same rules as an import: `site::parse` reads every part.

use super::super::problem::{Problem, Wrong};
use super::shape::RegistrationBody;
use crate::geo::{Datum, LonLat};
use crate::registry::registrations::Filled;
use crate::site::{Catalogue, Cell, Draft, DraftProblem, Field, Habit, SiteId, parse};
use crate::snapshot::Snapshot;
use crate::store::Intent;
use crate::text::{Words, has_control};
use chrono::NaiveDate;
use serde_json::Value;

/// The longest note or reason, in characters.
pub const TEXT_MAX_CHARS: usize = 2000;
/// How much of a wrong value is repeated, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// Stands for a part that a draft does not have yet, while the others are read.
const BLANK: [(Field, &str); 3] = [(Field::Name, "-"), (Field::Lon, "1"), (Field::Lat, "1")];

/// What a body says; all that is wrong is told at once. What is missing is wrong only when it is `whole`, that is submitted.
pub fn filled(now: &Snapshot, body: &RegistrationBody, whole: bool) -> Result<Filled, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let note = text(&mut wrong, "note", &body.note);
    let closed_on = body.closed_on.as_deref().filter(|day| !day.is_empty()).map(|written| {
        let day = written.parse::<NaiveDate>().ok().map(|day| day.to_string()).filter(|day| day.len() == 10);
        day.unwrap_or_else(|| {
            wrong.push(refused("closed_on", written, Words::fixed("日期，如 2025-12-31", "a date such as 2025-12-31")));
            String::new()
        })
    });
    let mut filled = Filled {
        change: body.change,
        site: body.site,
        base: body.base,
        unit: body.unit.clone().filter(|unit| !unit.is_empty()),
        kind: String::new(),
        name: String::new(),
        at: None,
        area: None,
        attributes: "{}".to_owned(),
        photos: body.photos.clone(),
        closed_on,
        number: None,
        note,
    };
    if body.change == Intent::Close {
        // nothing is said of where it is; the public knows
        let site = body.site.and_then(|id| now.site(SiteId(id)));
        filled.area = site.and_then(|found| found.held.area).map(|area| now.areas().get(area).id.clone());
    } else {
        said(now, body, whole, &mut filled, &mut wrong);
    }
    if wrong.is_empty() { Ok(filled) } else { Err(wrong) }
}

/// The code of the town in which a place lies.
pub fn area_at(now: &Snapshot, lon: f64, lat: f64) -> Option<String> {
    let at = LonLat::new(lon, lat).ok()?;
    now.areas().find(at).map(|area| now.areas().get(area).id.clone())
}

/// Kind, name, place and attributes.
fn said(now: &Snapshot, body: &RegistrationBody, whole: bool, filled: &mut Filled, wrong: &mut Vec<Wrong>) {
    let catalogue = now.catalogue();
    let has_name = body.name.as_deref().is_some_and(|name| !name.trim().is_empty());
    let has_place = body.lon.is_some() || body.lat.is_some();
    let draft = draft(catalogue, body, [has_name || whole, has_place || whole], wrong);
    let habit = Habit { datum: Some(Datum::Wgs84), ..Habit::default() };
    let datum = body.crs.as_deref().filter(|name| !name.is_empty()).map_or(Some(Datum::Wgs84), Datum::from_name);
    let habit = Habit { datum: datum.or(habit.datum), ..habit };
    match parse(catalogue, &habit, &draft) {
        Ok(site) => {
            filled.kind.clone_from(&catalogue.kind(site.kind).id);
            site.attributes.json().clone_into(&mut filled.attributes);
            if has_name {
                filled.name = site.name.into();
            }
            if has_place {
                filled.at = Some(site.at.to_store());
                let [lon, lat] = site.at.to_store();
                filled.area = area_at(now, lon, lat);
            }
        }
        Err(problems) => wrong.extend(problems.into_iter().flat_map(told)),
    }
}

/// The body as a row of cells. What a draft may leave out and does is filled with what passes.
fn draft(catalogue: &Catalogue, body: &RegistrationBody, [name, place]: [bool; 2], wrong: &mut Vec<Wrong>) -> Draft {
    let mut cells = Vec::new();
    let mut put = |field: Field, column: &str, value: String| {
        cells.push(Cell { field, column: column.into(), value });
    };
    let degrees = |number: Option<f64>| number.map(|number| number.to_string());
    let texts = [
        (Field::Kind, "kind", body.kind.clone(), true),
        (Field::Name, "name", body.name.clone(), name),
        (Field::Lon, "lon", degrees(body.lon), place),
        (Field::Lat, "lat", degrees(body.lat), place),
        (Field::Datum, "crs", body.crs.clone(), true),
    ];
    for (field, column, value, counts) in texts {
        let blank = BLANK.iter().find(|(blank, _)| *blank == field && !counts).map(|(_, value)| (*value).to_owned());
        if let Some(value) = blank.or(value).filter(|value| !value.is_empty()) {
            put(field, column, value);
        }
    }
    for (id, value) in &body.attributes {
        let column = format!("attributes.{id}");
        let value = match value {
            Value::Null => continue,
            Value::String(text) if text.trim().is_empty() => continue,
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            Value::Array(_) | Value::Object(_) => {
                wrong.push(refused(&column, &value.to_string(), Words::fixed("一个值", "one value")));
                continue;
            }
        };
        match catalogue.attribute(id) {
            Some(index) => put(Field::Attribute(index), &column, value),
            None => wrong.push(refused(
                &column,
                &value,
                Words::fixed("目录中没有这一项", "no such attribute; leave it out"),
            )),
        }
    }
    Draft { line: 1, cells }
}

/// A wrong cell by the name of its field; one that is about two fields is told at both.
fn told(problem: DraftProblem) -> Vec<Wrong> {
    let field = |name: &str| match name {
        "age_min" | "age_max" => format!("attributes.{name}"),
        name => name.to_owned(),
    };
    let DraftProblem { column, found, wanted, .. } = problem;
    column.split(", ").map(|name| Wrong { field: field(name), found: found.clone(), wanted: wanted.clone() }).collect()
}

/// A text of some lines.
pub fn text(wrong: &mut Vec<Wrong>, field: &str, text: &str) -> String {
    let text = text.trim();
    if text.chars().count() > TEXT_MAX_CHARS || has_control(text) {
        let zh = format!("最多 {TEXT_MAX_CHARS} 个字，不含控制字符");
        let en = format!("at most {TEXT_MAX_CHARS} characters, no control characters");
        wrong.push(refused(field, text, Words::new(zh, en)));
    }
    text.to_owned()
}

/// A text that is needed.
pub fn needed(field: &str, said: &str) -> Result<String, Problem> {
    let mut wrong = Vec::new();
    let said = text(&mut wrong, field, said);
    if said.is_empty() {
        wrong.push(refused(field, "", Words::fixed("必填", "it is needed")));
    }
    if wrong.is_empty() { Ok(said) } else { Err(Problem::Parameters(wrong)) }
}

pub fn refused(field: &str, found: &str, wanted: Words) -> Wrong {
    let found = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
    Wrong { field: field.to_owned(), found, wanted }
}
