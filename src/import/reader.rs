//! A file of sites in any of four formats, opened as one thing: row after row, each a draft or what is wrong with it.
//!
//! The format is told by the first bytes, never by the name: a ZIP is taken for XLSX, `{` or `[` for GeoJSON, PBF, XML and
//! gzip for an OpenStreetMap extract, and any other text for CSV. Trouble with one row is handed on as a
//! [`DraftProblem`] and reading goes on; trouble that leaves the rest in doubt ends it with a [`FileError`].

use super::csv::CsvFile;
pub use super::error::FileError;
use super::geojson::GeoJsonFile;
use super::heading::Vocabulary;
use super::osm::OsmFile;
use super::xlsx::XlsxFile;
use crate::geo::Datum;
use crate::site::{Catalogue, Draft, DraftProblem, Field};
use crate::text::Words;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// What is done with each row, which may also end the reading.
pub type Each<'a> = &'a mut dyn FnMut(Result<Draft, DraftProblem>) -> ControlFlow<()>;

/// How many bytes of a file tell its format.
const HEAD_BYTES: u64 = 512;
/// What begins an old Excel workbook, and a new one that is locked with a password.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An opened file of sites.
pub struct Reader {
    bytes: u64,
    format: Format,
}

enum Format {
    Csv(CsvFile),
    Xlsx(Box<XlsxFile>),
    GeoJson(GeoJsonFile),
    Osm(Box<OsmFile>),
}

impl Reader {
    /// Opens a file and reads as much of it as tells what its columns mean: the headings of a table, the property names of
    /// a GeoJSON (which is read through once for them).
    pub fn open(path: &Path, catalogue: &Catalogue) -> Result<Self, FileError> {
        Self::open_with(path, catalogue, Vocabulary::new(catalogue))
    }

    /// Opens a list of names, of which no more needs to be said than those.
    pub(super) fn open_names(path: &Path, catalogue: &Catalogue) -> Result<Self, FileError> {
        Self::open_with(path, catalogue, Vocabulary::new(catalogue).of_names())
    }

    fn open_with(path: &Path, catalogue: &Catalogue, vocabulary: Vocabulary) -> Result<Self, FileError> {
        let file = || path.to_owned();
        let bytes = FileError::check_readable(path)?;
        let mut head = Vec::new();
        let read = File::open(path).and_then(|f| f.take(HEAD_BYTES).read_to_end(&mut head));
        read.map_err(|source| FileError::unreadable(path, source))?;
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
        if text.is_empty() && (head.len() as u64) < HEAD_BYTES {
            return Err(FileError::Empty { file: file() });
        }
        if head.starts_with(OLD_OFFICE) {
            let zh = "旧版 Excel(.xls)或加密的工作簿(请另存为 .xlsx)";
            let found = Words::fixed(zh, "an old Excel workbook (.xls) or one with a password (save it as .xlsx)");
            return Err(FileError::Format { file: file(), found });
        }
        let format = if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Format::Xlsx(Box::new(XlsxFile::open(path, &vocabulary)?))
        } else if text.starts_with(b"{") || text.starts_with(b"[") {
            Format::GeoJson(GeoJsonFile::open(path, vocabulary)?)
        } else if crate::osm::looks_like(&head) {
            Format::Osm(Box::new(OsmFile::open(path, catalogue)?))
        } else {
            Format::Csv(CsvFile::open(path, &vocabulary)?)
        };
        Ok(Self { bytes, format })
    }

    /// The datum of the whole file, if it says one: by its format (GeoJSON, OpenStreetMap) or by its headings. Rows that
    /// say theirs are another matter, see [`Self::rows_say_datum`].
    #[must_use]
    pub fn datum(&self) -> Option<Datum> {
        match &self.format {
            Format::Csv(csv) => csv.columns().datum(),
            Format::Xlsx(xlsx) => xlsx.columns().datum(),
            Format::GeoJson(geojson) => geojson.datum(),
            Format::Osm(_) => Some(Datum::Wgs84),
        }
    }

    /// Whether a column says the datum of each row.
    #[must_use]
    pub fn rows_say_datum(&self) -> bool {
        self.has(Field::Datum)
    }

    /// Whether some row may have a cell about `field`.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        match &self.format {
            Format::Csv(csv) => csv.columns().has(field),
            Format::Xlsx(xlsx) => xlsx.columns().has(field),
            Format::GeoJson(geojson) => geojson.has(field),
            Format::Osm(osm) => osm.has(field),
        }
    }

    /// Whether volunteers made the data, so that an attribute that does not fit is left out instead of refusing the row.
    #[must_use]
    pub fn lenient(&self) -> bool {
        matches!(self.format, Format::Osm(_))
    }

    /// Who the rows come from when they do not say so: `osm` or `file`.
    #[must_use]
    pub fn source(&self) -> &'static str {
        if self.lenient() { "osm" } else { "file" }
    }

    /// Headings and property names that mean nothing here; what stands under them is not read.
    #[must_use]
    pub fn unknown_headings(&self) -> &[String] {
        match &self.format {
            Format::Csv(csv) => csv.columns().unknown(),
            Format::Xlsx(xlsx) => xlsx.columns().unknown(),
            Format::GeoJson(geojson) => geojson.unknown(),
            Format::Osm(_) => &[],
        }
    }

    /// The size of the file, bytes; what progress ends at.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Hands each row, feature or matching element to `each`, in the file's order, without the empty ones. `progress` is
    /// told now and then how many bytes are done. Memory stays flat, except that XLSX holds its shared strings and
    /// OpenStreetMap what matches.
    pub fn for_each(self, progress: &mut dyn FnMut(u64), each: Each<'_>) -> Result<(), FileError> {
        match self.format {
            Format::Csv(csv) => csv.for_each(progress, each)?,
            Format::Xlsx(xlsx) => xlsx.for_each(self.bytes, progress, each)?,
            Format::GeoJson(geojson) => geojson.for_each(progress, each)?,
            Format::Osm(osm) => osm.for_each(progress, each)?,
        }
        progress(self.bytes);
        Ok(())
    }
}

/// What the tests of all formats need.
#[cfg(test)]
pub(super) mod testing {
    use super::{Catalogue, ControlFlow, Draft, DraftProblem, Field, FileError, Path, Reader};
    use std::path::PathBuf;

    pub(in crate::import) struct Temporary {
        folder: tempfile::TempDir,
        name: &'static str,
    }

    impl Temporary {
        pub(in crate::import) fn path(&self) -> PathBuf {
            self.folder.path().join(self.name)
        }
    }

    pub(in crate::import) fn temporary(name: &'static str, content: &[u8]) -> Temporary {
        let file = Temporary { folder: tempfile::tempdir().expect("a folder"), name };
        std::fs::write(file.path(), content).expect("written");
        file
    }

    pub(in crate::import) fn catalogue() -> Catalogue {
        Catalogue::parse(Path::new("c"), include_str!("../../data/catalogue.toml")).expect("right")
    }

    pub(in crate::import) type Rows = Vec<Result<Draft, DraftProblem>>;

    /// All rows of a file.
    pub(in crate::import) fn drafts_of(path: &Path) -> Result<Rows, FileError> {
        let reader = Reader::open(path, &catalogue())?;
        let (bytes, mut told, mut rows) = (reader.bytes(), 0, Vec::new());
        let progress = &mut |now| {
            assert!(now >= told && now <= bytes, "progress goes from {told} to {now} of {bytes}");
            told = now;
        };
        let take = &mut |row| {
            rows.push(row);
            ControlFlow::Continue(())
        };
        reader.for_each(progress, take)?;
        assert_eq!(told, bytes, "progress ends at the file's size");
        Ok(rows)
    }

    /// All rows of a file with this content; its name says nothing.
    pub(in crate::import) fn drafts(content: &[u8]) -> Result<Rows, FileError> {
        drafts_of(&temporary("sites", content).path())
    }

    pub(in crate::import) fn values(draft: &Draft, field: Field) -> Vec<&str> {
        draft.cells.iter().filter(|cell| cell.field == field).map(|cell| cell.value.as_str()).collect()
    }

    pub(in crate::import) fn lines(rows: &Rows) -> Vec<u64> {
        rows.iter().map(|row| row.as_ref().map_or_else(|problem| problem.line, |draft| draft.line)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{catalogue, drafts, temporary};
    use super::*;

    #[test]
    fn what_can_not_be_a_file_of_sites_is_refused_for_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = |path: &Path| Reader::open(path, &catalogue()).err().expect("refused");
        assert!(matches!(open(folder.path()), FileError::Directory { .. }));
        assert!(matches!(open(&folder.path().join("none.csv")), FileError::Missing { .. }));
        for blank in [&b""[..], b"\n \r\n", b"\xef\xbb\xbf"] {
            assert!(matches!(drafts(blank).expect_err("blank"), FileError::Empty { .. }));
        }
        let xls = drafts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more").expect_err("xls");
        assert!(xls.to_string().contains(".xlsx") && xls.zh().contains("另存为"), "{xls}");
        assert!(matches!(drafts(b"%PDF-1.7\n%\x00\xff").expect_err("pdf"), FileError::Format { .. }));
        assert!(matches!(drafts(b"<kml></kml>").expect_err("kml"), FileError::Osm(_)));
        assert!(matches!(drafts(b"PK\x03\x04 cut").expect_err("zip"), FileError::Zip { .. }));
    }

    #[test]
    fn a_reader_may_be_handed_to_another_thread() {
        let file = temporary("sites", b"name,lon,lat\na,1,2\n");
        let reader = Reader::open(&file.path(), &catalogue()).expect("right");
        let rows = std::thread::spawn(move || {
            let mut rows = 0;
            let count = &mut |_| {
                rows += 1;
                ControlFlow::Continue(())
            };
            reader.for_each(&mut |_| (), count).map(|()| rows)
        });
        assert_eq!(rows.join().expect("ended").expect("right"), 1);
    }

    #[test]
    fn the_format_is_told_by_content_and_not_by_name() {
        let file = temporary("sites.xlsx", "名称,百度经度,百度纬度,备注\n".as_bytes());
        let reader = Reader::open(&file.path(), &catalogue()).expect("CSV");
        assert_eq!((reader.datum(), reader.source(), reader.lenient()), (Some(Datum::Bd09), "file", false));
        assert!(reader.has(Field::Name) && !reader.has(Field::Kind) && !reader.rows_say_datum());
        assert_eq!(reader.unknown_headings(), ["备注"]);
        let file = temporary("sites.csv", b"\n {\"type\":\"FeatureCollection\",\"features\":[]}");
        let reader = Reader::open(&file.path(), &catalogue()).expect("GeoJSON");
        assert_eq!((reader.datum(), reader.source()), (Some(Datum::Wgs84), "file"));
        let file = temporary("sites.geojson", b"<osm></osm>");
        let reader = Reader::open(&file.path(), &catalogue()).expect("OSM");
        assert_eq!((reader.datum(), reader.source(), reader.lenient()), (Some(Datum::Wgs84), "osm", true));
    }
}
