//! The plan's goals, as data, and what the registered sites say of each.
//!
//! A target counts sites of a kind that have some attribute values, or takes their share. With a `since` attribute (the
//! day from which a site counts) it tells what stood at the end of its deadline from what stands now. A target over an
//! aggregate kind only adds up what is shown of each town (see [`crate::site::counts`]).

mod measure;
mod plan;
mod unit;

pub use measure::{Breakdown, BreakdownRow, Measured, State, measure};
pub use plan::{Measure, Plan, Target};
pub use unit::Unit;
