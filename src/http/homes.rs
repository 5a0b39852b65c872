//! `POST /api/homes`: sites of an aggregate kind as points, for those who may see them. Every look is written down first,
//! with who and why, and the answer says both; it is a POST, so that no address that somebody is led to looks in their name,
//! and none has the reason in it. They are read from the database: memory does not hold where homes are.

use super::body::Body;
use super::headers::{FileName, GEOJSON, attachment, private};
use super::problem::{Problem, ProblemBody, Wrong};
use super::registrations::{Units, area_at, refused};
use super::router::App;
use super::signed::Signed;
use crate::export::homes_csv;
use crate::registry::Reason;
use crate::registry::homes::note_look;
use crate::site::{Attributes, KindIndex, Visibility};
use crate::text::{Words, has_control};
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Why somebody looks, in characters.
const WHY_CHARS: std::ops::RangeInclusive<usize> = 4..=200;

/// Which homes, and why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HomesBody {
    /// A kind that the public only has counts of.
    pub kind: String,
    /// 4 to 200 characters, for the log and the file.
    pub why: String,
    /// Usually `geojson`.
    #[serde(default)]
    pub format: HomesFormat,
}

/// As what homes are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the words say it")]
pub enum HomesFormat {
    #[default]
    Geojson,
    Csv,
}

/// The sites of an aggregate kind as points. The look stands in the revision log with who and why.
#[utoipa::path(post, path = "/api/homes", operation_id = "lookAtHomes", tag = "people",
    request_body = HomesBody,
    responses(
        (status = 200, content_type = "application/geo+json", body = Vec<u8>), (status = 400, body = ProblemBody),
        (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
    ))]
pub(super) async fn homes(
    State(app): State<Arc<App>>,
    Signed(person): Signed,
    Body(HomesBody { kind: name, why, format }): Body<HomesBody>,
) -> Result<Response, Problem> {
    let rules = app.live.read().rules().clone();
    let catalogue = &rules.catalogue;
    let mut wrong: Vec<Wrong> = Vec::new();
    let is_shown = |kind: KindIndex| catalogue.kind(kind).visibility == Visibility::Public;
    if catalogue.kind_index(&name).is_none_or(is_shown) {
        wrong.push(refused(
            "kind",
            &name,
            Words::fixed("只公布数量的类别", "a kind that the public only has counts of"),
        ));
    }
    let why = why.trim().to_owned();
    if !WHY_CHARS.contains(&why.chars().count()) || has_control(&why) {
        wrong.push(refused("why", &why, Words::fixed("查看事由,4 到 200 个字", "why you look, 4 to 200 characters")));
    }
    if !wrong.is_empty() {
        return Err(Problem::Parameters(wrong));
    }
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
    if format == HomesFormat::Csv {
        let file = homes_csv(&rows, &reason.who, &reason.why, &at).map_err(|e| Problem::Internal(e.to_string()))?;
        let name = FileName { plain: "homes", name: &name, ending: "csv" };
        return Ok(attachment("text/csv; charset=utf-8", file, &name));
    }
    let units = Units::of(&app.store).await?;
    let now = app.live.read();
    let features: Vec<_> = rows
        .iter()
        .map(|row| {
            let attributes = Attributes::from_json(catalogue, &row.attributes).unwrap_or_default().told();
            let unit = row.unit.clone().map(|unit| units.named(unit));
            let area = area_at(&now, row.lon, row.lat);
            json!({
                "type": "Feature", "id": row.id,
                "geometry": { "type": "Point", "coordinates": [row.lon, row.lat] },
                "properties": { "id": row.id, "kind": row.kind, "name": row.name, "area": area, "unit": unit, "attributes": attributes },
            })
        })
        .collect();
    let asked = json!({ "who": reason.who, "why": reason.why, "at": at });
    let answer = json!({ "type": "FeatureCollection", "asked": asked, "features": features });
    Ok(private(GEOJSON, answer.to_string().into_bytes()))
}
