//! Positions on the Earth: checked longitude and latitude, the datums in use in China, geodesic metres, and an index
//! that finds what is near.
//!
//! A [`LonLat`] is always WGS-84 degrees; whatever arrives in another datum passes through [`Datum::to_wgs84`] first.
//! Lengths are metres on the WGS-84 ellipsoid. This module knows nothing of sites, areas or children.

mod datum;
mod distance;
mod index;
mod lonlat;
mod order;
mod plane;

pub use datum::Datum;
pub use distance::geodesic_m;
pub use index::{Indexed, PointIndex};
pub use lonlat::{Bounds, LonLat, PositionError};
pub use order::z_order;
pub use plane::LocalPlane;
