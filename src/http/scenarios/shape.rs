//! The shape of scenarios over the wire.

use super::super::problem::Problem;
use super::super::what_if::{WhatIf, WhatIfFigures};
use crate::snapshot::Snapshot;
use crate::store::{MadeOn, ScenarioRow, TaskRow};
use serde::{Deserialize, Serialize};

/// A scenario to be saved.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioBody {
    /// What it is called, 1 to 80 characters.
    pub name: String,
    /// What else there is to say, at most 2,000 characters.
    #[serde(default)]
    pub note: String,
    /// What is asked of `POST /api/what-if`; what it says of `cells`, `streets` and `gaps` is not kept.
    pub plan: WhatIf,
    /// The siting job that it comes from.
    #[serde(default)]
    pub siting: Option<String>,
}

/// A proposed site to be handed over.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskBody {
    /// Which of the plan's proposed sites, from 0.
    pub place: usize,
    /// Who is to register it, 1 to 80 characters.
    pub unit: String,
    /// What else there is to say, at most 2,000 characters.
    #[serde(default)]
    pub note: String,
}

/// A scenario.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ScenarioAnswer {
    /// Its link: whoever has it reads the scenario.
    pub id: String,
    /// Counts its changes from 1; the `ETag` says the same.
    pub version: i64,
    /// What it is called.
    pub name: String,
    /// What else somebody wrote.
    pub note: String,
    /// What is planned, with minutes and profile as they were understood.
    pub plan: WhatIf,
    /// The siting job that it comes from.
    pub siting: Option<String>,
    /// When this version was saved, RFC 3339.
    pub saved: String,
    /// When the first one was.
    pub created: String,
    /// What its figures were worked out on.
    pub made_on: MadeOnAnswer,
    /// What of that is no longer the same: `sites` (of the kind, or safety posts), `children`, `network`, `areas`, `rules`
    /// (kinds and profiles).
    pub moved_on: Vec<&'static str>,
    /// The figures when it was saved.
    pub figures: WhatIfFigures,
    /// What was handed over of it, the first first.
    pub tasks: Vec<TaskAnswer>,
}

/// A scenario that has just been made.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NewScenarioAnswer {
    /// The scenario.
    #[serde(flatten)]
    pub scenario: ScenarioAnswer,
    /// Whoever has it may change the scenario. It is told this once.
    pub key: String,
}

/// What figures were worked out on.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct MadeOnAnswer {
    /// What the figures say that they stand on.
    pub mark: String,
    /// A mark of the sites that matter: those of the kind, and safety posts.
    pub sites: String,
    /// The version of the children.
    pub children: i64,
    /// The version of the walking network.
    pub network: i64,
}

/// A proposed site that was handed to a unit: a draft of its registration.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct TaskAnswer {
    /// Its number.
    pub id: String,
    /// Which of the plan's proposed sites it is; nothing when the plan no longer has it there.
    pub place: Option<usize>,
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// The kind of site.
    pub kind: String,
    /// What it would be called.
    pub name: String,
    /// Who is to register it.
    pub unit: String,
    /// What else there is to say.
    pub note: String,
    /// When it was handed over, RFC 3339.
    pub handed: String,
    /// `draft`.
    pub state: String,
}

/// The plan of a stored scenario.
pub fn plan_of(row: &ScenarioRow) -> Result<WhatIf, Problem> {
    serde_json::from_str(&row.plan).map_err(|error| Problem::Internal(format!("a scenario's plan: {error}")))
}

/// The figures of a stored scenario.
pub fn figures_of(row: &ScenarioRow) -> Result<WhatIfFigures, Problem> {
    serde_json::from_str(&row.figures).map_err(|error| Problem::Internal(format!("a scenario's figures: {error}")))
}

/// What has moved on under a scenario since it was saved.
pub fn moved_on(now: &Snapshot, row: &ScenarioRow) -> Vec<&'static str> {
    // a kind that the catalogue no longer has leaves the other numbers to be told
    let kind = now.catalogue().kind_index(&row.kind);
    let timed = plan_of(row).is_ok_and(|plan| plan.at.is_some());
    let now = now.made_on(kind.unwrap_or(0), timed);
    let now = if kind.is_some() { now } else { MadeOn { sites: row.made_on.sites.clone(), ..now } };
    row.made_on.moved_on(&now)
}

impl ScenarioAnswer {
    /// A stored scenario as it is told.
    pub fn of(now: &Snapshot, row: ScenarioRow, tasks: Vec<TaskRow>) -> Result<Self, Problem> {
        let plan = plan_of(&row)?;
        Ok(Self {
            figures: figures_of(&row)?,
            moved_on: moved_on(now, &row),
            tasks: tasks.into_iter().map(|task| TaskAnswer::of(&plan, task)).collect(),
            id: row.id,
            version: row.version,
            name: row.name,
            note: row.note,
            plan,
            siting: row.siting,
            saved: row.saved,
            created: row.created,
            made_on: MadeOnAnswer {
                mark: row.made_on.mark,
                // not the log's number, from which changes of what is hidden could be counted
                sites: row.made_on.sites,
                children: row.made_on.children,
                network: row.made_on.network,
            },
        })
    }
}

impl TaskAnswer {
    /// A stored task as it is told beside its scenario's plan.
    pub fn of(plan: &WhatIf, row: TaskRow) -> Self {
        let here = [row.lon.to_bits(), row.lat.to_bits()];
        Self {
            place: plan.add.iter().position(|site| [site.lon.to_bits(), site.lat.to_bits()] == here),
            id: row.id,
            lon: row.lon,
            lat: row.lat,
            kind: row.kind,
            name: row.name,
            unit: row.unit,
            note: row.note,
            handed: row.handed,
            state: row.state,
        }
    }
}
