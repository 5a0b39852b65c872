//! Rows of `photo`.

use super::{Change, Store, StoreError};
use sqlx::{QueryBuilder, Sqlite};

/// A photo without its picture.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PhotoRow {
    /// 128 random bits, hexadecimal.
    pub id: String,
    /// The unit of whoever sent it.
    pub unit: Option<String>,
    /// Who sent it.
    pub author: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// A photo to be kept.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// All but the picture.
    pub row: PhotoRow,
    /// RFC 3339.
    pub made: String,
    /// JPEG.
    pub full: Vec<u8>,
    /// JPEG for lists.
    pub small: Vec<u8>,
}

/// Which of a photo's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoBytes {
    /// As large as it is kept.
    Full,
    /// For lists.
    Small,
}

impl Store {
    /// A photo and one of its pictures.
    pub async fn photo(&self, id: &str, which: PhotoBytes) -> Result<Option<(PhotoRow, Vec<u8>)>, StoreError> {
        let query = "select id, unit, author, width, height from photo where id = $1";
        let row: Option<PhotoRow> = sqlx::query_as(query).bind(id).fetch_optional(&self.read).await?;
        let Some(row) = row else { return Ok(None) };
        let query = match which {
            PhotoBytes::Full => "select full_jpeg from photo where id = $1",
            PhotoBytes::Small => "select small_jpeg from photo where id = $1",
        };
        let bytes: Option<Vec<u8>> = sqlx::query_scalar(query).bind(id).fetch_optional(&self.read).await?;
        Ok(bytes.map(|bytes| (row, bytes)))
    }

    /// The units whose registrations have a photo.
    pub async fn units_with_photo(&self, id: &str) -> Result<Vec<Option<String>>, StoreError> {
        // ids are hexadecimal, so that one stands in a list of photos exactly when the text has it
        let query = "select distinct unit from registration where instr(photos, $1) > 0";
        Ok(sqlx::query_scalar(query).bind(id).fetch_all(&self.read).await?)
    }
}

impl Change {
    /// The photos with these ids, in no order.
    pub async fn photos(&mut self, ids: &[String]) -> Result<Vec<PhotoRow>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = QueryBuilder::<Sqlite>::new("select id, unit, author, width, height from photo where id in (");
        let mut list = query.separated(", ");
        for id in ids {
            list.push_bind(id.as_str());
        }
        query.push(")");
        Ok(query.build_query_as().fetch_all(&mut *self.tx).await?)
    }

    /// Keeps photos that a registration has, for good.
    pub async fn use_photos(&mut self, ids: &[String]) -> Result<(), StoreError> {
        for id in ids {
            sqlx::query("update photo set used = 1 where id = $1").bind(id).execute(&mut *self.tx).await?;
        }
        Ok(())
    }

    /// Forgets photos from before `made` that no registration ever had. Returns how many of an author are left of those.
    pub async fn loose_photos(&mut self, author: &str, before: &str) -> Result<i64, StoreError> {
        let query = "delete from photo where used = 0 and made < $1";
        sqlx::query(query).bind(before).execute(&mut *self.tx).await?;
        let query = sqlx::query_scalar("select count(*) from photo where used = 0 and author = $1").bind(author);
        Ok(query.fetch_one(&mut *self.tx).await?)
    }

    /// Writes a new photo.
    pub async fn add_photo(&mut self, photo: &NewPhoto) -> Result<(), StoreError> {
        let query = "insert into photo (id, unit, author, width, height, made, full_jpeg, small_jpeg)
                     values ($1, $2, $3, $4, $5, $6, $7, $8)";
        sqlx::query(query)
            .bind(&photo.row.id)
            .bind(&photo.row.unit)
            .bind(&photo.row.author)
            .bind(photo.row.width)
            .bind(photo.row.height)
            .bind(&photo.made)
            .bind(&photo.full)
            .bind(&photo.small)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
