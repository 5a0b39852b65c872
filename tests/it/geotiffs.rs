//! Small `GeoTIFF`s, written as real ones are: strips or tiles, packed or not, with the keys that say where they lie.

use std::io::Cursor;
use tiff::encoder::colortype::{Gray16, Gray32Float};
use tiff::encoder::{Compression, DirectoryEncoder, TiffEncoder, TiffKindStandard};
use tiff::tags::{Predictor, Tag};

/// A raster of a hundredth of a degree a pixel.
#[derive(Clone)]
pub struct GeoTiff {
    pub width: u32,
    pub height: u32,
    /// Longitude and latitude of its first corner.
    pub corner: [f64; 2],
    /// Model type, key of the coordinate system, its number; nothing writes no keys at all.
    pub system: Option<[u16; 3]>,
    pub nodata: Option<&'static str>,
    pub compression: Compression,
    pub rows_per_strip: u32,
}

type Encoder<'a> = DirectoryEncoder<'a, &'a mut Cursor<Vec<u8>>, TiffKindStandard>;

impl GeoTiff {
    pub const DEGREES: Option<[u16; 3]> = Some([2, 2048, 4326]);

    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            corner: [116.0, 36.1],
            system: Self::DEGREES,
            nodata: Some("-99999"),
            compression: Compression::Lzw,
            rows_per_strip: 2,
        }
    }

    fn tags(&self, encoder: &mut Encoder<'_>) {
        let scale = [0.01, 0.01, 0.0];
        let tie = [0.0, 0.0, 0.0, self.corner[0], self.corner[1], 0.0];
        encoder.write_tag(Tag::ModelPixelScaleTag, &scale[..]).expect("written");
        encoder.write_tag(Tag::ModelTiepointTag, &tie[..]).expect("written");
        if let Some([model, key, number]) = self.system {
            let keys = [1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, 1, key, 0, 1, number];
            encoder.write_tag(Tag::GeoKeyDirectoryTag, &keys[..]).expect("written");
        }
        if let Some(nodata) = self.nodata {
            encoder.write_tag(Tag::GdalNodata, nodata).expect("written");
        }
    }

    /// In strips of floats.
    pub fn floats(&self, values: &[f32]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let mut tiff = TiffEncoder::new(&mut out).expect("begins").with_compression(self.compression);
        let mut image = tiff.new_image::<Gray32Float>(self.width, self.height).expect("begins");
        image.rows_per_strip(self.rows_per_strip).expect("strips");
        self.tags(image.encoder());
        image.write_data(values).expect("written");
        out.into_inner()
    }

    /// In strips of whole numbers, each told by its difference from the one before.
    pub fn differences(&self, values: &[u16]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let tiff = TiffEncoder::new(&mut out).expect("begins").with_compression(self.compression);
        let mut tiff = tiff.with_predictor(Predictor::Horizontal);
        let mut image = tiff.new_image::<Gray16>(self.width, self.height).expect("begins");
        image.rows_per_strip(self.rows_per_strip).expect("strips");
        self.tags(image.encoder());
        image.write_data(values).expect("written");
        out.into_inner()
    }

    /// In tiles of 16 × 16 floats; a tile without people is left out, as GDAL does with `SPARSE_OK`.
    pub fn tiles(&self, values: &[f32]) -> Vec<u8> {
        const SIDE: u32 = 16;
        let mut out = Cursor::new(Vec::new());
        let mut tiff = TiffEncoder::new(&mut out).expect("begins");
        let mut image = tiff.image_directory().expect("begins");
        let (mut offsets, mut bytes) = (Vec::new(), Vec::new());
        for tile in 0..self.width.div_ceil(SIDE) * self.height.div_ceil(SIDE) {
            let (left, top) = (tile % self.width.div_ceil(SIDE) * SIDE, tile / self.width.div_ceil(SIDE) * SIDE);
            let at = |place: u32| {
                let (column, row) = (left + place % SIDE, top + place / SIDE);
                let inside = column < self.width && row < self.height;
                if inside { values[(row * self.width + column) as usize] } else { -1.0 }
            };
            let samples: Vec<f32> = (0..SIDE * SIDE).map(at).collect();
            let people = samples.iter().any(|people| *people > 0.0);
            offsets.push(if people { image.write_data(&samples[..]).expect("written") as u32 } else { 0 });
            bytes.push(if people { SIDE * SIDE * 4 } else { 0 });
        }
        for (tag, value) in [(Tag::ImageWidth, self.width), (Tag::ImageLength, self.height)] {
            image.write_tag(tag, value).expect("written");
        }
        for (tag, value) in [
            (Tag::BitsPerSample, 32),
            (Tag::Compression, 1),
            (Tag::PhotometricInterpretation, 1),
            (Tag::SamplesPerPixel, 1),
            (Tag::SampleFormat, 3),
            (Tag::TileWidth, SIDE as u16),
            (Tag::TileLength, SIDE as u16),
        ] {
            image.write_tag(tag, value).expect("written");
        }
        image.write_tag(Tag::TileOffsets, &offsets[..]).expect("written");
        image.write_tag(Tag::TileByteCounts, &bytes[..]).expect("written");
        self.tags(&mut image);
        image.finish().expect("written");
        out.into_inner()
    }
}
