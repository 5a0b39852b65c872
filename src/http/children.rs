//! `GET /api/children`: how many children are known, of which ages, and how their counts came about. Where they live is
//! not told here.

use super::headers::{JSON, marked};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::children::{AgeBand, BandRange, Children, Method};
use crate::snapshot::NoCoverage;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;

/// What is known of children.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ChildrenKnown<'a> {
    /// The age bands, youngest first.
    bands: &'a [AgeBand],
    /// All children.
    total: u64,
    /// The ages that are counted unless somebody asks for others.
    usual: AgeBand,
    /// Places with children.
    cells: usize,
    method: Method,
    /// Whether they are made up for show.
    demonstration: bool,
    /// The name of the file that they come from.
    source: &'a str,
}

/// The children of the county: how many, of which ages.
#[utoipa::path(get, path = "/api/children", operation_id = "getChildren", tag = "children",
    responses(
        (status = 200, body = ChildrenKnown),
        (status = 404, body = ProblemBody, description = "Nobody has imported children"),
    ))]
pub(super) async fn children(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let (Some(children), Some(source)) = (now.children(), now.children_source()) else {
        return Problem::from(NoCoverage::Children).into_response();
    };
    marked(&headers, &format!("{:x}", now.mark()), JSON, || {
        let json = serde_json::to_vec(&known(children, source)).map_err(|e| Problem::Internal(e.to_string()))?;
        Ok(json.into())
    })
}

fn known<'a>(children: &'a Children, source: &'a str) -> ChildrenKnown<'a> {
    let (bands, usual) = (children.bands(), children.usual_ages());
    let ends = (bands[usual.first..usual.end].first(), bands[usual.first..usual.end].last());
    ChildrenKnown {
        bands,
        total: children.total(BandRange { first: 0, end: bands.len() }),
        usual: AgeBand { from: ends.0.map_or(0, |band| band.from), to: ends.1.map_or(0, |band| band.to) },
        cells: children.len(),
        method: children.method(),
        demonstration: children.demonstration(),
        source,
    }
}
