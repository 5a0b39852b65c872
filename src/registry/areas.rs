//! Records an area with its line in the revision log.

use super::Reason;
use crate::area::Area;
use crate::clock;
use crate::store::{AreaRow, Change, NewRevision, StoreError};
use serde_json::json;

/// What recording did with an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AreaOutcome {
    /// It is new.
    Created,
    /// It was known and has changed.
    Amended,
    /// It was known and is as it was.
    Unchanged,
}

/// Writes `area` when it differs from `before`, the row that its code has now.
pub async fn record_area(
    change: &mut Change,
    area: &Area,
    before: Option<&AreaRow>,
    reason: &Reason,
) -> Result<AreaOutcome, StoreError> {
    let mut row = to_row(area);
    if let Some(before) = before {
        row.version = before.version;
        row.updated.clone_from(&before.updated);
        if row == *before {
            return Ok(AreaOutcome::Unchanged);
        }
        row.version += 1;
    }
    row.updated = clock::now_rfc3339();
    change.put_area(&row).await?;
    let line = NewRevision {
        noun: "area",
        noun_id: row.id.clone(),
        action: if before.is_some() { "amended" } else { "created" },
        before: before.map(logged),
        after: logged(&row),
    };
    change.log(&row.updated, &reason.who, &reason.why, &[line]).await?;
    Ok(if before.is_some() { AreaOutcome::Amended } else { AreaOutcome::Created })
}

fn to_row(area: &Area) -> AreaRow {
    let rings = |polygon: &geo::Polygon<f64>| {
        let ring = |line: &geo::LineString<f64>| line.coords().map(|c| json!([c.x, c.y])).collect::<Vec<_>>();
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect::<Vec<_>>()
    };
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    AreaRow {
        id: area.id.clone(),
        name_zh: area.name.zh.to_string(),
        name_en: area.name.en.to_string(),
        kind: word(json!(area.kind)),
        county_zh: area.county.as_ref().map(|county| county.zh.to_string()),
        county_en: area.county.as_ref().map(|county| county.en.to_string()),
        label_lon: area.label.lon(),
        label_lat: area.label.lat(),
        outline: word(json!(area.outline)),
        source: area.source.clone(),
        shape: json!(area.shape.iter().map(rings).collect::<Vec<_>>()).to_string(),
        version: 1,
        updated: String::new(),
    }
}

fn logged(row: &AreaRow) -> String {
    json!({
        "name": { "zh": row.name_zh, "en": row.name_en }, "kind": row.kind, "outline": row.outline,
        "county": { "zh": row.county_zh, "en": row.county_en }, "label": [row.label_lon, row.label_lat],
        "source": row.source, "shape": serde_json::from_str::<&serde_json::value::RawValue>(&row.shape).ok(),
    })
    .to_string()
}
