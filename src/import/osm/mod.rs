//! Sites out of an OpenStreetMap extract.
//!
//! An element is a site if its tags are among those that the catalogue gives to a kind. A node is where it is; a way is at
//! the centroid of the area that it bounds, or of its line; a multipolygon is at the centroid of its outer rings without
//! its inner ones. What mappers mark as no longer there (`disused:amenity=school`) has another key and does not match.
//! A school that is drawn as a node and again as an area is two sites: which of them to keep is for a person to say.
//!
//! An extract gives nodes, then ways, then relations, each by number, so it is read up to three times: once for what
//! matches, once for the ways of matching relations, once for the positions of the nodes. Memory holds what matches.

mod sites;
mod tags;

pub(super) use sites::OsmFile;
