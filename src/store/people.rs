//! Rows of `person` and `link`.

use super::{Change, Store, StoreError};

/// Somebody with an account as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PersonRow {
    /// Their number; 0 until it is written.
    pub id: i64,
    /// What they sign in with, folded.
    pub account: String,
    /// What they are called.
    pub name: String,
    /// Their unit's id.
    pub unit: Option<String>,
    /// JSON: list of roles.
    pub roles: String,
    /// A PHC string; nothing until their link was used.
    pub password_hash: Option<String>,
    /// Whether they may sign in.
    pub active: bool,
    /// Counts their changes from 1.
    pub version: i64,
    /// RFC 3339.
    pub created: String,
    /// RFC 3339.
    pub updated: String,
}

/// A one-time link as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct LinkRow {
    /// Hash of the token in it, hexadecimal.
    pub token_sha256: String,
    /// Whose password it sets.
    pub person: i64,
    /// `invitation` or `reset`.
    pub purpose: String,
    /// RFC 3339.
    pub made: String,
    /// RFC 3339.
    pub expires: String,
}

impl Store {
    /// Everybody with an account, by account.
    pub async fn people(&self) -> Result<Vec<PersonRow>, StoreError> {
        let query = "select id, account, name, unit, roles, password_hash, active, version, created, updated
                     from person order by account";
        Ok(sqlx::query_as(query).fetch_all(&self.read).await?)
    }

    /// The person with a number.
    pub async fn person(&self, id: i64) -> Result<Option<PersonRow>, StoreError> {
        let query = "select id, account, name, unit, roles, password_hash, active, version, created, updated
                     from person where id = $1";
        Ok(sqlx::query_as(query).bind(id).fetch_optional(&self.read).await?)
    }

    /// The person with an account, which must be folded.
    pub async fn person_by_account(&self, account: &str) -> Result<Option<PersonRow>, StoreError> {
        let query = "select id, account, name, unit, roles, password_hash, active, version, created, updated
                     from person where account = $1";
        Ok(sqlx::query_as(query).bind(account).fetch_optional(&self.read).await?)
    }

    /// The link whose token has a hash.
    pub async fn link(&self, token_sha256: &str) -> Result<Option<LinkRow>, StoreError> {
        let query = "select token_sha256, person, purpose, made, expires from link where token_sha256 = $1";
        Ok(sqlx::query_as(query).bind(token_sha256).fetch_optional(&self.read).await?)
    }
}

impl Change {
    /// Everybody with an account.
    pub async fn people(&mut self) -> Result<Vec<PersonRow>, StoreError> {
        let query = "select id, account, name, unit, roles, password_hash, active, version, created, updated
                     from person order by account";
        Ok(sqlx::query_as(query).fetch_all(&mut *self.tx).await?)
    }

    /// The person with a number.
    pub async fn person(&mut self, id: i64) -> Result<Option<PersonRow>, StoreError> {
        let query = "select id, account, name, unit, roles, password_hash, active, version, created, updated
                     from person where id = $1";
        Ok(sqlx::query_as(query).bind(id).fetch_optional(&mut *self.tx).await?)
    }

    /// Writes a new person; their number.
    pub async fn add_person(&mut self, row: &PersonRow) -> Result<i64, StoreError> {
        let query = "insert into person (account, name, unit, roles, password_hash, active, version, created, updated)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id";
        Ok(sqlx::query_scalar(query)
            .bind(&row.account)
            .bind(&row.name)
            .bind(&row.unit)
            .bind(&row.roles)
            .bind(&row.password_hash)
            .bind(row.active)
            .bind(row.version)
            .bind(&row.created)
            .bind(&row.updated)
            .fetch_one(&mut *self.tx)
            .await?)
    }

    /// Writes a known person as they stand now; an account stays what it is.
    pub async fn put_person(&mut self, row: &PersonRow) -> Result<(), StoreError> {
        let query = "update person set name = $2, unit = $3, roles = $4, password_hash = $5, active = $6, version = $7,
                       updated = $8 where id = $1";
        sqlx::query(query)
            .bind(row.id)
            .bind(&row.name)
            .bind(&row.unit)
            .bind(&row.roles)
            .bind(&row.password_hash)
            .bind(row.active)
            .bind(row.version)
            .bind(&row.updated)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Writes a link; those that the person had before no longer work.
    pub async fn put_link(&mut self, row: &LinkRow) -> Result<(), StoreError> {
        self.drop_links(row.person).await?;
        let query = "insert into link (token_sha256, person, purpose, made, expires) values ($1, $2, $3, $4, $5)";
        sqlx::query(query)
            .bind(&row.token_sha256)
            .bind(row.person)
            .bind(&row.purpose)
            .bind(&row.made)
            .bind(&row.expires)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Takes a link out, so that nobody else uses it; nothing when it is not there (any more).
    pub async fn take_link(&mut self, token_sha256: &str) -> Result<Option<LinkRow>, StoreError> {
        let query = "delete from link where token_sha256 = $1 returning token_sha256, person, purpose, made, expires";
        Ok(sqlx::query_as(query).bind(token_sha256).fetch_optional(&mut *self.tx).await?)
    }

    /// Ends a person's links.
    pub async fn drop_links(&mut self, person: i64) -> Result<(), StoreError> {
        sqlx::query("delete from link where person = $1").bind(person).execute(&mut *self.tx).await?;
        Ok(())
    }
}
