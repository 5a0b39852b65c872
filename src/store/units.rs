//! Rows of `unit` and `token`.

use super::{Change, Store, StoreError};

/// A responsible unit as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct UnitRow {
    /// Letters, digits and hyphens.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether the county has confirmed that it is the one.
    pub confirmed: bool,
    /// `file`, `page` or `demonstration`.
    pub source: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// RFC 3339.
    pub updated: String,
}

/// A unit's token for scripts as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct TokenRow {
    /// 128 random bits in hexadecimal; no secret.
    pub id: String,
    /// Whose it is.
    pub unit: String,
    /// What it is for.
    pub name: String,
    /// `read` or `register`.
    pub scope: String,
    /// Hash of the token, hexadecimal.
    pub token_sha256: String,
    /// RFC 3339.
    pub made: String,
    /// When it was revoked.
    pub revoked: Option<String>,
}

impl Store {
    /// All units, by id.
    pub async fn units(&self) -> Result<Vec<UnitRow>, StoreError> {
        let query = "select id, name, confirmed, source, version, updated from unit order by id";
        Ok(sqlx::query_as(query).fetch_all(&self.read).await?)
    }

    /// The unit with an id.
    pub async fn unit(&self, id: &str) -> Result<Option<UnitRow>, StoreError> {
        let query = "select id, name, confirmed, source, version, updated from unit where id = $1";
        Ok(sqlx::query_as(query).bind(id).fetch_optional(&self.read).await?)
    }

    /// The tokens of a unit, newest first.
    pub async fn tokens(&self, unit: &str) -> Result<Vec<TokenRow>, StoreError> {
        let query = "select id, unit, name, scope, token_sha256, made, revoked from token where unit = $1
                     order by made desc, id";
        Ok(sqlx::query_as(query).bind(unit).fetch_all(&self.read).await?)
    }

    /// The token with a hash, unless it was revoked.
    pub async fn living_token(&self, token_sha256: &str) -> Result<Option<TokenRow>, StoreError> {
        let query = "select id, unit, name, scope, token_sha256, made, revoked from token
                     where token_sha256 = $1 and revoked is null";
        Ok(sqlx::query_as(query).bind(token_sha256).fetch_optional(&self.read).await?)
    }
}

impl Change {
    /// All units, by id.
    pub async fn units(&mut self) -> Result<Vec<UnitRow>, StoreError> {
        let query = "select id, name, confirmed, source, version, updated from unit order by id";
        Ok(sqlx::query_as(query).fetch_all(&mut *self.tx).await?)
    }

    /// Writes a unit as it stands now.
    pub async fn put_unit(&mut self, row: &UnitRow) -> Result<(), StoreError> {
        let query = "insert into unit (id, name, confirmed, source, version, updated) values ($1, $2, $3, $4, $5, $6)
                     on conflict (id) do update set name = excluded.name, confirmed = excluded.confirmed,
                       source = excluded.source, version = excluded.version, updated = excluded.updated";
        sqlx::query(query)
            .bind(&row.id)
            .bind(&row.name)
            .bind(row.confirmed)
            .bind(&row.source)
            .bind(row.version)
            .bind(&row.updated)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// The token of a unit with an id.
    pub async fn token(&mut self, unit: &str, id: &str) -> Result<Option<TokenRow>, StoreError> {
        let query = "select id, unit, name, scope, token_sha256, made, revoked from token where unit = $1 and id = $2";
        Ok(sqlx::query_as(query).bind(unit).bind(id).fetch_optional(&mut *self.tx).await?)
    }

    /// How many of a unit's tokens work.
    pub async fn living_tokens(&mut self, unit: &str) -> Result<i64, StoreError> {
        let query = "select count(*) from token where unit = $1 and revoked is null";
        Ok(sqlx::query_scalar(query).bind(unit).fetch_one(&mut *self.tx).await?)
    }

    /// Writes a token; all that changes later is that it is revoked.
    pub async fn put_token(&mut self, row: &TokenRow) -> Result<(), StoreError> {
        let query = "insert into token (id, unit, name, scope, token_sha256, made, revoked)
                     values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do update set revoked = excluded.revoked";
        sqlx::query(query)
            .bind(&row.id)
            .bind(&row.unit)
            .bind(&row.name)
            .bind(&row.scope)
            .bind(&row.token_sha256)
            .bind(&row.made)
            .bind(&row.revoked)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
