//! A file of a picture walked through part by part: where it ends, and what stands in it beside the picture.

use std::ops::Range;

/// What a file of a picture consists of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Notes beside the picture: EXIF, comments, texts.
    pub beside: Vec<Range<usize>>,
    /// Where the picture ends.
    pub end: usize,
}

/// Walks through a JPEG: segments, and between them compressed data. Nothing when it breaks off.
pub(super) fn of_jpeg(bytes: &[u8]) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut at = 2;
    loop {
        // any number of 0xff may stand before a marker
        while *bytes.get(at)? == 0xff && *bytes.get(at + 1)? == 0xff {
            at += 1;
        }
        if bytes[at] != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        at += 2;
        match marker {
            0xd9 => {
                parts.end = at;
                return Some(parts);
            }
            0xd0..=0xd8 | 0x01 => {}
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
                let end = at.checked_add(length).filter(|end| length >= 2 && *end <= bytes.len())?;
                if matches!(marker, 0xe0..=0xef | 0xfe) {
                    parts.beside.push(at + 2..end);
                }
                at = if marker == 0xda { scan_end(bytes, end)? } else { end };
            }
        }
    }
}

/// Where the compressed data that begin at `at` end: at the next marker that is no restart.
fn scan_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Walks through the chunks of a PNG. Nothing when it breaks off.
pub(super) fn of_png(bytes: &[u8]) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        let data = at + 8..(at + 8).checked_add(length)?;
        // four bytes of checksum
        at = data.end.checked_add(4).filter(|end| *end <= bytes.len())?;
        match kind {
            b"IEND" => {
                parts.end = at;
                return Some(parts);
            }
            b"IHDR" | b"PLTE" | b"IDAT" | b"fdAT" => {}
            _ => parts.beside.push(data),
        }
    }
}

/// Walks through the chunks of a WebP. Nothing when it breaks off.
pub(super) fn of_webp(bytes: &[u8]) -> Option<Parts> {
    let mut parts = Parts::default();
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    parts.end = size.checked_add(8).filter(|end| *end <= bytes.len())?;
    let mut at = 12;
    while at + 8 <= parts.end {
        let length = u32::from_le_bytes(bytes[at + 4..at + 8].try_into().ok()?) as usize;
        let data = at + 8..(at + 8).checked_add(length).filter(|end| *end <= parts.end)?;
        if !matches!(&bytes[at..at + 4], b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF") {
            parts.beside.push(data.clone());
        }
        // chunks are padded to an even length
        at = data.end + length % 2;
    }
    Some(parts)
}
