//! Rows of `sheet` and `sheet_row`.

use super::{Change, Store, StoreError};
use sqlx::{QueryBuilder, Sqlite};

/// Rows that one statement writes: 11 values each, of the 32,766 that `SQLite` takes.
const ROWS_AT_ONCE: usize = 500;

/// A spreadsheet that somebody sent.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct SheetRow {
    /// 128 random bits.
    pub id: String,
    /// The account of whoever sent it.
    pub author: String,
    /// Whose members may go on with it.
    pub unit: Option<String>,
    /// The name of the file.
    pub name: String,
    /// The kind of rows that don't say theirs.
    pub kind: String,
    /// The datum of rows that don't say theirs.
    pub crs: Option<String>,
    /// `reading`, `checking`, `ready`, `failed`, `submitting` or `done`.
    pub state: String,
    /// The work that is under way.
    pub job: Option<String>,
    /// JSON list.
    pub columns: String,
    /// JSON: what seems to be wrong with it as a whole.
    pub hint: Option<String>,
    /// JSON: why it failed.
    pub problem: Option<String>,
    /// RFC 3339.
    pub created: String,
}

/// One row of it.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct SheetLine {
    /// Of the file, from 1.
    pub line: i64,
    /// JSON list.
    pub cells: String,
    /// `green`, `amber` or `red`.
    pub colour: String,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// The row's own number.
    pub key: Option<String>,
    /// JSON: what is said of it.
    pub verdict: String,
    /// Whether somebody looked at an amber one.
    pub accepted: bool,
    /// Whether it is left out.
    pub left_out: bool,
    /// The registration that came of it.
    pub sent: Option<String>,
}

/// Which rows of a sheet.
#[derive(Debug, Clone, Copy, Default)]
pub struct LinesQuery<'a> {
    /// Of this colour.
    pub colour: Option<&'a str>,
    /// Behind this line.
    pub after: i64,
    /// At most so many.
    pub limit: i64,
}

/// How many rows a sheet has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, sqlx::FromRow, utoipa::ToSchema)]
pub struct SheetCounts {
    /// Right.
    pub green: i64,
    /// To be looked at.
    pub amber: i64,
    /// Wrong.
    pub red: i64,
    /// Amber ones that somebody accepted.
    pub accepted: i64,
    /// Those that are left out.
    pub left_out: i64,
    /// Those that were registered.
    pub sent: i64,
    /// Those that submitting would register now.
    pub good: i64,
}

const SHEET: &str = "select id, author, unit, name, kind, crs, state, job, columns, hint, problem, created from sheet";
const LINE: &str = "select line, cells, colour, lon, lat, key, verdict, accepted, left_out, sent from sheet_row";

impl Store {
    /// The sheet with an id.
    pub async fn sheet(&self, id: &str) -> Result<Option<SheetRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SHEET);
        query.push(" where id = ").push_bind(id);
        Ok(query.build_query_as().fetch_optional(&self.read).await?)
    }

    /// The sheets that somebody or another one of their unit sent, the newest first.
    pub async fn sheets_of(&self, author: &str, unit: Option<&str>) -> Result<Vec<SheetRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SHEET);
        query.push(" where author = ").push_bind(author);
        if let Some(unit) = unit {
            query.push(" or unit = ").push_bind(unit);
        }
        query.push(" order by created desc, id");
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }

    /// How many rows a sheet has of each colour.
    pub async fn sheet_counts(&self, id: &str) -> Result<SheetCounts, StoreError> {
        let query = "select count(*) filter (where colour = 'green') as green, count(*) filter (where colour = 'amber') as amber,
                            count(*) filter (where colour = 'red') as red, coalesce(sum(accepted), 0) as accepted,
                            coalesce(sum(left_out), 0) as left_out, count(sent) as sent,
                            count(*) filter (where sent is null and left_out = 0
                              and (colour = 'green' or colour = 'amber' and accepted = 1)) as good
                     from sheet_row where sheet = $1";
        Ok(sqlx::query_as(query).bind(id).fetch_one(&self.read).await?)
    }

    /// The numbers of public sites that a source knows by these keys, with the keys, in no order.
    pub async fn site_ids_by_key(&self, source: &str, keys: &[String]) -> Result<Vec<(i64, String)>, StoreError> {
        let mut found = Vec::new();
        for some in keys.chunks(ROWS_AT_ONCE) {
            let mut query = QueryBuilder::<Sqlite>::new("select id, source_key from site where id > 0 and source = ");
            query.push_bind(source).push(" and source_key in (");
            let mut list = query.separated(", ");
            for key in some {
                list.push_bind(key.as_str());
            }
            query.push(")");
            found.extend(query.build_query_as::<(i64, String)>().fetch_all(&self.read).await?);
        }
        Ok(found)
    }

    /// Rows of a sheet by line.
    pub async fn sheet_lines(&self, id: &str, which: LinesQuery<'_>) -> Result<Vec<SheetLine>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(LINE);
        query.push(" where sheet = ").push_bind(id).push(" and line > ").push_bind(which.after);
        if let Some(colour) = which.colour {
            query.push(" and colour = ").push_bind(colour);
        }
        query.push(" order by line limit ").push_bind(which.limit);
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }
}

impl Change {
    /// The sheet with an id, as this change sees it.
    pub async fn sheet(&mut self, id: &str) -> Result<Option<SheetRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SHEET);
        query.push(" where id = ").push_bind(id);
        Ok(query.build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// How many sheets there are of one person.
    pub async fn sheet_count(&mut self, author: &str) -> Result<i64, StoreError> {
        let query = sqlx::query_scalar("select count(*) from sheet where author = $1").bind(author);
        Ok(query.fetch_one(&mut *self.tx).await?)
    }

    /// Writes a sheet, in the place of what it was.
    pub async fn put_sheet(&mut self, row: &SheetRow) -> Result<(), StoreError> {
        let query = "insert into sheet (id, author, unit, name, kind, crs, state, job, columns, hint, problem, created)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
                     on conflict (id) do update set crs = excluded.crs, state = excluded.state, job = excluded.job,
                       columns = excluded.columns, hint = excluded.hint, problem = excluded.problem";
        sqlx::query(query)
            .bind(&row.id)
            .bind(&row.author)
            .bind(&row.unit)
            .bind(&row.name)
            .bind(&row.kind)
            .bind(&row.crs)
            .bind(&row.state)
            .bind(&row.job)
            .bind(&row.columns)
            .bind(&row.hint)
            .bind(&row.problem)
            .bind(&row.created)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes a sheet with its rows.
    pub async fn remove_sheet(&mut self, id: &str) -> Result<(), StoreError> {
        sqlx::query("delete from sheet where id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Removes sheets that were sent before a moment.
    pub async fn remove_sheets_before(&mut self, created: &str) -> Result<(), StoreError> {
        sqlx::query("delete from sheet where created < $1").bind(created).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Writes rows of a sheet, in the place of what they were.
    pub async fn put_sheet_lines(&mut self, sheet: &str, lines: &[SheetLine]) -> Result<(), StoreError> {
        for some in lines.chunks(ROWS_AT_ONCE) {
            let mut query = QueryBuilder::<Sqlite>::new(
                "insert into sheet_row (sheet, line, cells, colour, lon, lat, key, verdict, accepted, left_out, sent) ",
            );
            query.push_values(some, |mut values, row| {
                values
                    .push_bind(sheet)
                    .push_bind(row.line)
                    .push_bind(row.cells.as_str())
                    .push_bind(row.colour.as_str())
                    .push_bind(row.lon)
                    .push_bind(row.lat)
                    .push_bind(row.key.as_deref())
                    .push_bind(row.verdict.as_str())
                    .push_bind(i64::from(row.accepted))
                    .push_bind(i64::from(row.left_out))
                    .push_bind(row.sent.as_deref());
            });
            query.push(
                " on conflict (sheet, line) do update set cells = excluded.cells, colour = excluded.colour,
                   lon = excluded.lon, lat = excluded.lat, key = excluded.key, verdict = excluded.verdict,
                   accepted = excluded.accepted, left_out = excluded.left_out, sent = excluded.sent",
            );
            query.build().execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// All rows of a sheet by line.
    pub async fn all_sheet_lines(&mut self, sheet: &str) -> Result<Vec<SheetLine>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(LINE);
        query.push(" where sheet = ").push_bind(sheet).push(" order by line");
        Ok(query.build_query_as().fetch_all(&mut *self.tx).await?)
    }

    /// One row of a sheet.
    pub async fn sheet_line(&mut self, sheet: &str, line: i64) -> Result<Option<SheetLine>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(LINE);
        query.push(" where sheet = ").push_bind(sheet).push(" and line = ").push_bind(line);
        Ok(query.build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// Rows of a sheet in a box of degrees (west, south, east, north), by line, at most `limit`.
    pub async fn sheet_lines_in(
        &mut self,
        sheet: &str,
        [west, south, east, north]: [f64; 4],
        limit: u16,
    ) -> Result<Vec<SheetLine>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(LINE);
        query.push(" where sheet = ").push_bind(sheet);
        query.push(" and lat between ").push_bind(south).push(" and ").push_bind(north);
        query.push(" and lon between ").push_bind(west).push(" and ").push_bind(east);
        query.push(" order by line limit ").push_bind(i64::from(limit));
        Ok(query.build_query_as().fetch_all(&mut *self.tx).await?)
    }

    /// Rows of a sheet that have an own number, by line.
    pub async fn sheet_lines_with_key(&mut self, sheet: &str, key: &str) -> Result<Vec<SheetLine>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(LINE);
        query.push(" where sheet = ").push_bind(sheet).push(" and key = ").push_bind(key);
        query.push(" order by line limit 100");
        Ok(query.build_query_as().fetch_all(&mut *self.tx).await?)
    }
}
