//! Rows of `area`.

use super::{Change, Store, StoreError};

/// An area as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct AreaRow {
    /// Its code.
    pub id: String,
    /// Chinese name.
    pub name_zh: String,
    /// English name, perhaps empty.
    pub name_en: String,
    /// The word for its [`crate::area::AreaKind`].
    pub kind: String,
    /// The county's Chinese name.
    pub county_zh: Option<String>,
    /// The county's English name.
    pub county_en: Option<String>,
    /// Where its label stands.
    pub label_lon: f64,
    /// Where its label stands.
    pub label_lat: f64,
    /// The word for its [`crate::area::Outline`].
    pub outline: String,
    /// Who it comes from.
    pub source: String,
    /// GeoJSON `MultiPolygon` coordinates.
    pub shape: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// RFC 3339.
    pub updated: String,
}

const ALL: &str =
    "select id, name_zh, name_en, kind, county_zh, county_en, label_lon, label_lat, outline, source, shape,
                   version, updated from area order by id";

impl Store {
    /// All areas by code.
    pub async fn areas(&self) -> Result<Vec<AreaRow>, StoreError> {
        Ok(sqlx::query_as(ALL).fetch_all(&self.read).await?)
    }
}

impl Change {
    /// All areas by code, as this change sees them.
    pub async fn areas(&mut self) -> Result<Vec<AreaRow>, StoreError> {
        Ok(sqlx::query_as(ALL).fetch_all(&mut *self.tx).await?)
    }

    /// Writes an area, replacing the one with its code.
    pub async fn put_area(&mut self, row: &AreaRow) -> Result<(), StoreError> {
        let query = "insert into area (id, name_zh, name_en, kind, county_zh, county_en, label_lon, label_lat, outline,
                                       source, shape, version, updated)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                     on conflict (id) do update set name_zh = excluded.name_zh, name_en = excluded.name_en,
                       kind = excluded.kind, county_zh = excluded.county_zh, county_en = excluded.county_en,
                       label_lon = excluded.label_lon, label_lat = excluded.label_lat, outline = excluded.outline,
                       source = excluded.source, shape = excluded.shape, version = excluded.version,
                       updated = excluded.updated";
        sqlx::query(query)
            .bind(&row.id)
            .bind(&row.name_zh)
            .bind(&row.name_en)
            .bind(&row.kind)
            .bind(&row.county_zh)
            .bind(&row.county_en)
            .bind(row.label_lon)
            .bind(row.label_lat)
            .bind(&row.outline)
            .bind(&row.source)
            .bind(&row.shape)
            .bind(row.version)
            .bind(&row.updated)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
