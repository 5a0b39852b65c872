//! What survives a restart. This is the only module with SQL.
//!
//! SQLite in write-ahead mode: one connection writes, several read. `synchronous=FULL`, so that what a person was told
//! is saved is on the disk. SQL is written so that PostgreSQL understands it too (`$1`, `on conflict`, no functions of
//! one database); what can't be is to stand beside it in the same file.

mod areas;
mod audit;
mod datasets;
mod jobs;
mod people;
mod photos;
mod registrations;
mod reports;
mod revisions;
mod scenarios;
mod sessions;
mod settings;
mod sheets;
mod sites;
mod units;
mod upkeep;

pub use areas::AreaRow;
pub use audit::{RevisionRow, WantedRevisions};
pub use datasets::{DatasetRow, Packed, sha256};
pub use jobs::JobRow;
pub use people::{LinkRow, PersonRow};
pub use photos::{NewPhoto, PhotoBytes, PhotoRow};
pub use registrations::{Ask, Intent, RegistrationRow, State, UnitCounts};
pub use reports::{ReportAsk, ReportRow};
pub use revisions::{Changed, NewRevision, Step};
pub use scenarios::{ListedScenario, MadeOn, ScenarioRow, TaskRow};
pub use sessions::SessionRow;
pub use sheets::{LinesQuery, SheetCounts, SheetLine, SheetRow};
pub use sites::{HeldRow, SiteRow, TendedRow};
pub use units::{TokenRow, UnitRow};

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// How long one writer waits for another process to finish its transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);
const READERS: u32 = 4;
/// Rows that the database thread may be ahead of the reader; the default of 50 makes the two wait for each other.
const ROWS_AHEAD: usize = 2048;

/// Why the database did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The URL names no database that this program opens.
    #[error("database \"{0}\": wanted sqlite:FILE, such as sqlite:var/yimi.db")]
    Url(String),
    /// The folder for the file can't be made.
    #[error("database \"{url}\": {source}")]
    Folder {
        /// Which database.
        url: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is there but can't be opened or brought up to date.
    #[error("database \"{url}\" can't be opened: {source}")]
    Open {
        /// Which database.
        url: String,
        /// Why.
        source: sqlx::Error,
    },
    /// The schema can't be brought up to date.
    #[error("database \"{url}\" can't be brought up to date: {source}")]
    Migrate {
        /// Which database.
        url: String,
        /// Why.
        source: sqlx::migrate::MigrateError,
    },
    /// A dataset is not what was stored.
    #[error("the stored {kind} (version {version}) is damaged: {what}; import it again")]
    Damaged {
        /// Which kind.
        kind: String,
        /// Which version.
        version: i64,
        /// What is wrong with it.
        what: String,
    },
    /// A statement failed.
    #[error("the database failed: {0}")]
    Statement(#[from] sqlx::Error),
}

/// The steps by which the schema came to be what it is.
static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Makes an empty file that only its owner reads: a database holds hashes of passwords, photos and where homes are. One that
/// is there stays as it is.
pub fn private_file(file: &Path) -> std::io::Result<()> {
    let mut new = std::fs::OpenOptions::new();
    new.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut new, 0o600);
    match new.open(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    write: SqlitePool,
    read: SqlitePool,
}

/// A transaction: everything in it becomes true at once, by [`Change::commit`], or nothing does.
#[derive(Debug)]
pub struct Change {
    tx: Transaction<'static, Sqlite>,
}

impl Store {
    /// Opens the database at `url` (`sqlite:FILE`), making file and folder when they are missing, and brings its schema
    /// up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let file = Self::file_of(url).ok_or_else(|| StoreError::Url(url.to_owned()))?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let made = folder.map_or(Ok(()), std::fs::create_dir_all).and_then(|()| private_file(file));
        made.map_err(|source| StoreError::Folder { url: url.to_owned(), source })?;
        let (store, open) = (Self::connect(url).await?, |source| StoreError::Migrate { url: url.to_owned(), source });
        MIGRATIONS.run(&store.write).await.map_err(open)?;
        Ok(store)
    }

    /// Opens a database that is there and leaves its schema as it is: a service of an older version may be at work on it.
    pub async fn open_as_it_is(url: &str) -> Result<Self, StoreError> {
        Self::connect(url).await
    }

    /// Whether the schema is the one that this program works with.
    pub async fn is_up_to_date(&self) -> Result<bool, StoreError> {
        let query = "select coalesce(max(version), 0) from _sqlx_migrations where success";
        let has: i64 = sqlx::query_scalar(query).fetch_one(&self.read).await?;
        Ok(MIGRATIONS.iter().map(|migration| migration.version).max() == Some(has))
    }

    async fn connect(url: &str) -> Result<Self, StoreError> {
        let open = |source| StoreError::Open { url: url.to_owned(), source };
        let options = SqliteConnectOptions::from_str(url)
            .map_err(open)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY_TIMEOUT)
            .row_buffer_size(ROWS_AHEAD);
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await.map_err(open)?;
        let read = SqlitePoolOptions::new().max_connections(READERS).connect_with(options).await.map_err(open)?;
        Ok(Self { write, read })
    }

    /// Begins a change; waits while another is under way.
    pub async fn change(&self) -> Result<Change, StoreError> {
        // taking the write lock at once keeps a read-then-write from failing half-way
        Ok(Change { tx: self.write.begin_with("begin immediate").await? })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("select 1").execute(&self.read).await?;
        Ok(())
    }

    /// Closes all connections; the write-ahead log is folded into the file.
    pub async fn close(&self) {
        self.read.close().await;
        self.write.close().await;
    }
}

impl Change {
    /// Makes everything in this change true, on the disk.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.tx.commit().await?)
    }

    /// Forgets this change.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.tx.rollback().await?)
    }
}
