//! `GET /api/homes`: sites of an aggregate kind as points, for those who may see them. Every look is written down first,
//! with who and why, and the answer says both. They are read from the database: memory does not hold where homes are.

use super::extract::Params;
use super::headers::{FileName, GEOJSON, attachment, private};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::signed::Signed;
use crate::export::homes_csv;
use crate::registry::Reason;
use crate::registry::homes::note_look;
use crate::site::{Attributes, Visibility};
use crate::text::{Words, has_control};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use serde_json::json;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Why somebody looks, in characters.
const WHY_CHARS: std::ops::RangeInclusive<usize> = 4..=200;

/// The sites of an aggregate kind as points. The look stands in the revision log with who and why.
#[utoipa::path(get, path = "/api/homes", operation_id = "listHomes", tag = "people",
    params(
        ("kind" = String, Query, description = "A kind that the public only has counts of"),
        ("why" = String, Query, description = "4 to 200 characters, for the log and the file"),
        ("format" = Option<String>, Query, description = "`geojson` (usual) or `csv`"),
    ),
    responses(
        (status = 200, content_type = "application/geo+json", body = Vec<u8>), (status = 400, body = ProblemBody),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    ))]
pub(super) async fn homes(
    State(app): State<Arc<App>>,
    Signed(person): Signed,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let rules = app.live.read().rules().clone();
    let catalogue = &rules.catalogue;
    let mut params = Params::parse(query.as_deref());
    let name = params.text("kind").unwrap_or_default();
    let hidden = |kind: &crate::site::KindIndex| catalogue.kind(*kind).visibility == Visibility::Aggregate;
    let kind = catalogue.kind_index(&name).filter(hidden);
    if kind.is_none() {
        params.refuse("kind", &name, Words::fixed("只公布数量的类别", "a kind that the public only has counts of"));
    }
    let why = params.text("why").unwrap_or_default().trim().to_owned();
    if !WHY_CHARS.contains(&why.chars().count()) || has_control(&why) {
        params.refuse("why", &why, Words::fixed("查看事由,4 到 200 个字", "why you look, 4 to 200 characters"));
    }
    let csv = match params.text("format").as_deref() {
        None | Some("geojson") => false,
        Some("csv") => true,
        Some(other) => {
            params.refuse("format", other, Words::fixed("geojson 或 csv", "geojson or csv"));
            false
        }
    };
    params.done()?;
    let mut rows = Vec::new();
    if let Some((first, _)) = app.store.site_id_range().await? {
        // those of aggregate kinds count down from -1
        let each = |row: &crate::store::SiteRow| {
            if row.kind == name {
                rows.push(row.clone());
            }
            ControlFlow::Continue(())
        };
        app.store.each_site(first, -1, each).await?;
    }
    let reason = Reason { who: person.account, why };
    let at = note_look(&app.store, &name, rows.len(), &reason).await?;
    if csv {
        let file = homes_csv(&rows, &reason.who, &reason.why, &at).map_err(|e| Problem::Internal(e.to_string()))?;
        let name = FileName { plain: "homes", name: &name, ending: "csv" };
        return Ok(attachment("text/csv; charset=utf-8", file, &name));
    }
    let features: Vec<_> = rows
        .iter()
        .map(|row| {
            let attributes = Attributes::from_json(catalogue, &row.attributes).unwrap_or_default().told();
            json!({
                "type": "Feature", "id": row.id,
                "geometry": { "type": "Point", "coordinates": [row.lon, row.lat] },
                "properties": { "id": row.id, "kind": row.kind, "name": row.name, "attributes": attributes },
            })
        })
        .collect();
    let asked = json!({ "who": reason.who, "why": reason.why, "at": at });
    let answer = json!({ "type": "FeatureCollection", "asked": asked, "features": features });
    Ok(private(GEOJSON, answer.to_string().into_bytes()))
}
