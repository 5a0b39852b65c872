//! How a feature is drawn, and from which zoom on. Zooms are those of tiles. The page draws a tile 512 pixels wide, so what is
//! in tiles of zoom 11 is seen on a map of zoom 12: there a town fills a screen, at 14 a village, at 17 a school yard.

use serde::{Deserialize, Serialize};

/// The layers of a tile, in the order in which they are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Fields and built-up ground.
    Land,
    /// Woods, parks and grass.
    Green,
    /// Rivers and lakes as areas.
    Water,
    /// Rivers and ditches as lines.
    Waterways,
    /// Houses.
    Buildings,
    /// Roads, paths and railways.
    Roads,
}

impl Layer {
    /// All of them, in order.
    pub const ALL: [Self; 6] = [Self::Land, Self::Green, Self::Water, Self::Waterways, Self::Buildings, Self::Roads];

    /// Its name in a tile.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Land => "land",
            Self::Green => "green",
            Self::Water => "water",
            Self::Waterways => "waterways",
            Self::Buildings => "buildings",
            Self::Roads => "roads",
        }
    }

    /// Whether its features are areas.
    #[must_use]
    pub fn is_area(self) -> bool {
        !matches!(self, Self::Waterways | Self::Roads)
    }
}

/// What a feature is, in the order in which features are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the words of OpenStreetMap, said once in `tags`")]
pub enum Class {
    Farmland,
    Built,
    Sand,
    School,
    Grass,
    Orchard,
    Wood,
    Park,
    Pitch,
    Water,
    Ditch,
    Stream,
    Canal,
    River,
    Building,
    Path,
    Track,
    Service,
    Rail,
    Street,
    Tertiary,
    Secondary,
    Primary,
    Trunk,
    Motorway,
}

/// An area is drawn from the zoom on at which it covers so many pixels of a tile 256 wide.
const LEAST_PIXELS: f64 = 2.0;

impl Class {
    /// The layer that it is in.
    #[must_use]
    pub fn layer(self) -> Layer {
        match self {
            Self::Farmland | Self::Built | Self::Sand | Self::School => Layer::Land,
            Self::Grass | Self::Orchard | Self::Wood | Self::Park | Self::Pitch => Layer::Green,
            Self::Water => Layer::Water,
            Self::Ditch | Self::Stream | Self::Canal | Self::River => Layer::Waterways,
            Self::Building => Layer::Buildings,
            _ => Layer::Roads,
        }
    }

    /// Its name in a tile.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Farmland => "farmland",
            Self::Built => "built",
            Self::Sand => "sand",
            Self::School => "school",
            Self::Grass => "grass",
            Self::Orchard => "orchard",
            Self::Wood => "wood",
            Self::Park => "park",
            Self::Pitch => "pitch",
            Self::Water => "water",
            Self::Ditch => "ditch",
            Self::Stream => "stream",
            Self::Canal => "canal",
            Self::River => "river",
            Self::Building => "building",
            Self::Path => "path",
            Self::Track => "track",
            Self::Service => "service",
            Self::Rail => "rail",
            Self::Street => "street",
            Self::Tertiary => "tertiary",
            Self::Secondary => "secondary",
            Self::Primary => "primary",
            Self::Trunk => "trunk",
            Self::Motorway => "motorway",
        }
    }

    /// The first zoom at which any feature of the class is drawn.
    fn first_zoom(self) -> u8 {
        match self {
            Self::Motorway | Self::Trunk => 6,
            Self::Primary | Self::River | Self::Water | Self::Wood => 7,
            Self::Secondary | Self::Park => 8,
            Self::Rail | Self::Canal | Self::Built | Self::Grass | Self::Sand | Self::Tertiary => 9,
            Self::Farmland | Self::Orchard => 10,
            Self::Street | Self::Stream => 11,
            Self::School | Self::Pitch | Self::Service | Self::Track => 12,
            Self::Ditch | Self::Building | Self::Path => 13,
        }
    }

    /// The first zoom at which a feature is drawn whose area in square steps is `area` (0 for a line), at most 14.
    pub(super) fn shown_from(self, area: f64) -> u8 {
        let first = self.first_zoom();
        if !self.layer().is_area() {
            return first;
        }
        // a pixel of zoom z is 2^(22 - z) steps wide
        let wanted = 22.0 - (area / LEAST_PIXELS).max(1.0).log2() / 2.0;
        first.max(wanted.ceil().clamp(0.0, 14.0) as u8)
    }
}

/// What a name on the map names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlaceKind {
    /// A city.
    City,
    /// A town, or the seat of one.
    Town,
    /// A part of a town.
    Suburb,
    /// A village.
    Village,
    /// Some houses.
    Hamlet,
    /// A part of a suburb: a community.
    Neighbourhood,
    /// A lake.
    Lake,
    /// A park or a wood.
    Park,
}

impl PlaceKind {
    /// Its name in a tile.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Town => "town",
            Self::Suburb => "suburb",
            Self::Village => "village",
            Self::Hamlet => "hamlet",
            Self::Neighbourhood => "neighbourhood",
            Self::Lake => "lake",
            Self::Park => "park",
        }
    }

    /// Whether people live there, so that a spot may be named after it.
    #[must_use]
    pub fn is_settlement(self) -> bool {
        !matches!(self, Self::Lake | Self::Park)
    }

    /// The first zoom at which it is written. A lake is written when there is room on it.
    pub(super) fn shown_from(self, area: f64) -> u8 {
        match self {
            Self::City => 6,
            Self::Town => 8,
            Self::Suburb => 11,
            Self::Village => 12,
            Self::Hamlet | Self::Neighbourhood => 13,
            // a name is some 40 pixels long
            Self::Lake | Self::Park => (22.0 - (area / 1600.0).max(1.0).log2() / 2.0).ceil().clamp(9.0, 14.0) as u8,
        }
    }
}
