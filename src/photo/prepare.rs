//! A photo as it came turned into one that may be kept and shown.

use super::parts::{self, Parts};
use super::{LONGEST, LONGEST_SMALL, MAX_BYTES, MAX_PIXELS};
use crate::text::Words;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits, Rgb, RgbImage};
use std::io::Cursor;

/// What a decoder may take besides the file: the pixels of the largest picture with eight bytes each.
const MAX_MEMORY: u64 = MAX_PIXELS * 8;
/// Smaller pictures show nothing of a place.
const LEAST_SIDE: u32 = 32;
/// Longer sides are of no camera.
const MAX_SIDE: u32 = 20_000;
/// Small enough for telephones, and not seen to be lossy.
const QUALITY: u8 = 82;
/// What begins a page or a program; sought beside the picture and behind its end.
const HIDDEN: [&[u8]; 7] = [b"<script", b"<!doctype", b"<html", b"<iframe", b"<?php", b"%pdf-1.", b"<svg "];

/// A picture as JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JpegPicture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file.
    pub jpeg: Vec<u8>,
}

/// A photo that may be kept and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The picture, at most [`LONGEST`] pixels on its longest side.
    pub picture: JpegPicture,
    /// The same for lists, at most [`LONGEST_SMALL`].
    pub small: JpegPicture,
}

/// Why a photo is refused. Each says in both languages what was found and what was wanted.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// Nothing in it.
    #[error("the photo is empty; wanted a JPEG, PNG or WebP picture")]
    Empty,
    /// More bytes than are looked at.
    #[error("the photo has {bytes} bytes; wanted at most {} MB", MAX_BYTES >> 20)]
    Heavy {
        /// How many.
        bytes: usize,
    },
    /// Another format, or none.
    #[error("the photo is {}; wanted a JPEG, PNG or WebP picture", found.en)]
    Format {
        /// What it is instead.
        found: Words,
    },
    /// A picture and a page, a program or an archive in one file.
    #[error("the photo also holds {}; wanted a picture and nothing else", found.en)]
    Polyglot {
        /// What else it is.
        found: Words,
    },
    /// It ends in the middle.
    #[error("the photo breaks off after {bytes} bytes; wanted a whole picture (was it sent completely?)")]
    CutOff {
        /// How many bytes there are.
        bytes: usize,
    },
    /// More pixels than are decoded, or nearly none.
    #[error(
        "the photo is {width} x {height} pixels; wanted {LEAST_SIDE} to {MAX_SIDE} a side and at most {} million in all",
        MAX_PIXELS / 1_000_000
    )]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// It can't be decoded.
    #[error("the photo is damaged: {0}; wanted a picture that other programs open")]
    Damaged(ImageError),
    /// It can't be written.
    #[error("the photo can't be written as JPEG: {0}")]
    Unwritten(ImageError),
}

impl PhotoError {
    /// What is wrong, in both languages.
    #[must_use]
    pub fn words(&self) -> Words {
        let side = format!("{LEAST_SIDE} 到 {MAX_SIDE}");
        let zh = match self {
            Self::Empty => "照片是空的,应为 JPEG、PNG 或 WebP 图片".to_owned(),
            Self::Heavy { bytes } => {
                format!("照片有 {} MB,最多 {} MB", bytes.div_ceil(1 << 20), MAX_BYTES >> 20)
            }
            Self::Format { found } => format!("文件是{},应为 JPEG、PNG 或 WebP 图片", found.zh),
            Self::Polyglot { found } => format!("照片里还藏有{},应只含图片", found.zh),
            Self::CutOff { bytes } => format!("照片在第 {bytes} 字节处中断,应为完整的图片(是否没有传完?)"),
            Self::Size { width, height } => {
                format!("照片为 {width}×{height} 像素,每边应为 {side} 像素,总数不超过 {} 万", MAX_PIXELS / 10_000)
            }
            Self::Damaged(_) => "照片已损坏,应为其他软件能打开的图片".to_owned(),
            Self::Unwritten(_) => "照片无法转换为 JPEG,请换一张".to_owned(),
        };
        Words::new(zh, self.to_string())
    }
}

/// How a format is decoded.
type Decode = fn(&[u8]) -> Result<DynamicImage, PhotoError>;

/// The photo in `bytes` as it may be kept and shown. It decodes: some tenths of a second, and up to [`MAX_PIXELS`] times
/// eight bytes of memory, so few at a time.
pub fn prepare(bytes: &[u8]) -> Result<Photo, PhotoError> {
    match bytes.len() {
        0 => return Err(PhotoError::Empty),
        more if more > MAX_BYTES => return Err(PhotoError::Heavy { bytes: more }),
        _ => {}
    }
    let (decoded, parts): (Decode, _) = if bytes.starts_with(b"\xff\xd8\xff") {
        (|bytes| decode(JpegDecoder::new(Cursor::new(bytes))), parts::of_jpeg(bytes))
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (|bytes| decode(PngDecoder::with_limits(Cursor::new(bytes), limits())), parts::of_png(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (|bytes| decode(WebPDecoder::new(Cursor::new(bytes))), parts::of_webp(bytes))
    } else {
        return Err(PhotoError::Format { found: what_else(bytes) });
    };
    let parts = parts.ok_or(PhotoError::CutOff { bytes: bytes.len() })?;
    if let Some(found) = hidden(bytes, &parts) {
        return Err(PhotoError::Polyglot { found });
    }
    let whole = on_white(&decoded(&bytes[..parts.end])?);
    let picture = shrunk(&whole, LONGEST);
    let small = shrunk(picture.as_ref().unwrap_or(&whole), LONGEST_SMALL);
    let picture = picture.unwrap_or(whole);
    Ok(Photo { small: written(small.as_ref().unwrap_or(&picture))?, picture: written(&picture)? })
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

/// Decodes within limits and turns the picture the way it was held.
fn decode(decoder: ImageResult<impl ImageDecoder>) -> Result<DynamicImage, PhotoError> {
    let mut decoder = decoder.map_err(PhotoError::Damaged)?;
    let (width, height) = decoder.dimensions();
    let sides = LEAST_SIDE..=MAX_SIDE;
    if !sides.contains(&width) || !sides.contains(&height) || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PhotoError::Size { width, height });
    }
    decoder.set_limits(limits()).map_err(PhotoError::Damaged)?;
    let held = decoder.orientation().map_err(PhotoError::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(PhotoError::Damaged)?;
    picture.apply_orientation(held);
    Ok(picture)
}

/// Without transparency: what shines through is white.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [r, g, b, alpha] = seen.get_pixel(x, y).0;
        let over = |c: u8| ((u32::from(c) * u32::from(alpha) + 255 * (255 - u32::from(alpha)) + 127) / 255) as u8;
        Rgb([over(r), over(g), over(b)])
    })
}

/// Scaled down to `longest`; nothing when it is no larger.
fn shrunk(picture: &RgbImage, longest: u32) -> Option<RgbImage> {
    let (width, height) = picture.dimensions();
    let most = width.max(height);
    if most <= longest {
        return None;
    }
    let to = |side: u32, longest: u32| {
        (u64::from(side) * u64::from(longest) + u64::from(most) / 2).div_euclid(u64::from(most)).max(1) as u32
    };
    // averages are cheap and good for the first part of a large reduction, a filter for the rest
    let first = 2 * longest;
    let half = (most > 2 * first).then(|| image::imageops::thumbnail(picture, to(width, first), to(height, first)));
    let from = half.as_ref().unwrap_or(picture);
    Some(image::imageops::resize(from, to(width, longest), to(height, longest), FilterType::CatmullRom))
}

fn written(picture: &RgbImage) -> Result<JpegPicture, PhotoError> {
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(picture).map_err(PhotoError::Unwritten)?;
    Ok(JpegPicture { width: picture.width(), height: picture.height(), jpeg })
}

/// What a picture's file holds that is no picture, if it is dangerous. Cameras write much behind the end (a short film, a map
/// of depth), which is left behind with everything else; a page, a program or an archive is nobody's mistake.
fn hidden(bytes: &[u8], parts: &Parts) -> Option<Words> {
    let behind = parts.end..bytes.len();
    let lower = |range: &std::ops::Range<usize>| bytes[range.clone()].to_ascii_lowercase();
    let page = parts
        .beside
        .iter()
        .chain([&behind])
        .map(lower)
        .any(|beside| HIDDEN.iter().any(|begin| memchr::memmem::find(&beside, begin).is_some()));
    if page {
        return Some(Words::fixed("网页、脚本或 PDF", "a page, a script or a PDF"));
    }
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).is_ok();
    archive.then(|| Words::fixed("压缩包", "an archive"))
}

/// What a file is that is none of the three.
fn what_else(bytes: &[u8]) -> Words {
    let head: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head).trim_ascii_start();
    let has = |word: &[u8]| memchr::memmem::find(&head, word).is_some();
    let brand = bytes.get(4..12).unwrap_or_default();
    if text.starts_with(b"<") && has(b"<svg") {
        Words::fixed("SVG 图形", "an SVG drawing")
    } else if text.starts_with(b"<") {
        Words::fixed("网页或 XML", "a web page or XML")
    } else if bytes.starts_with(b"GIF8") {
        Words::fixed("GIF 图片", "a GIF picture")
    } else if [&b"ftypheic"[..], b"ftypheix", b"ftypmif1", b"ftyphevc", b"ftypmsf1"].contains(&brand) {
        Words::fixed(
            "HEIC 图片(请在手机的相机设置中选“兼容性最佳”,或另存为 JPEG)",
            "a HEIC picture (choose “most compatible” in the telephone's camera settings, or save it as JPEG)",
        )
    } else if brand.starts_with(b"ftypavif") {
        Words::fixed("AVIF 图片(请另存为 JPEG)", "an AVIF picture (save it as JPEG)")
    } else if bytes.starts_with(b"%PDF") {
        Words::fixed("PDF 文件", "a PDF file")
    } else if bytes.starts_with(b"PK\x03\x04") {
        Words::fixed("压缩包", "an archive")
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        Words::fixed("TIFF 或相机原始文件(请另存为 JPEG)", "a TIFF or a camera's raw file (save it as JPEG)")
    } else {
        Words::fixed("别的文件", "something else")
    }
}

#[cfg(test)]
mod tests;
