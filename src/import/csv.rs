//! Rows of comma-separated values, as people and programs really write them. A row may have fewer fields than headings,
//! and more if those are empty.

use super::error::FileError;
use super::heading::{Columns, Vocabulary};
use super::reader::Each;
use super::records::Records;
use crate::site::{Cell, Draft, DraftProblem};
use crate::text::Words;
use csv::StringRecord;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Rows between two words on progress.
const PROGRESS_ROWS: u64 = 4096;

/// An opened table, its headings read.
pub(super) struct CsvFile {
    file: PathBuf,
    records: Records<File>,
    columns: Columns,
}

impl CsvFile {
    pub(super) fn open(file: &Path, vocabulary: &Vocabulary) -> Result<Self, FileError> {
        let mut records = Records::open(file)?;
        let mut headings = StringRecord::new();
        loop {
            let Some(line) = records.next(file, &mut headings)? else {
                return Err(FileError::Empty { file: file.to_owned() });
            };
            if headings.iter().all(|heading| heading.trim().is_empty()) {
                continue;
            }
            if !vocabulary.recognises(headings.iter()) {
                let found = headings.iter().map(str::to_owned).collect();
                return Err(FileError::Headings { file: file.to_owned(), line, found });
            }
            let columns = Columns::read(file, vocabulary, headings.iter())?;
            return Ok(Self { file: file.to_owned(), records, columns });
        }
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    pub(super) fn for_each(mut self, progress: &mut dyn FnMut(u64), each: Each<'_>) -> Result<(), FileError> {
        let mut record = StringRecord::new();
        let mut rows = 0_u64;
        while let Some(line) = self.records.next(&self.file, &mut record)? {
            if record.iter().any(|cell| !cell.trim().is_empty()) && each(row(&self.columns, line, &record)).is_break() {
                return Ok(());
            }
            rows += 1;
            if rows.is_multiple_of(PROGRESS_ROWS) {
                progress(self.records.bytes_read());
            }
        }
        progress(self.records.bytes_read());
        Ok(())
    }
}

/// What a record says, unless it has more than its headings announce.
fn row(columns: &Columns, line: u64, record: &StringRecord) -> Result<Draft, DraftProblem> {
    if record.len() > columns.len() && record.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty()) {
        // the surplus itself is not shown: it may be anything, also of a kind that is never shown
        return Err(DraftProblem {
            line,
            column: format!("#{}", columns.len() + 1),
            found: record.len().to_string(),
            wanted: Words::new(
                format!("每行最多 {} 个单元格,与表头一致(文字中的分隔符要用引号括起)", columns.len()),
                format!(
                    "at most {} cells, as many as headings (a delimiter within a text wants quotation marks)",
                    columns.len()
                ),
            ),
        });
    }
    let mut cells = Vec::with_capacity(record.len());
    for (place, value) in record.iter().enumerate() {
        if let Some(column) = columns.get(place)
            && !value.trim().is_empty()
        {
            cells.push(Cell { field: column.field, column: column.heading.clone(), value: value.trim().to_owned() });
        }
    }
    Ok(Draft { line, cells })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::{catalogue, drafts, lines, temporary, values};
    use crate::site::Field;
    use std::ops::ControlFlow;

    #[test]
    fn headings_in_any_order_and_language_carry_the_same_cells() {
        for text in [
            "名称,经度,纬度,类别\n第一小学,116.2,36.3,学校\n",
            "纬度;类别;名称;备注;经度\r\n36.3;学校; 第一小学 ;x;116.2\r\n",
            "\u{feff}kind\tname\tlat\tlon\n学校\t\"第一小学\"\t36.3\t116.2",
        ] {
            let read = drafts(text.as_bytes()).expect("right");
            assert_eq!(read.len(), 1, "{text}");
            let draft = read[0].as_ref().expect("right");
            for (field, value) in
                [(Field::Name, "第一小学"), (Field::Lon, "116.2"), (Field::Lat, "36.3"), (Field::Kind, "学校")]
            {
                assert_eq!(values(draft, field), [value], "{text}");
            }
        }
    }

    #[test]
    fn lines_are_right_after_quoted_breaks_and_empty_lines_and_without_a_last_line_feed() {
        let text = "\n\nname,lon,lat\n\"a\n\nb\",1,2\n\n\nc,3,4\n,,\n\"d \"\"x\"\"\",5,6\n\"e\n\",7,8";
        for text in [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r"), text.to_owned() + "\n\n"] {
            let read = drafts(text.as_bytes()).expect("right");
            assert_eq!(lines(&read), [4, 9, 11, 12], "{text:?}");
            assert_eq!(values(read[2].as_ref().expect("right"), Field::Name), ["d \"x\""]);
            assert_eq!(values(read[0].as_ref().expect("right"), Field::Name), ["a\n\nb"]);
        }
    }

    #[test]
    fn short_rows_pass_and_only_surplus_that_says_something_is_a_bad_row() {
        let read = drafts(b"name,lon,lat\na\nb,1,2,,\nc,1,2,x\nd,1,2\n").expect("right");
        assert_eq!(values(read[0].as_ref().expect("short"), Field::Name), ["a"]);
        assert!(read[1].is_ok() && read[3].is_ok());
        let problem = read[2].as_ref().expect_err("surplus");
        assert_eq!((problem.line, problem.column.as_str(), problem.found.as_str()), (4, "#4", "4"));
    }

    #[test]
    fn a_quotation_that_is_never_closed_is_told_with_the_line_that_opens_it() {
        for (text, line) in [
            ("name,lon,lat\na,1,2\n\n\"b,3,4\nc,5,6\n", 4),
            ("name,lon,lat\na,1,2\n\"b,3,4", 3),
            ("name,lon,lat\na,1,\"2", 2),
        ] {
            let error = drafts(text.as_bytes()).expect_err(text);
            assert!(matches!(error, FileError::OpenQuote { line: l, .. } if l == line), "{text}: {error}");
        }
        let closed = drafts(b"name,lon,lat\na,1,\"2\n\"\n").expect("closed");
        assert_eq!(lines(&closed), [2]);
    }

    #[test]
    fn many_rows_are_no_long_record() {
        let text = "name,lon,lat\n".to_owned() + &"甲,116.25,36.33\n".repeat(200_000);
        assert_eq!(drafts(text.as_bytes()).expect("right").len(), 200_000);
    }

    #[test]
    fn what_has_no_headings_is_refused_with_what_was_found_and_wanted() {
        let error = drafts("东阿县一览表\n名称,经度,纬度\n".as_bytes()).expect_err("a title");
        assert!(matches!(&error, FileError::Headings { line: 1, found, .. } if found == &["东阿县一览表"]), "{error}");
        assert!(error.to_string().contains("lon") && error.zh().contains("经度"), "{error}");
        assert!(matches!(
            drafts(b"\n  \n\xef\xbb\xbf").expect_err("blank"),
            FileError::Empty { .. } | FileError::Headings { .. }
        ));
        assert!(matches!(drafts(b"\r\n\r\n").expect_err("blank"), FileError::Empty { .. }));
        assert!(matches!(drafts(b"name,lon,lng\n").expect_err("twice"), FileError::Twice { .. }));
    }

    #[test]
    fn reading_stops_when_told_to() {
        let file = temporary("x.csv", b"name,lon,lat\na,1,2\nb,1,2\n");
        let csv = CsvFile::open(&file.path(), &Vocabulary::new(&catalogue())).expect("right");
        let mut seen = 0;
        let stop = &mut |_| {
            seen += 1;
            ControlFlow::Break(())
        };
        csv.for_each(&mut |_| (), stop).expect("right");
        assert_eq!(seen, 1);
    }
}
