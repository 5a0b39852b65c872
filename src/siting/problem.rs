//! A siting problem in numbers: who lives where, where a site could be, and how long the way is.

/// No way leads there.
pub const NO_WAY: u32 = u32::MAX;

/// A siting problem. Times are milliseconds, [`NO_WAY`] where there is none; weights are children; money is whole units.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Siting {
    /// Children of each cell.
    pub children: Vec<u64>,
    /// The town of each cell; `towns` itself for a cell in no town.
    pub town_of_cell: Vec<u16>,
    /// How many towns there are.
    pub towns: usize,
    /// From each cell to the nearest existing site that counts.
    pub existing: Vec<u32>,
    /// Where a site could be.
    pub candidates: Vec<Candidate>,
    /// The cells in reach of each candidate with their times, by cell, each cell once.
    pub reach: Vec<Vec<(u32, u32)>>,
    /// Existing sites with their capacities; only capacitated covering looks at them.
    pub standing: Vec<Standing>,
}

/// A place where a site could be.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Candidate {
    /// Where it is, in metres on a plane.
    pub at: [f64; 2],
    /// Its town; the problem's `towns` for none.
    pub town: u16,
    /// What a site there costs.
    pub cost: u64,
    /// How many children a site there serves; everybody where there is none.
    pub capacity: Option<u64>,
    /// Whether it must be in the plan.
    pub must: bool,
}

/// An existing site that serves so many children and no more.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standing {
    /// How many it serves; everybody where there is none.
    pub capacity: Option<u64>,
    /// The cells in its reach with their times, by cell, each cell once.
    pub reach: Vec<(u32, u32)>,
}

/// What a plan is to be good at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Objective {
    /// The most children within the limit who are not within it of an existing site (MCLP: Church and `ReVelle`, Papers of
    /// the Regional Science Association 32 (1974) 101).
    MaximalCovering {
        /// The limit of the walk.
        limit: u32,
    },
    /// The fewest sites with which at least a share of *all* children is within the limit, existing sites included; the
    /// least cost instead where costs differ (LSCP: Toregas, Swain, `ReVelle` and Bergman, Operations Research 19 (1971)
    /// 1363; partial covering: Daskin and Owen, Geographical Analysis 31 (1999) 217).
    SetCovering {
        /// The limit of the walk.
        limit: u32,
        /// The share of all children, 0 to 1.
        share: f64,
    },
    /// The least sum of walking times of all children, in child-milliseconds (p-median: Hakimi, Operations Research 12
    /// (1964) 450; `ReVelle` and Swain, Geographical Analysis 2 (1970) 30).
    PMedian {
        /// The time that counts for a child who is farther away or has no way.
        far: u32,
    },
    /// The least time of the child that has the farthest way, among cells that an existing site or any candidate reaches
    /// (p-centre: Hakimi 1964, as above; solved as a series of covering problems: Daskin, Network and Discrete Location
    /// (1995), chapter 5).
    PCenter,
    /// The most children served in addition to those whom the standing sites serve alone. A child is served by one site
    /// within the limit that has room; the children of a cell may be served by several sites (Current and Storbeck,
    /// Environment and Planning B 15 (1988) 153; Pirkul and Schilling, Management Science 37 (1991) 233).
    CapacitatedCovering {
        /// The limit of the walk.
        limit: u32,
    },
}

/// What a plan must keep to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rules {
    /// At most so many sites, those that must be in included.
    pub sites: usize,
    /// At least one in each town.
    pub one_per_town: bool,
    /// Of each town so many of its children are within a limit, whatever the objective.
    pub floor: Option<Floor>,
    /// What all sites together may cost.
    pub budget: Option<u64>,
    /// No two of them nearer to each other than so many metres.
    pub apart_m: Option<f64>,
}

/// A floor of coverage for every town.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Floor {
    /// The share of each town's children, 0 to 1.
    pub share: f64,
    /// The walk within which they count as covered, by existing and new sites, capacities aside.
    pub limit: u32,
}

impl Objective {
    /// Whether more is better.
    #[must_use]
    pub fn is_maximised(&self) -> bool {
        matches!(self, Self::MaximalCovering { .. } | Self::CapacitatedCovering { .. })
    }
}

impl Siting {
    /// Whether set covering counts money instead of sites: costs differ.
    #[must_use]
    pub fn is_priced(&self) -> bool {
        self.candidates.iter().any(|candidate| candidate.cost != self.candidates[0].cost)
    }

    /// All children.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.children.iter().sum()
    }

    /// The children of each town.
    #[must_use]
    pub fn by_town(&self) -> Vec<u64> {
        let mut towns = vec![0; self.towns];
        for (town, children) in self.town_of_cell.iter().zip(&self.children) {
            if let Some(sum) = towns.get_mut(usize::from(*town)) {
                *sum += children;
            }
        }
        towns
    }

    /// Whether two candidates are nearer to each other than `apart` metres.
    #[must_use]
    pub fn too_close(&self, a: usize, b: usize, apart: f64) -> bool {
        self.metres(a, b) < apart
    }

    /// The metres between two candidates.
    #[must_use]
    pub fn metres(&self, a: usize, b: usize) -> f64 {
        let [a, b] = [self.candidates[a].at, self.candidates[b].at];
        (a[0] - b[0]).hypot(a[1] - b[1])
    }
}

/// The children who make up a share; a share that is meant to be whole does not fail on the last digit.
#[must_use]
pub fn wanted(share: f64, children: u64) -> u64 {
    ((share.clamp(0.0, 1.0) * children as f64 - 1e-6).ceil().max(0.0) as u64).min(children)
}
