//! The revision log as somebody reads it who looks after everything: whole lines, the newest first.

use super::{Store, StoreError};
use sqlx::{QueryBuilder, Sqlite};

/// A whole line of the log.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct RevisionRow {
    /// Its number.
    pub id: i64,
    /// RFC 3339.
    pub at: String,
    /// Who.
    pub who: String,
    /// Why, in words.
    pub why: String,
    /// What it is about.
    pub noun: String,
    /// Its number, code, kind or id.
    pub noun_id: String,
    /// `created`, `amended` …
    pub action: String,
    /// JSON before; nothing when created.
    pub before: Option<String>,
    /// JSON after.
    pub after: String,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct WantedRevisions {
    /// Of this person or program only.
    pub who: Option<String>,
    /// About this sort of thing only.
    pub noun: Option<String>,
    /// About this one only.
    pub noun_id: Option<String>,
    /// From this moment on, RFC 3339.
    pub from: Option<String>,
    /// Before this moment, RFC 3339.
    pub to: Option<String>,
    /// Older than the line with this number.
    pub older_than: Option<i64>,
}

impl Store {
    /// Lines of the log, the newest first.
    pub async fn revisions(&self, wanted: &WantedRevisions, limit: i64) -> Result<Vec<RevisionRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "select id, at, who, why, noun, noun_id, action, before, after from revision where 1 = 1",
        );
        let texts = [
            (" and who = ", &wanted.who),
            (" and noun = ", &wanted.noun),
            (" and noun_id = ", &wanted.noun_id),
            (" and at >= ", &wanted.from),
            (" and at < ", &wanted.to),
        ];
        for (condition, value) in texts {
            if let Some(value) = value {
                query.push(condition).push_bind(value.as_str());
            }
        }
        if let Some(id) = wanted.older_than {
            query.push(" and id < ").push_bind(id);
        }
        query.push(" order by id desc limit ").push_bind(limit);
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }
}
