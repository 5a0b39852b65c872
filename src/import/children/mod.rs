//! `yimi import children`: how many children live where, from a table, a GeoJSON, rasters or totals of towns.
//!
//! Children replace each other as a whole, so one wrong row keeps out the whole file: half a county would look like a
//! county with few children. Everything is read, rounded and packed before the database is touched; whatever goes wrong
//! before leaves the children in use in use. Cells stand in the file's order, those of a town in their grid's.

mod columns;
mod error;
mod features;
mod gathered;
mod grid;
mod raster;
mod report;
mod row;
mod spread;
mod table;

pub use columns::CountColumn;
pub use error::{ChildrenError, RefusedRows};
pub use report::{AreaChildren, BandTotal, ChildrenReport, Counted, FarCell, Unsnapped};

use super::clip::Part;
use super::{Clip, FileError, ImportError, file_name};
use crate::area::AreaSet;
use crate::children::{AgeBand, CHILDREN, Children, Method};
use crate::geo::{Datum, LonLat};
use crate::network::Walks;
use crate::registry::{DatasetOutcome, NewDataset, Reason, record_dataset};
use crate::snapshot::{Rules, stored_areas, stored_walks};
use crate::store::{Packed, Store};
use crate::text::Words;
use gathered::{Facts, Gathered};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use table::Table;

/// What begins a TIFF, small or big, of either byte order.
const TIFF: [&[u8]; 4] = [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"];
/// How many bytes of a file tell its format.
const HEAD_BYTES: u64 = 512;

/// An import of children.
#[derive(Debug)]
pub struct ChildrenImport {
    /// The file; of rasters, one for each band of ages.
    pub files: Vec<PathBuf>,
    /// Columns of counts, where their headings do not tell it.
    pub count_columns: Vec<CountColumn>,
    /// Whom each raster counts, in their order.
    pub ages: Vec<AgeBand>,
    /// The datum, where it is not WGS-84 and the file does not say it.
    pub datum: Option<Datum>,
    /// The part of the file that is wanted.
    pub clip: Option<Clip>,
    /// For the log.
    pub who: String,
}

/// What the command line says of a file of cells.
struct Given {
    counted: Vec<CountColumn>,
    datum: Option<Datum>,
    part: Option<Part>,
}

impl Given {
    fn wants(&self, at: LonLat) -> bool {
        self.part.as_ref().is_none_or(|part| (part.within)(at))
    }
}

/// Imports children. `progress` is told bytes read and in all.
pub async fn import_children(
    store: &Store,
    rules: &Arc<Rules>,
    import: ChildrenImport,
    progress: impl Fn(u64, u64) + Send + 'static,
) -> Result<ChildrenReport, ImportError> {
    let name = import.files.iter().map(|file| file_name(file)).collect::<Vec<_>>().join(", ");
    let who = import.who.clone();
    let areas = stored_areas(store).await?;
    let walks = stored_walks(store, rules).await?;
    let work = {
        let (rules, name) = (rules.clone(), name.clone());
        move || prepare(import, name, &areas, walks.as_deref(), &rules, &progress)
    };
    let (mut report, packed) = tokio::task::spawn_blocking(work).await??;
    let stats = serde_json::to_string(&report.counted).map_err(|error| ImportError::Packing(error.into()))?;
    let reason = Reason { who, why: format!("import {name}") };
    let new = NewDataset { kind: CHILDREN, source: &name, stats: &stats, packed: &packed };
    let mut change = store.change().await?;
    let outcome = record_dataset(&mut change, &new, &reason).await?;
    change.commit().await?;
    (report.version, report.unchanged) = match outcome {
        DatasetOutcome::PutToUse(version) => (version, false),
        DatasetOutcome::Unchanged(version) => (version, true),
    };
    Ok(report)
}

/// Everything that is done before the database is written to.
fn prepare(
    import: ChildrenImport,
    file: String,
    areas: &AreaSet,
    walks: Option<&Walks>,
    rules: &Rules,
    progress: &dyn Fn(u64, u64),
) -> Result<(ChildrenReport, Packed), ImportError> {
    let (children, zero_cells, facts) = read(import, areas, walks, progress)?;
    if children.is_empty() {
        return Err(ChildrenError::NoChildren { file }.into());
    }
    let usual = rules.profiles.index(None);
    let walk = walks.zip(usual).and_then(|(walks, profile)| walks.of(&rules.profiles, profile));
    let unsnapped = walk.map(|walk| report::unsnapped(&children, walk)).transpose()?;
    let (by_area, outside_areas) = report::by_area(&children, areas);
    let packed = Packed::of(&children.to_bytes()?).map_err(ImportError::Packing)?;
    let report = ChildrenReport {
        file,
        version: 0,
        unchanged: false,
        counted: Counted::of(&children, &facts, zero_cells),
        unused_columns: facts.unused,
        warnings: facts.warnings,
        unsnapped,
        areas: by_area,
        outside_areas,
    };
    Ok((report, packed))
}

/// The children of the files, and how many cells have none.
fn read(
    import: ChildrenImport,
    areas: &AreaSet,
    walks: Option<&Walks>,
    progress: &dyn Fn(u64, u64),
) -> Result<(Children, u64, Facts), ImportError> {
    let ChildrenImport { files, count_columns, ages, datum, clip, .. } = import;
    let Some(file) = files.first() else { return Err(ChildrenError::OneFile.into()) };
    let formats = files.iter().map(|file| Format::of(file)).collect::<Result<Vec<_>, _>>()?;
    let rasters = formats.iter().filter(|format| **format == Format::Raster).count();
    if files.len() > 1 && rasters < files.len() {
        return Err(ChildrenError::OneFile.into());
    }
    let clipped = clip.is_some();
    let part = clip.map(|clip| clip.part(areas)).transpose()?;
    let bytes = FileError::check_readable(file)?;
    let tell = &mut |done| progress(done, bytes);
    let given = Given { counted: count_columns, datum, part };
    let (cells, method, facts) = match formats[0] {
        Format::Raster => {
            check_raster_options(file, &given)?;
            let part = given.part.or_else(|| around(areas));
            let (cells, facts) = raster::read(&files, &ages, part.as_ref(), progress)?;
            (cells, Some(Method::Raster), facts)
        }
        _ if !ages.is_empty() => {
            let why =
                Words::fixed("只用于栅格;表格用 --count-column 列名:0-14", "for rasters; a table has --count-column");
            return Err(ChildrenError::Option { file: file_name(file), option: "--ages", why }.into());
        }
        Format::GeoJson => {
            let (cells, facts) = features::read(file, &given, tell)?;
            (cells, None, facts)
        }
        Format::Table => {
            let (table, mut facts) = table::read(file, &given, tell)?;
            match table {
                Table::Cells(cells) => (cells, None, facts),
                Table::Towns(..) if clipped => {
                    let why = Words::fixed("乡镇总数不能截取", "totals of towns can't be cut");
                    return Err(ChildrenError::Option { file: file_name(file), option: "--clip", why }.into());
                }
                Table::Towns(bands, towns) => {
                    let cells = spread_towns(file, bands, &towns, areas, walks, &mut facts)?;
                    (cells, Some(Method::Spread), facts)
                }
            }
        }
    };
    let (children, zero_cells) = cells.whole(method, facts.is_demonstration())?;
    Ok((children, zero_cells, facts))
}

fn spread_towns(
    file: &Path,
    bands: Vec<AgeBand>,
    towns: &[spread::TownTotal],
    areas: &AreaSet,
    walks: Option<&Walks>,
    facts: &mut Facts,
) -> Result<Gathered, ImportError> {
    let wants = |what, command| ChildrenError::Wants { file: file_name(file), what, command };
    if areas.all().is_empty() {
        return Err(wants(Words::fixed("区划", "areas"), "yimi import areas").into());
    }
    let network = walks.ok_or_else(|| wants(Words::fixed("步行网络", "walking network"), "yimi import network"))?;
    spread::spread(&file_name(file), bands, towns, areas, network.network(), facts)
}

/// The box around all areas.
fn around(areas: &AreaSet) -> Option<Part> {
    areas.bounds().map(|bounds| Part { bounds, within: Box::new(move |at| bounds.contains(at)), probes: Vec::new() })
}

/// A raster says its own datum, and has no columns.
fn check_raster_options(file: &Path, given: &Given) -> Result<(), ChildrenError> {
    let refuse = |option, why| Err(ChildrenError::Option { file: file_name(file), option, why });
    if matches!(given.datum, Some(Datum::Gcj02 | Datum::Bd09)) {
        return refuse("--crs", Words::fixed("栅格自带坐标系", "a raster says its own coordinate system"));
    }
    if !given.counted.is_empty() {
        return refuse(
            "--count-column",
            Words::fixed("栅格没有列;用 --ages", "a raster has no columns; it has --ages"),
        );
    }
    Ok(())
}

/// The datum of a file's degrees: as somebody says, as the file says, or WGS-84.
fn datum(file: &Path, said: Option<Datum>, written: Option<Datum>) -> Result<Datum, ChildrenError> {
    match (said, written) {
        // WGS-84 is what formats mean by themselves; any other datum was written by somebody
        (Some(said), Some(written)) if said != written && written != Datum::Wgs84 => {
            Err(ChildrenError::TwoDatums { file: file_name(file), written: written.id(), said: said.id() })
        }
        _ => Ok(said.or(written).unwrap_or(Datum::Wgs84)),
    }
}

/// How children are written down, told by a file's first bytes and never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Table,
    GeoJson,
    Raster,
}

impl Format {
    fn of(file: &Path) -> Result<Self, ImportError> {
        FileError::check_readable(file)?;
        let mut head = Vec::new();
        let read = File::open(file).and_then(|input| input.take(HEAD_BYTES).read_to_end(&mut head));
        read.map_err(|source| FileError::unreadable(file, source))?;
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
        if TIFF.iter().any(|begin| head.starts_with(begin)) {
            Ok(Self::Raster)
        } else if text.starts_with(b"{") || text.starts_with(b"[") {
            Ok(Self::GeoJson)
        } else if head.starts_with(b"PK\x03\x04") {
            let found = Words::fixed("压缩包或工作簿(.xlsx 请另存为 CSV)", "a ZIP or workbook (save an .xlsx as CSV)");
            Err(ChildrenError::Format { file: file_name(file), found }.into())
        } else {
            Ok(Self::Table)
        }
    }
}
