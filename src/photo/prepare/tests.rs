use super::*;
use image::{ImageEncoder, ImageFormat, Rgba, RgbaImage};
use std::io::Write;

/// Red on the left, blue on the right, brighter towards the bottom.
fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let light = 100 + (y * 150 / height) as u8;
        if x < width / 2 { Rgb([light, 0, 0]) } else { Rgb([0, 0, light]) }
    })
}

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).expect("encoded");
    out.into_inner()
}

/// EXIF of a telephone: which way it was held, a place (38° N) and the owner's name.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    tiff.extend(b"\x01\x12\0\x03\0\0\0\x01\0");
    tiff.push(orientation);
    tiff.extend(b"\0\0");
    tiff.extend(b"\x01\x3b\0\x02\0\0\0\x04\x57\x61\x6e\0");
    tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x32\0\0\0\0");
    tiff.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0OWNER-AND-PLACE");
    tiff
}

fn jpeg_with(segments: &[(u8, &[u8])], behind: &[u8]) -> Vec<u8> {
    let plain = encoded(&drawn(400, 300), ImageFormat::Jpeg);
    let mut out = plain[..2].to_vec();
    for (marker, data) in segments {
        out.extend([0xff, *marker]);
        out.extend((data.len() as u16 + 2).to_be_bytes());
        out.extend(*data);
    }
    out.extend(&plain[2..]);
    out.extend(behind);
    out
}

fn jpeg_held(orientation: u8) -> Vec<u8> {
    let mut segment = b"Exif\0\0".to_vec();
    segment.extend(exif(orientation));
    jpeg_with(&[(0xe1, &segment), (0xfe, b"A COMMENT OF THE CAMERA")], b"")
}

fn read(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).expect("a JPEG").to_rgb8()
}

fn refused(bytes: &[u8]) -> PhotoError {
    let error = prepare(bytes).expect_err("refused");
    let words = error.words();
    assert!(words.zh.contains('应') || words.zh.contains("最多"), "{words}");
    assert!(words.en.contains("wanted") && words.zh.chars().any(|c| c > '\u{2fff}'), "{words}");
    error
}

#[test]
fn pictures_of_three_formats_come_out_as_jpeg_in_two_sizes() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = prepare(&encoded(&drawn(4000, 3000), format)).expect("right");
        assert_eq!((photo.picture.width, photo.picture.height), (1600, 1200), "{format:?}");
        assert_eq!((photo.small.width, photo.small.height), (480, 360), "{format:?}");
        for made in [&photo.picture, &photo.small] {
            let seen = read(&made.jpeg);
            assert_eq!(seen.dimensions(), (made.width, made.height));
            let left = seen.get_pixel(made.width / 4, made.height - 2).0;
            let right = seen.get_pixel(made.width * 3 / 4, 2).0;
            assert!(left[0] > 220 && left[2] < 30 && right[2] > 80 && right[0] < 30, "{format:?}: {left:?} {right:?}");
        }
        assert!(photo.small.jpeg.len() < 40_000, "{}", photo.small.jpeg.len());
    }
    let little = prepare(&encoded(&drawn(300, 40), ImageFormat::Png)).expect("right");
    assert_eq!((little.picture.width, little.small.width, little.small.height), (300, 300, 40), "nothing is blown up");
}

#[test]
fn a_picture_is_turned_the_way_it_was_held() {
    // where red is after each of the eight ways, of a picture with red on the left
    let sides = ["left", "right", "right", "left", "top", "top", "bottom", "bottom"];
    for (orientation, side) in (1..).zip(sides) {
        let seen = read(&prepare(&jpeg_held(orientation)).expect("right").picture.jpeg);
        let upright = if orientation < 5 { (400, 300) } else { (300, 400) };
        assert_eq!(seen.dimensions(), upright, "{orientation}");
        let (x, y) = match side {
            "left" => (20, upright.1 / 2),
            "right" => (upright.0 - 20, upright.1 / 2),
            "top" => (upright.0 / 2, 20),
            _ => (upright.0 / 2, upright.1 - 20),
        };
        let pixel = seen.get_pixel(x, y).0;
        assert!(pixel[0] > 80 && pixel[2] < 40, "{orientation}: {side} is {pixel:?}");
    }
}

#[test]
fn nothing_but_the_picture_comes_through() {
    let mut film = b"\0\0\0\x18ftypmp42".to_vec();
    film.extend(b"A SHORT FILM BEHIND THE END".repeat(50));
    let held = jpeg_held(6);
    let with_film = [held.clone(), film].concat();
    let mut png = Vec::new();
    let mut encoder = image::codecs::png::PngEncoder::new(&mut png);
    encoder.set_exif_metadata(exif(6)).expect("EXIF");
    encoder.write_image(&drawn(400, 300), 400, 300, image::ExtendedColorType::Rgb8).expect("a PNG");
    for bytes in [held, with_film, png] {
        assert!(memchr::memmem::find(&bytes, b"OWNER-AND-PLACE").is_some());
        let photo = prepare(&bytes).expect("right");
        assert_eq!(photo.picture.width, 300, "turned by its EXIF");
        for jpeg in [&photo.picture.jpeg, &photo.small.jpeg] {
            for secret in [&b"OWNER"[..], b"Exif", b"COMMENT", b"FILM", b"ftyp", b"http"] {
                assert!(memchr::memmem::find(jpeg, secret).is_none(), "{secret:?}");
            }
            let parts = parts::of_jpeg(jpeg).expect("whole");
            assert_eq!(parts.end, jpeg.len(), "nothing stands behind the end");
            let beside: Vec<&[u8]> = parts.beside.iter().map(|range| &jpeg[range.clone()]).collect();
            assert!(beside.iter().all(|note| note.starts_with(b"JFIF\0")), "{beside:?}");
        }
    }
}

#[test]
fn transparency_becomes_white() {
    let clear = RgbaImage::from_pixel(64, 64, Rgba([0, 0, 0, 0]));
    let mut out = Cursor::new(Vec::new());
    clear.write_to(&mut out, ImageFormat::Png).expect("encoded");
    let seen = read(&prepare(out.get_ref()).expect("right").picture.jpeg);
    assert!(seen.pixels().all(|pixel| pixel.0.iter().all(|c| *c > 250)));
}

#[test]
fn what_is_no_photo_is_refused_for_what_it_is() {
    for (bytes, said) in [
        (&b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"[..], "SVG"),
        (b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<svg/>", "SVG"),
        (b"<!doctype html><img src=x onerror=alert(1)>", "web page"),
        (b"GIF89a/*\x01\x00*/=1;alert(1)", "GIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "archive"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"hello", "something else"),
    ] {
        let error = refused(bytes);
        assert!(matches!(&error, PhotoError::Format { found } if found.en.contains(said)), "{error}");
    }
    assert!(matches!(refused(b""), PhotoError::Empty));
    assert!(matches!(refused(&vec![0xff; MAX_BYTES + 1]), PhotoError::Heavy { .. }));
}

#[test]
fn a_picture_that_is_also_something_else_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("evil.html", zip::write::SimpleFileOptions::default()).expect("an entry");
    zip.write_all(b"x").expect("written");
    let zip = zip.finish().expect("a ZIP").into_inner();
    let pdf = b"\n%PDF-1.4\n1 0 obj";
    for bytes in [
        jpeg_with(&[], &zip),
        jpeg_with(&[], pdf),
        jpeg_with(&[], b"<HTML><body onload=alert(1)>"),
        jpeg_with(&[(0xfe, b"*/=1;</p><ScRiPt>alert(1)</script>")], b""),
        jpeg_with(&[(0xe1, b"Exif\0\0<?php system($_GET[0]);")], b""),
        [encoded(&drawn(40, 40), ImageFormat::Png), b"<script src=//x>".to_vec()].concat(),
        [encoded(&drawn(40, 40), ImageFormat::WebP), zip.clone()].concat(),
    ] {
        assert!(matches!(refused(&bytes), PhotoError::Polyglot { .. }));
    }
}

#[test]
fn a_picture_that_breaks_off_anywhere_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&drawn(64, 48), format);
        assert!(prepare(&whole).is_ok());
        for end in (16..whole.len() - 1).step_by(7) {
            let error = refused(&whole[..end]);
            assert!(matches!(error, PhotoError::CutOff { .. }), "{format:?} at {end}: {error}");
        }
    }
}

#[test]
fn damage_is_refused_and_never_a_panic() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&drawn(64, 48), format);
        for place in (12..whole.len()).step_by(3) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x5a;
            if let Ok(photo) = prepare(&damaged) {
                assert!(photo.picture.width <= LONGEST && photo.picture.height <= LONGEST);
            }
        }
    }
}

/// A PNG that says so many pixels and has a few bytes of them.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(&drawn(40, 40), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    png
}

#[test]
fn more_pixels_than_any_camera_gives_are_refused_before_they_are_decoded() {
    for (width, height) in [(100_000, 100_000), (20_000, 19_999), (40_000, 40), (10_000, 5_001), (4_294_967_295, 1)] {
        let error = refused(&bomb(width, height));
        assert!(matches!(error, PhotoError::Size { .. } | PhotoError::Damaged(_)), "{width} x {height}: {error}");
    }
    let mut jpeg = encoded(&drawn(64, 48), ImageFormat::Jpeg);
    let frame = memchr::memmem::find(&jpeg, b"\xff\xc0").expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert!(matches!(refused(&jpeg), PhotoError::Size { width: 65_535, .. } | PhotoError::Damaged(_)));
    assert!(matches!(refused(&encoded(&drawn(8, 8), ImageFormat::Png)), PhotoError::Size { width: 8, .. }));
}
