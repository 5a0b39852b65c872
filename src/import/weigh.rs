//! Weighs a ZIP before anything in it is used: a few kilobytes may unpack to gigabytes.
//!
//! What the directory of a ZIP says about sizes may be a lie, so every entry is really unpacked, chunk by chunk, and its
//! bytes are counted and thrown away.

use super::error::{FileError, Weight};
use crate::text::Words;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Seek};
use std::path::Path;
use zip::ZipArchive;

/// What a ZIP may weigh.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Bytes of all entries, unpacked.
    total: u64,
    /// How many times its packed size an entry may have …
    ratio: u64,
    /// … once it has more bytes than this.
    ratio_from: u64,
    /// Entries.
    entries: usize,
}

/// A sheet of a million rows and twenty columns has about 400 MiB. Deflate can't pack tighter than 1032 : 1, which only
/// a run of one byte reaches.
const LIMITS: Limits = Limits { total: 512 << 20, ratio: 1000, ratio_from: 16 << 20, entries: 10_000 };

/// What somebody sends over HTTP may weigh less: the shared texts of a workbook are held in memory.
const UPLOAD: Limits = Limits { total: 128 << 20, ..LIMITS };

/// [`weigh`] for what somebody sends over HTTP.
pub(super) fn weigh_upload(file: &Path) -> Result<(), FileError> {
    let input = File::open(file).map_err(|source| FileError::unreadable(file, source))?;
    weigh_within(file, BufReader::new(input), UPLOAD)
}

/// Refuses a ZIP that is too heavy, encrypted, damaged, or no workbook. Memory stays flat.
pub(super) fn weigh(file: &Path) -> Result<(), FileError> {
    let input = File::open(file).map_err(|source| FileError::unreadable(file, source))?;
    weigh_within(file, BufReader::new(input), LIMITS)
}

fn weigh_within(file: &Path, input: impl Read + Seek, limits: Limits) -> Result<(), FileError> {
    let heavy = |weight| FileError::Heavy { file: file.to_owned(), weight };
    let damaged = |source| FileError::Zip { file: file.to_owned(), source };
    let mut archive = ZipArchive::new(input).map_err(damaged)?;
    if archive.len() > limits.entries {
        return Err(heavy(Weight::Entries { found: archive.len(), limit: limits.entries }));
    }
    let (mut left, mut workbook) = (limits.total, false);
    for place in 0..archive.len() {
        let raw = archive.by_index_raw(place).map_err(damaged)?;
        let entry = String::from_utf8_lossy(raw.name_raw()).into_owned();
        if raw.encrypted() {
            return Err(heavy(Weight::Encrypted { entry }));
        }
        drop(raw);
        workbook |= entry.to_ascii_lowercase().starts_with("xl/");
        let unpacked = archive.by_index(place).map_err(damaged)?;
        let packed = unpacked.compressed_size();
        let most = left.min(limits.ratio_from.max(packed.saturating_mul(limits.ratio)));
        let bytes = count(unpacked, most).map_err(|source| damaged(source.into()))?;
        if bytes > left {
            return Err(heavy(Weight::Total { limit_mib: limits.total >> 20 }));
        }
        if bytes > most {
            return Err(heavy(Weight::Ratio { entry, limit: limits.ratio }));
        }
        left -= bytes;
    }
    if workbook { Ok(()) } else { Err(no_workbook(file)) }
}

fn no_workbook(file: &Path) -> FileError {
    let found = Words::fixed("不含工作簿的 ZIP 压缩包", "a ZIP archive without a workbook");
    FileError::Format { file: file.to_owned(), found }
}

/// The bytes of an entry, counted no further than just beyond `most`.
fn count(mut entry: impl Read, most: u64) -> std::io::Result<u64> {
    let mut chunk = vec![0; 64 << 10];
    let mut bytes = 0;
    while bytes <= most {
        match entry.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => bytes += n as u64,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reader::testing::drafts;
    use std::io::{Cursor, Write};
    use zip::write::{SimpleFileOptions, ZipWriter};

    /// A ZIP with entries of so many zeros.
    fn zeros(entries: &[(&str, usize)]) -> Cursor<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            let chunk = vec![0; 1 << 20];
            for _ in 0..bytes >> 20 {
                writer.write_all(&chunk).expect("written");
            }
            writer.write_all(&chunk[..bytes & 0xf_ffff]).expect("written");
        }
        writer.finish().expect("a ZIP")
    }

    fn weight(input: Cursor<Vec<u8>>, limits: Limits) -> Option<Weight> {
        match weigh_within(Path::new("x.xlsx"), input, limits) {
            Ok(()) => None,
            Err(FileError::Heavy { weight, .. }) => Some(weight),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_bomb_is_refused_by_its_real_bytes() {
        let bomb = || zeros(&[("xl/workbook.xml", 10), ("xl/worksheets/sheet1.xml", 40 << 20)]);
        assert!(bomb().get_ref().len() < 64 << 10, "{}", bomb().get_ref().len());
        let entry = "xl/worksheets/sheet1.xml".to_owned();
        assert_eq!(weight(bomb(), LIMITS), Some(Weight::Ratio { entry, limit: 1000 }));
        assert!(matches!(drafts(bomb().get_ref()), Err(FileError::Heavy { .. })), "nor does a reader open it");
        let loose = Limits { ratio: 2000, ..LIMITS };
        assert_eq!(weight(bomb(), loose), None);
        let many = || zeros(&[("xl/a", 8 << 20), ("xl/b", 8 << 20), ("xl/c", 8 << 20)]);
        assert_eq!(weight(many(), LIMITS), None);
        assert_eq!(weight(many(), Limits { total: 20 << 20, ..LIMITS }), Some(Weight::Total { limit_mib: 20 }));
        assert_eq!(weight(many(), Limits { entries: 2, ..LIMITS }), Some(Weight::Entries { found: 3, limit: 2 }));
    }

    #[test]
    fn a_size_that_the_directory_lies_about_does_not_help() {
        let mut bomb = zeros(&[("xl/worksheets/sheet1.xml", 40 << 20)]).into_inner();
        let lie = 100_u32.to_le_bytes();
        let truth = (40_u32 << 20).to_le_bytes();
        let places: Vec<_> = bomb.windows(4).enumerate().filter(|(_, w)| *w == truth).map(|(i, _)| i).collect();
        assert!(!places.is_empty(), "the size stands somewhere");
        for place in places {
            bomb[place..place + 4].copy_from_slice(&lie);
        }
        assert!(weigh_within(Path::new("x.xlsx"), Cursor::new(bomb), LIMITS).is_err());
    }

    #[test]
    fn a_zip_of_something_else_is_told() {
        let error = weigh_within(Path::new("x.zip"), zeros(&[("doc.kml", 10)]), LIMITS).expect_err("no workbook");
        assert!(matches!(error, FileError::Format { .. }), "{error}");
    }
}
