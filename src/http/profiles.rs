//! `GET /api/profiles`: who walks, at what pace, and where that comes from.

use super::headers::{JSON, marked};
use super::problem::Problem;
use super::router::App;
use crate::text::Words;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// Somebody who walks.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ProfileAnswer<'a> {
    /// The name in addresses.
    id: &'a str,
    /// The name on screen.
    name: &'a Words,
    /// Metres a second on level ground.
    pace_m_per_s: f64,
    /// Where that comes from.
    source: &'a Words,
    /// Whether somebody has read it there.
    confirmed: bool,
    /// Whether it is meant when nobody says who.
    usual: bool,
}

/// All profiles.
#[utoipa::path(get, path = "/api/profiles", operation_id = "listProfiles", tag = "network",
    responses((status = 200, body = Vec<ProfileAnswer>)))]
pub(super) async fn profiles(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    marked(&headers, &format!("{:016x}", now.mark()), JSON, || {
        let profiles = now.profiles();
        let answer = |(place, profile): (usize, &'_ crate::network::Profile)| -> serde_json::Result<serde_json::Value> {
            serde_json::to_value(ProfileAnswer {
                id: &profile.id,
                name: &profile.name,
                pace_m_per_s: profile.pace_m_per_s,
                source: &profile.pace_ground.source,
                confirmed: profile.pace_ground.confirmed,
                usual: profiles.index(None) == Some(place),
            })
        };
        let all = profiles.all().iter().enumerate().map(answer).collect::<Result<Vec<_>, _>>();
        let json = all.and_then(|all| serde_json::to_vec(&all));
        Ok(json.map_err(|error| Problem::Internal(error.to_string()))?.into())
    })
}
