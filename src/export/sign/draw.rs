//! One sign drawn onto a page, in points on A6; larger ones are scaled.

use super::font::Letters;
use super::symbol::{GLYPH_HALF, glyph, outline};
use super::{Sign, SignError};
use kurbo::{Affine, BezPath, PathEl};
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name, Str};
use qrcode::{Color, EcLevel, QrCode};

/// A6, points.
pub(super) const WIDTH: f32 = 297.64;
/// A6, points.
pub(super) const HEIGHT: f32 = 419.53;
/// What the font is called on a page.
pub(super) const FONT: Name<'static> = Name(b"F0");
const MARGIN: f32 = 24.0;
/// The side of the code with the white that belongs to it.
const CODE: f32 = 150.0;
/// White modules around a code, as ISO 18004 has them.
const QUIET: usize = 4;
/// Scale of a symbol: 28 units across.
const SYMBOL: f64 = 2.9;
/// Scale of the picture inside it, as on the map.
const PICTURE: f64 = 0.92;

/// Draws a sign with its lower left corner at the origin.
pub(super) fn draw(page: &mut Content, letters: &mut Letters<'_>, sign: &Sign) -> Result<(), SignError> {
    let colour = rgb(&sign.colour);
    page.set_fill_rgb(colour[0], colour[1], colour[2]);
    page.rect(0.0, HEIGHT - 14.0, WIDTH, 14.0).fill_nonzero();
    symbol(page, sign, colour, f64::from(HEIGHT) - 72.0);
    page.set_fill_gray(0.1);
    let mut below = name(page, letters, &sign.name, HEIGHT - 148.0);
    if let Some(english) = &sign.name_en {
        page.set_fill_gray(0.3);
        below = line(page, letters, english, [10.0, 6.0], below - 2.0);
    }
    page.set_fill_rgb(colour[0], colour[1], colour[2]);
    let kind = format!("{} {}", sign.kind.zh, sign.kind.en);
    line(page, letters, kind.trim(), [10.0, 6.0], below - 4.0);
    code(page, &sign.address, (WIDTH - CODE) / 2.0, 44.0)?;
    page.set_fill_gray(0.25);
    line(page, letters, "扫码看开放时间和步行路线  Scan for hours and the way", [8.5, 6.0], 36.0);
    page.set_fill_gray(0.45);
    let foot = [sign.county.as_deref().unwrap_or_default(), &sign.address].join("  ");
    line(page, letters, foot.trim(), [6.5, 3.5], 20.0);
    Ok(())
}

fn rgb(colour: &str) -> [f32; 3] {
    let part = |at: usize| colour.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    [1, 3, 5].map(|at| f32::from(part(at).unwrap_or(0)) / 255.0)
}

/// The symbol, its middle at half the width and `middle` high.
fn symbol(page: &mut Content, sign: &Sign, colour: [f32; 3], middle: f64) {
    // paths have y downwards
    let place = Affine::translate((f64::from(WIDTH) / 2.0, middle)) * Affine::scale_non_uniform(SYMBOL, -SYMBOL);
    page.set_fill_rgb(colour[0], colour[1], colour[2]);
    if let Some(outline) = outline(sign.shape) {
        path(page, &(place * outline));
        page.fill_nonzero();
    }
    let inside = place * Affine::scale(PICTURE) * Affine::translate((-GLYPH_HALF, -GLYPH_HALF));
    page.set_fill_gray(1.0).set_stroke_gray(1.0);
    page.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
    for stroke in glyph(&sign.glyph) {
        path(page, &(inside * stroke.path));
        match stroke.width {
            Some(width) => page.set_line_width((width * SYMBOL * PICTURE) as f32).stroke(),
            None => page.fill_nonzero(),
        };
    }
}

fn path(page: &mut Content, path: &BezPath) {
    let mut last = kurbo::Point::ZERO;
    let at = |p: kurbo::Point| (p.x as f32, p.y as f32);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => {
                page.move_to(at(p).0, at(p).1);
                last = p;
            }
            PathEl::LineTo(p) => {
                page.line_to(at(p).0, at(p).1);
                last = p;
            }
            PathEl::QuadTo(a, p) => {
                let (b, c) = (last.lerp(a, 2.0 / 3.0), p.lerp(a, 2.0 / 3.0));
                page.cubic_to(at(b).0, at(b).1, at(c).0, at(c).1, at(p).0, at(p).1);
                last = p;
            }
            PathEl::CurveTo(a, b, p) => {
                page.cubic_to(at(a).0, at(a).1, at(b).0, at(b).1, at(p).0, at(p).1);
                last = p;
            }
            PathEl::ClosePath => {
                page.close_path();
            }
        }
    }
}

/// The name, as large as it fits into two lines, smaller in three. How high its lower end stands.
fn name(page: &mut Content, letters: &mut Letters<'_>, name: &str, top: f32) -> f32 {
    let room = WIDTH - 2.0 * MARGIN;
    let whole = letters.set(name).1;
    let (size, lines) = [(30.0, 1), (26.0, 1), (24.0, 2), (20.0, 2), (16.0, 3), (13.0, 4)]
        .into_iter()
        .find(|(size, lines)| whole * size <= 0.94 * room * *lines as f32 || *lines == 1 && whole * size <= room)
        .unwrap_or((10.0, 6));
    let mut below = top;
    for part in broken(letters, name, lines, room / size) {
        below = line(page, letters, &part, [size, 8.0], below);
    }
    below
}

/// A text in at most so many lines of about equal length, none wider than `room` at size 1 where that can be.
fn broken(letters: &mut Letters<'_>, text: &str, lines: usize, room: f32) -> Vec<String> {
    let whole = letters.set(text).1;
    let most = (whole / lines as f32 + 1.0).min(room);
    let (mut out, mut now, mut width) = (Vec::new(), String::new(), 0.0);
    for letter in text.chars() {
        let advance = letters.set(letter.encode_utf8(&mut [0; 4])).1;
        if width + advance > most && !now.is_empty() {
            out.push(std::mem::take(&mut now));
            width = 0.0;
        }
        now.push(letter);
        width += advance;
    }
    out.push(now);
    out
}

/// A line in the middle, its upper end at `top`, in the larger size or, if it is too long for that, smaller, but not below the
/// other. How high its lower end stands.
fn line(page: &mut Content, letters: &mut Letters<'_>, text: &str, [size, least]: [f32; 2], top: f32) -> f32 {
    let (numbers, width) = letters.set(text);
    let room = WIDTH - MARGIN;
    let size = if width > 0.0 { size.min((room / width).max(least)) } else { size };
    let left = ((WIDTH - width * size) / 2.0).max(4.0);
    page.begin_text().set_font(FONT, size).next_line(left, top - 0.88 * size).show(Str(&numbers)).end_text();
    top - 1.3 * size
}

/// The code, with the white around it that readers need.
fn code(page: &mut Content, address: &str, left: f32, low: f32) -> Result<(), SignError> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)
        .map_err(|_too_long| SignError::Address(address.chars().count()))?;
    let across = code.width();
    let module = CODE / (across + 2 * QUIET) as f32;
    let dark = code.to_colors();
    page.set_fill_gray(1.0).rect(left, low, CODE, CODE).fill_nonzero();
    page.set_fill_gray(0.0);
    for (row, colours) in dark.chunks(across).enumerate() {
        let high = low + CODE - (row + QUIET + 1) as f32 * module;
        let mut column = 0;
        while column < across {
            let run = colours[column..].iter().take_while(|colour| **colour == Color::Dark).count();
            if run > 0 {
                page.rect(left + (column + QUIET) as f32 * module, high, run as f32 * module, module);
            }
            column += run.max(1);
        }
    }
    page.fill_nonzero();
    Ok(())
}
