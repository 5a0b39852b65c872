//! What is asked of siting.

use super::super::what_if::{AddedPost, OtherHours, WhatIf};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// New sites that may be asked for at once.
pub const MOST_SITES: usize = 500;
/// Places that a list of candidates may have.
pub const MOST_LISTED: usize = 20_000;
/// Seconds that a plan may take, at most.
pub const MOST_SECONDS: u32 = 600;

/// What a plan should be best at, by its name in the literature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObjectiveName {
    /// The most children within the minutes (maximal covering, MCLP)
    #[default]
    MaximalCovering,
    /// The fewest sites so that all, or a share, are within the minutes (set covering, LSCP)
    SetCovering,
    /// The least mean walking time (p-median)
    PMedian,
    /// The least worst walking time (p-centre)
    PCenter,
    /// The most children within the minutes of a site that has room (capacitated covering)
    CapacitatedCovering,
}

impl ObjectiveName {
    /// All.
    pub const ALL: [Self; 5] =
        [Self::MaximalCovering, Self::SetCovering, Self::PMedian, Self::PCenter, Self::CapacitatedCovering];

    /// Its name in JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::MaximalCovering => "maximal_covering",
            Self::SetCovering => "set_covering",
            Self::PMedian => "p_median",
            Self::PCenter => "p_center",
            Self::CapacitatedCovering => "capacitated_covering",
        }
    }
}

/// A place, WGS-84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Longitude.
    pub lon: f64,
    /// Latitude.
    pub lat: f64,
}

/// A place of the planner's own list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Longitude, WGS-84.
    pub lon: f64,
    /// Latitude, WGS-84.
    pub lat: f64,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What a site there costs; else `cost` of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<u64>,
    /// How many children a site there takes; else `capacity` of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u64>,
}

/// What sort of places candidates are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CandidatesFrom {
    /// Every junction of streets with children living within 300 m.
    #[default]
    Junctions,
    /// Sites of other kinds that could host one: those of `kinds`.
    Kinds,
    /// The planner's own places: `list`.
    List,
}

/// Where sites could be.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Candidates {
    /// What sort of places.
    pub from: CandidatesFrom,
    /// Ids of kinds, for `kinds`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Places, for `list`; at most 20,000.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<Listed>,
}

/// A request for a plan of new sites. The first six fields are the question of `GET /api/coverage`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SitingRequest {
    /// The kind of site.
    pub kind: String,
    /// The limit of the walk, 1 to 120; usually the kind's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Who walks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Local time such as 2025-06-01T10:00.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Ages that are counted, such as 0-14.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<String>,
    /// Which existing sites of the kind count, by attribute.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, String>,
    /// What the plan should be best at; usually `maximal_covering`.
    #[serde(default)]
    pub objective: ObjectiveName,
    /// How many new sites, 1 to 500; for `set_covering` at most so many (usually as many as it takes).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<usize>,
    /// `set_covering`: the share of all children who must be within the minutes, above 0 up to 1 (usually 1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Whether existing sites count; usually they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<bool>,
    /// Numbers of sites that do not count since they would close, at most 200: of the kind, or safety posts, which go off
    /// duty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<u32>,
    /// Sites of the kind that would be open at other hours, at most 200. Changes something only where `at` is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<OtherHours>,
    /// Where somebody would see children across the road in addition, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<AddedPost>,
    /// Where sites could be; usually at junctions.
    #[serde(default)]
    pub candidates: Candidates,
    /// Places that must be in the plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must: Vec<Spot>,
    /// Places that must not: no candidate within 30 m of one is looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub must_not: Vec<Spot>,
    /// At least one new site in every town.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_per_town: bool,
    /// The share of every town's children who must be covered, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_per_town: Option<f64>,
    /// What the new sites may cost together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<u64>,
    /// What a site costs where nothing else is said; usually 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<u64>,
    /// How many children a new site takes, for `capacitated_covering`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u64>,
    /// Metres that new sites must be apart from each other, straight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart_m: Option<f64>,
    /// Seconds after which the best plan found so far is handed out, 1 to 600 (usually 120).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u32>,
}

impl SitingRequest {
    /// What would be different before anything is sited.
    #[must_use]
    pub fn change(&self) -> WhatIf {
        let (remove, hours, posts) = (self.remove.clone(), self.hours.clone(), self.posts.clone());
        WhatIf { remove, hours, posts, ..WhatIf::default() }
    }
}
