//! What a planner asks for: the question of coverage, and what would be different.

use super::super::coverage::QuestionFields;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A change that is only thought of: sites added, closed or open at other hours, crossings staffed. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// One kind of sites that are shown as points.
    #[serde(default)]
    #[schema(required = true)]
    pub kind: String,
    /// The limit, 1 to 120; usually the kind's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Who walks; usually `child_6_9`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    /// Local time such as `2025-06-01T10:00`: only sites known to be open then, with the safety posts on duty then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Ages that are counted, such as `0-14` (usual).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ages: Option<String>,
    /// Attributes of the catalogue and the values that count, such as `{"demonstration": "true"}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, String>,
    /// Sites that are proposed, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<AddedSite>,
    /// Numbers of sites that would close, at most 200: of the kind, or safety posts, which go off duty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<u32>,
    /// Sites of the kind that would be open at other hours, at most 200. Changes something only where `at` is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<OtherHours>,
    /// Where somebody would see children across the road in addition, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub posts: Vec<AddedPost>,
    /// Whether the changed cells are sent.
    #[serde(default, skip_serializing_if = "is_false")]
    pub cells: bool,
    /// Whether the changed junctions are sent.
    #[serde(default, skip_serializing_if = "is_false")]
    pub streets: bool,
    /// Whether the gaps after the change are sent.
    #[serde(default, skip_serializing_if = "is_false")]
    pub gaps: bool,
}

/// A site that is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddedSite {
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// What it would be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// When it would be open, as OSM writes it; always, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_hours: Option<String>,
}

/// Other hours of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherHours {
    /// The site's number.
    pub site: u32,
    /// When it would be open, as OSM writes it.
    pub opening_hours: String,
}

/// A safety post that is proposed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddedPost {
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
}

impl WhatIf {
    /// The question of coverage in it.
    #[must_use]
    pub fn question(&self) -> QuestionFields<'_> {
        QuestionFields {
            kind: &self.kind,
            minutes: self.minutes,
            profile: self.profile.as_deref(),
            at: self.at.as_deref(),
            ages: self.ages.as_deref(),
            only: &self.only,
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(said: &bool) -> bool {
    !said
}
