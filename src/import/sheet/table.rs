//! The rows of a spreadsheet under its headings, whatever they are about.
//!
//! Titles may stand above the headings. Headings may take two rows, the upper one merged over several columns (坐标 over 经度
//! and 纬度): the row, or pair of rows, in which the most is recognised counts. Where nothing is recognised the first row of
//! two cells or more does, and people say by hand what its columns mean.

use super::super::error::FileError;
use super::super::heading::Vocabulary;
use super::super::records::Records;
use super::super::xlsx;
use crate::text::Words;
use csv::StringRecord;
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// The most rows of a sheet.
pub const MOST_ROWS: usize = 20_000;
/// The most columns; what stands further right is not read.
pub const MOST_COLUMNS: usize = 100;
/// Titles and remarks may stand above the headings, so far down.
const HEADING_ROWS: usize = 10;
/// The longest cell, characters; longer ones are cut, and are too long for any attribute all the same.
const CELL_CHARS: usize = 2000;
/// What begins an old Excel workbook, and a new one that is locked with a password.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A spreadsheet in memory.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// What stands over each column; each is another text.
    pub headings: Vec<String>,
    /// The rows under them.
    pub rows: Vec<TableRow>,
    /// Whether there were more rows than are read.
    pub cut: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct TableRow {
    /// The line of a text file, the row of a sheet; from 1.
    pub line: u64,
    /// As many cells as there are headings.
    pub cells: Vec<String>,
}

/// Reads a file. The format is told by content, never by name.
pub(super) fn read(file: &Path, vocabulary: &Vocabulary) -> Result<Table, FileError> {
    let mut rows: Vec<TableRow> = Vec::new();
    let mut each = |line, mut cells: Vec<String>| {
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if !cells.is_empty() {
            rows.push(TableRow { line, cells: cells.iter().map(|cell| plain(cell)).collect() });
        }
        if rows.len() > MOST_ROWS + HEADING_ROWS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut head = Vec::new();
    let opened = File::open(file).and_then(|input| input.take(512).read_to_end(&mut head));
    opened.map_err(|source| FileError::unreadable(file, source))?;
    let refused = |found| Err(FileError::Format { file: file.to_owned(), found });
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    if head.starts_with(OLD_OFFICE) {
        let zh = "旧版 Excel(.xls)或加密的工作簿(请另存为 .xlsx)";
        return refused(Words::fixed(zh, "an old Excel workbook (.xls) or one with a password (save it as .xlsx)"));
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        xlsx::all_rows(file, MOST_COLUMNS, &mut each)?;
    } else if text.starts_with(b"<") || text.starts_with(b"{") || text.starts_with(b"[") {
        return refused(Words::fixed("网页、XML 或 JSON,不是表格", "a web page, XML or JSON and no spreadsheet"));
    } else {
        csv_rows(file, &mut each)?;
    }
    headed(rows, vocabulary).ok_or_else(|| FileError::Empty { file: file.to_owned() })
}

fn csv_rows(file: &Path, each: &mut dyn FnMut(u64, Vec<String>) -> ControlFlow<()>) -> Result<(), FileError> {
    let mut records = Records::open(file)?;
    let mut record = StringRecord::new();
    while let Some(line) = records.next(file, &mut record)? {
        let cells = record.iter().take(MOST_COLUMNS).map(|cell| cell.trim().to_owned()).collect();
        if each(line, cells).is_break() {
            break;
        }
    }
    Ok(())
}

/// A cell without the apostrophe by which an export of ours keeps a formula from running.
fn plain(cell: &str) -> String {
    let kept = cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r']));
    let cell = kept.unwrap_or(cell);
    match cell.char_indices().nth(CELL_CHARS) {
        Some((end, _)) => cell[..end].to_owned(),
        None => cell.to_owned(),
    }
}

/// Headings and what stands under them.
fn headed(mut rows: Vec<TableRow>, vocabulary: &Vocabulary) -> Option<Table> {
    let top = &rows[..rows.len().min(HEADING_ROWS)];
    let known = |cells: &[String]| vocabulary.recognised(cells.iter().map(String::as_str));
    // of equal ones the first, and one row before two
    let mut best: Option<(usize, usize, Vec<String>)> = None;
    for (place, row) in top.iter().enumerate() {
        let pair = top.get(place + 1).map(|below| merged(&row.cells, &below.cells));
        for (last, cells) in [(place, Some(row.cells.clone())), (place + 1, pair)] {
            let Some(cells) = cells else { continue };
            let known = known(&cells);
            if known >= 2 && best.as_ref().is_none_or(|(most, _, _)| known > *most) {
                best = Some((known, last, cells));
            }
        }
    }
    let (last, headings) = if let Some((_, last, headings)) = best {
        (last, headings)
    } else {
        let place = top.iter().position(|row| row.cells.len() > 1).unwrap_or(0);
        (place, top.get(place)?.cells.clone())
    };
    let mut rows = rows.split_off(last + 1);
    let cut = rows.len() > MOST_ROWS;
    rows.truncate(MOST_ROWS);
    let width = rows.iter().map(|row| row.cells.len()).chain([headings.len()]).max().unwrap_or(0);
    for row in &mut rows {
        row.cells.resize(width, String::new());
    }
    let mut table = Table { headings: distinct(&headings, width), rows, cut };
    table.drop_blank();
    Some(table)
}

/// Two rows of headings as one: the lower says more, where it says something.
fn merged(upper: &[String], lower: &[String]) -> Vec<String> {
    let cell = |row: &[String], place: usize| row.get(place).filter(|cell| !cell.is_empty()).cloned();
    let width = upper.len().max(lower.len());
    (0..width).map(|place| cell(lower, place).or_else(|| cell(upper, place)).unwrap_or_default()).collect()
}

/// Headings as texts that differ, so that a cell can be called by its heading.
fn distinct(headings: &[String], width: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut all = Vec::with_capacity(width);
    for place in 0..width {
        let said = headings.get(place).map(|heading| heading.split_whitespace().collect::<Vec<_>>().join(" "));
        let said = said.filter(|heading| !heading.is_empty()).unwrap_or_else(|| format!("第{}列", place + 1));
        let mut heading = said.clone();
        let mut times = 1;
        while !seen.insert(heading.clone()) {
            times += 1;
            heading = format!("{said} ({times})");
        }
        all.push(heading);
    }
    all
}

impl Table {
    /// Leaves out columns without a heading of their own and without any cell.
    fn drop_blank(&mut self) {
        let blank = |place: usize| {
            self.headings[place] == format!("第{}列", place + 1)
                && self.rows.iter().all(|row| row.cells[place].is_empty())
        };
        let kept: Vec<usize> = (0..self.headings.len()).filter(|place| !blank(*place)).collect();
        if kept.len() == self.headings.len() {
            return;
        }
        let only = |cells: &[String]| kept.iter().map(|place| cells[*place].clone()).collect::<Vec<_>>();
        self.headings = only(&self.headings);
        for row in &mut self.rows {
            row.cells = only(&row.cells);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::{catalogue, temporary};
    use rust_xlsxwriter::{Format, Formula, Workbook};

    fn table(content: &[u8]) -> Result<Table, FileError> {
        read(&temporary("sheet", content).path(), &Vocabulary::new(&catalogue()))
    }

    fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
        let mut workbook = Workbook::new();
        fill(workbook.add_worksheet());
        workbook.save_to_buffer().expect("a workbook")
    }

    #[test]
    fn headings_in_two_merged_rows_under_a_title_are_one() {
        let bytes = workbook(|sheet| {
            let format = Format::new();
            sheet.merge_range(0, 0, 0, 4, "东阿县阅读空间一览表", &format).expect("merged");
            sheet.merge_range(1, 0, 2, 0, "序号", &format).expect("merged");
            sheet.merge_range(1, 1, 2, 1, "名称", &format).expect("merged");
            sheet.merge_range(1, 2, 1, 3, "位置", &format).expect("merged");
            sheet.write(2, 2, "经度").expect("a cell");
            sheet.write(2, 3, "纬度").expect("a cell");
            sheet.merge_range(1, 4, 2, 4, "备注", &format).expect("merged");
            sheet.write(3, 0, 1).expect("a cell");
            sheet.write(3, 1, "甲书屋").expect("a cell");
            sheet.write(3, 2, 116.25).expect("a cell");
            sheet.write(3, 3, 36.33).expect("a cell");
        });
        let table = table(&bytes).expect("right");
        assert_eq!(table.headings, ["序号", "名称", "经度", "纬度", "备注"]);
        assert_eq!(
            table.rows,
            [TableRow { line: 4, cells: ["1", "甲书屋", "116.25", "36.33", ""].map(Into::into).into() }]
        );
    }

    #[test]
    fn gb18030_and_what_excel_shows_of_formulas_are_read() {
        let (gbk, _, _) = encoding_rs::GB18030.encode("名称,经度,纬度\r\n\r\n甲书屋,116.25,36.33\r\n'=乙,1,2\r\n");
        let read = table(&gbk).expect("right");
        assert_eq!(read.rows[0].cells[0], "甲书屋");
        assert_eq!((read.rows[0].line, read.rows[1].cells[0].as_str()), (3, "=乙"));
        let bytes = workbook(|sheet| {
            for (column, heading) in (0..).zip(["名称", "经度", "纬度"]) {
                sheet.write(0, column, heading).expect("a cell");
            }
            sheet.write_formula(1, 0, Formula::new("=\"甲\"&\"书屋\"").set_result("甲书屋")).expect("a cell");
            sheet.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
        });
        assert_eq!(table(&bytes).expect("right").rows[0].cells, ["甲书屋", "#DIV/0!", ""]);
    }

    #[test]
    fn headings_that_nobody_knows_are_left_to_people_and_each_is_another() {
        let read = table("单位一览\nA,A,,B\n1,2,3,4\n".as_bytes()).expect("right");
        assert_eq!(read.headings, ["A", "A (2)", "第3列", "B"]);
        assert_eq!(read.rows.len(), 1);
    }

    #[test]
    fn what_is_no_spreadsheet_is_refused_and_what_is_too_long_is_cut() {
        for bytes in
            [&b"<html><table>"[..], b"[1,2]", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04 no zip", b"\n\n", b""]
        {
            assert!(table(bytes).is_err(), "{bytes:?}");
        }
        let long = "名称,经度,纬度\n".to_owned() + &"甲,1,2\n".repeat(MOST_ROWS + 5);
        let read = table(long.as_bytes()).expect("right");
        assert_eq!((read.rows.len(), read.cut), (MOST_ROWS, true));
        let wide = "名称,经度,纬度\n".to_owned() + &"x".repeat(5000) + &",1".repeat(500);
        let read = table(wide.as_bytes()).expect("right");
        assert_eq!((read.rows[0].cells[0].len(), read.headings.len()), (CELL_CHARS, MOST_COLUMNS));
    }
}
