//! Mapbox vector tiles (version 2.1) of the Web Mercator grid.
//!
//! Features of one class, one level and one name are one feature of the tile: a village's houses cost one head, not two
//! hundred. Names of roads are only in tiles of the last zoom, which the page draws from there on inwards.

use super::class::{Class, Layer};
use super::clip::{Point, Square};
use super::encode::Pen;
use super::map::BaseMap;
use super::tags::Level;
use super::world::{Step, WORLD, WORLD_BITS};
use mvt::{GeomEncoder, GeomType, Tile};
use std::collections::BTreeMap;

/// The last zoom that has tiles; nearer ones are drawn from it.
pub const MAX_ZOOM: u8 = 14;
/// Units of a tile.
const EXTENT: u32 = 4096;
/// The last zoom is drawn up to sixteen times as large, so it is finer: a quarter of a metre at 36° north.
const EXTENT_AT_LAST: u32 = 8192;
/// How far a tile reaches beyond its edge, as a share of its side: the widest line of the page is never cut.
const MARGIN: f64 = 1.0 / 64.0;
/// How far a simplified line may stray, as a share of a tile's side: a quarter of a pixel.
const TOLERANCE: f64 = 0.25 / 256.0;
/// From here on the names of rivers are in the tiles.
const RIVER_NAMES_FROM: u8 = 11;
const KIND: &str = "kind";

/// A tile that can't be written down.
#[derive(Debug, thiserror::Error)]
#[error("the tile can't be encoded: {0}")]
pub struct TileError(#[from] mvt::Error);

/// What features of a tile are put together by, in the order in which they are drawn.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    layer: Layer,
    level: Level,
    class: Class,
    name: u32,
}

/// A tile's place in the world and its scale.
#[derive(Clone, Copy)]
struct Frame {
    zoom: u8,
    /// Its north-western corner, steps.
    corner: [f64; 2],
    /// Its side, steps.
    side: f64,
    extent: u32,
}

impl Frame {
    fn new(zoom: u8, x: u32, y: u32) -> Self {
        let side = f64::from(WORLD >> zoom);
        let extent = if zoom == MAX_ZOOM { EXTENT_AT_LAST } else { EXTENT };
        Self { zoom, corner: [f64::from(x) * side, f64::from(y) * side], side, extent }
    }

    fn unit(self, at: [f64; 2]) -> Point {
        [0, 1].map(|k| (at[k] - self.corner[k]) / self.side * f64::from(self.extent))
    }

    fn units(self, chain: &[Step]) -> Vec<Point> {
        chain.iter().map(|at| self.unit(at.map(f64::from))).collect()
    }

    /// The box in steps that it shows, grown by a share of its side.
    fn reach(self, margin: f64) -> ([f64; 2], [f64; 2]) {
        let margin = self.side * margin;
        (self.corner.map(|low| low - margin), self.corner.map(|low| low + self.side + margin))
    }

    fn pen(self, layer: Layer) -> Pen {
        let extent = f64::from(self.extent);
        let square = Square { low: -extent * MARGIN, high: extent * (1.0 + MARGIN) };
        // the last zoom keeps every bend, since it is looked at from nearer
        let tolerance = if self.zoom == MAX_ZOOM { 0.0 } else { extent * TOLERANCE };
        Pen::new(layer.is_area(), square, tolerance)
    }
}

impl BaseMap {
    /// The tile at `zoom`, `x` from the west and `y` from the north; nothing when it is empty. Milliseconds, most of them
    /// for simplifying. `zoom` is at most [`MAX_ZOOM`] and the others below 2 to its power.
    pub fn tile(&self, zoom: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileError> {
        debug_assert!(zoom <= MAX_ZOOM && x >> zoom == 0 && y >> zoom == 0 && u32::from(zoom) <= WORLD_BITS);
        let frame = Frame::new(zoom, x, y);
        let mut tile = Tile::new(frame.extent);
        let mut groups: BTreeMap<Group, Vec<u32>> = BTreeMap::new();
        let (low, high) = frame.reach(MARGIN);
        for number in self.features_in(zoom, low, high) {
            groups.entry(self.group(number, zoom)).or_default().push(number);
        }
        for layer in Layer::ALL {
            let of_layer = groups.iter().filter(|(group, _)| group.layer == layer);
            self.layer(&mut tile, frame, layer, of_layer)?;
        }
        self.names(&mut tile, frame)?;
        if tile.num_layers() == 0 { Ok(None) } else { Ok(Some(tile.to_bytes()?)) }
    }

    fn group(&self, number: u32, zoom: u8) -> Group {
        let feature = self.feature(number);
        let layer = feature.class.layer();
        let named = match layer {
            Layer::Roads => zoom == MAX_ZOOM,
            Layer::Waterways => zoom >= RIVER_NAMES_FROM,
            _ => false,
        };
        let level = if zoom == MAX_ZOOM { feature.level } else { Level::Ground };
        Group { layer, level, class: feature.class, name: if named { feature.name } else { 0 } }
    }

    fn layer<'a>(
        &self,
        tile: &mut Tile,
        frame: Frame,
        layer: Layer,
        groups: impl Iterator<Item = (&'a Group, &'a Vec<u32>)>,
    ) -> Result<(), TileError> {
        let mut written = tile.create_layer(layer.name());
        for (group, numbers) in groups {
            let mut pen = frame.pen(layer);
            for number in numbers {
                let chains: Vec<Vec<Point>> = self.chains(*number).map(|chain| frame.units(chain)).collect();
                if layer.is_area() {
                    pen.area(chains.iter().map(Vec::as_slice))?;
                } else {
                    chains.iter().try_for_each(|chain| pen.line(chain))?;
                }
            }
            if pen.chains == 0 {
                continue;
            }
            let mut feature = written.into_feature(pen.finish()?);
            feature.add_tag_string(KIND, group.class.name());
            match group.level {
                Level::Ground => {}
                Level::Bridge => feature.add_tag_bool("bridge", true),
                Level::Tunnel => feature.add_tag_bool("tunnel", true),
            }
            if let Some(name) = self.name(group.name) {
                add_name(&mut feature, name);
            }
            written = feature.into_layer();
        }
        if written.num_features() > 0 {
            tile.add_layer(written)?;
        }
        Ok(())
    }

    fn names(&self, tile: &mut Tile, frame: Frame) -> Result<(), TileError> {
        let mut written = tile.create_layer("names");
        let (low, high) = frame.reach(0.0);
        for (place, at) in self.places_in(frame.zoom, low, high) {
            // a place on the edge is in one tile only
            if at[0] >= high[0] || at[1] >= high[1] {
                continue;
            }
            let [x, y] = frame.unit(at);
            let point = GeomEncoder::new(GeomType::Point).point(x, y)?.encode()?;
            let mut feature = written.into_feature(point);
            feature.add_tag_string(KIND, place.kind.name());
            feature.add_tag_uint("from", u64::from(place.from_zoom));
            add_name(&mut feature, [&place.name.zh, &place.name.en]);
            written = feature.into_layer();
        }
        if written.num_features() > 0 {
            tile.add_layer(written)?;
        }
        Ok(())
    }
}

fn add_name(feature: &mut mvt::Feature, [zh, en]: [&str; 2]) {
    feature.add_tag_string("name", zh);
    if !en.is_empty() {
        feature.add_tag_string("name_en", en);
    }
}
