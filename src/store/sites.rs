//! Rows of `site`.

use super::{Change, Store, StoreError};
use futures_util::TryStreamExt;
use sqlx::{QueryBuilder, Row, Sqlite};
use std::ops::ControlFlow;

/// A site as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct SiteRow {
    /// Its number.
    pub id: i64,
    /// Its kind's id.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// JSON object.
    pub attributes: String,
    /// Who it comes from.
    pub source: String,
    /// What the source knows it by.
    pub source_key: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// RFC 3339.
    pub updated: String,
    /// Who answers for it; nobody for what was imported and not taken on.
    pub unit: Option<String>,
    /// `2025-12-31`: from this day on it is not shown.
    pub closed: Option<String>,
    /// JSON list of `{id, width, height}`.
    pub photos: String,
}

/// What of a site few have, and memory keeps beside the rest.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct TendedRow {
    /// The site's number.
    pub id: i64,
    /// Who answers for it.
    pub unit: Option<String>,
    /// JSON list of `{id, width, height}`.
    pub photos: String,
}

impl SiteRow {
    /// Whether it is shown on a day, written `2025-12-31`.
    #[must_use]
    pub fn is_shown_on(&self, day: &str) -> bool {
        self.closed.as_deref().is_none_or(|closed| day < closed)
    }
}

/// What memory keeps of a site, borrowed while its row passes by.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the fields of SiteRow")]
pub struct HeldRow<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub name: &'a str,
    pub lon: f64,
    pub lat: f64,
    pub attributes: &'a str,
    pub source: &'a str,
    pub version: i64,
    pub updated: &'a str,
}

/// Ends a field of a site's text. Neither names hold control characters (see `site::draft`) nor does JSON.
const FIELD_END: char = '\u{1f}';
/// Ends a site's text.
const SITE_END: char = '\u{1e}';
/// Sites that are read as one text; sites have numbers without large gaps.
const SITES_IN_A_TEXT: i64 = 512;

impl<'a> HeldRow<'a> {
    fn read(line: &'a str) -> Option<Self> {
        let mut fields = line.splitn(9, FIELD_END);
        let mut next = || fields.next();
        Some(Self {
            id: next()?.parse().ok()?,
            lon: next()?.parse().ok()?,
            lat: next()?.parse().ok()?,
            version: next()?.parse().ok()?,
            kind: next()?,
            name: next()?,
            source: next()?,
            updated: next()?,
            attributes: next()?,
        })
    }
}

const COLUMNS: &str =
    "id, kind, name, lon, lat, attributes, source, source_key, version, updated, unit, closed, photos";

impl Store {
    /// The smallest and the largest site number; nothing when there is no site.
    pub async fn site_id_range(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let (min, max): (Option<i64>, Option<i64>) =
            sqlx::query_as("select min(id), max(id) from site").fetch_one(&self.read).await?;
        Ok(min.zip(max))
    }

    /// Hands each site with `first <= id <= last` to `each`, by id, without holding them all, until it breaks off.
    pub async fn each_site(
        &self,
        first: i64,
        last: i64,
        mut each: impl FnMut(&SiteRow) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let query =
            "select id, kind, name, lon, lat, attributes, source, source_key, version, updated, unit, closed, photos
                     from site where id between $1 and $2 order by id";
        let mut rows = sqlx::query_as::<_, SiteRow>(query).bind(first).bind(last).fetch(&self.read);
        while let Some(row) = rows.try_next().await? {
            if each(&row).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Hands what memory keeps of each site with `first <= id <= last` that is shown on `day` to `each`, by id.
    ///
    /// The driver's cost is by row and column, and this is what a start waits for: so the database puts some hundred
    /// sites together into one text. Degrees are stored to ten decimals (`LonLat::to_store`), which the fifteen digits of
    /// a number made text keep exactly.
    pub async fn each_held(
        &self,
        first: i64,
        last: i64,
        day: &str,
        mut each: impl FnMut(HeldRow<'_>),
    ) -> Result<(), StoreError> {
        let query =
            "select group_concat(id || $3 || lon || $3 || lat || $3 || version || $3 || kind || $3 || name || $3
                            || source || $3 || substr(updated, 1, 10) || $3 || attributes, $4)
                     from (select * from site where id between $1 and $2 and (closed is null or closed > $5) order by id)";
        let mut from = first;
        while from <= last {
            let to = last.min(from + SITES_IN_A_TEXT - 1);
            let text: Option<String> = sqlx::query_scalar(query)
                .bind(from)
                .bind(to)
                .bind(FIELD_END.to_string())
                .bind(SITE_END.to_string())
                .bind(day)
                .fetch_one(&self.read)
                .await?;
            for line in text.iter().flat_map(|text| text.split(SITE_END)) {
                each(HeldRow::read(line).ok_or_else(|| sqlx::Error::Decode("a site's text does not read".into()))?);
            }
            from = to + 1;
        }
        Ok(())
    }

    /// Unit and photos of each site that has any.
    pub async fn tended_sites(&self) -> Result<Vec<TendedRow>, StoreError> {
        let query = "select id, unit, photos from site where unit is not null or photos <> '[]'";
        Ok(sqlx::query_as(query).fetch_all(&self.read).await?)
    }

    /// The sites that close after `day`, with the day; and the latest closing up to it.
    pub async fn closings(&self, day: &str) -> Result<(Vec<(i64, String)>, Option<String>), StoreError> {
        let query = "select id, closed from site where closed is not null and closed > $1";
        let ahead = sqlx::query_as(query).bind(day).fetch_all(&self.read).await?;
        let query = "select max(closed) from site where closed is not null and closed <= $1";
        Ok((ahead, sqlx::query_scalar(query).bind(day).fetch_one(&self.read).await?))
    }

    /// The sites with these numbers, in no order; those that do not exist are left out.
    pub async fn sites_by_id(&self, ids: &[i64]) -> Result<Vec<SiteRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from site where id in ("));
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        query.push(")");
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }
}

impl Change {
    /// The sites that `source` knows by these keys, in no order.
    pub async fn sites_by_key(&mut self, source: &str, keys: &[String]) -> Result<Vec<SiteRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from site where source = "));
        query.push_bind(source.to_owned()).push(" and source_key in (");
        let mut list = query.separated(", ");
        for key in keys {
            list.push_bind(key.as_str());
        }
        query.push(")");
        Ok(query.build_query_as().fetch_all(&mut *self.tx).await?)
    }

    /// The site with a number, as this change sees it.
    pub async fn site(&mut self, id: i64) -> Result<Option<SiteRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from site where id = "));
        query.push_bind(id);
        Ok(query.build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// Name and place of each site, whatever its kind; one look at the whole table.
    pub async fn each_name(&mut self, mut each: impl FnMut(&str, f64, f64)) -> Result<(), StoreError> {
        let mut rows = sqlx::query("select name, lon, lat from site").fetch(&mut *self.tx);
        while let Some(row) = rows.try_next().await? {
            each(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        }
        Ok(())
    }

    /// Whether a source knows a site by this key.
    pub async fn has_site_key(&mut self, source: &str, key: &str) -> Result<bool, StoreError> {
        let query = sqlx::query_scalar("select exists (select 1 from site where source = $1 and source_key = $2)");
        Ok(query.bind(source).bind(key).fetch_one(&mut *self.tx).await?)
    }

    /// The smallest and the largest number given so far, zero when there is none on that side.
    pub async fn site_id_ends(&mut self) -> Result<(i64, i64), StoreError> {
        let query = "select coalesce(min(id), 0), coalesce(max(id), 0) from site";
        let (min, max): (i64, i64) = sqlx::query_as(query).fetch_one(&mut *self.tx).await?;
        Ok((min.min(0), max.max(0)))
    }

    /// Writes sites: new numbers are inserted, known ones replaced. At most some hundreds at a time.
    pub async fn put_sites(&mut self, rows: &[SiteRow]) -> Result<(), StoreError> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Sqlite>::new(format!("insert into site ({COLUMNS}) "));
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(row.id)
                .push_bind(&row.kind)
                .push_bind(&row.name)
                .push_bind(row.lon)
                .push_bind(row.lat)
                .push_bind(&row.attributes)
                .push_bind(&row.source)
                .push_bind(&row.source_key)
                .push_bind(row.version)
                .push_bind(&row.updated)
                .push_bind(&row.unit)
                .push_bind(&row.closed)
                .push_bind(&row.photos);
        });
        query.push(
            " on conflict (id) do update set kind = excluded.kind, name = excluded.name, lon = excluded.lon,
             lat = excluded.lat, attributes = excluded.attributes, version = excluded.version,
             updated = excluded.updated, unit = excluded.unit, closed = excluded.closed, photos = excluded.photos",
        );
        query.build().execute(&mut *self.tx).await?;
        Ok(())
    }
}
