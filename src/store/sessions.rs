//! Rows of `session`.

use super::{Change, PersonRow, Store, StoreError};

/// Sessions that one person has at once; the oldest go first.
const KEPT: i64 = 20;

/// Somebody signed in, as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct SessionRow {
    /// Hash of the browser's token, hexadecimal.
    pub token_sha256: String,
    /// Who.
    pub person: i64,
    /// RFC 3339.
    pub begun: String,
    /// When it was last used, RFC 3339, give or take ten minutes.
    pub seen: String,
}

impl Store {
    /// The session whose token has a hash, with whom it is of.
    pub async fn session(&self, token_sha256: &str) -> Result<Option<(SessionRow, PersonRow)>, StoreError> {
        let query = "select token_sha256, person, begun, seen from session where token_sha256 = $1";
        let session: Option<SessionRow> = sqlx::query_as(query).bind(token_sha256).fetch_optional(&self.read).await?;
        let Some(session) = session else { return Ok(None) };
        let person = self.person(session.person).await?;
        Ok(person.map(|person| (session, person)))
    }

    /// Notes that a session is still used.
    pub async fn see_session(&self, token_sha256: &str, seen: &str) -> Result<(), StoreError> {
        let query = "update session set seen = $2 where token_sha256 = $1 and seen < $2";
        sqlx::query(query).bind(token_sha256).bind(seen).execute(&self.write).await?;
        Ok(())
    }
}

impl Change {
    /// Writes a new session. Those of everybody that began before `oldest` or were last used before `idle` are over, and
    /// of this person only the newest stay.
    pub async fn add_session(&mut self, row: &SessionRow, oldest: &str, idle: &str) -> Result<(), StoreError> {
        let query = "delete from session where begun < $1 or seen < $2";
        sqlx::query(query).bind(oldest).bind(idle).execute(&mut *self.tx).await?;
        let query = "delete from session where token_sha256 in
                       (select token_sha256 from session where person = $1 order by begun desc limit -1 offset $2)";
        sqlx::query(query).bind(row.person).bind(KEPT - 1).execute(&mut *self.tx).await?;
        let query = "insert into session (token_sha256, person, begun, seen) values ($1, $2, $3, $4)";
        sqlx::query(query)
            .bind(&row.token_sha256)
            .bind(row.person)
            .bind(&row.begun)
            .bind(&row.seen)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Ends one session; whether there was one.
    pub async fn drop_session(&mut self, token_sha256: &str) -> Result<bool, StoreError> {
        let query = "delete from session where token_sha256 = $1";
        Ok(sqlx::query(query).bind(token_sha256).execute(&mut *self.tx).await?.rows_affected() > 0)
    }

    /// Ends all sessions of a person.
    pub async fn drop_sessions(&mut self, person: i64) -> Result<(), StoreError> {
        sqlx::query("delete from session where person = $1").bind(person).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Ends all sessions and all one-time links; how many of each there were.
    pub async fn drop_all_sessions_and_links(&mut self) -> Result<(u64, u64), StoreError> {
        let sessions = sqlx::query("delete from session").execute(&mut *self.tx).await?.rows_affected();
        let links = sqlx::query("delete from link").execute(&mut *self.tx).await?.rows_affected();
        Ok((sessions, links))
    }
}
