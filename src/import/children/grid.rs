//! Where the pixels of a `GeoTIFF` lie.
//!
//! Only degrees on WGS-84 are read (and on CGCS2000, which agrees with it within centimetres): a raster in metres of some
//! projection would have to be resampled, which moves people, so it is refused with its projection's name. The keys are
//! those of OGC 19-008r4 (`GeoTIFF` 1.1), §7.

use super::ChildrenError;
use crate::geo::Bounds;
use std::io::{Read, Seek};
use tiff::decoder::Decoder;
use tiff::tags::Tag;

/// `GTModelTypeGeoKey`: 1 projected, 2 geographic.
const MODEL_TYPE: u16 = 1024;
const GEOGRAPHIC: u16 = 2;
/// `GTRasterTypeGeoKey`: 2 when a tie point is the middle of a pixel and not its corner.
const RASTER_TYPE: u16 = 1025;
const PIXEL_IS_POINT: u16 = 2;
const CITATION: u16 = 1026;
const GEODETIC_CRS: u16 = 2048;
const GEODETIC_CITATION: u16 = 2049;
const PROJECTED_CRS: u16 = 3072;
const PROJECTED_CITATION: u16 = 3073;
/// WGS 84 and CGCS2000 in degrees.
const DEGREES: [u16; 2] = [4326, 4490];
/// A coordinate system that has no number.
const USER_DEFINED: u16 = 32767;
/// Two grids are one when their corners agree to so many degrees: a tenth of a millimetre.
const SAME_DEG: f64 = 1e-9;

/// The pixels of a raster in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Grid {
    /// The outer corner of the first pixel.
    corner: [f64; 2],
    /// Degrees from one pixel to the next, east and north; north is usually negative.
    step: [f64; 2],
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Some columns and rows of a raster, `from..to` each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    pub columns: [u32; 2],
    pub rows: [u32; 2],
}

impl Window {
    /// What two windows have in common, if anything.
    pub(super) fn common(self, other: Self) -> Option<Self> {
        let both = |a: [u32; 2], b: [u32; 2]| [a[0].max(b[0]), a[1].min(b[1])];
        let window = Self { columns: both(self.columns, other.columns), rows: both(self.rows, other.rows) };
        (window.columns[0] < window.columns[1] && window.rows[0] < window.rows[1]).then_some(window)
    }
}

impl Grid {
    /// What the tags of an opened file say.
    pub(super) fn read<R: Read + Seek>(file: &str, decoder: &mut Decoder<R>) -> Result<Self, ChildrenError> {
        let failed = |source| ChildrenError::Tiff { file: file.to_owned(), source };
        let (width, height) = decoder.dimensions().map_err(failed)?;
        let keys = Keys::read(decoder).map_err(failed)?;
        keys.check(file)?;
        let scale = doubles(decoder, Tag::ModelPixelScaleTag).map_err(failed)?;
        let tie = doubles(decoder, Tag::ModelTiepointTag).map_err(failed)?;
        let matrix = doubles(decoder, Tag::ModelTransformationTag).map_err(failed)?;
        let (mut corner, step) = match (&scale[..], &tie[..], &matrix[..]) {
            ([dx, dy, ..], [column, row, _, lon, lat, ..], _) => ([lon - column * dx, lat + row * dy], [*dx, -dy]),
            (_, _, [dx, turned, _, lon, also_turned, dy, _, lat, ..]) if *turned == 0.0 && *also_turned == 0.0 => {
                ([*lon, *lat], [*dx, *dy])
            }
            (_, _, [_, _, _, _, _, _, _, _, ..]) => return Err(ChildrenError::Turned { file: file.to_owned() }),
            _ => return Err(ChildrenError::NoCorner { file: file.to_owned() }),
        };
        if keys.short(RASTER_TYPE) == Some(PIXEL_IS_POINT) {
            corner = [corner[0] - step[0] / 2.0, corner[1] - step[1] / 2.0];
        }
        if !step.iter().all(|step| step.is_normal()) || !corner.iter().all(|degrees| degrees.is_finite()) {
            return Err(ChildrenError::NoCorner { file: file.to_owned() });
        }
        Ok(Self { corner, step, width, height })
    }

    /// Degrees east and north of a pixel's middle.
    pub(super) fn middle(&self, column: u32, row: u32) -> [f64; 2] {
        [
            self.corner[0] + (f64::from(column) + 0.5) * self.step[0],
            self.corner[1] + (f64::from(row) + 0.5) * self.step[1],
        ]
    }

    /// Everything.
    pub(super) fn whole(&self) -> Window {
        Window { columns: [0, self.width], rows: [0, self.height] }
    }

    /// The pixels that a box in degrees touches, if any.
    pub(super) fn window(&self, bounds: &Bounds) -> Option<Window> {
        let span = |axis: usize, low: f64, high: f64, pixels: u32| {
            let [a, b] = [low, high].map(|degrees| (degrees - self.corner[axis]) / self.step[axis]);
            [a.min(b).floor(), a.max(b).floor() + 1.0].map(|pixel| pixel.clamp(0.0, f64::from(pixels)) as u32)
        };
        let (columns, rows) =
            (span(0, bounds.west, bounds.east, self.width), span(1, bounds.south, bounds.north, self.height));
        // a box across the 180th meridian takes both ends of the raster
        let columns = if bounds.west > bounds.east { [0, self.width] } else { columns };
        Window { columns, rows }.common(self.whole())
    }

    /// Whether another raster has the same pixels.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let near = |a: f64, b: f64, times: f64| (a - b).abs() * times < SAME_DEG;
        let pixels = f64::from(self.width.max(self.height));
        (self.width, self.height) == (other.width, other.height)
            && (0..2).all(|axis| {
                near(self.corner[axis], other.corner[axis], 1.0) && near(self.step[axis], other.step[axis], pixels)
            })
    }
}

fn doubles<R: Read + Seek>(decoder: &mut Decoder<R>, tag: Tag) -> tiff::TiffResult<Vec<f64>> {
    decoder.find_tag(tag)?.map_or_else(|| Ok(Vec::new()), tiff::decoder::ifd::Value::into_f64_vec)
}

/// The geographic keys of a file.
struct Keys {
    directory: Vec<u16>,
    texts: String,
}

impl Keys {
    fn read<R: Read + Seek>(decoder: &mut Decoder<R>) -> tiff::TiffResult<Self> {
        let directory = decoder.find_tag_unsigned_vec(Tag::GeoKeyDirectoryTag)?.unwrap_or_default();
        let texts = decoder.find_tag(Tag::GeoAsciiParamsTag)?.map(tiff::decoder::ifd::Value::into_string);
        Ok(Self { directory, texts: texts.transpose()?.unwrap_or_default() })
    }

    /// The entries: key, where its value stands, how many, and the value or its place.
    fn entries(&self) -> impl Iterator<Item = [u16; 4]> {
        self.directory.chunks_exact(4).skip(1).map(|entry| [entry[0], entry[1], entry[2], entry[3]])
    }

    fn short(&self, key: u16) -> Option<u16> {
        self.entries().find(|entry| entry[0] == key && entry[1] == 0).map(|entry| entry[3])
    }

    fn text(&self, key: u16) -> Option<&str> {
        let ascii = Tag::GeoAsciiParamsTag.to_u16();
        let [_, _, count, from] = self.entries().find(|entry| entry[0] == key && entry[1] == ascii)?;
        let text = self.texts.get(usize::from(from)..usize::from(from) + usize::from(count))?;
        Some(text.trim_matches(['|', '\0', ' '])).filter(|text| !text.is_empty())
    }

    /// Refuses what is not in degrees on WGS-84.
    fn check(&self, file: &str) -> Result<(), ChildrenError> {
        let refuse = |name: String| Err(ChildrenError::Projection { file: file.to_owned(), name });
        let of_number = |number: Option<u16>, citations: [u16; 2]| {
            let cited = citations.iter().find_map(|key| self.text(*key)).unwrap_or("unnamed").to_owned();
            number.filter(|number| *number != USER_DEFINED).map_or(cited, name)
        };
        match self.short(MODEL_TYPE) {
            None => Err(ChildrenError::NoKeys { file: file.to_owned() }),
            Some(GEOGRAPHIC) => match self.short(GEODETIC_CRS) {
                Some(number) if DEGREES.contains(&number) => Ok(()),
                number => refuse(of_number(number, [GEODETIC_CITATION, CITATION])),
            },
            Some(_) => refuse(of_number(self.short(PROJECTED_CRS), [PROJECTED_CITATION, CITATION])),
        }
    }
}

/// What the EPSG registry calls a coordinate system that Chinese and worldwide rasters often have.
fn name(number: u16) -> String {
    let from = |first: u16, zone: u16| zone + (number - first);
    let known = match number {
        3857 => "WGS 84 / Pseudo-Mercator".to_owned(),
        3395 => "WGS 84 / World Mercator".to_owned(),
        3035 => "ETRS89 / LAEA Europe".to_owned(),
        6933 => "WGS 84 / NSIDC EASE-Grid 2.0 Global".to_owned(),
        4214 => "Beijing 1954".to_owned(),
        4610 => "Xian 1980".to_owned(),
        4258 => "ETRS89".to_owned(),
        4269 => "NAD83".to_owned(),
        4491..=4501 => format!("CGCS2000 / Gauss-Kruger zone {}", from(4491, 13)),
        4502..=4512 => format!("CGCS2000 / Gauss-Kruger CM {}E", 75 + 6 * from(4502, 0)),
        4513..=4533 => format!("CGCS2000 / 3-degree Gauss-Kruger zone {}", from(4513, 25)),
        4534..=4554 => format!("CGCS2000 / 3-degree Gauss-Kruger CM {}E", 75 + 3 * from(4534, 0)),
        32601..=32660 => format!("WGS 84 / UTM zone {}N", from(32601, 1)),
        32701..=32760 => format!("WGS 84 / UTM zone {}S", from(32701, 1)),
        _ => return format!("EPSG:{number}"),
    };
    format!("{known} (EPSG:{number})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinate_systems_have_their_names() {
        for (number, known) in [
            (32650, "WGS 84 / UTM zone 50N (EPSG:32650)"),
            (32760, "WGS 84 / UTM zone 60S (EPSG:32760)"),
            (4548, "CGCS2000 / 3-degree Gauss-Kruger CM 117E (EPSG:4548)"),
            (4508, "CGCS2000 / Gauss-Kruger CM 111E (EPSG:4508)"),
            (4526, "CGCS2000 / 3-degree Gauss-Kruger zone 38 (EPSG:4526)"),
            (2154, "EPSG:2154"),
        ] {
            assert_eq!(name(number), known);
        }
    }

    #[test]
    fn a_window_is_what_a_box_touches() {
        let grid = Grid { corner: [116.0, 37.0], step: [0.01, -0.01], width: 100, height: 100 };
        let bounds = |west, south, east, north| Bounds { west, south, east, north };
        let middle = grid.middle(0, 0);
        assert!((middle[0] - 116.005).abs() < 1e-12 && (middle[1] - 36.995).abs() < 1e-12);
        assert_eq!(
            grid.window(&bounds(116.015, 36.915, 116.035, 36.985)),
            Some(Window { columns: [1, 4], rows: [1, 9] })
        );
        assert_eq!(grid.window(&bounds(0.0, 0.0, 180.0, 80.0)), Some(grid.whole()));
        assert_eq!(grid.window(&bounds(179.0, 36.0, -179.0, 37.0)).map(|window| window.columns), Some([0, 100]));
        assert_eq!(grid.window(&bounds(117.5, 36.0, 118.0, 37.0)), None);
        assert!(grid.agrees(&grid) && !grid.agrees(&Grid { width: 99, ..grid }));
    }
}
