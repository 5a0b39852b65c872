//! The streets that a child can walk, and how long it takes.
//!
//! How far a school is from home is not a circle on a map: it is the way along the streets that exist, over the river
//! where there is a bridge, at the pace of whoever walks, with the wait at each road that must be crossed. This module
//! knows that way.
//!
//! It is built in steps, each a type of its own: an [`crate::osm::Extract`] is *gathered* (the ways that may be walked,
//! and their nodes), *cut* into pieces at every node, freed of islands, and *contracted* into a [`Network`] of junctions
//! and streets, which is what the database keeps. A [`Walk`] is the network as one profile sees it: every street has its
//! time. On a walk one can [`Walk::snap`] a place to the nearest point on a street, [`Walk::spread`] outward from places
//! up to a limit of time, and find the [`Walk::route`] between two places.
//!
//! **Walking time** is length ÷ pace, slower on steps, plus a delay where a smaller way meets a larger road
//! ([`Crossing`] has the rule, `data/profiles.toml` every figure and its source). Times are whole milliseconds, lengths
//! whole millimetres, so that sums are exact and the same on every machine and in every order. With delays at 0 it is
//! plain walking time.
//!
//! It does not know of sites, children or opening hours, nor of slopes, heat or pavements' widths.

mod access;
mod bucket;
mod build;
mod contract;
mod crossing;
mod doors;
#[cfg(test)]
mod drawn;
mod gather;
mod graph;
mod instructions;
mod join;
mod legs;
mod nearest;
mod on_foot;
mod plain;
mod profile;
mod reguard;
mod route;
mod safest;
mod search;
mod segments;
mod service_area;
mod shape;
mod snap;
mod stored;
mod walk;
mod walks;

pub use build::{BuildError, BuildReport, Built, CrossingCounts, build};
pub use crossing::{Crossing, Protection};
pub use doors::Doors;
pub use graph::{Edge, EdgeIndex, Incoherent, Network, NodeIndex, Rank, Traits};
pub use instructions::{Act, Along, Heading, Instruction, Side, Turn};
pub use join::Joined;
pub use nearest::{Label, Moved, Nearest, Start, Trial, keep};
pub use on_foot::{OnFoot, Wanted};
pub use plain::PlainStreet;
pub use profile::{Crossings, Ground, Profile, Profiles};
pub use reguard::Reguarded;
pub use route::{Crossed, NoRoute, Route, SNAP_LIMIT_M};
pub use safest::Ways;
pub use search::Search;
pub use segments::Within;
pub use service_area::Belt;
pub use snap::Snapped;
pub use stored::StoredError;
pub use walk::{POST_REACH_M, Walk};
pub use walks::Walks;
