//! Which children reach which sites on foot, in how many minutes.
//!
//! [`Demand`] is the children's cells joined to the streets, [`Coverage`] the nearest and second-nearest of some sites for
//! every junction and every cell, kept right while sites come and go; a [`Trial`] lays a change over it that is only thought
//! of. From it come [`Figures`] (shares, curve, mean, median,
//! worst decile, Gini), the [`Gap`]s, and with the sites' capacities the [`Floating`] catchment. [`Reach`] is what one
//! site reaches.
//!
//! Times are milliseconds of the network's walk: exact, the same whatever the order of work. A limit of T minutes reaches
//! exactly T. A cell that has no street within the snapping limit, or no way to any site, counts in every total and is
//! never covered.
//!
//! It does not know what a site is, when it is open or which sites are meant: whoever asks says which count.

mod covered;
mod demand;
#[cfg(test)]
mod drawn;
mod figures;
mod floating;
mod gaps;
mod reach;
mod state;
mod trial;

pub use covered::{Covered, Difference, covered, difference};
pub use demand::{Demand, Snaps};
pub use figures::{BAND_ENDS_MIN, CURVE_MIN, Figures, Groups, Ordered, figures};
pub use floating::{Floating, Supply, floating};
pub use gaps::{Gap, direction, gaps};
pub use reach::{Reach, reach, reach_by};
pub use state::Coverage;
pub use trial::{Changed, Trial};
