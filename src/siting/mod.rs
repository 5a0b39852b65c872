//! Where the next sites should go, with a proof of how good the plan is.
//!
//! The maximal covering location problem (Church and ReVelle, Papers of the Regional Science Association 32 (1974) 101):
//! choose `p` of some candidate sites so that as many children as possible are within the limit of one. [`Covering`] is the
//! problem, [`maximal_covering`] makes a [`Plan`]: greedy and swaps find it, a Lagrangian bound says what no plan can
//! exceed, and branching closes what is left between the two. Whatever was found is counted anew from the problem itself
//! before it is handed out.
//!
//! It does not know what a candidate is, nor of time, capacities, budgets or fairness.

mod branch;
mod candidates;
mod covering;
mod greedy;
mod lagrange;

pub use branch::{MOST_NODES, Plan, maximal_covering};
pub use candidates::{Candidate, junctions};
pub use covering::Covering;
