//! Rows of an Excel workbook: the first sheet that is not empty, under the row of headings near its top.
//!
//! Cells are read one after the other in the sheet's own order, never as a filled rectangle: a sheet with one cell in its
//! last corner would ask for 17 billion.

use super::error::FileError;
use super::heading::{Columns, Vocabulary};
use super::reader::Each;
use super::weigh::{weigh, weigh_upload};
use crate::site::{Cell, Draft, DraftProblem};
use crate::text::Words;
use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};
use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Titles and remarks may stand above the headings, so far down.
const HEADING_ROWS: usize = 10;
/// Rows between two words on progress.
const PROGRESS_ROWS: u64 = 4096;

type Workbook = Xlsx<BufReader<File>>;

/// An opened workbook, its headings found.
pub(super) struct XlsxFile {
    file: PathBuf,
    workbook: Workbook,
    sheet: String,
    /// The row of the headings, from 0.
    headings: u32,
    columns: Columns,
}

/// The cells of one row that are not empty, by column from 0.
struct Row<'a> {
    /// From 0.
    row: u32,
    cells: Vec<(u32, DataRef<'a>)>,
}

/// The rows of a sheet.
struct Rows<'a> {
    cells: XlsxCellReader<'a, BufReader<File>>,
    ahead: Option<(u32, u32, DataRef<'a>)>,
    /// The sheet has ended; asked once more, calamine calls that an error.
    ended: bool,
}

impl XlsxFile {
    pub(super) fn open(file: &Path, vocabulary: &Vocabulary) -> Result<Self, FileError> {
        weigh(file)?;
        let told = |source| FileError::Workbook { file: file.to_owned(), source };
        let mut workbook: Workbook = calamine::open_workbook(file).map_err(told)?;
        for sheet in sheets(&workbook) {
            let top = top(&mut workbook, &sheet).map_err(told)?;
            let Some((first, shown)) = top.first() else { continue };
            let Some((row, found)) = top.iter().find(|(_, h)| vocabulary.recognises(h.iter().map(String::as_str)))
            else {
                let (file, line) = (file.to_owned(), u64::from(*first) + 1);
                return Err(FileError::Headings { file, line, found: shown.clone() });
            };
            let columns = Columns::read(file, vocabulary, found.iter().map(String::as_str))?;
            let headings = *row;
            return Ok(Self { file: file.to_owned(), workbook, sheet, headings, columns });
        }
        Err(FileError::Empty { file: file.to_owned() })
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(super) fn for_each(
        mut self: Box<Self>,
        bytes: u64,
        progress: &mut dyn FnMut(u64),
        each: Each<'_>,
    ) -> Result<(), FileError> {
        let told = |source| FileError::Workbook { file: self.file.clone(), source };
        let mut rows = Rows::new(&mut self.workbook, &self.sheet).map_err(told)?;
        let all = u64::from(rows.cells.dimensions().end.0) + 1;
        while let Some(row) = rows.next().map_err(told)? {
            if row.row <= self.headings {
                continue;
            }
            let line = u64::from(row.row) + 1;
            if line.is_multiple_of(PROGRESS_ROWS) && line <= all {
                progress((u128::from(bytes) * u128::from(line) / u128::from(all)) as u64);
            }
            if each(draft(&self.columns, line, &row)).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// All rows of the first sheet that is not empty, headings and all, with their numbers from 1: at most `columns` cells each.
/// It is meant for uploads, which may weigh less than files of an administrator.
pub(super) fn all_rows(
    file: &Path,
    columns: usize,
    each: &mut dyn FnMut(u64, Vec<String>) -> ControlFlow<()>,
) -> Result<(), FileError> {
    weigh_upload(file)?;
    let told = |source| FileError::Workbook { file: file.to_owned(), source };
    let mut workbook: Workbook = calamine::open_workbook(file).map_err(told)?;
    for sheet in sheets(&workbook) {
        let mut rows = Rows::new(&mut workbook, &sheet).map_err(told)?;
        let mut is_empty = true;
        while let Some(row) = rows.next().map_err(told)? {
            is_empty = false;
            let mut cells = Vec::new();
            for (column, value) in row.cells.iter().filter(|(column, _)| (*column as usize) < columns) {
                cells.resize(*column as usize, String::new());
                cells.push(text(value).trim().to_owned());
            }
            if each(u64::from(row.row) + 1, cells).is_break() {
                return Ok(());
            }
        }
        if !is_empty {
            return Ok(());
        }
    }
    Err(FileError::Empty { file: file.to_owned() })
}

/// The sheets to look through: those that people see, or all if none is seen.
fn sheets(workbook: &Workbook) -> Vec<String> {
    let tables = || workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let seen: Vec<_> =
        tables().filter(|sheet| sheet.visible == SheetVisible::Visible).map(|s| s.name.clone()).collect();
    if seen.is_empty() { tables().map(|sheet| sheet.name.clone()).collect() } else { seen }
}

/// The first rows of a sheet that are not empty, as headings.
fn top(workbook: &mut Workbook, sheet: &str) -> Result<Vec<(u32, Vec<String>)>, XlsxError> {
    let mut rows = Rows::new(workbook, sheet)?;
    let mut top = Vec::new();
    while top.len() < HEADING_ROWS
        && let Some(row) = rows.next()?
    {
        top.push((row.row, headings(&row)));
    }
    Ok(top)
}

impl<'a> Rows<'a> {
    fn new(workbook: &'a mut Workbook, sheet: &str) -> Result<Self, XlsxError> {
        Ok(Self { cells: workbook.worksheet_cells_reader(sheet)?, ahead: None, ended: false })
    }

    /// The next row that is not empty.
    fn next(&mut self) -> Result<Option<Row<'a>>, XlsxError> {
        let Some((row, column, value)) = self.next_cell()? else { return Ok(None) };
        let mut cells = vec![(column, value)];
        while let Some((of, column, value)) = self.next_cell()? {
            if of != row {
                self.ahead = Some((of, column, value));
                break;
            }
            cells.push((column, value));
        }
        Ok(Some(Row { row, cells }))
    }

    fn next_cell(&mut self) -> Result<Option<(u32, u32, DataRef<'a>)>, XlsxError> {
        if self.ahead.is_some() {
            return Ok(self.ahead.take());
        }
        while !self.ended
            && let Some(cell) = self.cells.next_cell()?
        {
            let (row, column) = cell.get_position();
            let value = cell.get_value();
            if !is_blank(value) {
                return Ok(Some((row, column, value.clone())));
            }
        }
        self.ended = true;
        Ok(None)
    }
}

/// A row as headings, by place, with empty ones for the gaps.
fn headings(row: &Row<'_>) -> Vec<String> {
    let mut all = Vec::new();
    for (column, value) in &row.cells {
        let place = *column as usize;
        if all.len() <= place {
            all.resize(place + 1, String::new());
        }
        all[place] = text(value);
    }
    all
}

fn draft(columns: &Columns, line: u64, row: &Row<'_>) -> Result<Draft, DraftProblem> {
    let mut cells = Vec::with_capacity(row.cells.len());
    for (place, value) in &row.cells {
        let Some(column) = columns.get(*place as usize) else { continue };
        if let DataRef::Error(error) = value {
            let wanted = Words::fixed("数值或文字,而不是公式错误", "a value instead of a formula's error");
            return Err(DraftProblem { line, column: column.heading.to_string(), found: error.to_string(), wanted });
        }
        let value = text(value).trim().to_owned();
        cells.push(Cell { field: column.field, column: column.heading.clone(), value });
    }
    Ok(Draft { line, cells })
}

fn is_blank(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Empty => true,
        DataRef::String(text) => text.trim().is_empty(),
        DataRef::SharedString(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// What a cell shows, as the other formats would write it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        // the shortest form that reads back as the same number, and no `.0` on whole ones
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(moment) => date(moment),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// `2025-12-31`, `2025-12-31 08:30:00`, or `08:30` where there is no day.
fn date(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if moment.is_duration() || moment.as_f64() < 1.0 {
        format!("{hour:02}:{minute:02}")
    } else if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::{Rows, drafts, lines, values};
    use crate::site::Field;
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

    /// The rows of a workbook whose sheets are filled by `fill`.
    fn read(fill: impl FnOnce(&mut Workbook)) -> Result<Rows, FileError> {
        let mut workbook = Workbook::new();
        fill(&mut workbook);
        drafts(&workbook.save_to_buffer().expect("a workbook"))
    }

    fn write(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }

    /// All values of a row's attribute cells and others, by heading.
    fn cell<'a>(draft: &'a Draft, heading: &str) -> Option<&'a str> {
        draft.cells.iter().find(|cell| &*cell.column == heading).map(|cell| cell.value.as_str())
    }

    #[test]
    fn cells_of_each_type_read_as_text() {
        let rows = read(|workbook| {
            let sheet = workbook.add_worksheet();
            write(sheet, 0, &["名称", "经度", "纬度", "容量", "示范点", "认定日期", "电话", "地址"]);
            write(sheet, 1, &[" 东阿县图书馆 "]);
            sheet.write_number(1, 1, 116.243_234).expect("a cell");
            sheet.write_number(1, 2, 36.0).expect("a cell");
            sheet.write_number(1, 3, 60).expect("a cell");
            sheet.write_boolean(1, 4, true).expect("a cell");
            let day = ExcelDateTime::from_ymd(2025, 12, 31).expect("a day");
            sheet.write_datetime_with_format(1, 5, &day, &Format::new().set_num_format("yyyy-mm-dd")).expect("a cell");
            sheet.write_number(1, 6, 6_353_287_000_f64).expect("a cell");
            sheet.write_formula(1, 7, Formula::new("=\"文化街\"&1").set_result("文化街1")).expect("a cell");
        })
        .expect("right");
        let draft = rows[0].as_ref().expect("right");
        assert_eq!(draft.line, 2);
        for (heading, value) in [
            ("名称", "东阿县图书馆"),
            ("经度", "116.243234"),
            ("纬度", "36"),
            ("容量", "60"),
            ("示范点", "true"),
            ("认定日期", "2025-12-31"),
            ("电话", "6353287000"),
            ("地址", "文化街1"),
        ] {
            assert_eq!(cell(draft, heading), Some(value), "{heading}");
        }
    }

    #[test]
    fn headings_are_found_below_titles_and_rows_keep_the_numbers_that_excel_shows() {
        let rows = read(|workbook| {
            workbook.add_worksheet();
            let sheet = workbook.add_worksheet();
            write(sheet, 1, &["东阿县儿童友好空间一览表"]);
            write(sheet, 3, &["序号", "名称*", "", "经度(GCJ-02)", "纬度(GCJ-02)"]);
            write(sheet, 4, &["1", "甲", "x", "116.2", "36.3"]);
            write(sheet, 7, &["2", "乙", "", "116.2", "36.3"]);
            write(sheet, 8, &["", " "]);
        })
        .expect("right");
        assert_eq!(lines(&rows), [5, 8]);
        assert_eq!(values(rows[1].as_ref().expect("right"), Field::Name), ["乙"]);
    }

    #[test]
    fn a_formula_error_is_a_bad_row_and_the_rest_goes_on() {
        let rows = read(|workbook| {
            let sheet = workbook.add_worksheet();
            write(sheet, 0, &["name", "lon", "lat", "remark"]);
            write(sheet, 1, &["a", "1", "2"]);
            sheet.write_formula(1, 1, Formula::new("=Z1").set_result("#REF!")).expect("a cell");
            write(sheet, 2, &["b", "1", "2"]);
            sheet.write_formula(2, 3, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
        })
        .expect("right");
        let problem = rows[0].as_ref().expect_err("an error");
        assert_eq!((problem.line, problem.column.as_str(), problem.found.as_str()), (2, "lon", "#REF!"));
        assert!(rows[1].is_ok(), "an error under a heading that means nothing does not matter");
    }

    #[test]
    fn a_cell_in_the_last_corner_costs_nothing() {
        let rows = read(|workbook| {
            let sheet = workbook.add_worksheet();
            write(sheet, 0, &["name", "lon", "lat"]);
            write(sheet, 1, &["a", "1", "2"]);
            sheet.write_string(1_048_575, 16_383, "x").expect("a cell");
        })
        .expect("right");
        assert_eq!(values(rows[0].as_ref().expect("right"), Field::Name), ["a"]);
    }

    #[test]
    fn a_workbook_without_headings_or_cells_is_refused() {
        let error = read(|workbook| write(workbook.add_worksheet(), 2, &["甲", "乙"])).expect_err("no headings");
        assert!(matches!(&error, FileError::Headings { line: 3, found, .. } if found == &["甲", "乙"]), "{error}");
        let error = read(|workbook| {
            workbook.add_worksheet();
        });
        assert!(matches!(error.expect_err("empty"), FileError::Empty { .. }));
    }

    #[test]
    fn what_is_damaged_is_refused() {
        let mut workbook = Workbook::new();
        write(workbook.add_worksheet(), 0, &["name", "lon", "lat"]);
        let whole = workbook.save_to_buffer().expect("a workbook");
        assert!(matches!(drafts(&whole[..whole.len() / 2]).expect_err("cut off"), FileError::Zip { .. }));
    }
}
