//! Copies of the whole database, and whether it is what it should be.

use super::{Store, StoreError};
use futures_util::TryStreamExt;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions, Connection, Row};
use std::path::Path;
use std::str::FromStr;

/// Faults of one sort that are told; a broken database has thousands.
const TOLD: i64 = 20;

impl Store {
    /// The file that a URL names.
    #[must_use]
    pub fn file_of(url: &str) -> Option<&Path> {
        let file = url.strip_prefix("sqlite:")?.trim_start_matches("//");
        (!file.is_empty()).then(|| Path::new(file))
    }

    /// Writes a copy as of one moment into a file that is not there yet, while others read and write.
    pub async fn copy_into(&self, file: &Path) -> Result<(), StoreError> {
        // a connection of its own, so that readers of this process don't wait for one
        let mut connection = self.read.acquire().await?;
        sqlx::query("vacuum into $1").bind(file.to_string_lossy().into_owned()).execute(&mut *connection).await?;
        Ok(())
    }

    /// How many bytes a copy will have, about.
    pub async fn bytes(&self) -> Result<i64, StoreError> {
        let query = "select (page_count - freelist_count) * page_size
                     from pragma_page_count(), pragma_freelist_count(), pragma_page_size()";
        Ok(sqlx::query_scalar(query).fetch_one(&self.read).await?)
    }

    /// What the database program itself finds wrong with the file.
    pub async fn faults_of_file(&self) -> Result<Vec<String>, StoreError> {
        let said: Vec<String> =
            sqlx::query_scalar("select integrity_check from pragma_integrity_check").fetch_all(&self.read).await?;
        Ok(said.into_iter().filter(|line| line != "ok").take(TOLD as usize).collect())
    }

    /// Rows that point at rows that are not there: table and row.
    pub async fn loose_rows(&self) -> Result<Vec<String>, StoreError> {
        let query =
            "select \"table\" || ' ' || coalesce(rowid, '?') || ' → ' || parent from pragma_foreign_key_check limit $1";
        Ok(sqlx::query_scalar(query).bind(TOLD).fetch_all(&self.read).await?)
    }

    /// How many lines the log has, its first and last number, and the last number that was ever given.
    pub async fn ends_of_log(&self) -> Result<[i64; 4], StoreError> {
        let query = "select count(*), coalesce(min(id), 1), coalesce(max(id), 0),
                       coalesce((select seq from sqlite_sequence where name = 'revision'), 0) from revision";
        let row = sqlx::query(query).fetch_one(&self.read).await?;
        Ok([row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?])
    }

    /// Hands each site's row and its newest line of the log to `each`, by number.
    pub async fn each_site_twice(&self, mut each: impl FnMut(&super::SiteRow, Option<&str>)) -> Result<(), StoreError> {
        let query =
            "select s.*, (select r.after from revision r where r.noun = 'site' and r.noun_id = cast(s.id as text)
                       order by r.id desc limit 1) as logged from site s order by s.id";
        let mut rows = sqlx::query(query).fetch(&self.read);
        while let Some(row) = rows.try_next().await? {
            let logged: Option<String> = row.try_get("logged")?;
            each(&sqlx::FromRow::from_row(&row)?, logged.as_deref());
        }
        Ok(())
    }

    /// Sites that the log knows and the table does not have.
    pub async fn lost_sites(&self) -> Result<Vec<String>, StoreError> {
        let query = "select distinct noun_id from revision where noun = 'site'
                       and not exists (select 1 from site where site.id = cast(noun_id as integer)) limit $1";
        Ok(sqlx::query_scalar(query).bind(TOLD).fetch_all(&self.read).await?)
    }

    /// Registrations and people whose newest line of the log is about another version.
    pub async fn behind_the_log(&self) -> Result<Vec<String>, StoreError> {
        let query = "select 'registration ' || t.id as what from registration t
                       where t.version is not (select json_extract(r.after, '$.version') from revision r
                         where r.noun = 'registration' and r.noun_id = t.id order by r.id desc limit 1)
                     union all
                     select 'person ' || t.id from person t
                       where t.version is not (select json_extract(r.after, '$.version') from revision r
                         where r.noun = 'person' and r.noun_id = cast(t.id as text) order by r.id desc limit 1)
                     limit $1";
        Ok(sqlx::query_scalar(query).bind(TOLD).fetch_all(&self.read).await?)
    }

    /// Photos that a site or a registration shows and that are not there.
    pub async fn lost_photos(&self) -> Result<Vec<String>, StoreError> {
        let query =
            "select 'site ' || t.id || ': photo ' || json_extract(p.value, '$.id') from site t, json_each(t.photos) p
                       where not exists (select 1 from photo where photo.id = json_extract(p.value, '$.id'))
                     union all
                     select 'registration ' || t.id || ': photo ' || json_extract(p.value, '$.id')
                       from registration t, json_each(t.photos) p
                       where t.state <> 'withdrawn'
                         and not exists (select 1 from photo where photo.id = json_extract(p.value, '$.id'))
                     limit $1";
        Ok(sqlx::query_scalar(query).bind(TOLD).fetch_all(&self.read).await?)
    }

    /// All datasets, also those that are no longer in use.
    pub async fn all_datasets(&self) -> Result<Vec<super::DatasetRow>, StoreError> {
        let query = "select id, kind, version, created, source, sha256, bytes, stats from dataset order by id";
        Ok(sqlx::query_as(query).fetch_all(&self.read).await?)
    }

    /// Whether anything was ever written into the database in a file, which is there.
    pub async fn is_used(url: &str) -> Result<bool, StoreError> {
        let open = |source| StoreError::Open { url: url.to_owned(), source };
        let mut connection = SqliteConnectOptions::from_str(url)
            .map_err(open)?
            .create_if_missing(false)
            .connect()
            .await
            .map_err(open)?;
        let tables: i64 = sqlx::query_scalar("select count(*) from sqlite_schema where name = 'revision'")
            .fetch_one(&mut connection)
            .await?;
        let used = tables > 0
            && sqlx::query_scalar::<_, i64>("select exists(select 1 from revision)").fetch_one(&mut connection).await?
                > 0;
        connection.close().await?;
        Ok(used)
    }

    /// Whether some program has the database in a file open. Afterwards there is no write-ahead log beside it.
    pub async fn is_open_elsewhere(url: &str) -> Result<bool, StoreError> {
        let open = |source| StoreError::Open { url: url.to_owned(), source };
        let options = SqliteConnectOptions::from_str(url)
            .map_err(open)?
            .create_if_missing(false)
            .busy_timeout(std::time::Duration::from_millis(200))
            // leaving the write-ahead log is only let to the one who is alone with the file
            .journal_mode(SqliteJournalMode::Delete);
        match options.connect().await {
            Ok(connection) => {
                connection.close().await?;
                Ok(false)
            }
            Err(sqlx::Error::Database(error)) if error.message().contains("locked") => Ok(true),
            Err(source) => Err(open(source)),
        }
    }
}
