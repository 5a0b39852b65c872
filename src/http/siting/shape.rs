//! The shape of a plan, over the wire and on the command line.

use super::ask::{ObjectiveName, SitingRequest};
use crate::children::AgeBand;
use crate::jobs::Status;
use crate::text::Words;
use serde::Serialize;
use utoipa::ToSchema;

/// What the objective counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Children who are newly covered.
    Children,
    /// New sites.
    Sites,
    /// Seconds of walking: the mean (p-median) or the worst (p-centre).
    Seconds,
}

/// How a plan came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlanStatus {
    /// No plan is better; proven.
    Optimal,
    /// The search ended with something between plan and bound.
    Bounded,
    /// Somebody stopped it.
    Cancelled,
    /// Its seconds were over.
    TimedOut,
}

/// A plan for new sites of a kind, with its proof.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SitingAnswer {
    /// The kind's id.
    pub kind: String,
    /// What the plan is best at.
    pub objective_name: ObjectiveName,
    /// The limit.
    pub minutes: u32,
    /// Who walks.
    pub profile: String,
    /// The time, where one was asked for.
    pub at: Option<String>,
    /// The ages that are counted.
    pub ages: AgeBand,
    /// What the data stood at.
    pub mark: String,
    /// What `objective`, `bound` and the curve count.
    pub unit: Unit,
    /// All children that are counted.
    pub children_total: u64,
    /// Those whom existing sites cover; 0 where existing sites do not count.
    pub children_before: u64,
    /// Those who are covered with the plan.
    pub children_after: u64,
    /// What the plan reaches.
    pub objective: f64,
    /// No plan can be better than this.
    pub bound: f64,
    /// How far plan and bound are apart, as a share of the larger one.
    pub gap: f64,
    /// Whether no plan is better.
    pub optimal: bool,
    /// How it ended.
    pub status: PlanStatus,
    /// How many places were looked at.
    pub candidates: usize,
    /// The plan and its proof in one sentence.
    pub says: Words,
    /// Children whom no site at any candidate can reach (`set_covering`, `p_median`, `p_center`).
    pub children_beyond: u64,
    /// The proposed sites, those first without whom the most would be lost.
    pub sites: Vec<ProposedSite>,
    /// What fewer and more sites would reach, up to twice as many.
    pub curve: Vec<CurvePoint>,
}

/// A place where a site should be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ProposedSite {
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// What sort of place it is: `junction`, `site`, `list` or `pinned`.
    pub candidate: &'static str,
    /// What it is called, where it has a name.
    pub name: Option<String>,
    /// The site that would host it.
    pub site: Option<i64>,
    /// The code of its area.
    pub area: Option<String>,
    /// Whether it had to be in the plan.
    pub pinned: bool,
    /// What it costs.
    pub cost: u64,
    /// Children who would not be covered without it.
    pub children: u64,
    /// What the objective loses without it: children, sites (0) or seconds.
    pub loses: f64,
    /// Whom it serves: children for whom it is the nearest of the plan and who gain by it.
    pub serves: Serves,
    /// The best other place in its stead.
    pub runner_up: Option<RunnerUp>,
}

/// Children whom a site serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Serves {
    /// All of them.
    pub children: u64,
    /// By age.
    pub by_age: Vec<AgeServed>,
    /// By town, most first.
    pub by_town: Vec<TownServed>,
}

/// Children of an age.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgeServed {
    /// First year.
    pub from: u8,
    /// Last year.
    pub to: u8,
    /// How many.
    pub children: u64,
}

/// Children of a town.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TownServed {
    /// The area's code; nothing for children in no area.
    pub area: Option<String>,
    /// How many.
    pub children: u64,
}

/// The best other place for a site of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RunnerUp {
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// What it is called, where it has a name.
    pub name: Option<String>,
    /// How much the objective loses by it: children or seconds.
    pub loses: f64,
}

/// What so many new sites reach.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct CurvePoint {
    /// How many.
    pub sites: usize,
    /// What a good plan of so many reaches.
    pub objective: f64,
    /// No plan of so many is better.
    pub bound: f64,
}

/// How far a plan has got.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SitingProgress {
    /// `reach` (whom each place reaches), `plan`, `bound`, `search`, `curve`.
    pub stage: &'static str,
    /// How much of the stage is done, 0 to 1, where that is known.
    pub share: Option<f64>,
    /// What the best plan so far reaches.
    pub objective: Option<f64>,
    /// No plan can be better.
    pub bound: Option<f64>,
    /// How far the two are apart, of the larger one.
    pub gap: Option<f64>,
    /// The best plan so far.
    pub sites: Vec<super::ask::Spot>,
}

/// A siting job.
#[derive(Debug, Serialize, ToSchema)]
pub struct SitingJob {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub status: Status,
    /// What was asked.
    #[schema(value_type = SitingRequest)]
    pub request: crate::jobs::Json,
    /// How far it has got.
    #[schema(value_type = Option<SitingProgress>)]
    pub progress: Option<crate::jobs::Json>,
    /// The plan. One that was cancelled may have one.
    #[schema(value_type = Option<SitingAnswer>)]
    pub result: Option<crate::jobs::Json>,
    /// Why it failed.
    #[schema(value_type = Option<super::super::problem::ProblemBody>)]
    pub problem: Option<crate::jobs::Json>,
}
