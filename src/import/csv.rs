//! Rows of comma-separated values, as people and programs really write them.
//!
//! The delimiter (comma, semicolon, tab) is the one that stands most often in the first line that is not empty; fields may
//! be quoted, hold line breaks and doubled quotation marks. A row may have fewer fields than headings, and more if those
//! are empty. A record is bounded, so neither a line of 200 MB nor a quotation that is never closed fills memory.

use super::encoding::{self, Text};
use super::error::FileError;
use super::heading::{Columns, Vocabulary};
use super::reader::Each;
use crate::site::{Cell, Draft, DraftProblem};
use crate::text::Words;
use csv::StringRecord;
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{Chain, Read};
use std::path::{Path, PathBuf};

/// The most bytes that one record may have.
const RECORD_LIMIT: u64 = 1 << 20;
/// Rows between two words on progress.
const PROGRESS_ROWS: u64 = 4096;
const BUFFER_BYTES: usize = 64 << 10;
/// Stands behind the text as a record of its own. Read as anything else, a quotation was still open.
const END: &str = "\n\u{1}end\u{1}\n";

/// An opened table, its headings read.
pub(super) struct CsvFile {
    file: PathBuf,
    records: Records<File>,
    columns: Columns,
}

impl CsvFile {
    pub(super) fn open(file: &Path, vocabulary: &Vocabulary) -> Result<Self, FileError> {
        let encoding = encoding::detect(file)?;
        let open = || File::open(file).map_err(|source| FileError::unreadable(file, source));
        let delimiter =
            delimiter(Text::new(open()?, encoding)).map_err(|source| FileError::unreadable(file, source))?;
        let mut records = Records::new(open()?, encoding, delimiter);
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

/// The delimiter that stands most often in the first line that is not empty, outside quotation marks.
fn delimiter(text: impl Read) -> std::io::Result<u8> {
    let (mut counts, mut quoted, mut blank) = ([0_usize; 3], false, true);
    let delimiters = [b',', b';', b'\t'];
    for byte in std::io::BufReader::new(text).take(RECORD_LIMIT).bytes() {
        let byte = byte?;
        if byte == b'\n' && !quoted && !blank {
            break;
        }
        quoted ^= byte == b'"';
        match delimiters.iter().position(|delimiter| *delimiter == byte) {
            Some(place) if !quoted => counts[place] += 1,
            _ => blank &= byte.is_ascii_whitespace(),
        }
    }
    let most = (0..3).rev().max_by_key(|place| counts[*place]).unwrap_or(0);
    Ok(delimiters[most])
}

/// The records of a text, each with the line on which it begins.
struct Records<R: Read> {
    reader: csv::Reader<Guard<Chain<Text<R>, &'static [u8]>>>,
}

impl<R: Read> Records<R> {
    fn new(input: R, encoding: &'static Encoding, delimiter: u8) -> Self {
        let guarded = Guard { input: Text::new(input, encoding).chain(END.as_bytes()), taken: 0, since: 0 };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BUFFER_BYTES)
            .from_reader(guarded);
        Self { reader }
    }

    fn bytes_read(&self) -> u64 {
        self.reader.get_ref().input.get_ref().0.bytes_read()
    }

    /// Reads the next record and tells its first line; nothing at the end of the text.
    fn next(&mut self, file: &Path, record: &mut StringRecord) -> Result<Option<u64>, FileError> {
        let after_last = self.reader.position().line();
        self.reader.get_mut().since = 0;
        match self.reader.read_record(record) {
            Ok(true) => {}
            Ok(false) => return Err(FileError::OpenQuote { file: file.to_owned(), line: after_last }),
            Err(error) => return Err(told(file, after_last, error)),
        }
        let ended = self.reader.position().byte() >= self.reader.get_ref().taken && self.at_end();
        if ended && record.len() == 1 && record.get(0) == Some(END.trim()) {
            return Ok(None);
        }
        // Lines end in a line feed alone, so the record began as many lines before its end as it holds breaks. The line that
        // the csv crate tells would be that of the first empty line before the record.
        let breaks = memchr::memchr_iter(b'\n', record.as_slice().as_bytes()).count() as u64;
        let after_this = self.reader.position().line();
        if ended {
            return Err(FileError::OpenQuote { file: file.to_owned(), line: after_this.saturating_sub(breaks) });
        }
        Ok(Some(after_this.saturating_sub(1 + breaks)))
    }

    /// Whether the mark of the end has been handed to the parser.
    fn at_end(&self) -> bool {
        self.reader.get_ref().input.get_ref().1.is_empty()
    }
}

fn told(file: &Path, line: u64, error: csv::Error) -> FileError {
    let file = file.to_owned();
    let source = match error.into_kind() {
        csv::ErrorKind::Io(source) if matches!(source.get_ref(), Some(inner) if inner.is::<TooLong>()) => {
            return FileError::LongRecord { file, line, limit_kib: RECORD_LIMIT >> 10 };
        }
        csv::ErrorKind::Io(source) => source,
        // the text was UTF-8 when its encoding was decided; it has changed since
        other => std::io::Error::other(format!("{other:?}")),
    };
    FileError::Unreadable { file, source }
}

#[derive(Debug, thiserror::Error)]
#[error("a record of more than {} KiB", RECORD_LIMIT >> 10)]
struct TooLong;

/// Fails when one record takes more than [`RECORD_LIMIT`].
struct Guard<R> {
    input: R,
    /// Bytes handed on in all.
    taken: u64,
    /// Bytes handed on since the last record.
    since: u64,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.since > RECORD_LIMIT {
            return Err(std::io::Error::other(TooLong));
        }
        let n = self.input.read(out)?;
        self.taken += n as u64;
        self.since += n as u64;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::{catalogue, drafts, lines, temporary, values};
    use crate::site::Field;
    use std::ops::ControlFlow;

    #[test]
    fn each_delimiter_is_told_from_the_headings() {
        for (text, delimiter) in [
            ("name,lon;x,lat\n", b','),
            ("\n \nname;lon;lat\n1,5;2;3\n", b';'),
            ("name\tlon\tlat, degrees\n", b'\t'),
            ("\"a;b;c;d\",lon\n", b','),
            ("name\n", b','),
            ("", b','),
        ] {
            assert_eq!(super::delimiter(text.as_bytes()).expect("readable"), delimiter, "{text}");
        }
    }

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

    /// Headings and then `a` for ever, with a quotation mark in front or not.
    struct Endless(&'static [u8], u64);

    impl Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            assert!(self.1 < 4 * RECORD_LIMIT, "reading goes on beyond the limit");
            let n = if self.0.is_empty() {
                out.fill(b'a');
                out.len()
            } else {
                self.0.read(out)?
            };
            self.1 += n as u64;
            Ok(n)
        }
    }

    #[test]
    fn a_line_that_never_ends_is_refused_before_it_fills_memory() {
        for begin in ["name,lon,lat\nb,1,2\n", "name,lon,lat\nb,1,2\n\"x\n"] {
            let mut records = Records::new(Endless(begin.as_bytes(), 0), encoding_rs::UTF_8, b',');
            let mut record = StringRecord::new();
            let error = loop {
                match records.next(Path::new("x.csv"), &mut record) {
                    Ok(line) => assert!(line.is_some(), "endless"),
                    Err(error) => break error,
                }
            };
            assert!(matches!(error, FileError::LongRecord { line: 3, limit_kib: 1024, .. }), "{error}");
        }
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
