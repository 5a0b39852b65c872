//! What a search is given to do its work, what it says on the way, and what it hands out.

/// A plan with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The chosen candidates, in order. Fewer than allowed where more would not be better.
    pub chosen: Vec<usize>,
    /// What the plan reaches, in the unit of its objective.
    pub objective: u64,
    /// No plan that keeps the rules is better than this.
    pub bound: u64,
    /// How the search ended.
    pub ended: Ended,
}

/// How a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The plan is as good as its bound.
    Optimal,
    /// The effort was spent before that.
    Bounded,
    /// Whoever watched asked to stop.
    Stopped,
}

impl Plan {
    /// How far plan and bound lie apart, as a share of the larger of the two; 0 where both are nothing.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let larger = self.objective.max(self.bound);
        if larger == 0 { 0.0 } else { self.objective.abs_diff(self.bound) as f64 / larger as f64 }
    }
}

/// How much a search may do. It is counted in work, not in time, so that the same question has the same answer on every
/// machine: one unit is one look at one cell of one candidate, some hundred million of which take a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Units of work.
    pub work: u64,
}

impl Effort {
    /// Units that one core of a small server does in a second.
    pub const PER_SECOND: u64 = 300_000_000;

    /// About so many seconds of work.
    #[must_use]
    pub fn seconds(seconds: u64) -> Self {
        Self { work: seconds.saturating_mul(Self::PER_SECOND) }
    }
}

impl Default for Effort {
    /// What proves the plans of a county.
    fn default() -> Self {
        Self::seconds(10)
    }
}

/// What a search is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Looks for a first plan.
    Plan,
    /// Looks for a bound.
    Bound,
    /// Closes what is left between the two.
    Search,
    /// Goes through numbers of sites.
    Curve,
}

/// How far a search is.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress<'a> {
    /// What it is at.
    pub stage: Stage,
    /// The share of the effort that is spent.
    pub share: f64,
    /// What the best plan so far reaches.
    pub objective: Option<u64>,
    /// No plan is better than this, as far as is known.
    pub bound: Option<u64>,
    /// The best plan so far, in order.
    pub chosen: &'a [usize],
}
