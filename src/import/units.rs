//! A list of responsible units: CSV or XLSX with the columns id (编号), name (单位名称) and confirmed (已核实), of which only
//! the name is needed. The whole list is right and goes in, in one transaction, or every wrong cell of it is told.
//!
//! The list is read by the readers of sites, with a catalogue of its own that knows no more than these three words.

use super::reader::Reader;
use super::{FileError, ImportError, file_name};
use crate::auth::unit_id;
use crate::registry::units::{NewUnit, UnitError, UnitOutcome, record};
use crate::site::{AttributeIndex, Catalogue, Draft, DraftProblem, Field};
use crate::store::Store;
use crate::text::{Words, has_control};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// What the columns of the list are called.
const WORDS: &str = include_str!("units.toml");
/// Which of its attributes says whether a unit is confirmed.
const CONFIRMED: AttributeIndex = 0;
/// Which is another word for the name.
const UNIT_NAME: AttributeIndex = 1;
/// The longest name, in characters; as long as the page takes it.
const NAME_MAX_CHARS: usize = 80;
/// How much of a wrong cell is shown, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// Units of one list.
const MOST_UNITS: usize = 2_000;

/// What came of a list of units.
#[derive(Debug, Clone, Default)]
pub struct UnitsReport {
    /// New ones.
    pub created: u64,
    /// Those that were known and have changed.
    pub amended: u64,
    /// Those that were known and are as they were.
    pub unchanged: u64,
    /// Columns that mean nothing here.
    pub unknown_headings: Vec<String>,
}

/// Records all units of a file. Known ones are known by id, else by name.
pub async fn import_units(store: &Store, file: &Path, by: &str) -> Result<UnitsReport, ImportError> {
    let path = file.to_owned();
    let (rows, unknown_headings) = tokio::task::spawn_blocking(move || read(&path)).await??;
    let why = format!("units from {}", file_name(file));
    let mut report = UnitsReport { unknown_headings, ..UnitsReport::default() };
    let mut change = store.change().await?;
    for (line, unit) in rows {
        let name = unit.name.clone();
        match record(&mut change, unit, "file", by, &why).await {
            Ok(UnitOutcome::Created) => report.created += 1,
            Ok(UnitOutcome::Amended) => report.amended += 1,
            Ok(UnitOutcome::Unchanged) => report.unchanged += 1,
            Err(UnitError::Store(error)) => return Err(error.into()),
            Err(error) => {
                let wanted = Words::new("另一个单位已用这个名称,请核对编号", format!("another id: {error}"));
                let problem = DraftProblem { line, column: "name".to_owned(), found: name, wanted };
                return Err(ImportError::Units(vec![problem]));
            }
        }
    }
    change.commit().await?;
    Ok(report)
}

/// The units of a file with the line of each, and headings that mean nothing.
fn read(file: &Path) -> Result<(Lines, Vec<String>), ImportError> {
    let catalogue = Catalogue::parse(Path::new("units.toml"), WORDS).map_err(|error| {
        // the text is part of the program, and a test reads it
        FileError::unreadable(file, std::io::Error::other(error.to_string()))
    })?;
    let reader = Reader::open_names(file, &catalogue).map_err(|error| match error {
        FileError::Headings { line, found, .. } => {
            let found = found.join(", ");
            ImportError::Unsaid(Words::new(
                format!("第 {line} 行应为表头,至少有 name(单位名称),还可有 id(编号)、confirmed(已核实);现为 {found}"),
                format!("line {line}: wanted headings, at least name, perhaps id and confirmed; found {found}"),
            ))
        }
        other => other.into(),
    })?;
    let unknown = reader.unknown_headings().to_vec();
    let mut rows = Rows { file: file.to_owned(), ..Rows::default() };
    let each = &mut |row: Result<Draft, DraftProblem>| {
        match row {
            Ok(draft) => rows.take(&draft),
            Err(problem) => rows.problems.push(problem),
        }
        if rows.units.len() > MOST_UNITS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    reader.for_each(&mut |_| (), each)?;
    if rows.units.len() > MOST_UNITS {
        let wanted = Words::new(format!("最多 {MOST_UNITS} 个单位"), format!("at most {MOST_UNITS} units"));
        rows.refuse(MOST_UNITS as u64, "name", "", wanted);
    }
    if !rows.problems.is_empty() {
        return Err(ImportError::Units(rows.problems));
    }
    if rows.units.is_empty() {
        return Err(FileError::Empty { file: rows.file }.into());
    }
    Ok((rows.units, unknown))
}

/// Units, each with its line.
type Lines = Vec<(u64, NewUnit)>;

/// The rows that were read so far.
#[derive(Default)]
struct Rows {
    file: PathBuf,
    units: Lines,
    problems: Vec<DraftProblem>,
    /// The line on which each name and each id stood first.
    seen: HashMap<String, u64>,
}

impl Rows {
    fn take(&mut self, draft: &Draft) {
        let before = self.problems.len();
        let cell = |field: &dyn Fn(Field) -> bool| draft.cells.iter().find(|cell| field(cell.field));
        let id_cell = cell(&|field| field == Field::Key).map(|cell| cell.value.clone()).filter(|id| !id.is_empty());
        let id = id_cell.as_deref().and_then(unit_id);
        if let (Some(found), None) = (&id_cell, &id) {
            let wanted = Words::fixed("1 到 40 个字母、数字或短横", "1 to 40 letters, digits or hyphens");
            self.refuse(draft.line, "id", found, wanted);
        }
        let is_name = |field| field == Field::Name || field == Field::Attribute(UNIT_NAME);
        let name = cell(&is_name).map(|cell| cell.value.trim().to_owned()).unwrap_or_default();
        if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || has_control(&name) {
            let zh = format!("单位名称,1 到 {NAME_MAX_CHARS} 个字");
            let wanted = Words::new(zh, format!("the unit's name, 1 to {NAME_MAX_CHARS} characters"));
            self.refuse(draft.line, "name", &name, wanted);
        }
        let said = cell(&|field| field == Field::Attribute(CONFIRMED)).map(|cell| cell.value.clone());
        let confirmed = said.as_deref().map_or(Some(true), yes_or_no);
        if confirmed.is_none() {
            self.refuse(
                draft.line,
                "confirmed",
                said.as_deref().unwrap_or_default(),
                Words::fixed("是 或 否", "yes or no"),
            );
        }
        for (column, value) in [("name", Some(&name)), ("id", id.as_ref())] {
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            if let Some(first) = self.seen.insert(format!("{column} {value}"), draft.line) {
                let wanted = Words::new(
                    format!("每个单位一行(第 {first} 行已有)"),
                    format!("each unit once; it stands on line {first} already"),
                );
                self.refuse(draft.line, column, value, wanted);
            }
        }
        if self.problems.len() == before {
            let unit = NewUnit { id, name, confirmed: confirmed.unwrap_or(true) };
            self.units.push((draft.line, unit));
        }
    }

    fn refuse(&mut self, line: u64, column: &str, found: &str, wanted: Words) {
        let found = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
        self.problems.push(DraftProblem { line, column: column.to_owned(), found, wanted });
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match crate::text::fold(text).as_str() {
        "" | "是" | "已核实" | "yes" | "y" | "true" | "1" => Some(true),
        "否" | "待核实" | "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::temporary;

    fn told(content: &[u8]) -> Result<Vec<(Option<String>, String, bool)>, String> {
        match read(&temporary("units.csv", content).path()) {
            Ok((rows, _)) => Ok(rows.into_iter().map(|(_, unit)| (unit.id, unit.name, unit.confirmed)).collect()),
            Err(ImportError::Units(problems)) => {
                let each = problems.iter().map(|p| format!("{} {} {}: {}", p.line, p.column, p.found, p.wanted.en));
                Err(each.collect::<Vec<_>>().join("\n"))
            }
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn a_list_is_read_in_the_words_of_offices() {
        let rows = told("编号,单位名称,已核实,电话\nU01,县妇联,是,1\n,县教体局,待核实,\n".as_bytes()).expect("right");
        let wanted = [(Some("u01".to_owned()), "县妇联".to_owned(), true), (None, "县教体局".to_owned(), false)];
        assert_eq!(rows, wanted);
    }

    #[test]
    fn wrong_cells_are_told_with_row_and_column() {
        let told = told("id,name,confirmed\n妇联,县妇联,yes\nu2,,no\nu3,县教体局,maybe\nu4,县妇联,\n".as_bytes());
        let told = told.expect_err("wrong");
        for part in [
            "2 id 妇联: 1 to 40",
            "3 name : the unit's name",
            "4 confirmed maybe: yes or no",
            "5 name 县妇联: each unit once",
        ] {
            assert!(told.contains(part), "{told}");
        }
    }
}
