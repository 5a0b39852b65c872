//! Why a file gives no children. Whatever is wrong, those in use stay in use.

use crate::geo::Bounds;
use crate::site::DraftProblem;
use crate::text::Words;
use serde::Serialize;
use std::fmt;

/// Headings that are shown of a file.
const SHOWN_HEADINGS: usize = 12;

/// Rows that are wrong; one keeps out the whole file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefusedRows {
    /// The file's name.
    pub file: String,
    /// How many rows are wrong.
    pub refused: u64,
    /// Their wrong cells (the first thousand).
    pub problems: Vec<DraftProblem>,
}

/// Why a file gives no children.
#[derive(Debug)]
pub enum ChildrenError {
    /// No table, no `GeoJSON` and no `GeoTIFF`.
    Format {
        /// Its name.
        file: String,
        /// What it is instead.
        found: Words,
    },
    /// Several files that are not all rasters.
    OneFile,
    /// No column of counts.
    NoBands {
        /// Its name.
        file: String,
        /// The headings that it has.
        found: Vec<String>,
    },
    /// The column that `--count-column` names is not there.
    NoSuchColumn {
        /// The file's name.
        file: String,
        /// The heading that is wanted.
        column: String,
        /// The headings that it has.
        found: Vec<String>,
    },
    /// Some children would be counted twice.
    Overlap {
        /// The file's name.
        file: String,
        /// One column or file.
        first: String,
        /// The other.
        second: String,
    },
    /// Nobody can tell where a row is.
    NoPlace {
        /// The file's name.
        file: String,
        /// The headings that it has.
        found: Vec<String>,
    },
    /// The file says one datum and the command line another.
    TwoDatums {
        /// The file's name.
        file: String,
        /// What it says.
        written: &'static str,
        /// What `--crs` says.
        said: &'static str,
    },
    /// Totals of towns want what is not there yet.
    Wants {
        /// The file's name.
        file: String,
        /// What is missing.
        what: Words,
        /// The command that brings it.
        command: &'static str,
    },
    /// An option that does not go with the file.
    Option {
        /// The file's name.
        file: String,
        /// The option.
        option: &'static str,
        /// Why not.
        why: Words,
    },
    /// Wrong rows.
    Rows(RefusedRows),
    /// All rows have 0 children, or there is none.
    NoChildren {
        /// The file's name.
        file: String,
    },
    /// Counts that can't be summed.
    Counts(String),
    /// No cell is near any street.
    Outside {
        /// The box of all cells.
        children: Bounds,
        /// The box of all junctions.
        network: Bounds,
    },
    /// A raster that can't be decoded.
    Tiff {
        /// The file's name.
        file: String,
        /// Why.
        source: tiff::TiffError,
    },
    /// A raster that does not say where it is.
    NoKeys {
        /// The file's name.
        file: String,
    },
    /// A raster that is not in degrees on WGS-84.
    Projection {
        /// The file's name.
        file: String,
        /// The name of its coordinate system.
        name: String,
    },
    /// A raster whose rows do not run east.
    Turned {
        /// The file's name.
        file: String,
    },
    /// A raster without a place for its first pixel.
    NoCorner {
        /// The file's name.
        file: String,
    },
    /// A raster with several values a pixel.
    Samples {
        /// The file's name.
        file: String,
        /// How many.
        found: u16,
    },
    /// Rasters of different pixels.
    Grids {
        /// The name of one.
        first: String,
        /// The name of the other.
        second: String,
    },
    /// `--ages` does not say whom each file counts.
    Ages {
        /// How many files there are.
        files: usize,
        /// How often it is given.
        ages: usize,
    },
    /// A file of people who are not all children.
    TooOld {
        /// The file's name.
        file: String,
        /// The youngest.
        from: u8,
        /// The oldest.
        to: u8,
    },
    /// A raster with more people than one county has pixels.
    TooLarge {
        /// The file's name.
        file: String,
        /// How many pixels are taken.
        most: usize,
    },
}

impl std::error::Error for ChildrenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Self::Tiff { source, .. } = self { Some(source) } else { None }
    }
}

impl fmt::Display for ChildrenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

fn shown(found: &[String]) -> String {
    let mut shown = found.iter().take(SHOWN_HEADINGS).cloned().collect::<Vec<_>>().join(", ");
    if found.len() > SHOWN_HEADINGS {
        shown += ", …";
    }
    shown
}

fn corners(bounds: &Bounds) -> String {
    let Bounds { west, south, east, north } = bounds;
    format!("{west:.4},{south:.4},{east:.4},{north:.4}")
}

impl ChildrenError {
    /// What was found and what was wanted.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::OneFile => Words::fixed(
                "只有栅格可以一次导入多个文件(每个年龄段一个)",
                "only rasters come as several files, one for each band of ages",
            ),
            Self::NoBands { .. } | Self::NoSuchColumn { .. } | Self::Overlap { .. } | Self::NoPlace { .. } => {
                self.about_columns()
            }
            Self::Tiff { .. }
            | Self::NoKeys { .. }
            | Self::Projection { .. }
            | Self::Turned { .. }
            | Self::NoCorner { .. }
            | Self::Samples { .. }
            | Self::Grids { .. }
            | Self::Ages { .. }
            | Self::TooOld { .. }
            | Self::TooLarge { .. } => self.about_rasters(),
            Self::Format { file, found } => Words::new(
                format!("{file}:内容是{};应为 CSV、GeoJSON 或 GeoTIFF", found.zh),
                format!("{file}: found {}; wanted CSV, GeoJSON or GeoTIFF", found.en),
            ),
            Self::TwoDatums { file, written, said } => Words::new(
                format!("{file}:文件写明坐标系为 {written},与 --crs {said} 不一致"),
                format!("{file}: the file says {written}, --crs says {said}; wanted one datum"),
            ),
            Self::Wants { file, what, command } => Words::new(
                format!("{file}:没有经度、纬度,是乡镇总数;还没有{},请先用 {command} 导入", what.zh),
                format!("{file}: totals of towns, as there are no lon and lat; no {} yet: {command} first", what.en),
            ),
            Self::Option { file, option, why } => {
                Words::new(format!("{file}:{option}:{}", why.zh), format!("{file}: {option}: {}", why.en))
            }
            Self::Rows(RefusedRows { file, refused, .. }) => Words::new(
                format!("{file}:{refused} 行有误,整个文件未导入,原有儿童数据不变"),
                format!("{file}: {refused} rows are wrong; nothing went in, the children in use stay in use"),
            ),
            Self::NoChildren { file } => Words::new(
                format!("{file}:没有一个儿童;应至少有一行大于 0"),
                format!("{file}: no child in it; wanted at least one count above 0"),
            ),
            Self::Counts(reason) => Words::new(format!("儿童数有误:{reason}"), format!("the counts: {reason}")),
            Self::Outside { children, network } => {
                let (children, network) = (corners(children), corners(network));
                Words::new(
                    format!(
                        "儿童全部在步行网络之外(离道路超过 300 米):儿童 {children},网络 {network}(西,南,东,北)。坐标系或文件是否有误?"
                    ),
                    format!(
                        "children outside the network, all more than 300 m from any street: children {children}, network \
                         {network} (west,south,east,north); is it the right file and datum?"
                    ),
                )
            }
        }
    }

    fn about_columns(&self) -> Words {
        match self {
            Self::NoBands { file, found } => Words::new(
                format!("{file}:没有儿童数列:现有 {};应有 age_0_14、0-2岁 等,或用 --count-column 指定", shown(found)),
                format!(
                    "{file}: no column of children; found {}; wanted age_0_14 or the like, or --count-column",
                    shown(found)
                ),
            ),
            Self::NoSuchColumn { file, column, found } => Words::new(
                format!("{file}:没有“{column}”列:现有 {}", shown(found)),
                format!("{file}: no column \"{column}\"; found {}", shown(found)),
            ),
            Self::Overlap { file, first, second } => Words::new(
                format!("{file}:“{first}”和“{second}”的年龄重叠,儿童会重复计数;应为互不重叠的年龄段"),
                format!("{file}: the ages of \"{first}\" and \"{second}\" overlap; wanted bands that do not"),
            ),
            Self::NoPlace { file, found } => Words::new(
                format!(
                    "{file}:不知道每行在哪里:现有 {};应有经度和纬度两列,或区划代码/名称一列(乡镇总数)",
                    shown(found)
                ),
                format!(
                    "{file}: nothing tells where a row is; found {}; wanted lon and lat, or an area's code or name (totals of \
                     towns)",
                    shown(found)
                ),
            ),
            // the others are told elsewhere
            _ => Words::fixed("", ""),
        }
    }

    fn about_rasters(&self) -> Words {
        match self {
            Self::Tiff { file, source } => Words::new(
                format!("{file}:GeoTIFF 无法读取:{source}"),
                format!("{file}: the GeoTIFF can't be read: {source}"),
            ),
            Self::NoKeys { file } => Words::new(
                format!("{file}:没有 GeoKey,不知道坐标系;应为 WGS 84 经纬度(EPSG:4326)的 GeoTIFF"),
                format!(
                    "{file}: no GeoKeys, so its coordinate system is not known; wanted degrees on WGS 84 (EPSG:4326)"
                ),
            ),
            Self::Projection { file, name } => Words::new(
                format!(
                    "{file}:坐标系为 {name};应为 WGS 84 经纬度(EPSG:4326),可用 gdalwarp -t_srs EPSG:4326 转换(注意保持总数)"
                ),
                format!("{file}: in {name}; wanted degrees on WGS 84 (EPSG:4326)"),
            ),
            Self::Turned { file } => Words::new(
                format!("{file}:栅格有旋转;应为正南北向"),
                format!("{file}: its rows are turned; wanted rows that run east"),
            ),
            Self::NoCorner { file } => Words::new(
                format!("{file}:没有像元大小和起点(ModelPixelScale、ModelTiepoint)"),
                format!("{file}: no size and place of pixels (ModelPixelScale and ModelTiepoint)"),
            ),
            Self::Samples { file, found } => Words::new(
                format!("{file}:每个像元有 {found} 个值;应为单波段"),
                format!("{file}: {found} values a pixel; wanted one"),
            ),
            Self::Grids { first, second } => Words::new(
                format!("{first} 和 {second} 的像元不同;应为同一网格"),
                format!("{first} and {second} have different pixels; wanted the same grid"),
            ),
            Self::Ages { files, ages } => Words::new(
                format!("{files} 个栅格,--ages 写了 {ages} 次;应每个文件一次,顺序相同(WorldPop 的文件名可省略)"),
                format!(
                    "{files} rasters and --ages {ages} times; wanted once for each, in their order (WorldPop's names tell it)"
                ),
            ),
            Self::TooOld { file, from, to } => Words::new(
                format!("{file}:按文件名为 {from}–{to} 岁,不全是儿童(最大 18 岁)"),
                format!("{file}: by its name people of {from} to {to}, who are not all children (18 at most)"),
            ),
            Self::TooLarge { file, most } => Words::new(
                format!("{file}:有儿童的像元超过 {most} 个;请用 --clip 截取"),
                format!("{file}: more than {most} pixels with children; wanted a part of it, see --clip"),
            ),
            // the others are told elsewhere
            _ => Words::fixed("", ""),
        }
    }
}
