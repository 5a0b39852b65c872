//! Why a file as a whole can't be read; a wrong row is a `DraftProblem` instead.

use crate::osm::OsmError;
use crate::text::Words;
use std::path::{Path, PathBuf};

/// The headings that sites are asked for, as errors name them.
const WANTED: Words = Words::fixed("名称、类别、经度、纬度……", "name, kind, lon, lat …");
/// The formats that are read, as errors name them.
const FORMATS: Words =
    Words::fixed("CSV、XLSX、GeoJSON 或 OpenStreetMap 数据", "CSV, XLSX, GeoJSON or an OpenStreetMap extract");
/// Headings shown when none is known.
const SHOWN_HEADINGS: usize = 12;

/// Why a file can't be read. Each says what was found, what was wanted and where.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Not there.
    #[error("{} does not exist", file.display())]
    Missing {
        /// Which file.
        file: PathBuf,
    },
    /// The system refuses to open or read it.
    #[error("{} can't be read: {source}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder.
    #[error("{} is a directory; wanted a file: {}", file.display(), FORMATS.en)]
    Directory {
        /// Which.
        file: PathBuf,
    },
    /// Nothing in it but white space.
    #[error("{} is empty; wanted rows under a row of headings ({})", file.display(), WANTED.en)]
    Empty {
        /// Which file.
        file: PathBuf,
    },
    /// None of the four formats.
    #[error("{}: found {}; wanted {}", file.display(), found.en, FORMATS.en)]
    Format {
        /// Which file.
        file: PathBuf,
        /// What it is instead.
        found: Words,
    },
    /// No row of headings.
    #[error("{}, line {line}: no headings that are known; found {}; wanted {}", file.display(), shown(found), WANTED.en)]
    Headings {
        /// Which file.
        file: PathBuf,
        /// The line of a text file, the row of a sheet.
        line: u64,
        /// The cells of that row.
        found: Vec<String>,
    },
    /// Two columns for one thing.
    #[error("{}: the columns \"{first}\" and \"{second}\" mean the same; wanted one of them", file.display())]
    Twice {
        /// Which file.
        file: PathBuf,
        /// The heading of one.
        first: String,
        /// The heading of the other.
        second: String,
    },
    /// Degrees in two datums.
    #[error("{}: the columns \"{first}\" and \"{second}\" name different datums; wanted one", file.display())]
    TwoDatums {
        /// Which file.
        file: PathBuf,
        /// The heading of one.
        first: String,
        /// The heading of the other.
        second: String,
    },
    /// Text in an unknown encoding.
    #[error("{}: neither UTF-8 (wrong from byte {utf8}) nor GB18030{}", file.display(), gb18030.map_or(String::new(), |byte| format!(" (wrong from byte {byte})")))]
    Encoding {
        /// Which file.
        file: PathBuf,
        /// The first byte that is not UTF-8, from 0.
        utf8: u64,
        /// The first byte that is not GB18030, from 0; nothing when the text is plainly a damaged UTF-8.
        gb18030: Option<u64>,
    },
    /// A record that no person has written.
    #[error("{}, line {line}: a record of more than {limit_kib} KiB; wanted shorter ones (is a quotation mark never closed?)", file.display())]
    LongRecord {
        /// Which file.
        file: PathBuf,
        /// Where it begins, from 1.
        line: u64,
        /// What is allowed.
        limit_kib: u64,
    },
    /// A quotation that the end of the file does not close.
    #[error("{}, line {line}: a quotation mark is opened in this record and never closed", file.display())]
    OpenQuote {
        /// Which file.
        file: PathBuf,
        /// Where the record begins, from 1.
        line: u64,
    },
    /// Not JSON.
    #[error("{}, line {line}, column {column}: {reason}", file.display())]
    Json {
        /// Which file.
        file: PathBuf,
        /// Where, from 1.
        line: usize,
        /// Where, from 1.
        column: usize,
        /// What the JSON reader found.
        reason: String,
    },
    /// JSON, but not a GeoJSON of features.
    #[error("{}: found {}; wanted a GeoJSON FeatureCollection or Feature", file.display(), found.en)]
    GeoJson {
        /// Which file.
        file: PathBuf,
        /// What it is instead.
        found: Words,
    },
    /// A coordinate system that is not read.
    #[error("{}: the member crs names \"{name}\"; wanted CRS84, EPSG:4326, EPSG:4490 or none", file.display())]
    Crs {
        /// Which file.
        file: PathBuf,
        /// As the file names it.
        name: String,
    },
    /// A feature that no person has drawn.
    #[error("{}: feature {feature} has more than {limit_mib} MiB; wanted a smaller one", file.display())]
    LongFeature {
        /// Which file.
        file: PathBuf,
        /// Which one, from 1.
        feature: u64,
        /// What is allowed.
        limit_mib: u64,
    },
    /// An XLSX that would unpack to more than is sane.
    #[error("{} is not opened: {weight}", file.display())]
    Heavy {
        /// Which file.
        file: PathBuf,
        /// What was weighed.
        weight: Weight,
    },
    /// A damaged ZIP.
    #[error("{}: the XLSX can't be unpacked: {source}", file.display())]
    Zip {
        /// Which file.
        file: PathBuf,
        /// Why.
        source: zip::result::ZipError,
    },
    /// A ZIP that is no workbook, or a damaged one.
    #[error("{}: the XLSX can't be understood: {source}", file.display())]
    Workbook {
        /// Which file.
        file: PathBuf,
        /// Why.
        source: calamine::XlsxError,
    },
    /// An OpenStreetMap extract that can't be read.
    #[error(transparent)]
    Osm(#[from] OsmError),
}

/// What is too heavy about a ZIP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Weight {
    /// Too much in all.
    #[error("it unpacks to more than {limit_mib} MiB")]
    Total {
        /// What is allowed.
        limit_mib: u64,
    },
    /// One entry is packed so tightly that only a bomb is.
    #[error("its entry {entry} unpacks to more than {limit} times its size")]
    Ratio {
        /// Which entry.
        entry: String,
        /// What is allowed.
        limit: u64,
    },
    /// Too many entries.
    #[error("it has {found} entries; wanted at most {limit}")]
    Entries {
        /// How many it has.
        found: usize,
        /// What is allowed.
        limit: usize,
    },
    /// Locked with a password.
    #[error("its entry {entry} is encrypted; wanted a file without a password")]
    Encrypted {
        /// Which entry.
        entry: String,
    },
}

/// The first of the headings, the empty ones left out.
fn shown(found: &[String]) -> String {
    let mut named: Vec<String> =
        found.iter().map(|h| h.trim()).filter(|h| !h.is_empty()).map(|h| h.chars().take(30).collect()).collect();
    if named.len() > SHOWN_HEADINGS {
        named.truncate(SHOWN_HEADINGS);
        named.push("…".to_owned());
    }
    named.join(", ")
}

impl FileError {
    /// The error for what the system says about opening or reading `file`.
    #[must_use]
    pub fn unreadable(file: &Path, source: std::io::Error) -> Self {
        let file = file.to_owned();
        if source.kind() == std::io::ErrorKind::NotFound {
            Self::Missing { file }
        } else {
            Self::Unreadable { file, source }
        }
    }

    /// The size of `file`, bytes, if it is a file with something in it.
    pub fn check_readable(file: &Path) -> Result<u64, Self> {
        let about = file.metadata().map_err(|source| Self::unreadable(file, source))?;
        match about.len() {
            _ if about.is_dir() => Err(Self::Directory { file: file.to_owned() }),
            0 => Err(Self::Empty { file: file.to_owned() }),
            bytes => Ok(bytes),
        }
    }

    /// The same sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let (file, says) = match self {
            Self::Osm(error) => return error.zh(),
            Self::Missing { file } => (file, "不存在".to_owned()),
            Self::Unreadable { file, source } => (file, format!("无法读取:{source}")),
            Self::Directory { file } => (file, format!("是文件夹;应为文件:{}", FORMATS.zh)),
            Self::Empty { file } => (file, format!("是空文件;应有表头({})和数据行", WANTED.zh)),
            Self::Format { file, found } => (file, format!("内容是{};应为 {}", found.zh, FORMATS.zh)),
            Self::Headings { file, line, found } => {
                (file, format!("第 {line} 行没有可识别的表头:现有 {};应有 {}", shown(found), WANTED.zh))
            }
            Self::Twice { file, first, second } => (file, format!("的“{first}”列和“{second}”列含义相同;只应保留一列")),
            Self::TwoDatums { file, first, second } => {
                (file, format!("的“{first}”列和“{second}”列坐标系不同;应为同一坐标系"))
            }
            Self::Encoding { file, utf8, gb18030 } => {
                let gb = gb18030.map_or(String::new(), |byte| format!("(第 {byte} 字节起有误)"));
                (file, format!("的文字编码既不是 UTF-8(第 {utf8} 字节起有误),也不是 GB18030{gb}"))
            }
            Self::LongRecord { file, line, limit_kib } => {
                (file, format!("第 {line} 行起的一条记录超过 {limit_kib} KiB(引号是否没有闭合?)"))
            }
            Self::OpenQuote { file, line } => (file, format!("第 {line} 行起的记录中,引号没有闭合")),
            Self::Json { file, line, column, reason } => {
                (file, format!("第 {line} 行第 {column} 列 JSON 有误:{reason}"))
            }
            Self::GeoJson { file, found } => {
                (file, format!("内容是{};应为 GeoJSON 的 FeatureCollection 或 Feature", found.zh))
            }
            Self::Crs { file, name } => (file, format!("的 crs 为“{name}”;应为 CRS84、EPSG:4326、EPSG:4490 或不写")),
            Self::LongFeature { file, feature, limit_mib } => {
                (file, format!("的第 {feature} 个要素超过 {limit_mib} MiB"))
            }
            Self::Heavy { file, weight } => (file, format!("不予打开:{}", weight.zh())),
            Self::Zip { file, source } => (file, format!("作为 XLSX 无法解压:{source}")),
            Self::Workbook { file, source } => (file, format!("作为 XLSX 无法读取:{source}")),
        };
        format!("{} {says}", file.display())
    }
}

impl Weight {
    fn zh(&self) -> String {
        match self {
            Self::Total { limit_mib } => format!("解压后超过 {limit_mib} MiB"),
            Self::Ratio { entry, limit } => format!("其中 {entry} 解压后超过原大小的 {limit} 倍"),
            Self::Entries { found, limit } => format!("含 {found} 个条目;最多 {limit} 个"),
            Self::Encrypted { entry } => format!("其中 {entry} 已加密;应为不带密码的文件"),
        }
    }
}
