//! One row of a sheet as a draft, and what it says of where it is even when the rest of it is wrong.

use super::check::CellProblem;
use super::columns::{ColumnShown, Under};
use crate::geo::{Datum, LonLat};
use crate::site::{Catalogue, Cell, Draft, Field, Habit, KindIndex, ParsedSite, parse};
use crate::text::Words;
use std::sync::Arc;

/// What a formula that went wrong shows.
const FORMULA_ERRORS: [&str; 8] = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#SPILL!"];

/// What every row of a sheet is read by.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    under: Vec<(Arc<str>, Option<Under>)>,
    kind: KindIndex,
    datum: Option<Datum>,
}

/// A row that was read.
#[derive(Debug, Clone)]
pub(super) struct ReadRow {
    pub site: Result<ParsedSite, Vec<CellProblem>>,
    /// As it stands there.
    pub name: String,
    /// Where it is, if that much is right.
    pub at: Option<LonLat>,
    /// The town that it says.
    pub town: Option<String>,
    /// Its own number.
    pub key: Option<String>,
}

impl Reading {
    pub(super) fn new(catalogue: &Catalogue, columns: &[ColumnShown], kind: KindIndex, datum: Option<Datum>) -> Self {
        let under = columns.iter().map(|column| {
            let field = column.field.as_deref().and_then(|id| Under::named(catalogue, id));
            (column.heading.as_str().into(), field)
        });
        Self { under: under.collect(), kind, datum }
    }

    /// The heading over a field, or the field's own id where no column is about it.
    pub(super) fn heading(&self, field: Under, or: &str) -> String {
        let found = self.under.iter().find(|(_, under)| *under == Some(field));
        found.map_or_else(|| or.to_owned(), |(heading, _)| heading.to_string())
    }

    /// Reads a row's cells, which stand in the order of the columns.
    pub(super) fn row(&self, catalogue: &Catalogue, line: u64, cells: &[String]) -> ReadRow {
        let mut draft = Draft { line, cells: Vec::new() };
        let (mut town, mut errors) = (None, Vec::new());
        for ((heading, under), value) in self.under.iter().zip(cells) {
            let value = value.trim();
            let Some(under) = under.filter(|_| !value.is_empty()) else { continue };
            if FORMULA_ERRORS.contains(&value) {
                errors.push(CellProblem {
                    column: heading.to_string(),
                    found: value.to_owned(),
                    wanted: Words::fixed("数值或文字,而不是公式错误", "a value instead of a formula's error"),
                });
                continue;
            }
            match under {
                Under::Town => town = Some(value.to_owned()),
                Under::Site(field) => {
                    draft.cells.push(Cell { field, column: heading.clone(), value: value.to_owned() });
                }
            }
        }
        let says_datum = draft.cells.iter().any(|cell| cell.field == Field::Datum);
        let habit = Habit { kind: Some(self.kind), datum: self.datum.filter(|_| !says_datum), lenient: false };
        let cell = |field| draft.cells.iter().find(|cell| cell.field == field).map(|cell| cell.value.clone());
        let (name, key) = (cell(Field::Name).unwrap_or_default(), cell(Field::Key));
        let site = match parse(catalogue, &habit, &draft) {
            Ok(site) if errors.is_empty() => Ok(site),
            Ok(_) => Err(errors),
            Err(problems) => {
                // a cell with a formula's error is told once, not as missing as well
                let told: Vec<String> = errors.iter().map(|error: &CellProblem| error.column.clone()).collect();
                let all = problems.into_iter().map(|problem| self.told(problem));
                errors.extend(all.filter(|problem| !told.contains(&problem.column)));
                Err(errors)
            }
        };
        let at = match &site {
            Ok(site) => Some(site.at),
            Err(_) => position(catalogue, &habit, draft),
        };
        ReadRow { site, name, at, town, key }
    }

    /// A problem under the heading that people know; `parse` calls missing cells by their fields.
    fn told(&self, problem: crate::site::DraftProblem) -> CellProblem {
        let field = match problem.column.as_str() {
            "name" => Some(Field::Name),
            "lon" => Some(Field::Lon),
            "lat" => Some(Field::Lat),
            "crs" => Some(Field::Datum),
            _ => None,
        };
        let column = field.map_or(problem.column.clone(), |field| self.heading(Under::Site(field), &problem.column));
        CellProblem { column, found: problem.found, wanted: problem.wanted }
    }
}

/// Where a row is, whatever else is wrong with it.
fn position(catalogue: &Catalogue, habit: &Habit, mut draft: Draft) -> Option<LonLat> {
    draft.cells.retain(|cell| matches!(cell.field, Field::Lon | Field::Lat | Field::Datum));
    draft.cells.push(Cell { field: Field::Name, column: "name".into(), value: "?".to_owned() });
    parse(catalogue, habit, &draft).ok().map(|site| site.at)
}
