//! Rows of `dataset` and their pieces: compressed, and hashed so that damage is noticed before anything is read by it.

use super::{Change, Store, StoreError};
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{Read, Write as _};

/// Bytes of content in a piece; what does not compress grows by some bytes, and still stays below 1 MiB.
const PIECE_BYTES: usize = (1 << 20) - (1 << 12);

/// A dataset without its content.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct DatasetRow {
    /// Its number.
    pub id: i64,
    /// What it is: `network`.
    pub kind: String,
    /// Counts the versions of its kind from 1.
    pub version: i64,
    /// RFC 3339.
    pub created: String,
    /// The name of the file that it comes from.
    pub source: String,
    /// Hash of the content.
    pub sha256: String,
    /// Bytes of the content.
    pub bytes: i64,
    /// JSON: what the import counted.
    pub stats: String,
}

/// Content ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed {
    /// Hash of the whole content.
    pub sha256: String,
    /// Bytes of the whole content.
    pub bytes: usize,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
struct Piece {
    sha256: String,
    content: Vec<u8>,
}

impl Packed {
    /// Compresses and hashes; tens of milliseconds a megabyte.
    pub fn of(content: &[u8]) -> std::io::Result<Self> {
        let pieces = content.chunks(PIECE_BYTES).map(|piece| {
            let mut encoder = ZlibEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(piece)?;
            let content = encoder.finish()?;
            Ok(Piece { sha256: sha256(&content), content })
        });
        Ok(Self { sha256: sha256(content), bytes: content.len(), pieces: pieces.collect::<std::io::Result<_>>()? })
    }

    /// Bytes that are stored.
    #[must_use]
    pub fn stored_bytes(&self) -> usize {
        self.pieces.iter().map(|piece| piece.content.len()).sum()
    }
}

/// The SHA-256 of some bytes, hexadecimal.
#[must_use]
pub fn sha256(content: &[u8]) -> String {
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut text, byte| {
        // writing to a string does not fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}

const IN_USE: &str = "select id, kind, version, created, source, sha256, bytes, stats from dataset
                      where kind = $1 and in_use = 1";

impl Store {
    /// The dataset of a kind that is in use, without its content.
    pub async fn dataset_in_use(&self, kind: &str) -> Result<Option<DatasetRow>, StoreError> {
        Ok(sqlx::query_as(IN_USE).bind(kind).fetch_optional(&self.read).await?)
    }

    /// A dataset's content, which is what was stored or an error.
    pub async fn dataset_content(&self, row: &DatasetRow) -> Result<Vec<u8>, StoreError> {
        let query = "select sha256, content from dataset_chunk where dataset = $1 order by number";
        let pieces: Vec<Piece> = sqlx::query_as(query).bind(row.id).fetch_all(&self.read).await?;
        let damaged = |what: String| StoreError::Damaged { kind: row.kind.clone(), version: row.version, what };
        let mut content = Vec::with_capacity(usize::try_from(row.bytes).unwrap_or(0));
        for (number, piece) in pieces.iter().enumerate() {
            if sha256(&piece.content) != piece.sha256 {
                return Err(damaged(format!("piece {number} has changed")));
            }
            let read = ZlibDecoder::new(piece.content.as_slice()).take(1 << 20).read_to_end(&mut content);
            read.map_err(|error| damaged(format!("piece {number} does not decompress: {error}")))?;
        }
        if sha256(&content) != row.sha256 {
            return Err(damaged(format!("its {} bytes are not those that were stored", content.len())));
        }
        Ok(content)
    }
}

impl Change {
    /// The dataset of a kind that is in use, as this change sees it.
    pub async fn dataset_in_use(&mut self, kind: &str) -> Result<Option<DatasetRow>, StoreError> {
        Ok(sqlx::query_as(IN_USE).bind(kind).fetch_optional(&mut *self.tx).await?)
    }

    /// The newest version of a kind, 0 when there is none.
    pub async fn dataset_version(&mut self, kind: &str) -> Result<i64, StoreError> {
        let query = "select coalesce(max(version), 0) from dataset where kind = $1";
        Ok(sqlx::query_scalar(query).bind(kind).fetch_one(&mut *self.tx).await?)
    }

    /// Writes a dataset and puts it to use in place of the former one of its kind, which is kept. The row's number is
    /// given here and handed back.
    pub async fn put_dataset(&mut self, row: &DatasetRow, packed: &Packed) -> Result<i64, StoreError> {
        sqlx::query("update dataset set in_use = 0 where kind = $1 and in_use = 1")
            .bind(&row.kind)
            .execute(&mut *self.tx)
            .await?;
        let query = "insert into dataset (kind, version, created, source, sha256, bytes, stats, in_use)
                     values ($1, $2, $3, $4, $5, $6, $7, 1) returning id";
        let id: i64 = sqlx::query_scalar(query)
            .bind(&row.kind)
            .bind(row.version)
            .bind(&row.created)
            .bind(&row.source)
            .bind(&row.sha256)
            .bind(row.bytes)
            .bind(&row.stats)
            .fetch_one(&mut *self.tx)
            .await?;
        for (number, piece) in (0_i64..).zip(&packed.pieces) {
            sqlx::query("insert into dataset_chunk (dataset, number, sha256, content) values ($1, $2, $3, $4)")
                .bind(id)
                .bind(number)
                .bind(&piece.sha256)
                .bind(&piece.content)
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn store(folder: &tempfile::TempDir) -> Store {
        Store::open(&format!("sqlite:{}", folder.path().join("y.db").display())).await.expect("opens")
    }

    async fn put(store: &Store, version: i64, content: &[u8]) -> DatasetRow {
        let packed = Packed::of(content).expect("packs");
        let mut row = DatasetRow {
            id: 0,
            kind: "network".into(),
            version,
            created: "2026-01-01T00:00:00Z".into(),
            source: "x.osm.pbf".into(),
            sha256: packed.sha256.clone(),
            bytes: i64::try_from(content.len()).expect("small"),
            stats: "{}".into(),
        };
        let mut change = store.change().await.expect("begins");
        row.id = change.put_dataset(&row, &packed).await.expect("written");
        change.commit().await.expect("committed");
        row
    }

    /// Bytes that hardly compress.
    fn noise(bytes: usize) -> Vec<u8> {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 56) as u8
        };
        (0..bytes).map(|_| next()).collect()
    }

    #[tokio::test]
    async fn content_comes_back_and_the_newest_is_in_use() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder).await;
        assert_eq!(store.dataset_in_use("network").await.expect("asked"), None);
        let first = put(&store, 1, &noise(3 << 20)).await;
        let second = put(&store, 2, b"small").await;
        assert_eq!(store.dataset_in_use("network").await.expect("asked"), Some(second.clone()));
        assert_eq!(store.dataset_content(&second).await.expect("whole"), b"small");
        assert_eq!(store.dataset_content(&first).await.expect("older ones are kept"), noise(3 << 20));
        let largest: i64 = sqlx::query_scalar("select max(length(content)) from dataset_chunk")
            .fetch_one(&store.read)
            .await
            .expect("asked");
        assert!(largest <= 1 << 20, "{largest}");
    }

    #[tokio::test]
    async fn damage_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(&folder).await;
        let row = put(&store, 1, &noise(2 << 20)).await;
        for (sql, words) in [
            ("update dataset_chunk set content = zeroblob(10) where number = 1", "piece 1 has changed"),
            ("delete from dataset_chunk where number = 1", "not those that were stored"),
        ] {
            sqlx::query(sql).execute(&store.write).await.expect("damaged");
            let error = store.dataset_content(&row).await.expect_err(words);
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
