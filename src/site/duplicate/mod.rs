//! Whether a site that somebody registers is probably one that is known already.
//!
//! Two sites are likely one when they are of the same kind, stand within [`NEAR_M`] of each other (or have the same
//! address) and have names that differ only in what people leave out or mistype. Chinese names of places are built from the
//! general to the particular (county, town, community, number, what it is), so counting equal characters misleads:
//! 实验小学 and 第二实验小学 share four of six and are two schools, 东阿县图书馆 and 东阿图书馆 are one library. [`name`] takes
//! a name apart into such pieces, [`compare`] says what each difference weighs. `pairs.txt` holds labelled pairs, against
//! which the test measures precision and recall.

mod compare;
mod grid;
mod name;
mod places;
mod words;

pub use grid::Grid;
pub use places::Places;

use super::KindIndex;
use crate::geo::{LonLat, geodesic_m};
use crate::text::fold;
use compare::difference;
use name::Name;

/// Sites of one kind and name further apart than this are two, metres.
pub const NEAR_M: f64 = 300.0;
/// Sites with the same address may have been placed this far apart, metres.
pub const SAME_ADDRESS_M: f64 = 2000.0;
/// Names that differ by more are of two sites.
const MOST_DIFFERENCE: f64 = 0.5;
/// A shorter address is a road's or a village's, which many share.
const ADDRESS_CHARS: usize = 5;

/// A site as it is looked at, its name taken apart.
#[derive(Debug, Clone)]
pub struct Looked {
    kind: KindIndex,
    at: LonLat,
    /// Its name, and what else it is called in brackets.
    names: Vec<Name>,
    address: Option<String>,
}

/// A site that is likely the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likely<K> {
    /// What the caller knows it by.
    pub key: K,
    /// From 0.5 to 1; 1 where the names say the same.
    pub similarity: f64,
    /// Geodesic metres between the two.
    pub distance_m: f64,
}

impl Looked {
    /// Takes a site's name apart.
    #[must_use]
    pub fn new(kind: KindIndex, at: LonLat, name: &str, address: Option<&str>) -> Self {
        Self { kind, at, names: Name::read(name), address: address.and_then(telling) }
    }

    /// Where it is.
    #[must_use]
    pub fn at(&self) -> LonLat {
        self.at
    }

    /// Whether it says an address that tells one house from another.
    #[must_use]
    pub fn has_address(&self) -> bool {
        self.address.is_some()
    }

    /// Whether `address` is its own.
    #[must_use]
    pub fn has_this_address(&self, address: &str) -> bool {
        self.has_address() && self.address == telling(address)
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> KindIndex {
        self.kind
    }
}

/// An address that tells one house from another: long enough, and with a number.
fn telling(address: &str) -> Option<String> {
    let plain: String = fold(address).chars().filter(|c| c.is_alphanumeric()).collect();
    let numbered = plain.chars().any(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    (numbered && plain.chars().count() >= ADDRESS_CHARS).then_some(plain)
}

/// Those of `near` that are likely `wanted`, the likeliest first. `near` may hold more than what is near: distance and kind
/// are looked at here. Some microseconds for each that is near and of the kind.
pub fn likely<'a, K>(
    places: &Places<'_>,
    wanted: &Looked,
    near: impl IntoIterator<Item = (K, &'a Looked)>,
) -> Vec<Likely<K>> {
    let mut found: Vec<Likely<K>> = near
        .into_iter()
        .filter_map(|(key, known)| {
            let distance_m = close(wanted, known)?;
            let similarity = 1.0 - least_difference(places, wanted, known);
            (similarity >= 1.0 - MOST_DIFFERENCE).then_some(Likely { key, similarity, distance_m })
        })
        .collect();
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.distance_m.total_cmp(&b.distance_m)));
    found
}

/// Whether two names are likely of one place, wherever that is.
#[must_use]
pub fn same_name(places: &Places<'_>, a: &Looked, b: &Looked) -> bool {
    least_difference(places, a, b) <= MOST_DIFFERENCE
}

fn least_difference(places: &Places<'_>, a: &Looked, b: &Looked) -> f64 {
    let pairs = a.names.iter().flat_map(|a| b.names.iter().map(move |b| difference(places, a, b)));
    pairs.fold(1.0, f64::min)
}

/// How far apart two are that stand where one could.
fn close(a: &Looked, b: &Looked) -> Option<f64> {
    // a degree of latitude has 110.6 km at least
    if a.kind != b.kind || (a.at.lat() - b.at.lat()).abs() * 110_000.0 > SAME_ADDRESS_M {
        return None;
    }
    let distance_m = geodesic_m(a.at, b.at);
    let one_address = a.address.is_some() && a.address == b.address;
    (distance_m <= if one_address { SAME_ADDRESS_M } else { NEAR_M }).then_some(distance_m)
}

#[cfg(test)]
mod tests;
