//! Where and why an extract can't be read.

use crate::text::Words;
use std::path::PathBuf;
use std::sync::Arc;

/// Why an extract can't be read. Each says what was found, what was wanted and where.
#[derive(Debug, thiserror::Error)]
pub enum OsmError {
    /// The system refuses to open or read it.
    #[error("{} can't be read: {source}", file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder.
    #[error("{} is a directory; wanted an OpenStreetMap extract", file.display())]
    Directory {
        /// Which.
        file: PathBuf,
    },
    /// Nothing in it.
    #[error("{} is empty; wanted an OpenStreetMap extract", file.display())]
    Empty {
        /// Which file.
        file: PathBuf,
    },
    /// Something else.
    #[error("{} is no OpenStreetMap extract: found {}; wanted .osm.pbf, .osm or .osm.gz", file.display(), found.en)]
    NotOsm {
        /// Which file.
        file: PathBuf,
        /// What it is instead.
        found: Words,
    },
    /// A PBF whose blob broke.
    #[error("{}: the blob at byte {offset} {fault}", file.display())]
    Blob {
        /// Which file.
        file: PathBuf,
        /// Where the blob begins, bytes from the start.
        offset: u64,
        /// What is wrong with it.
        fault: BlobFault,
    },
    /// A PBF that asks for more than is understood.
    #[error("{} needs a reader that knows {feature}; this one knows {}", file.display(), super::pbf::FEATURES.join(", "))]
    Feature {
        /// Which file.
        file: PathBuf,
        /// As the file names it.
        feature: String,
    },
    /// XML that is broken or lacks an attribute.
    #[error("{}, line {line}: {fault}", file.display())]
    Xml {
        /// Which file.
        file: PathBuf,
        /// Where, from 1.
        line: u64,
        /// What is wrong there.
        fault: XmlFault,
    },
    /// An element of XML that no mapper has drawn.
    #[error("{}, line {line}: an element of more than {} MiB; wanted a smaller one", file.display(), super::guard::LIMIT >> 20)]
    TooLong {
        /// Which file.
        file: PathBuf,
        /// Where, from 1.
        line: u64,
    },
}

/// What is wrong with a blob.
#[derive(Debug, thiserror::Error)]
pub enum BlobFault {
    /// The file is shorter than the blob says.
    #[error("ends early: {found} of {wanted} bytes are there (the file is cut off)")]
    Short {
        /// Bytes that are there.
        found: u64,
        /// Bytes that the blob announces.
        wanted: u64,
    },
    /// A length that the format does not allow.
    #[error("says that its {part} has {found} bytes; wanted 1 to {limit}")]
    Length {
        /// `header` or `body`.
        part: &'static str,
        /// As the file says.
        found: i64,
        /// What the format allows.
        limit: u64,
    },
    /// Its header can't be understood.
    #[error("has a damaged header")]
    Header,
    /// It does not decompress or its content can't be understood.
    #[error("does not decompress or decode: {0}")]
    Content(#[source] osmpbf::Error),
    /// A string in it is not UTF-8.
    #[error("has a text that is not UTF-8 (number {0} of its table)")]
    Text(usize),
}

/// What is wrong with XML.
#[derive(Debug, thiserror::Error)]
pub enum XmlFault {
    /// No number where there should be one.
    #[error("found {name}=\"{found}\"; wanted a number")]
    Number {
        /// The attribute.
        name: &'static str,
        /// What it says, shortened.
        found: String,
    },
    /// A member that is no element.
    #[error("found a member of type \"{0}\"; wanted node, way or relation")]
    MemberType(String),
    /// The last element is closed but the document is not.
    #[error("the file ends before </osm>")]
    Unfinished,
    /// The compressed stream ends early.
    #[error("the file is cut off: {0}")]
    CutOff(#[source] Arc<std::io::Error>),
    /// Not well-formed.
    #[error("{0}")]
    Broken(#[source] quick_xml::Error),
}

impl OsmError {
    /// The same sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { file, source } => format!("{} 无法读取:{source}", file.display()),
            Self::Directory { file } => format!("{} 是文件夹;应为 OpenStreetMap 数据文件", file.display()),
            Self::Empty { file } => format!("{} 是空文件;应为 OpenStreetMap 数据文件", file.display()),
            Self::NotOsm { file, found } => {
                format!(
                    "{} 不是 OpenStreetMap 数据:文件内容是{};应为 .osm.pbf、.osm 或 .osm.gz",
                    file.display(),
                    found.zh
                )
            }
            Self::Blob { file, offset, fault } => {
                format!("{}:第 {offset} 字节处的数据块{}", file.display(), fault.zh())
            }
            Self::Feature { file, feature } => {
                let known = super::pbf::FEATURES.join("、");
                format!("{} 需要支持 {feature} 的读取程序;本程序支持 {known}", file.display())
            }
            Self::Xml { file, line, fault } => format!("{} 第 {line} 行有误:{}", file.display(), fault.zh()),
            Self::TooLong { file, line } => {
                format!("{} 第 {line} 行:单个要素超过 {} MiB", file.display(), super::guard::LIMIT >> 20)
            }
        }
    }
}

impl BlobFault {
    fn zh(&self) -> String {
        match self {
            Self::Short { found, wanted } => format!("不完整:应有 {wanted} 字节,只有 {found} 字节(文件被截断)"),
            Self::Length { part, found, limit } => {
                let part = if *part == "header" { "头部" } else { "主体" };
                format!("的{part}长度写作 {found} 字节;应为 1 到 {limit}")
            }
            Self::Header => "头部损坏".to_owned(),
            Self::Content(reason) => format!("无法解压或解码:{reason}"),
            Self::Text(place) => format!("中有文字不是 UTF-8(字符串表第 {place} 项)"),
        }
    }
}

impl XmlFault {
    fn zh(&self) -> String {
        match self {
            Self::Number { name, found } => format!("{name}=\"{found}\" 不是数字"),
            Self::MemberType(found) => format!("成员类型为“{found}”;应为 node、way 或 relation"),
            Self::Unfinished => "文件在 </osm> 之前结束".to_owned(),
            Self::CutOff(reason) => format!("文件被截断({reason})"),
            Self::Broken(reason) => format!("XML 不正确({reason})"),
        }
    }
}
