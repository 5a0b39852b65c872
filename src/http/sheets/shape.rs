//! What is told of sheets, and what is asked of them.

use super::super::problem::Problem;
use super::super::router::App;
use super::{Found, internal};
use crate::import::sheet::{CellProblem, Colour, ColumnShown, FieldShown, Verdict, Warning, fields};
use crate::store::{SheetCounts, SheetLine};
use crate::text::Words;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A sheet as it stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SheetAnswer {
    /// Its id.
    pub id: String,
    /// The account of whoever sent it.
    pub author: String,
    /// The name of its file.
    pub name: String,
    /// The kind of rows that don't say theirs.
    pub kind: String,
    /// The datum of rows that don't say theirs; null while nobody has said it.
    pub crs: Option<String>,
    /// `reading`, `checking`, `ready`, `failed`, `submitting`, `done` or `cancelled`.
    pub state: String,
    /// How much of what is under way is done, from 0 to 1.
    pub share: f64,
    /// Its columns.
    pub columns: Vec<ColumnShown>,
    /// What columns can mean.
    pub fields: Vec<FieldShown>,
    /// How many rows there are.
    pub counts: SheetCounts,
    /// What is to be known of it as a whole.
    pub hint: Option<Words>,
    /// Why it failed.
    #[schema(value_type = Option<super::super::problem::ProblemBody>)]
    pub problem: Option<Value>,
    /// When it was sent, RFC 3339.
    pub created: String,
}

/// The sheets of one person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SheetList {
    /// The newest first.
    pub sheets: Vec<ListedSheet>,
}

/// A sheet in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListedSheet {
    /// Its id.
    pub id: String,
    /// The account of whoever sent it.
    pub author: String,
    /// The name of its file.
    pub name: String,
    /// The kind of its rows.
    pub kind: String,
    /// Where it stands.
    pub state: String,
    /// When it was sent, RFC 3339.
    pub created: String,
}

/// That a sheet was taken in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SheetTaken {
    /// Its id.
    pub id: String,
}

/// How far the work on a sheet is.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SheetProgress {
    /// What is done.
    pub state: String,
    /// How much of it, from 0 to 1.
    pub share: f64,
}

/// What the columns of a sheet mean.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnsBody {
    /// Each column with what it means; those that are not named stay as they are.
    pub columns: Vec<ColumnBody>,
    /// The datum of rows that don't say theirs; left out, it stays as it is.
    #[serde(default)]
    pub crs: Option<String>,
}

/// What a column means. What else stands beside it is passed over, so that an answer may be sent back as it came.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ColumnBody {
    /// What stands over it.
    pub heading: String,
    /// The id of a field; null: it is not read.
    #[serde(default)]
    pub field: Option<String>,
}

/// What somebody does to a row.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RowEdit {
    /// Which row.
    pub line: u64,
    /// The heading over a cell that changes.
    #[serde(default)]
    pub column: Option<String>,
    /// What it is to say.
    #[serde(default)]
    pub value: Option<String>,
    /// Whether an amber row is fine.
    #[serde(default)]
    pub accepted: Option<bool>,
    /// Whether the row is not to be registered.
    #[serde(default)]
    pub left_out: Option<bool>,
}

/// Rows of a sheet.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RowsAnswer {
    /// By line.
    pub rows: Vec<RowAnswer>,
    /// Hand this back as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// How many rows there are in all.
    pub counts: SheetCounts,
}

/// A row with what is said of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RowAnswer {
    /// Of the file, from 1.
    pub line: i64,
    /// Whether it may be registered.
    pub colour: Colour,
    /// Its cells by heading.
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub cells: Map<String, Value>,
    /// Its name.
    pub name: String,
    /// Degrees east; null where the row does not say that rightly.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// The code of the town that it lies in.
    pub area: Option<String>,
    /// What is wrong.
    pub errors: Vec<CellProblem>,
    /// What should be looked at.
    pub warnings: Vec<Warning>,
    /// The public site that it plainly is; registering it amends that one.
    pub site: Option<i64>,
    /// Whether somebody looked at an amber one.
    pub accepted: bool,
    /// Whether it is not to be registered.
    pub left_out: bool,
    /// The registration that came of it.
    pub sent: Option<String>,
}

impl SheetAnswer {
    pub(super) async fn of(app: &App, found: Found) -> Result<Self, Problem> {
        let Found { row, kind, job } = found;
        let counts = app.store.sheet_counts(&row.id).await?;
        let progress = job.and_then(|job| job.seen().progress);
        let progress = progress.and_then(|json| serde_json::from_str::<SheetProgress>(json.get()).ok());
        let at_work = matches!(row.state.as_str(), "reading" | "checking" | "submitting");
        let share = progress.map_or(if at_work { 0.0 } else { 1.0 }, |progress| progress.share);
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        Ok(Self {
            id: row.id,
            author: row.author,
            name: row.name,
            kind: row.kind,
            crs: row.crs,
            state: row.state,
            share,
            columns: serde_json::from_str(&row.columns).map_err(internal)?,
            fields: fields(app.live.read().catalogue(), kind),
            counts,
            hint: row.hint.and_then(|hint| serde_json::from_str(&hint).ok()),
            problem: json(row.problem),
            created: row.created,
        })
    }
}

impl RowAnswer {
    pub(super) fn of(columns: &[ColumnShown], line: SheetLine) -> Result<Self, Problem> {
        let cells: Vec<String> = serde_json::from_str(&line.cells).map_err(internal)?;
        let verdict: Verdict = serde_json::from_str(&line.verdict).map_err(internal)?;
        let named = columns.iter().zip(cells).map(|(column, cell)| (column.heading.clone(), Value::String(cell)));
        Ok(Self {
            line: line.line,
            colour: verdict.colour,
            cells: named.collect(),
            name: verdict.name,
            lon: line.lon,
            lat: line.lat,
            area: verdict.area,
            errors: verdict.errors,
            warnings: verdict.warnings,
            site: verdict.site,
            accepted: line.accepted,
            left_out: line.left_out,
            sent: line.sent,
        })
    }
}
