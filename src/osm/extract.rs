//! An extract on disk: what format it has, and reading it from the first element to the last.

use super::element::Block;
use super::error::OsmError;
use super::{pbf, xml};
use crate::text::Words;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// How many bytes of a file tell its format.
const HEAD_BYTES: u64 = 512;
const GZIP: &[u8] = &[0x1f, 0x8b];
const BUFFER_BYTES: usize = 256 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Pbf,
    Xml,
    GzippedXml,
}

/// A file of OpenStreetMap data, told by its first bytes. Reading it leaves it as it is, so it can be read again.
#[derive(Debug)]
pub struct Extract {
    file: PathBuf,
    format: Format,
    bytes: u64,
}

/// Whether a file that begins with `head` is to be read as an extract: PBF, gzip, or any XML (which [`Extract::open`]
/// then refuses by its root).
#[must_use]
pub fn looks_like(head: &[u8]) -> bool {
    head.starts_with(GZIP) || is_pbf(head) || is_xml(head)
}

/// A length of four bytes, then the type of the first blob as field 1 of its header.
fn is_pbf(head: &[u8]) -> bool {
    head.get(4..).is_some_and(|header| header.starts_with(b"\x0a\x09OSMHeader"))
}

fn is_xml(head: &[u8]) -> bool {
    head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().starts_with(b"<")
}

impl Extract {
    /// Opens the file far enough to know that it is an extract.
    pub fn open(file: &Path) -> Result<Self, OsmError> {
        let unreadable = |source| OsmError::Unreadable { file: file.to_owned(), source };
        let about = file.metadata().map_err(unreadable)?;
        if about.is_dir() {
            return Err(OsmError::Directory { file: file.to_owned() });
        }
        if about.len() == 0 {
            return Err(OsmError::Empty { file: file.to_owned() });
        }
        let mut head = Vec::new();
        File::open(file).and_then(|f| f.take(HEAD_BYTES).read_to_end(&mut head)).map_err(unreadable)?;
        let not_osm = |found| OsmError::NotOsm { file: file.to_owned(), found };
        let format = if is_pbf(&head) {
            Format::Pbf
        } else if is_xml(&head) {
            Format::Xml
        } else if head.starts_with(GZIP) {
            Format::GzippedXml
        } else if head.starts_with(b"BZh") {
            return Err(not_osm(Words::fixed("bzip2 压缩(请先解压)", "bzip2 (unpack it first)")));
        } else {
            return Err(not_osm(Words::fixed("其他数据", "something else")));
        };
        let extract = Self { file: file.to_owned(), format, bytes: about.len() };
        extract.check_root()?;
        Ok(extract)
    }

    /// The size of the file, bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Reads all elements: `map` makes something of each block, on several cores where the format allows it; `fold`
    /// receives the results in the file's order and may stop. `progress` is told the bytes of the file read so far.
    pub fn read<R: Send>(
        &self,
        progress: &mut dyn FnMut(u64),
        map: impl Fn(&Block) -> R + Sync,
        mut fold: impl FnMut(R) -> ControlFlow<()>,
    ) -> Result<(), OsmError> {
        let input = self.input()?;
        match self.format {
            Format::Pbf => {
                pbf::read(&self.file, BufReader::with_capacity(BUFFER_BYTES, input), progress, &map, &mut fold)
            }
            Format::Xml | Format::GzippedXml => {
                let told = std::cell::Cell::new(0);
                let counted = Counted { input, read: &told };
                let each = |block: Block| fold(map(&block));
                xml::read(&self.file, self.unzipped(counted), &mut || progress(told.get()), each)
            }
        }
    }

    /// What the file says of where its data come from, if it is one that can say it: a PBF with a `source` in its header.
    pub fn source(&self) -> Result<Option<String>, OsmError> {
        match self.format {
            Format::Pbf => pbf::source(&self.file, BufReader::new(self.input()?)),
            Format::Xml | Format::GzippedXml => Ok(None),
        }
    }

    fn input(&self) -> Result<File, OsmError> {
        File::open(&self.file).map_err(|source| OsmError::Unreadable { file: self.file.clone(), source })
    }

    fn unzipped<'a>(&self, input: impl Read + 'a) -> BufReader<Box<dyn Read + 'a>> {
        let input: Box<dyn Read + 'a> = match self.format {
            // several members one after the other are one file, as `cat a.gz b.gz` makes them
            Format::GzippedXml => Box::new(MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, input))),
            Format::Pbf | Format::Xml => Box::new(input),
        };
        BufReader::with_capacity(BUFFER_BYTES, input)
    }

    /// XML is an extract only if its root is `osm`.
    fn check_root(&self) -> Result<(), OsmError> {
        if self.format == Format::Pbf {
            return Ok(());
        }
        let mut head = Vec::new();
        match self.unzipped(self.input()?).take(HEAD_BYTES).read_to_end(&mut head) {
            Ok(_) => {}
            // what broke after a readable beginning is told when it is reached
            Err(error) if error.kind() == ErrorKind::UnexpectedEof && !head.is_empty() => {}
            Err(source) => return Err(OsmError::Unreadable { file: self.file.clone(), source }),
        }
        if is_xml(&head) {
            xml::check_root(&self.file, &head)
        } else {
            let found = Words::fixed("gzip 压缩的其他数据", "something else in gzip");
            Err(OsmError::NotOsm { file: self.file.clone(), found })
        }
    }
}

/// Counts what is read of the file itself, before it is unpacked.
struct Counted<'a, R> {
    input: R,
    read: &'a std::cell::Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.input.read(out)?;
        self.read.set(self.read.get() + n as u64);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::{BlobFault, Element};
    use std::io::Write;

    /// A real extract, if the shared data are there.
    fn shared(name: &str) -> Option<PathBuf> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm").join(name);
        if !file.exists() {
            println!("skipped: no ../shared/data");
        }
        file.exists().then_some(file)
    }

    fn temporary(content: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(content).expect("written");
        file
    }

    /// How many nodes, ways and relations there are.
    fn counts(file: &Path) -> Result<[usize; 3], OsmError> {
        let mut all = [0; 3];
        let count = |block: &Block| {
            let mut some = [0; 3];
            block.for_each(|element| match element {
                Element::Node { .. } => some[0] += 1,
                Element::Way { .. } => some[1] += 1,
                Element::Relation { .. } => some[2] += 1,
            });
            some
        };
        let extract = Extract::open(file)?;
        let mut last = 0;
        extract.read(&mut |bytes| last = bytes, count, |some| {
            all.iter_mut().zip(some).for_each(|(all, some)| *all += some);
            ControlFlow::Continue(())
        })?;
        assert_eq!(last, extract.bytes(), "progress ends at the file's size");
        Ok(all)
    }

    #[test]
    fn real_extracts_of_each_format_are_read_whole() {
        for (name, nodes, ways) in [
            ("liechtenstein.osm.pbf", Some(142_832), Some(15_247)),
            ("monaco.osm.gz", Some(13_739), None),
            ("singapore-bayfront.osm.pbf", None, None),
            ("uncompressed-blobs.osm.pbf", None, None),
        ] {
            let Some(file) = shared(name) else { return };
            let [n, w, r] = counts(&file).expect(name);
            println!("{name}: {n} nodes, {w} ways, {r} relations");
            assert!(
                n > 0 && nodes.is_none_or(|nodes| nodes == n) && ways.is_none_or(|ways| ways == w),
                "{name}: {n} {w}"
            );
        }
    }

    #[test]
    fn results_come_in_the_order_of_the_file_though_blobs_are_decoded_on_several_cores() {
        let Some(file) = shared("liechtenstein.osm.pbf") else { return };
        let mut ids = Vec::new();
        let first_node = |block: &Block| {
            let mut first = None;
            block.for_each(|element| {
                if let Element::Node { id, .. } = element {
                    first = first.or(Some(id));
                }
            });
            first
        };
        let extract = Extract::open(&file).expect("an extract");
        let read = extract.read(&mut |_| (), first_node, |id| {
            ids.extend(id);
            ControlFlow::Continue(())
        });
        read.expect("right");
        assert!(ids.len() > 10 && ids.is_sorted(), "{ids:?}");
    }

    #[test]
    fn a_pbf_that_breaks_is_told_with_the_byte_of_its_blob() {
        let Some(file) = shared("liechtenstein.osm.pbf") else { return };
        let whole = std::fs::read(file).expect("readable");
        let cut = temporary(&whole[..whole.len() / 2]);
        let error = counts(cut.path()).expect_err("cut off");
        let OsmError::Blob { offset, fault: BlobFault::Short { .. }, .. } = error else { panic!("{error}") };
        assert!(offset > 0 && offset < whole.len() as u64 / 2);
        assert!(error.to_string().contains(&format!("the blob at byte {offset} ends early")), "{error}");
        let mut damaged = whole.clone();
        damaged[offset as usize + 400..offset as usize + 500].fill(0x55);
        let error = counts(temporary(&damaged).path()).expect_err("damaged");
        assert!(
            matches!(error, OsmError::Blob { offset: o, fault: BlobFault::Content(_), .. } if o == offset),
            "{error}"
        );
        assert!(error.zh().contains("无法解压或解码"), "{}", error.zh());
    }

    #[test]
    fn what_is_no_extract_is_refused_for_what_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(Extract::open(folder.path()), Err(OsmError::Directory { .. })));
        assert!(matches!(Extract::open(&folder.path().join("none")), Err(OsmError::Unreadable { .. })));
        assert!(matches!(Extract::open(temporary(b"").path()), Err(OsmError::Empty { .. })));
        let gzip = |content: &[u8]| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            encoder.write_all(content).expect("packed");
            encoder.finish().expect("packed")
        };
        for (content, found) in [
            (b"name,lon,lat\n".to_vec(), "something else"),
            (b"<?xml version=\"1.0\"?>\n<!-- c --><kml/>".to_vec(), "<kml>"),
            (b"<osmChange version=\"0.6\"/>".to_vec(), "<osmChange>"),
            (b"BZh91AY".to_vec(), "bzip2"),
            (gzip(b"name,lon,lat\n"), "in gzip"),
            (gzip(b"<gpx></gpx>"), "<gpx>"),
        ] {
            let error = Extract::open(temporary(&content).path()).expect_err(found);
            assert!(matches!(error, OsmError::NotOsm { .. }) && error.to_string().contains(found), "{found}: {error}");
        }
        let packed = gzip(b"<osm><node id=\"1\" lat=\"1\" lon=\"2\"/></osm>");
        assert_eq!(counts(temporary(&packed).path()).expect("right"), [1, 0, 0]);
        let error = counts(temporary(&packed[..packed.len() - 12]).path()).expect_err("cut off");
        assert!(matches!(error, OsmError::Xml { .. }), "{error}");
    }
}
