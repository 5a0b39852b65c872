//! Why there is no plan, with the numbers that say so.

/// A rule, as a planner knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// At most so many sites.
    Sites,
    /// These must be in.
    Must,
    /// At least one in each town.
    OnePerTown,
    /// A floor of coverage for every town.
    Floor,
    /// A budget.
    Budget,
    /// No two too near to each other.
    Apart,
    /// The share of all children that set covering is to reach.
    Share,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Infeasible {
    /// There is nothing to choose from.
    #[error("there are no candidates")]
    NoCandidates,
    /// Those that must be in, or one for each town, are more than are allowed.
    #[error("{needed} sites are needed and {allowed} allowed")]
    TooFewSites {
        /// So many are needed.
        needed: usize,
        /// So many are allowed.
        allowed: usize,
    },
    /// Two that must be in are too near to each other.
    #[error("candidates {a} and {b} must both be in and are {metres:.0} m from each other, nearer than {apart:.0} m")]
    MustTooClose {
        /// The one.
        a: usize,
        /// The other.
        b: usize,
        /// Metres between them.
        metres: f64,
        /// Metres that are asked for.
        apart: f64,
    },
    /// A town is to have a site and nothing in it can be chosen.
    #[error("town {town} has no candidate")]
    NoCandidateInTown {
        /// The town.
        town: u16,
    },
    /// Those that must be in cost more than there is.
    #[error("what must be in costs {cost}, the budget is {budget}")]
    MustCostTooMuch {
        /// Their cost.
        cost: u64,
        /// The budget.
        budget: u64,
    },
    /// Even the cheapest site costs more than there is.
    #[error("the cheapest candidate costs {cheapest}, the budget is {budget}")]
    CheapestTooDear {
        /// Its cost.
        cheapest: u64,
        /// The budget.
        budget: u64,
    },
    /// All candidates together don't bring a town up to its floor.
    #[error("at most {best_share} of the children of town {town} can be covered")]
    FloorOutOfReach {
        /// The town.
        town: u16,
        /// The share that all candidates and existing sites cover.
        best_share: f64,
    },
    /// All candidates together don't cover the share that is asked for.
    #[error("at most {best} children can be covered, {wanted} are to be")]
    ShareOutOfReach {
        /// Children whom all candidates and existing sites cover.
        best: u64,
        /// Children who are to be covered.
        wanted: u64,
    },
    /// No plan keeps all of these rules; without any one of them there could be one.
    #[error("no plan keeps {rules:?} together")]
    Together {
        /// The rules.
        rules: Vec<Rule>,
    },
    /// The effort was spent, or the search stopped, before a plan was found or shown to be impossible.
    #[error("no plan was found")]
    NoneFound,
}
