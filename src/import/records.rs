//! The records of a comma-separated text, whatever they are about.
//!
//! The delimiter (comma, semicolon, tab) is the one that stands most often in the first line that is not empty; fields may
//! be quoted, hold line breaks and doubled quotation marks. A record is bounded, so neither a line of 200 MB nor a
//! quotation that is never closed fills memory.

use super::encoding::{self, Text};
use super::error::FileError;
use csv::StringRecord;
use encoding_rs::Encoding;
use std::fs::File;
use std::io::{Chain, Read};
use std::path::Path;

/// The most bytes that one record may have.
const RECORD_LIMIT: u64 = 1 << 20;
const BUFFER_BYTES: usize = 64 << 10;
/// Stands behind the text as a record of its own. Read as anything else, a quotation was still open.
const END: &str = "\n\u{1}end\u{1}\n";

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
pub(super) struct Records<R: Read> {
    reader: csv::Reader<Guard<Chain<Text<R>, &'static [u8]>>>,
}

impl Records<File> {
    /// Opens a file in whatever encoding it has. Reads it once for that.
    pub(super) fn open(file: &Path) -> Result<Self, FileError> {
        let encoding = encoding::detect(file)?;
        let open = || File::open(file).map_err(|source| FileError::unreadable(file, source));
        let delimiter =
            delimiter(Text::new(open()?, encoding)).map_err(|source| FileError::unreadable(file, source))?;
        Ok(Self::new(open()?, encoding, delimiter))
    }
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

    /// Bytes of the file read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.reader.get_ref().input.get_ref().0.bytes_read()
    }

    /// Reads the next record and tells its first line; nothing at the end of the text.
    pub(super) fn next(&mut self, file: &Path, record: &mut StringRecord) -> Result<Option<u64>, FileError> {
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
}
