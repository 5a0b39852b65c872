//! What lies under everything on the map: roads, water, green, houses and the names of places, from an OpenStreetMap
//! extract, served as vector tiles so that the map needs no internet.
//!
//! An [`crate::osm::Extract`] is *gathered* into features, each with a [`Class`] that says how it is drawn and from which
//! zoom on; a [`BaseMap`] is what the database keeps of them. It gives [`BaseMap::tile`], a Mapbox vector tile (version 2.1)
//! for any square of the Web Mercator grid, and [`BaseMap::place_near`], the settlement that a spot is named after.
//!
//! Positions are whole steps of the Mercator world (`world` says how fine), so a tile is a subtraction and a shift away
//! from what is stored, and the same on every machine. Features stand in an R-tree for each zoom at which they first show:
//! a tile of zoom 8 never looks at a house.
//!
//! It does not know of administrative borders (a map needs an approval number to show those), of the sea (coastlines bound
//! no area of their own), of relief, or of house numbers.

mod class;
mod clip;
mod encode;
mod gather;
mod map;
mod shape;
mod stored;
mod tags;
mod tile;
mod water;
mod world;

pub use class::{Class, Layer, PlaceKind};
pub use gather::{Wanted, gather};
pub use map::{BaseMap, Counts, Place};
pub use stored::StoredBaseError;
pub use tile::{MAX_ZOOM, TileError};

/// The kind of dataset that a base map is stored as.
pub const BASEMAP: &str = "basemap";
