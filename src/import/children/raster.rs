//! Children from a `GeoTIFF` of people, as `WorldPop` has them: one file for each band of ages, and perhaps for each sex.
//!
//! A file is read chunk by chunk (strips or tiles), and only those chunks are decoded that reach into the part that is
//! wanted, so that a county out of a world costs no more than the county. A pixel stands for its middle.

use super::ChildrenError;
use super::gathered::{Facts, Gathered, Refusals};
use super::grid::{Grid, Window};
use super::row::count_wanted;
use crate::children::AgeBand;
use crate::geo::LonLat;
use crate::import::clip::Part;
use crate::import::{FileError, ImportError, file_name};
use crate::site::DraftProblem;
use crate::text::Words;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tiff::decoder::{ChunkType, Decoder, DecodingResult};
use tiff::tags::Tag;

/// More pixels with children than this are no county's; they would fill memory.
const MOST_PIXELS: usize = 20_000_000;

/// Whom a file counts, by its name: `chn_f_5_2020.tif` are girls of 5 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    sex: char,
    from: u8,
    to: u8,
}

impl Named {
    /// What `WorldPop` means by a file's name: country, sex (`f`, `m` or `t`), first age, and more. Age 0 are those before
    /// their first birthday, 1 those of 1 to 4, and then every five years.
    fn of(file: &Path) -> Option<Self> {
        let stem = file.file_stem()?.to_str()?.to_lowercase();
        let mut words = stem.split('_');
        words.next().filter(|country| country.len() == 3 && country.chars().all(|c| c.is_ascii_alphabetic()))?;
        let sex = words.next().filter(|sex| matches!(*sex, "f" | "m" | "t"))?.chars().next()?;
        let from: u8 = words.next().filter(|age| age.len() <= 2)?.parse().ok()?;
        words.next().filter(|year| year.len() == 4 && year.chars().all(|c| c.is_ascii_digit()))?;
        let to = match from {
            0 => 0,
            1 => 4,
            age if age.is_multiple_of(5) => age + 4,
            _ => return None,
        };
        Some(Self { sex, from, to })
    }
}

/// A pixel with people: its number, row by row, and how many.
type Pixel = (u64, f64);

/// Reads all files of one county.
pub(super) fn read(
    files: &[PathBuf],
    ages: &[AgeBand],
    part: Option<&Part>,
    progress: &dyn Fn(u64, u64),
) -> Result<(Gathered, Facts), ImportError> {
    let mut facts = Facts::default();
    let band_of = bands(files, ages, &mut facts)?;
    let mut bands = band_of.clone();
    bands.sort();
    bands.dedup();
    let total: u64 = files.iter().map(|file| FileError::check_readable(file)).sum::<Result<_, _>>()?;
    let (mut grid, mut by_file, mut empty, mut before) = (None, Vec::new(), 0, 0);
    for file in files {
        let bytes = FileError::check_readable(file)?;
        let read = Raster::open(file)?;
        match grid {
            None => grid = Some(read.grid),
            Some(first) if read.grid.agrees(&first) => {}
            Some(_) => {
                return Err(ChildrenError::Grids { first: file_name(&files[0]), second: file_name(file) }.into());
            }
        }
        let (pixels, none) = read.pixels(part, &mut |share| progress(before + (bytes as f64 * share) as u64, total))?;
        empty += none;
        before += bytes;
        by_file.push(pixels);
    }
    let Some(grid) = grid else { return Err(ChildrenError::OneFile.into()) };
    let mut cells = Gathered::new(bands.clone());
    let mut numbers: Vec<u64> = by_file.iter().flatten().map(|pixel| pixel.0).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let places: Vec<usize> = band_of.iter().filter_map(|band| bands.iter().position(|other| other == band)).collect();
    let mut next: Vec<_> = by_file.iter().map(|pixels| pixels.iter().peekable()).collect();
    for number in numbers {
        let mut counts = vec![0.0; bands.len()];
        for (pixels, place) in next.iter_mut().zip(&places) {
            if let Some((_, people)) = pixels.next_if(|pixel| pixel.0 == number) {
                counts[*place] += people;
            }
        }
        let (column, row) = ((number % u64::from(grid.width)) as u32, (number / u64::from(grid.width)) as u32);
        if let Some(at) = place(&grid, column, row) {
            cells.put(|| format!("r{}c{}", row + 1, column + 1).into(), at, &counts);
        }
    }
    if files.len() == 1 {
        cells.none_at(empty);
    }
    Ok((cells, facts))
}

fn place(grid: &Grid, column: u32, row: u32) -> Option<LonLat> {
    let [lon, lat] = grid.middle(column, row);
    LonLat::new(lon, lat).ok()
}

/// Whom each file counts: as somebody says, or by its name, or those of 0 to 14 where there is one file.
fn bands(files: &[PathBuf], ages: &[AgeBand], facts: &mut Facts) -> Result<Vec<AgeBand>, ChildrenError> {
    let named: Vec<Option<Named>> = files.iter().map(|file| Named::of(file)).collect();
    if !ages.is_empty() && ages.len() != files.len() {
        return Err(ChildrenError::Ages { files: files.len(), ages: ages.len() });
    }
    let mut bands = Vec::new();
    for (place, file) in files.iter().enumerate() {
        bands.push(match (ages.get(place), named[place]) {
            (Some(band), _) => *band,
            (None, Some(Named { from, to, .. })) if to <= AgeBand::OLDEST => AgeBand { from, to },
            (None, Some(Named { from, to, .. })) => {
                return Err(ChildrenError::TooOld { file: file_name(file), from, to });
            }
            (None, None) if files.len() == 1 => super::CountColumn::USUAL,
            (None, None) => return Err(ChildrenError::Ages { files: files.len(), ages: 0 }),
        });
    }
    for (place, band) in bands.iter().enumerate() {
        let sex = |place: usize| named[place].map(|named| named.sex);
        let other_sex =
            |other: usize| matches!((sex(place), sex(other)), (Some('f'), Some('m')) | (Some('m'), Some('f')));
        let overlaps = |other: &usize| band.from <= bands[*other].to && bands[*other].from <= band.to;
        let others = || (0..files.len()).filter(|other| *other != place).filter(overlaps);
        if let Some(other) = others().find(|other| bands[*other] != *band || !other_sex(*other)) {
            let [file, first, second] = [place, place, other].map(|place| file_name(&files[place]));
            return Err(ChildrenError::Overlap { file, first, second });
        }
        if matches!(sex(place), Some('f' | 'm')) && others().next().is_none() {
            facts.warnings.push(Words::new(
                format!("{}:按文件名只有一种性别", file_name(&files[place])),
                format!("{}: by its name, of one sex only", file_name(&files[place])),
            ));
        }
    }
    Ok(bands)
}

/// An opened raster.
struct Raster {
    name: String,
    decoder: Decoder<BufReader<File>>,
    grid: Grid,
    /// What stands for no data.
    nothing: Option<f64>,
    /// Bytes of each chunk; 0 for one that was left out because it holds nothing.
    chunk_bytes: Vec<u64>,
}

impl Raster {
    fn open(file: &Path) -> Result<Self, ImportError> {
        let name = file_name(file);
        let input = File::open(file).map_err(|source| FileError::unreadable(file, source))?;
        let failed = |source| ChildrenError::Tiff { file: name.clone(), source };
        let mut decoder = Decoder::new(BufReader::new(input)).map_err(failed)?;
        let grid = Grid::read(&name, &mut decoder)?;
        let samples: u16 = decoder.find_tag_unsigned(Tag::SamplesPerPixel).map_err(failed)?.unwrap_or(1);
        if samples != 1 {
            return Err(ChildrenError::Samples { file: name, found: samples }.into());
        }
        let nothing = decoder.find_tag(Tag::GdalNodata).map_err(failed)?.and_then(|value| value.into_string().ok());
        let nothing = nothing.and_then(|text| text.trim_matches(['\0', ' ']).parse().ok());
        let bytes_tag = match decoder.get_chunk_type() {
            ChunkType::Strip => Tag::StripByteCounts,
            ChunkType::Tile => Tag::TileByteCounts,
        };
        let chunk_bytes = decoder.find_tag_unsigned_vec(bytes_tag).map_err(failed)?.unwrap_or_default();
        Ok(Self { name, decoder, grid, nothing, chunk_bytes })
    }

    /// The pixels with people of the part that is wanted, and how many of its pixels have none. `progress` is told the
    /// share that is done.
    fn pixels(mut self, part: Option<&Part>, progress: &mut dyn FnMut(f64)) -> Result<(Vec<Pixel>, u64), ImportError> {
        let wanted = part.map_or(Some(self.grid.whole()), |part| self.grid.window(&part.bounds));
        let Some(wanted) = wanted else { return Ok((Vec::new(), 0)) };
        let (mut found, mut refusals) = (Found::default(), Refusals::default());
        let chunks = self.chunk_bytes.len();
        for chunk in 0..chunks {
            let (window, data_width) = self.chunk(chunk as u32);
            if self.chunk_bytes[chunk] > 0
                && let Some(common) = window.common(wanted)
            {
                let read = self.decoder.read_chunk(chunk as u32);
                let samples = read.map_err(|source| ChildrenError::Tiff { file: self.name.clone(), source })?;
                let samples = Samples { values: &samples, window, data_width };
                self.take(&samples, common, part, &mut found, &mut refusals)?;
            }
            progress((chunk + 1) as f64 / chunks as f64);
        }
        refusals.done(self.name)?;
        found.pixels.sort_unstable_by_key(|pixel| pixel.0);
        Ok((found.pixels, found.empty))
    }

    /// Where a chunk lies, and how many samples it has in a row.
    fn chunk(&self, chunk: u32) -> (Window, u32) {
        let (width, height) = self.decoder.chunk_dimensions();
        let across = self.grid.width.div_ceil(width.max(1)).max(1);
        // a file without rows per strip has all rows in one strip, told as the largest number
        let (column, row) = ((chunk % across) * width, (chunk / across).saturating_mul(height));
        let columns = [column, column.saturating_add(width).min(self.grid.width)];
        let rows = [row, row.saturating_add(height).min(self.grid.height)];
        (Window { columns, rows }, columns[1].saturating_sub(columns[0]))
    }

    fn take(
        &self,
        samples: &Samples<'_>,
        window: Window,
        part: Option<&Part>,
        found: &mut Found,
        refusals: &mut Refusals,
    ) -> Result<(), ChildrenError> {
        for row in window.rows[0]..window.rows[1] {
            for column in window.columns[0]..window.columns[1] {
                let Some(people) = samples.at(column, row).filter(|people| !self.is_nothing(*people)) else { continue };
                let at = place(&self.grid, column, row);
                if at.is_some_and(|at| part.is_some_and(|part| !(part.within)(at))) {
                    continue;
                }
                if at.is_none() || !people.is_finite() || people < 0.0 {
                    refusals.note(vec![wrong(&self.grid, column, row, people, at)]);
                } else if people == 0.0 {
                    found.empty += 1;
                } else {
                    found.pixels.push((u64::from(row) * u64::from(self.grid.width) + u64::from(column), people));
                }
            }
        }
        if found.pixels.len() > MOST_PIXELS {
            return Err(ChildrenError::TooLarge { file: self.name.clone(), most: MOST_PIXELS });
        }
        Ok(())
    }

    fn is_nothing(&self, value: f64) -> bool {
        let Some(none) = self.nothing else { return false };
        // a nodata of −3.4e38 is written in decimals that only agree as 32-bit floats
        let as_single = || value.abs() > 1e30 && (value as f32).total_cmp(&(none as f32)).is_eq();
        value.total_cmp(&none).is_eq() || (value.is_nan() && none.is_nan()) || as_single()
    }
}

fn wrong(grid: &Grid, column: u32, row: u32, people: f64, at: Option<LonLat>) -> DraftProblem {
    let [lon, lat] = grid.middle(column, row);
    let (found, wanted) = match at {
        Some(_) => (people.to_string(), count_wanted()),
        None => (format!("{lon}, {lat}"), Words::fixed("以度表示的位置", "a position in degrees")),
    };
    DraftProblem { line: u64::from(row) + 1, column: format!("像元列 pixel column {}", column + 1), found, wanted }
}

#[derive(Default)]
struct Found {
    pixels: Vec<Pixel>,
    empty: u64,
}

/// The samples of one chunk.
struct Samples<'a> {
    values: &'a DecodingResult,
    window: Window,
    data_width: u32,
}

impl Samples<'_> {
    fn at(&self, column: u32, row: u32) -> Option<f64> {
        let place = (row - self.window.rows[0]) as usize * self.data_width as usize
            + (column - self.window.columns[0]) as usize;
        match self.values {
            DecodingResult::U8(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::U16(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::U32(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::U64(all) => all.get(place).map(|value| *value as f64),
            DecodingResult::I8(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::I16(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::I32(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::I64(all) => all.get(place).map(|value| *value as f64),
            DecodingResult::F16(all) => all.get(place).map(|value| value.to_f64()),
            DecodingResult::F32(all) => all.get(place).map(|value| f64::from(*value)),
            DecodingResult::F64(all) => all.get(place).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worldpops_names_tell_whom_a_file_counts() {
        for (name, told) in [
            ("chn_f_0_2020.tif", Some(('f', 0, 0))),
            ("CHN_M_1_2020_constrained.tif", Some(('m', 1, 4))),
            ("chn_t_05_2025_CN_100m_R2025A_v1.tif", Some(('t', 5, 9))),
            ("chn_f_10_2020_1km.tif", Some(('f', 10, 14))),
            ("chn_ppp_2020.tif", None),
            ("children.tif", None),
        ] {
            let named = Named::of(Path::new(name)).map(|named| (named.sex, named.from, named.to));
            assert_eq!(named, told, "{name}");
        }
    }

    #[test]
    fn each_file_counts_somebody_else() {
        let all = |names: &[&str], ages: &[AgeBand]| {
            let files: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
            let mut facts = Facts::default();
            bands(&files, ages, &mut facts).map(|bands| (bands, facts.warnings.len()))
        };
        let band = |from, to| AgeBand { from, to };
        assert_eq!(all(&["a.tif"], &[]).expect("right"), (vec![band(0, 14)], 0));
        let pair = all(&["chn_f_5_2020.tif", "chn_m_5_2020.tif"], &[]).expect("right");
        assert_eq!(pair, (vec![band(5, 9), band(5, 9)], 0));
        assert_eq!(all(&["chn_f_5_2020.tif"], &[]).expect("right").1, 1, "girls only");
        assert!(matches!(all(&["a.tif", "b.tif"], &[]), Err(ChildrenError::Ages { .. })));
        assert!(matches!(all(&["a.tif", "b.tif"], &[band(0, 4), band(3, 9)]), Err(ChildrenError::Overlap { .. })));
        assert!(matches!(all(&["chn_t_5_2020.tif", "chn_m_5_2020.tif"], &[]), Err(ChildrenError::Overlap { .. })));
        assert!(matches!(all(&["chn_t_15_2020.tif"], &[]), Err(ChildrenError::TooOld { .. })));
    }
}
