//! A base map in memory: features and places, and which of them a tile needs.

use super::class::{Class, Layer, PlaceKind};
use super::shape::Shape;
use super::tags::Level;
use super::tile::MAX_ZOOM;
use super::world::{Step, degrees, step};
use crate::geo::{Bounds, Indexed, LonLat, PointIndex};
use crate::text::Words;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A feature without its points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Feature {
    pub class: Class,
    pub level: Level,
    /// Its name by place in the list of names; 0 is none.
    pub name: u32,
    /// How many chains it has: one for a line, outer ring and holes for an area.
    pub chains: u32,
}

/// A place without its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Spot {
    kind: PlaceKind,
    name: u32,
    /// Ten-millionths of a degree.
    at: [i32; 2],
    from_zoom: u8,
}

/// All that is stored of a base map.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Parts {
    /// Whether it is made up for show, and nothing of `OpenStreetMap`.
    demonstration: bool,
    /// Chinese and English. Not [`Words`], whose empty half is left out when it is written.
    names: Vec<[Box<str>; 2]>,
    spots: Vec<Spot>,
    features: Vec<Feature>,
    /// Points in each chain, feature after feature.
    sizes: Vec<u32>,
    /// Points of all chains, one after the other. A ring does not repeat its first.
    pub(super) points: Vec<Step>,
    #[serde(skip)]
    known: HashMap<Words, u32>,
}

impl Parts {
    pub fn new(demonstration: bool) -> Self {
        Self { demonstration, ..Self::default() }
    }

    pub fn line(&mut self, class: Class, level: Level, name: Option<&Words>, line: &[Step]) {
        let name = name.map_or(0, |name| self.name(name));
        self.features.push(Feature { class, level, name, chains: 1 });
        self.chain(line);
    }

    pub fn area(&mut self, class: Class, shape: &Shape) {
        let chains = shape.rings.len() as u32;
        self.features.push(Feature { class, level: Level::Ground, name: 0, chains });
        shape.rings.iter().for_each(|ring| self.chain(ring));
    }

    pub fn place(&mut self, kind: PlaceKind, name: &Words, at: LonLat, area: f64) {
        let name = self.name(name);
        self.spots.push(Spot { kind, name, at: at.e7(), from_zoom: kind.shown_from(area) });
    }

    fn chain(&mut self, points: &[Step]) {
        self.sizes.push(points.len() as u32);
        self.points.extend(points);
    }

    fn name(&mut self, name: &Words) -> u32 {
        if let Some(known) = self.known.get(name) {
            return *known;
        }
        self.names.push([&name.zh, &name.en].map(|text| text.as_ref().into()));
        let number = self.names.len() as u32;
        self.known.insert(name.clone(), number);
        number
    }

    /// What does not fit together, if anything.
    pub fn fault(&self) -> Option<&'static str> {
        let chains: u64 = self.features.iter().map(|feature| u64::from(feature.chains)).sum();
        let points: u64 = self.sizes.iter().map(|size| u64::from(*size)).sum();
        let named = |name: u32| name as usize <= self.names.len();
        if chains != self.sizes.len() as u64 {
            Some("chains and features do not match")
        } else if points != self.points.len() as u64 {
            Some("points and chains do not match")
        } else if !self.features.iter().all(|feature| named(feature.name))
            || !self.spots.iter().all(|spot| spot.name > 0 && named(spot.name))
        {
            Some("a name is missing")
        } else if !self.points.iter().flatten().all(|part| (0..super::world::WORLD).contains(part)) {
            Some("a point is outside the world")
        } else {
            None
        }
    }
}

/// A named place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Its name. English may be missing.
    pub name: Words,
    /// Where it is.
    pub at: LonLat,
    /// The first zoom at which it is written.
    pub from_zoom: u8,
}

/// How much of each there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Roads, paths and railways.
    pub roads: usize,
    /// Waters, areas and lines.
    pub waters: usize,
    /// Woods, parks, grass.
    pub greens: usize,
    /// Fields, built-up ground, school grounds.
    pub lands: usize,
    /// Houses.
    pub buildings: usize,
    /// Names of settlements, lakes and parks.
    pub places: usize,
}

/// A feature's box and number.
type Boxed = GeomWithData<Rectangle<[f64; 2]>, u32>;
/// A place's step and number.
type Pinned = GeomWithData<[f64; 2], u32>;

/// The base map. Memory: about 8 bytes a point, 80 a feature.
#[derive(Debug)]
pub struct BaseMap {
    parts: Parts,
    /// By feature: where its chains begin, and where its points do.
    starts: Vec<(u32, u32)>,
    places: Vec<Place>,
    /// By zoom: the features that are first drawn there.
    by_zoom: Vec<RTree<Boxed>>,
    pins: RTree<Pinned>,
    settlements: PointIndex,
    bounds: Option<[Step; 2]>,
}

impl BaseMap {
    /// Indexes the parts, which must be without fault.
    pub(super) fn new(mut parts: Parts) -> Self {
        parts.known = HashMap::new();
        let places: Vec<Place> = parts.spots.iter().map(|spot| place(&parts, spot)).collect();
        let pin = |(number, place): (u32, &Place)| {
            let [x, y] = step(place.at);
            Pinned::new([f64::from(x), f64::from(y)], number)
        };
        let settled = (0_u32..).zip(&places).filter(|(_, place)| place.kind.is_settlement());
        let settled: Vec<Indexed> =
            settled.map(|(key, place)| Indexed { key, class: place.kind as u16, at: place.at }).collect();
        let pins = RTree::bulk_load((0_u32..).zip(&places).map(pin).collect());
        let settlements = PointIndex::build(&settled);
        let mut map = Self {
            starts: Vec::with_capacity(parts.features.len()),
            by_zoom: Vec::new(),
            bounds: None,
            parts,
            places,
            pins,
            settlements,
        };
        map.index();
        map
    }

    fn index(&mut self) {
        let (mut chain, mut point) = (0, 0);
        for feature in &self.parts.features {
            self.starts.push((chain, point));
            let sizes = &self.parts.sizes[chain as usize..(chain + feature.chains) as usize];
            point += sizes.iter().sum::<u32>();
            chain += feature.chains;
        }
        let mut by_zoom: Vec<Vec<Boxed>> = (0..=MAX_ZOOM).map(|_| Vec::new()).collect();
        let mut bounds: Option<[Step; 2]> = None;
        for number in 0..self.parts.features.len() as u32 {
            let Some([low, high]) = self.chains(number).next().and_then(extent) else { continue };
            let all = bounds.get_or_insert([low, high]);
            *all = [[0, 1].map(|k| all[0][k].min(low[k])), [0, 1].map(|k| all[1][k].max(high[k]))];
            let (low, high) = (low.map(f64::from), high.map(f64::from));
            // a box is near enough to an area to say from when on it is seen
            let class = self.feature(number).class;
            let zoom = class.shown_from((high[0] - low[0]) * (high[1] - low[1]));
            by_zoom[usize::from(zoom)].push(Boxed::new(Rectangle::from_corners(low, high), number));
        }
        self.bounds = bounds;
        self.by_zoom = by_zoom.into_iter().map(RTree::bulk_load).collect();
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.parts
    }

    pub(super) fn feature(&self, number: u32) -> &Feature {
        &self.parts.features[number as usize]
    }

    /// The chains of a feature.
    pub(super) fn chains(&self, number: u32) -> impl Iterator<Item = &[Step]> {
        let (chain, mut point) = self.starts[number as usize];
        let sizes = &self.parts.sizes[chain as usize..(chain + self.feature(number).chains) as usize];
        sizes.iter().map(move |size| {
            let start = point as usize;
            point += size;
            &self.parts.points[start..point as usize]
        })
    }

    /// A name by its number, Chinese and English.
    pub(super) fn name(&self, number: u32) -> Option<[&str; 2]> {
        let [zh, en] = self.parts.names.get((number as usize).checked_sub(1)?)?;
        Some([zh, en])
    }

    /// The features whose box meets a box in steps and that are drawn at `zoom`, in the order in which they were stored.
    pub(super) fn features_in(&self, zoom: u8, low: [f64; 2], high: [f64; 2]) -> Vec<u32> {
        let wanted = AABB::from_corners(low, high);
        let trees = self.by_zoom.iter().take(usize::from(zoom) + 1);
        let found = trees.flat_map(|tree| tree.locate_in_envelope_intersecting(&wanted));
        let mut numbers: Vec<u32> = found.map(|boxed| boxed.data).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The places in a box in steps that are written at `zoom`, with their steps.
    pub(super) fn places_in(&self, zoom: u8, low: [f64; 2], high: [f64; 2]) -> Vec<(&Place, [f64; 2])> {
        let found = self.pins.locate_in_envelope(&AABB::from_corners(low, high));
        let mut numbers: Vec<(u32, [f64; 2])> = found.map(|pin| (pin.data, *pin.geom())).collect();
        numbers.sort_unstable_by_key(|(number, _)| *number);
        let places = numbers.into_iter().map(|(number, at)| (&self.places[number as usize], at));
        places.filter(|(place, _)| place.from_zoom <= zoom).collect()
    }

    /// All named places.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The settlement nearest to `at`, if one is within so many metres.
    #[must_use]
    pub fn place_near(&self, at: LonLat, within_m: f64) -> Option<&Place> {
        let nearest = self.settlements.nearest(at, None, 1, within_m, |_| true);
        nearest.first().map(|(number, _)| &self.places[*number as usize])
    }

    /// Whether it is made up for show; otherwise its data are `OpenStreetMap`'s.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        self.parts.demonstration
    }

    /// Whether there is nothing to draw.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.features.is_empty() && self.places.is_empty()
    }

    /// The box that holds all features.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let [low, high] = self.bounds?;
        let ([west, north], [east, south]) = (degrees(low.map(f64::from)), degrees(high.map(f64::from)));
        Some(Bounds { west, south, east, north })
    }

    /// How much of each there is.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { places: self.places.len(), ..Counts::default() };
        for feature in &self.parts.features {
            *match feature.class.layer() {
                Layer::Roads => &mut counts.roads,
                Layer::Water | Layer::Waterways => &mut counts.waters,
                Layer::Green => &mut counts.greens,
                Layer::Land => &mut counts.lands,
                Layer::Buildings => &mut counts.buildings,
            } += 1;
        }
        counts
    }
}

fn place(parts: &Parts, spot: &Spot) -> Place {
    let [zh, en] = &parts.names[spot.name as usize - 1];
    Place { kind: spot.kind, name: Words::new(&**zh, &**en), at: LonLat::from_e7(spot.at), from_zoom: spot.from_zoom }
}

/// The box of some points.
fn extent(points: &[Step]) -> Option<[Step; 2]> {
    let first = *points.first()?;
    Some(points.iter().fold([first, first], |[low, high], at| {
        [[0, 1].map(|k| low[k].min(at[k])), [0, 1].map(|k| high[k].max(at[k]))]
    }))
}
