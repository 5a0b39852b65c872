use super::*;
use flate2::read::ZlibDecoder;
use std::io::Read;

fn sign(name: &str) -> Sign {
    Sign {
        name: name.into(),
        name_en: Some("Wenhua Community Reading Space".into()),
        kind: Words::fixed("阅读空间", "Reading space"),
        glyph: "book".into(),
        shape: "circle",
        colour: "#0f766e".into(),
        county: Some("东阿县".into()),
        address: "https://map.example.org/#site=12345".into(),
    }
}

/// The installed font; without one the tests of what stands on a sign say that they skip.
fn font() -> Option<FontFile> {
    match FontFile::find(None) {
        Ok(font) => Some(font),
        Err(SignError::NoFont) => {
            eprintln!("skipped: no font with Chinese characters is installed");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

/// The unpacked streams of a file.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = pdf;
    while let Some(begin) = memchr::memmem::find(rest, b">>\nstream\n") {
        let body = &rest[begin + 10..];
        let end = memchr::memmem::find(body, b"\nendstream").expect("an end");
        let mut stream = Vec::new();
        if ZlibDecoder::new(&body[..end]).read_to_end(&mut stream).is_ok() {
            out.push(stream);
        }
        rest = &body[end..];
    }
    out
}

fn pages(pdf: &[u8]) -> usize {
    memchr::memmem::find_iter(pdf, b"/Type /Page\n").count()
}

/// What is drawn in black rectangles, three pixels a point, as a reader of codes sees it that looks at a part of the page at a
/// time: at so many across and down.
fn codes(content: &str, [width, height]: [usize; 2], parts: usize) -> Vec<String> {
    let mut grey = vec![255_u8; 9 * width * height];
    let (mut place, mut kept, mut dark) = ([1.0, 0.0, 0.0], Vec::new(), 255_u8);
    let mut rectangles: Vec<[f64; 4]> = Vec::new();
    for line in content.lines() {
        let (numbers, operator) = line.rsplit_once(' ').unwrap_or(("", line));
        let numbers: Vec<f64> = numbers.split(' ').filter_map(|n| n.parse().ok()).collect();
        match operator {
            "q" => kept.push(place),
            "Q" => place = kept.pop().expect("kept"),
            "cm" => place = [numbers[0], numbers[4], numbers[5]],
            "g" => dark = (numbers[0] * 255.0) as u8,
            "rg" => dark = 200,
            "re" => rectangles.push([numbers[0], numbers[1], numbers[2], numbers[3]]),
            "f" => {
                for [x, y, w, h] in rectangles.drain(..) {
                    let [scale, left, low] = place;
                    let pixel = |v: f64| (v * 3.0).round() as usize;
                    for row in pixel(low + y * scale)..pixel(low + (y + h) * scale).min(3 * height) {
                        for column in pixel(left + x * scale)..pixel(left + (x + w) * scale).min(3 * width) {
                            grey[(3 * height - 1 - row) * 3 * width + column] = dark;
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let (across, down) = (3 * width / parts, 3 * height / parts);
    let part = |place: usize| {
        let (left, top) = (place % parts * across, place / parts * down);
        let seen = |x: usize, y: usize| grey[(top + y) * 3 * width + left + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(across, down, seen);
        image.detect_grids().iter().map(|grid| grid.decode().expect("a code").1).collect::<Vec<_>>()
    };
    (0..parts * parts).flat_map(part).collect()
}

#[test]
fn a_sign_is_a_page_of_its_size_with_a_code_that_leads_to_the_site() {
    let Some(font) = font() else { return };
    for (size, paper, media) in
        [(SignSize::A4, [596, 842], "[0 0 595.28 841.89]"), (SignSize::A6, [298, 420], "[0 0 297.64 419.53]")]
    {
        let pdf = signs_pdf(&font, &[sign("文化社区阅读空间")], size).expect("made");
        assert!(pdf.starts_with(b"%PDF-1.") && pages(&pdf) == 1, "{size:?}");
        assert!(memchr::memmem::find(&pdf, media.as_bytes()).is_some(), "{size:?}");
        let content = String::from_utf8_lossy(&streams(&pdf)[0]).into_owned();
        assert_eq!(codes(&content, paper, 1), ["https://map.example.org/#site=12345"], "{size:?}");
        assert!(pdf.len() < 120_000, "only the characters that are used are embedded: {} bytes", pdf.len());
    }
}

#[test]
fn what_stands_on_a_sign_can_be_read_as_text() {
    let Some(font) = font() else { return };
    let pdf = signs_pdf(&font, &[sign("文化社区阅读空间")], SignSize::A6).expect("made");
    let streams = streams(&pdf);
    let cmap = streams.iter().find(|stream| stream.starts_with(b"%!PS-Adobe")).expect("a map to Unicode");
    let cmap = String::from_utf8_lossy(cmap);
    for letter in "文化社区阅读空间东阿县扫码W".chars() {
        assert!(cmap.contains(&format!("<{:04X}>", letter as u32)), "{letter}");
    }
}

#[test]
fn all_signs_of_a_unit_stand_four_on_a_page_each_with_its_own_code() {
    let Some(font) = font() else { return };
    let signs: Vec<Sign> = (1..=6)
        .map(|n| Sign { address: format!("https://map.example.org/#site={n}"), ..sign(&format!("第{n}书屋")) })
        .collect();
    let pdf = signs_pdf(&font, &signs, SignSize::A6).expect("made");
    assert_eq!(pages(&pdf), 2);
    let first = String::from_utf8_lossy(&streams(&pdf)[0]).into_owned();
    let found = codes(&first, [596, 842], 2);
    assert_eq!(found, (1..=4).map(|n| format!("https://map.example.org/#site={n}")).collect::<Vec<_>>());
    assert_eq!(pages(&signs_pdf(&font, &signs, SignSize::A4).expect("made")), 6);
}

#[test]
fn the_longest_name_and_characters_that_no_font_has_still_make_a_sign() {
    let Some(font) = font() else { return };
    for name in ["长".repeat(120), "\u{10ffff}\u{7}A(\\)".to_owned(), String::new()] {
        assert_eq!(pages(&signs_pdf(&font, &[sign(&name)], SignSize::A6).expect("made")), 1, "{name}");
    }
}

#[test]
fn a_font_that_is_none_is_refused_and_its_place_is_not_told_to_whoever_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("font.ttf");
    let missing = FontFile::find(Some(&file)).err().expect("missing");
    std::fs::write(&file, b"no font").expect("written");
    let wrong = FontFile::find(Some(&file)).err().expect("no font");
    for error in [missing, wrong, SignError::NoFont] {
        assert!(error.to_string().contains("--font") && error.words().zh.contains("--font"), "{error}");
        assert!(!error.words().en.contains("font.ttf"));
    }
}
