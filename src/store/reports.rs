//! Rows of `report`.

use super::{Change, Store, StoreError};
use sqlx::{QueryBuilder, Sqlite};

/// What somebody reported, as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ReportRow {
    /// 128 random bits, hexadecimal: whoever sent it sees what became of it.
    pub id: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// About which site.
    pub site: i64,
    /// `closed`, `moved`, `hours`, `crossing` or `other`.
    pub what: String,
    /// In words, perhaps none.
    pub text: String,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// `open`, `done` or `dismissed`.
    pub state: String,
    /// What was answered.
    pub answer: String,
    /// RFC 3339.
    pub made: String,
    /// When it was answered.
    pub decided: Option<String>,
    /// Who answers for the site now.
    pub unit: Option<String>,
    /// What the site is called now.
    pub site_name: String,
}

/// Which reports.
#[derive(Debug, Clone, Default)]
pub struct ReportAsk {
    /// In this state.
    pub state: Option<String>,
    /// About sites of this unit.
    pub unit: Option<String>,
    /// Behind this moment and id.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: i64,
}

const SELECT: &str =
    "select r.id, r.version, r.site, r.what, r.text, r.lon, r.lat, r.state, r.answer, r.made, r.decided,
                             s.unit, s.name as site_name
                      from report r join site s on s.id = r.site where 1 = 1";

impl Store {
    /// The report with an id.
    pub async fn report(&self, id: &str) -> Result<Option<ReportRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" and r.id = ").push_bind(id.to_owned());
        Ok(query.build_query_as().fetch_optional(&self.read).await?)
    }

    /// Reports, oldest first.
    pub async fn reports(&self, ask: &ReportAsk) -> Result<Vec<ReportRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        if let Some(state) = &ask.state {
            query.push(" and r.state = ").push_bind(state.clone());
        }
        if let Some(unit) = &ask.unit {
            query.push(" and s.unit = ").push_bind(unit.clone());
        }
        if let Some((made, id)) = &ask.after {
            query.push(" and (r.made, r.id) > (").push_bind(made.clone()).push(", ").push_bind(id.clone()).push(")");
        }
        query.push(" order by r.made, r.id limit ").push_bind(ask.limit);
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }

    /// How many reports wait for an answer, of one unit or of all.
    pub async fn open_reports(&self, unit: Option<&str>) -> Result<i64, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(
            "select count(*) from report r join site s on s.id = r.site where r.state = 'open'",
        );
        if let Some(unit) = unit {
            query.push(" and s.unit = ").push_bind(unit.to_owned());
        }
        Ok(query.build_query_scalar().fetch_one(&self.read).await?)
    }
}

impl Change {
    /// The report with an id, as this change sees it.
    pub async fn report(&mut self, id: &str) -> Result<Option<ReportRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(SELECT);
        query.push(" and r.id = ").push_bind(id.to_owned());
        Ok(query.build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// How many reports wait for an answer.
    pub async fn open_reports(&mut self) -> Result<i64, StoreError> {
        let query = "select count(*) from report where state = 'open'";
        Ok(sqlx::query_scalar(query).fetch_one(&mut *self.tx).await?)
    }

    /// Writes a report, in the place of its former version.
    pub async fn put_report(&mut self, row: &ReportRow) -> Result<(), StoreError> {
        let query = "insert into report (id, version, site, what, text, lon, lat, state, answer, made, decided)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                     on conflict (id) do update set version = excluded.version, state = excluded.state,
                       answer = excluded.answer, decided = excluded.decided";
        sqlx::query(query)
            .bind(&row.id)
            .bind(row.version)
            .bind(row.site)
            .bind(&row.what)
            .bind(&row.text)
            .bind(row.lon)
            .bind(row.lat)
            .bind(&row.state)
            .bind(&row.answer)
            .bind(&row.made)
            .bind(&row.decided)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
