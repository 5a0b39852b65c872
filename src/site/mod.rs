//! What a child-friendly site is.
//!
//! The **catalogue** (`data/catalogue.toml`) names the kinds of site and their attributes; nothing about a kind is
//! written in code. A **draft** is what a person or a file says about a site, cell by cell; `parse` turns it into a
//! site or says of each wrong cell what was found and what was wanted. A **site** is valid by construction.
//!
//! A kind whose visibility is `aggregate` (a room in a needy child's own home) is never shown as a point, a name or an
//! address: [`counts`] is the only way in which such sites leave the server.

mod attribute;
mod catalogue;
pub mod counts;
mod draft;
pub mod duplicate;
mod filter;
pub mod hours;
mod record;

pub use attribute::{Attribute, AttributeIndex, Choice, Type, Value};
pub use catalogue::{Catalogue, Kind, KindIndex, Shape, Standard, Visibility};
pub use draft::{Cell, Draft, DraftProblem, Field, Habit, ParsedSite, parse};
pub use filter::Filter;
pub use record::{Attributes, Site, SiteId};
