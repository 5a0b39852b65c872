//! Signs at the door: name, symbol and a QR code that leads to the site's page, as PDF in A4 or A6.
//!
//! A sign is drawn as vectors; only the characters that it has are embedded of a font that is found when a sign is asked for
//! ([`FontFile`]), because a font of all of Chinese has 20 MB. Symbols are those of the map: their paths are read from the front
//! end's own definition, so that the two can't come to differ.

mod draw;
mod font;
mod pdf;
mod symbol;

pub use font::FontFile;
pub use pdf::signs_pdf;

use crate::text::Words;
use std::path::PathBuf;
use std::str::FromStr;

/// What stands on a sign.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// The site's name.
    pub name: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// What it is.
    pub kind: Words,
    /// The name of the drawing inside the symbol.
    pub glyph: String,
    /// The name of the symbol's outline.
    pub shape: &'static str,
    /// `#rrggbb`.
    pub colour: String,
    /// The county.
    pub county: Option<String>,
    /// Where the code leads.
    pub address: String,
}

/// The size of a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignSize {
    /// 210 × 297 mm, a sign a page.
    A4,
    /// 105 × 148 mm; several are laid out on A4, four a page.
    A6,
}

impl FromStr for SignSize {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        match name {
            "a4" => Ok(Self::A4),
            "a6" => Ok(Self::A6),
            _ => Err(()),
        }
    }
}

/// Why there is no sign.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// No font with Chinese characters is installed.
    #[error(
        "no font with Chinese characters was found; install fonts-noto-cjk or fonts-wqy-microhei, or say --font FILE"
    )]
    NoFont,
    /// The font that was said can't be read.
    #[error("the font {} can't be read: {source}; wanted a TrueType or OpenType font (--font FILE)", file.display())]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no font, or a damaged one.
    #[error("{} is no font that can be used ({reason}); wanted a TrueType or OpenType font with Chinese characters (--font FILE)", file.display())]
    Font {
        /// Which.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// The address does not fit into a code.
    #[error("the address has {0} characters, too many for a QR code; wanted a shorter --public-url")]
    Address(usize),
    /// The pages can't be packed.
    #[error("packing failed: {0}")]
    Packing(#[from] std::io::Error),
}

impl SignError {
    /// What is wrong, for whoever asked; where fonts lie is not told.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NoFont => Words::fixed(
                "服务器没有安装中文字体,暂时不能生成标牌:请管理员安装 fonts-noto-cjk,或用 --font 指定字体文件",
                "no font with Chinese characters is installed on the server; its administrator installs fonts-noto-cjk or says --font FILE",
            ),
            Self::Unreadable { .. } | Self::Font { .. } => Words::fixed(
                "--font 指定的字体文件无法使用:请管理员换成含中文的 TrueType 或 OpenType 字体",
                "the font that --font names can't be used; its administrator names a TrueType or OpenType font with Chinese characters",
            ),
            Self::Address(_) => Words::fixed("网址太长,放不进二维码", "the address is too long for a QR code"),
            Self::Packing(_) => Words::fixed("标牌生成失败,请稍后再试", "the sign could not be made; try again later"),
        }
    }
}

#[cfg(test)]
mod tests;
