//! Where the next sites should go, with a proof of how good the plan is.
//!
//! A [`Siting`] is the problem in numbers, an [`Objective`] what a plan is to be good at, [`Rules`] what it must keep to.
//! [`solve`] makes a [`Plan`] or says why there is none ([`Infeasible`]). All objectives are brought into one form
//! (`model.rs`); greedy and exchanges find a plan, a Lagrangian bound says what no plan can exceed and decides most places,
//! and branching closes what is left between the two. Nothing of that is believed: rules and objective of a plan are counted
//! from the problem itself before it is handed out (`measure.rs`), and bounds are in whole numbers.
//!
//! It knows neither streets nor kinds of sites; [`junctions`] does.

mod bound;
mod branch;
mod build;
mod candidates;
mod center;
mod certain;
mod clash;
mod clock;
mod conflict;
mod curve;
mod dive;
#[cfg(feature = "highs")]
mod exact;
mod explain;
mod flow;
mod greedy;
mod infeasible;
mod kick;
mod lists;
mod measure;
mod model;
mod part;
mod plan;
mod plans;
mod problem;
mod relax;
mod restrict;
mod select;
mod solve;
mod swap;
mod tally;
mod usual;

pub use candidates::{NoReach, RESIDENTIAL_M, Reached, junctions, reaches};
pub use curve::{CurvePoint, curve};
pub use explain::{lost_without, runner_up, serves};
pub use infeasible::{Infeasible, Rule};
pub use measure::{cost, keeps, nearest, value};
pub use plan::{Effort, Ended, Plan, Progress, Stage};
pub use problem::{Candidate, Floor, NO_WAY, Objective, Rules, Siting, Standing};
pub use solve::solve;
#[cfg(test)]
mod brute;
