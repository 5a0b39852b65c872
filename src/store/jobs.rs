//! Rows of `job`: long work and what came of it.

use super::{Store, StoreError};

/// Jobs that are kept; the oldest go first. A result can be worked out again, so this is no log.
const KEPT: i64 = 2_000;

/// One piece of long work.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct JobRow {
    /// Unguessable.
    pub id: String,
    /// What it does: `siting`.
    pub kind: String,
    /// `queued`, `running`, `done`, `cancelled` or `failed`.
    pub status: String,
    /// JSON, as it was asked.
    pub request: String,
    /// JSON.
    pub result: Option<String>,
    /// JSON: why it failed.
    pub problem: Option<String>,
    /// RFC 3339.
    pub asked: String,
    /// RFC 3339.
    pub ended: Option<String>,
}

impl Store {
    /// Writes a job as it stands now.
    pub async fn put_job(&self, row: &JobRow) -> Result<(), StoreError> {
        let query = "insert into job (id, kind, status, request, result, problem, asked, ended)
                     values ($1, $2, $3, $4, $5, $6, $7, $8)
                     on conflict (id) do update set status = excluded.status, result = excluded.result,
                       problem = excluded.problem, ended = excluded.ended";
        sqlx::query(query)
            .bind(&row.id)
            .bind(&row.kind)
            .bind(&row.status)
            .bind(&row.request)
            .bind(&row.result)
            .bind(&row.problem)
            .bind(&row.asked)
            .bind(&row.ended)
            .execute(&self.write)
            .await?;
        let query = "delete from job where id in (select id from job order by asked desc, id limit -1 offset $1)";
        sqlx::query(query).bind(KEPT).execute(&self.write).await?;
        Ok(())
    }

    /// The job with an id.
    pub async fn job(&self, id: &str) -> Result<Option<JobRow>, StoreError> {
        let query = "select id, kind, status, request, result, problem, asked, ended from job where id = $1";
        Ok(sqlx::query_as(query).bind(id).fetch_optional(&self.read).await?)
    }
}
