//! The shape of the answer: what would be different, and no more.

use super::super::coverage::GapAnswer;
use crate::children::AgeBand;
use serde::{Deserialize, Serialize};

/// What a change would make different.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct WhatIfAnswer {
    /// The kind's id.
    pub kind: String,
    /// The limit.
    pub minutes: u32,
    /// Who walks.
    pub profile: String,
    /// The time, where one was asked for.
    pub at: Option<String>,
    /// The ages that are counted.
    pub ages: AgeBand,
    /// The figures.
    #[serde(flatten)]
    pub figures: WhatIfFigures,
    /// What each proposed site would do, one for each that was asked for.
    pub add: Vec<AddedAnswer>,
    /// What each closed site does today.
    pub remove: Vec<RemovedAnswer>,
    /// What each proposed post would guard.
    pub posts: Vec<PostAnswer>,
    /// The cells of /api/children/cells whose nearest site or walking time changes, where they were asked for.
    pub cells: Option<ChangedTimes>,
    /// The same of the junctions of /api/network/streets, unless those are too many to be painted.
    pub streets: Option<ChangedTimes>,
    /// The thirty largest gaps after the change, where they were asked for.
    pub gaps: Option<Vec<GapAnswer>>,
    /// What the data stood at.
    pub mark: String,
}

/// Children covered before and after a change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
pub struct WhatIfFigures {
    /// All children that are counted.
    pub children_total: u64,
    /// Those within the limit today.
    pub children_before: u64,
    /// Those within the limit after the change.
    pub children_after: u64,
    /// Those who come within the limit.
    pub gained: u64,
    /// Those who fall out of it.
    pub lost: u64,
    /// Towns in which somebody comes in or falls out, by place in /api/areas.
    pub by_town: Vec<TownChange>,
}

/// A town's children before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TownChange {
    /// Its code; nothing for children in no area.
    pub area: Option<String>,
    /// Its children.
    pub children: u64,
    /// Those within the limit today.
    pub before: u64,
    /// Those within the limit after the change.
    pub after: u64,
}

/// What a proposed site would do.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AddedAnswer {
    /// Whether a street is within 300 m. Where none is, the site serves nobody.
    pub on_street: bool,
    /// Metres to the nearest street, where one is within 3 km.
    pub away_m: Option<f64>,
    /// Whether it would be open at the time.
    pub open: bool,
    /// Children within the limit of it.
    pub children: u64,
    /// Those of them who have no other site within the limit.
    pub alone: u64,
}

/// What a closed site does today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct RemovedAnswer {
    /// Its number.
    pub site: u32,
    /// Children who would fall out of the limit if only this one closed.
    pub children: u64,
}

/// What a proposed post would guard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PostAnswer {
    /// Whether there is a crossing within 50 m.
    pub crossing: bool,
    /// How many there are.
    pub crossings: usize,
}

/// New walking times, of those that change only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, utoipa::ToSchema)]
pub struct ChangedTimes {
    /// Which cell or junction.
    pub index: Vec<u32>,
    /// Seconds, rounded up; 65535: no way.
    pub secs: Vec<u16>,
    /// The number of the nearest site; -1 for the first of `add`, -2 for the second; 0: none.
    pub site: Vec<i64>,
}
