//! Puts a dataset to use with its line in the revision log.

use super::Reason;
use crate::clock;
use crate::store::{Change, DatasetRow, NewRevision, Packed, StoreError};
use serde_json::json;
use serde_json::value::RawValue;

/// A dataset to be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDataset<'a> {
    /// What it is: `network`.
    pub kind: &'a str,
    /// The name of the file that it comes from.
    pub source: &'a str,
    /// JSON: what the import counted.
    pub stats: &'a str,
    /// Its content.
    pub packed: &'a Packed,
}

/// What recording did with a dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatasetOutcome {
    /// It is in use now, as this version.
    PutToUse(i64),
    /// The same content was in use already, as this version.
    Unchanged(i64),
}

/// Puts a dataset to use, unless the one in use has the same content. The former one is kept.
pub async fn record_dataset(
    change: &mut Change,
    new: &NewDataset<'_>,
    reason: &Reason,
) -> Result<DatasetOutcome, StoreError> {
    let before = change.dataset_in_use(new.kind).await?;
    if let Some(same) = before.as_ref().filter(|row| row.sha256 == new.packed.sha256) {
        return Ok(DatasetOutcome::Unchanged(same.version));
    }
    let row = DatasetRow {
        id: 0,
        kind: new.kind.to_owned(),
        version: change.dataset_version(new.kind).await? + 1,
        created: clock::now_rfc3339(),
        source: new.source.to_owned(),
        sha256: new.packed.sha256.clone(),
        bytes: i64::try_from(new.packed.bytes).unwrap_or(i64::MAX),
        stats: new.stats.to_owned(),
    };
    change.put_dataset(&row, new.packed).await?;
    let line = NewRevision {
        noun: "dataset",
        noun_id: row.kind.clone(),
        action: if before.is_some() { "amended" } else { "created" },
        before: before.as_ref().map(logged),
        after: logged(&row),
    };
    change.log(&row.created, &reason.who, &reason.why, &[line]).await?;
    Ok(DatasetOutcome::PutToUse(row.version))
}

fn logged(row: &DatasetRow) -> String {
    json!({
        "version": row.version, "source": row.source, "sha256": row.sha256, "bytes": row.bytes,
        "stats": serde_json::from_str::<&RawValue>(&row.stats).ok(),
    })
    .to_string()
}
