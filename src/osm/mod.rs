//! OpenStreetMap extracts, element by element.
//!
//! OpenStreetMap knows three kinds of element: **nodes** (a position), **ways** (a chain of nodes, closed when it bounds
//! an area) and **relations** (members with roles, for instance the outer and inner rings of an area). Each may carry
//! **tags**, free pairs of key and value; what they mean is for the reader to judge. This module knows nothing of sites
//! or streets: it hands out elements, in the file's order, and says exactly where a file broke.
//!
//! Three formats are read, told apart by their first bytes and never by their name: PBF (blobs of up to 32 MiB, decoded on
//! all cores), XML, and XML in gzip. All are streamed: memory holds a few blobs, never the file. An element refers to
//! others by id, so whoever needs the positions of a way's nodes reads the extract a second time.

mod element;
mod error;
mod extract;
mod frames;
mod guard;
mod pbf;
mod rings;
mod xml;

pub use element::{Block, Element, Member, MemberKind, Tags};
pub use error::{BlobFault, OsmError, XmlFault};
pub use extract::{Extract, looks_like};
pub use rings::Rings;
