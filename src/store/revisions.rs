//! Rows of `revision`, the log that only grows.

use super::{Change, Store, StoreError};
use sqlx::{QueryBuilder, Sqlite};

/// A line for the log.
#[derive(Debug, Clone, PartialEq)]
pub struct NewRevision {
    /// What it is about: `site`, `area`, `dataset`, `scenario`, `person` …
    pub noun: &'static str,
    /// Its number, code, kind or id.
    pub noun_id: String,
    /// `created`, `amended`, `removed` …
    pub action: &'static str,
    /// JSON before; nothing when created.
    pub before: Option<String>,
    /// JSON after.
    pub after: String,
}

/// What a line of the log was about.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Changed {
    /// The line's number.
    pub id: i64,
    /// What it is about: `site`, `area`, `dataset`, `scenario`, `person` …
    pub noun: String,
    /// Its number, code, kind or id.
    pub noun_id: String,
}

/// A line of the log as it is told to whoever may know.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Step {
    /// The line's number.
    #[sqlx(rename = "id")]
    pub revision: i64,
    /// When, RFC 3339.
    pub at: String,
    /// The account.
    pub who: String,
    /// In words.
    pub why: String,
    /// `created`, `amended`, `removed` …
    pub action: String,
    /// JSON before; nothing when created.
    pub before: Option<String>,
    /// JSON after.
    pub after: String,
}

/// What is shown to everybody, the nouns of it.
const SHOWN: [&str; 3] = ["site", "area", "dataset"];

impl Changed {
    /// Whether the line is about what is shown to everybody; all else is read from the database when somebody asks for it.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        SHOWN.contains(&self.noun.as_str())
    }

    /// Whether the line is about what units and reviewers have before them.
    #[must_use]
    pub fn is_on_desks(&self) -> bool {
        matches!(self.noun.as_str(), "registration" | "report")
    }

    /// Whether the line may change what somebody who is signed in may do.
    #[must_use]
    pub fn is_of_people(&self) -> bool {
        matches!(self.noun.as_str(), "person" | "unit" | "token")
    }
}

impl Store {
    /// The newest line's number, 0 in an empty log.
    pub async fn latest_revision(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("select coalesce(max(id), 0) from revision").fetch_one(&self.read).await?)
    }

    /// The newest line about what is shown, sites, areas and datasets; 0 without one. It looks from the newest backwards, so
    /// that it does not go through the lines of a million sites.
    pub async fn latest_shown_revision(&self) -> Result<i64, StoreError> {
        let query = "select id from revision where noun || '' in ('site', 'area', 'dataset') order by id desc limit 1";
        Ok(sqlx::query_scalar(query).fetch_optional(&self.read).await?.unwrap_or(0))
    }

    /// The newest line about an area, 0 without one.
    pub async fn latest_area_revision(&self) -> Result<i64, StoreError> {
        let query = "select coalesce(max(id), 0) from revision where noun = 'area'";
        Ok(sqlx::query_scalar(query).fetch_one(&self.read).await?)
    }

    /// What the lines after `revision` were about, oldest first, at most `limit`.
    pub async fn changed_after(&self, revision: i64, limit: i64) -> Result<Vec<Changed>, StoreError> {
        let query = "select id, noun, noun_id from revision where id > $1 order by id limit $2";
        Ok(sqlx::query_as(query).bind(revision).bind(limit).fetch_all(&self.read).await?)
    }
}

impl Store {
    /// What happened to one thing, oldest first; of very many lines the newest `most`.
    pub async fn steps_of(&self, noun: &str, noun_id: &str, most: i64) -> Result<Vec<Step>, StoreError> {
        let query = "select * from (select id, at, who, why, action, before, after from revision
                                    where noun = $1 and noun_id = $2 order by id desc limit $3) order by id";
        Ok(sqlx::query_as(query).bind(noun).bind(noun_id).bind(most).fetch_all(&self.read).await?)
    }

    /// One line about one thing.
    pub async fn step(&self, noun: &str, noun_id: &str, revision: i64) -> Result<Option<Step>, StoreError> {
        let query = "select id, at, who, why, action, before, after from revision
                     where id = $1 and noun = $2 and noun_id = $3";
        let query = sqlx::query_as(query).bind(revision).bind(noun).bind(noun_id);
        Ok(query.fetch_optional(&self.read).await?)
    }
}

impl Change {
    /// Adds lines, all of one moment and one person. At most some hundreds at a time.
    pub async fn log(&mut self, at: &str, who: &str, why: &str, lines: &[NewRevision]) -> Result<(), StoreError> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut query =
            QueryBuilder::<Sqlite>::new("insert into revision (at, who, why, noun, noun_id, action, before, after) ");
        query.push_values(lines, |mut values, line| {
            values
                .push_bind(at.to_owned())
                .push_bind(who.to_owned())
                .push_bind(why.to_owned())
                .push_bind(line.noun)
                .push_bind(line.noun_id.as_str())
                .push_bind(line.action)
                .push_bind(line.before.as_deref())
                .push_bind(line.after.as_str());
        });
        query.build().execute(&mut *self.tx).await?;
        Ok(())
    }
}
