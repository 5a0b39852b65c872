//! Pages of signs as a PDF file.

use super::draw::{FONT, HEIGHT, WIDTH, draw};
use super::font::{FontFile, Letters};
use super::{Sign, SignError, SignSize};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use std::io::Write;

/// A4, points.
const A4: [f32; 2] = [595.28, 841.89];
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const INFO: Ref = Ref::new(3);
const FONT_REF: Ref = Ref::new(4);
const CID_FONT: Ref = Ref::new(5);
const DESCRIPTOR: Ref = Ref::new(6);
const FONT_DATA: Ref = Ref::new(7);
const TO_UNICODE: Ref = Ref::new(8);
/// Pages and what stands on them come behind.
const FIRST_PAGE: i32 = 9;
const INFO_IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Signs as a PDF: one A6 sign is a page of its size, several stand four on an A4 page with lines to cut along; A4 signs are a
/// page each.
pub fn signs_pdf(font: &FontFile, signs: &[Sign], size: SignSize) -> Result<Vec<u8>, SignError> {
    let mut letters = Letters::of(font)?;
    let (paper, places): ([f32; 2], &[[f32; 3]]) = match size {
        // scale and lower left corner
        SignSize::A4 => (A4, &[[2.0, 0.0, 1.4]]),
        SignSize::A6 if signs.len() == 1 => ([WIDTH, HEIGHT], &[[1.0, 0.0, 0.0]]),
        SignSize::A6 => {
            (A4, &[[1.0, 0.0, HEIGHT + 1.4], [1.0, WIDTH, HEIGHT + 1.4], [1.0, 0.0, 1.4], [1.0, WIDTH, 1.4]])
        }
    };
    let mut pages = Vec::new();
    for some in signs.chunks(places.len()) {
        let mut page = Content::new();
        for (sign, [scale, left, low]) in some.iter().zip(places) {
            page.save_state().transform([*scale, 0.0, 0.0, *scale, *left, *low]);
            draw(&mut page, &mut letters, sign)?;
            page.restore_state();
        }
        if places.len() > 1 {
            page.set_stroke_gray(0.7).set_line_width(0.4).set_dash_pattern([3.0, 3.0], 0.0);
            page.move_to(WIDTH, 0.0)
                .line_to(WIDTH, A4[1])
                .move_to(0.0, A4[1] / 2.0)
                .line_to(A4[0], A4[1] / 2.0)
                .stroke();
        }
        pages.push(packed(&page.finish())?);
    }
    file(&letters, &pages, paper, signs.first().map_or("", |sign| &sign.name))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, SignError> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

fn file(
    letters: &Letters<'_>,
    pages: &[Vec<u8>],
    [width, height]: [f32; 2],
    title: &str,
) -> Result<Vec<u8>, SignError> {
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(PAGES).lang(TextStr("zh-CN"));
    pdf.document_info(INFO).title(TextStr(title)).producer(TextStr("Yimi"));
    let refs = |place: usize| {
        let first = FIRST_PAGE + 2 * i32::try_from(place).unwrap_or(i32::MAX / 4);
        (Ref::new(first), Ref::new(first + 1))
    };
    let kids = (0..pages.len()).map(|place| refs(place).0);
    pdf.pages(PAGES).kids(kids).count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    for (place, content) in pages.iter().enumerate() {
        let (page_ref, content_ref) = refs(place);
        let mut page = pdf.page(page_ref);
        page.parent(PAGES).media_box(Rect::new(0.0, 0.0, width, height)).contents(content_ref);
        page.resources().fonts().pair(FONT, FONT_REF);
        page.finish();
        pdf.stream(content_ref, content).filter(Filter::FlateDecode);
    }
    embed(&mut pdf, letters)?;
    Ok(pdf.finish())
}

/// The characters that are used, as a font whose numbers are their own.
fn embed(pdf: &mut Pdf, letters: &Letters<'_>) -> Result<(), SignError> {
    let (font, is_cff) = letters.embedded()?;
    // six letters and a plus sign say that it is a part of a font
    let name = Name(b"YIMISN+Sign");
    pdf.type0_font(FONT_REF)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(CID_FONT)
        .to_unicode(TO_UNICODE);
    let mut cid = pdf.cid_font(CID_FONT);
    cid.subtype(if is_cff { CidFontType::Type0 } else { CidFontType::Type2 });
    cid.base_font(name).system_info(INFO_IDENTITY).font_descriptor(DESCRIPTOR).default_width(1000.0);
    if !is_cff {
        cid.cid_to_gid_map_predefined(Name(b"Identity"));
    }
    let mut widths = cid.widths();
    for (number, (_, width)) in &letters.used {
        widths.same(*number, *number, *width);
    }
    widths.finish();
    cid.finish();
    let face = &letters.face;
    let unit = 1000.0 / f32::from(face.units_per_em());
    let bounds = face.global_bounding_box();
    let corner = |x: i16, y: i16| [f32::from(x) * unit, f32::from(y) * unit];
    let ([west, south], [east, north]) = (corner(bounds.x_min, bounds.y_min), corner(bounds.x_max, bounds.y_max));
    let mut descriptor = pdf.font_descriptor(DESCRIPTOR);
    descriptor
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(Rect::new(west, south, east, north))
        .italic_angle(0.0)
        .ascent(f32::from(face.ascender()) * unit)
        .descent(f32::from(face.descender()) * unit)
        .cap_height(f32::from(face.capital_height().unwrap_or(face.ascender())) * unit)
        .stem_v(80.0);
    if is_cff {
        descriptor.font_file3(FONT_DATA);
    } else {
        descriptor.font_file2(FONT_DATA);
    }
    descriptor.finish();
    let data = packed(&font)?;
    let mut stream = pdf.stream(FONT_DATA, &data);
    stream.filter(Filter::FlateDecode);
    if is_cff {
        stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
    } else {
        stream.pair(Name(b"Length1"), i32::try_from(font.len()).unwrap_or(i32::MAX));
    }
    stream.finish();
    let mut unicode = UnicodeCmap::new(Name(b"YimiSign"), INFO_IDENTITY);
    for (number, (letter, _)) in &letters.used {
        unicode.pair(*number, *letter);
    }
    let cmap = packed(&unicode.finish())?;
    pdf.stream(TO_UNICODE, &cmap).filter(Filter::FlateDecode);
    Ok(())
}
