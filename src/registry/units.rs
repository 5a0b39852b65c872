//! Adds and changes responsible units, and makes and revokes their tokens for scripts.

use crate::auth::{Person, PersonId, Role, UnitId};
use crate::chance::{long_token, token};
use crate::clock;
use crate::store::{Change, NewRevision, Store, StoreError, TokenRow, UnitRow, sha256};
use serde_json::json;

/// What a token begins with, so that one that leaked is known for what it is.
pub const TOKEN_PREFIX: &str = "yimi_";
/// Tokens that a unit has at once.
pub const MOST_TOKENS: i64 = 20;
/// What a token may do that only reads.
const READ: &str = "read";

/// A unit that is to be.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// As [`crate::auth::unit_id`] makes it; the next free one when nothing is said.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// Whether the county has confirmed that it is the one.
    pub confirmed: bool,
}

/// What adding a unit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitOutcome {
    /// It is new.
    Created,
    /// It was known and has changed.
    Amended,
    /// It was known and is as it was.
    Unchanged,
}

/// Why a unit or a token is not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum UnitError {
    /// There is none.
    #[error("no such unit")]
    Unknown,
    /// Another unit has this id.
    #[error("the id \"{0}\" is another unit's")]
    IdTaken(String),
    /// Another unit has this name.
    #[error("the name \"{0}\" is another unit's")]
    NameTaken(String),
    /// Somebody changed it meanwhile.
    #[error("the unit stands at version {now}")]
    Older {
        /// Which it stands at.
        now: i64,
    },
    /// The unit has so many tokens.
    #[error("the unit has {MOST_TOKENS} tokens that work")]
    TooManyTokens,
    /// The system has no random bits.
    #[error("no random bits: {0}")]
    Random(#[from] getrandom::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a unit whose id and name nobody has.
pub async fn add(store: &Store, new: NewUnit, by: &str) -> Result<UnitRow, UnitError> {
    let mut change = store.change().await?;
    let units = change.units().await?;
    if let Some(id) = new.id.as_ref().filter(|id| units.iter().any(|unit| unit.id == **id)) {
        return Err(UnitError::IdTaken(id.clone()));
    }
    if units.iter().any(|unit| unit.name == new.name) {
        return Err(UnitError::NameTaken(new.name));
    }
    let (row, _) = put(&mut change, &units, new, "page", by, "added").await?;
    change.commit().await?;
    Ok(row)
}

/// Changes a unit, which must stand at `version`.
pub async fn amend(
    store: &Store,
    id: &str,
    version: i64,
    name: String,
    confirmed: bool,
    by: &str,
) -> Result<UnitRow, UnitError> {
    let mut change = store.change().await?;
    let units = change.units().await?;
    let before = units.iter().find(|unit| unit.id == id).ok_or(UnitError::Unknown)?;
    if before.version != version {
        return Err(UnitError::Older { now: before.version });
    }
    if units.iter().any(|unit| unit.name == name && unit.id != id) {
        return Err(UnitError::NameTaken(name));
    }
    let source = before.source.clone();
    let new = NewUnit { id: Some(id.to_owned()), name, confirmed };
    let (row, _) = put(&mut change, &units, new, &source, by, "amended").await?;
    change.commit().await?;
    Ok(row)
}

/// Records a unit of a list: known by its id, else by its name.
pub async fn record(
    change: &mut Change,
    new: NewUnit,
    source: &str,
    by: &str,
    why: &str,
) -> Result<UnitOutcome, UnitError> {
    let units = change.units().await?;
    if let Some(id) = &new.id
        && units.iter().any(|unit| unit.name == new.name && unit.id != *id)
    {
        return Err(UnitError::NameTaken(new.name));
    }
    Ok(put(change, &units, new, source, by, why).await?.1)
}

async fn put(
    change: &mut Change,
    units: &[UnitRow],
    new: NewUnit,
    source: &str,
    by: &str,
    why: &str,
) -> Result<(UnitRow, UnitOutcome), StoreError> {
    let known = |unit: &&UnitRow| new.id.as_ref().map_or(unit.name == new.name, |id| unit.id == *id);
    let before = units.iter().find(known);
    let mut row = UnitRow {
        id: before.map(|before| before.id.clone()).or(new.id).unwrap_or_else(|| next_id(units)),
        name: new.name,
        confirmed: new.confirmed,
        source: source.to_owned(),
        version: 1,
        updated: clock::now_rfc3339(),
    };
    if let Some(before) = before {
        if (&row.name, row.confirmed) == (&before.name, before.confirmed) {
            return Ok((before.clone(), UnitOutcome::Unchanged));
        }
        row.version = before.version + 1;
    }
    change.put_unit(&row).await?;
    let line = NewRevision {
        noun: "unit",
        noun_id: row.id.clone(),
        action: if before.is_some() { "amended" } else { "created" },
        before: before.map(logged),
        after: logged(&row),
    };
    change.log(&row.updated, by, why, &[line]).await?;
    Ok((row, if before.is_some() { UnitOutcome::Amended } else { UnitOutcome::Created }))
}

/// `u001` and so on.
fn next_id(units: &[UnitRow]) -> String {
    let number = |unit: &UnitRow| unit.id.strip_prefix('u').and_then(|digits| digits.parse::<u32>().ok());
    let last = units.iter().filter_map(number).max().unwrap_or(0);
    format!("u{:03}", last.saturating_add(1))
}

fn logged(row: &UnitRow) -> String {
    json!({ "name": row.name, "confirmed": row.confirmed, "source": row.source, "version": row.version }).to_string()
}

/// Makes a token for a unit's scripts; `reads_only` ones change nothing. The text is told once.
pub async fn add_token(
    store: &Store,
    unit: &str,
    name: String,
    reads_only: bool,
    by: &str,
) -> Result<(TokenRow, String), UnitError> {
    let mut change = store.change().await?;
    if !change.units().await?.iter().any(|known| known.id == unit) {
        return Err(UnitError::Unknown);
    }
    if change.living_tokens(unit).await? >= MOST_TOKENS {
        return Err(UnitError::TooManyTokens);
    }
    let secret = format!("{TOKEN_PREFIX}{}", long_token()?);
    let row = TokenRow {
        id: token()?,
        unit: unit.to_owned(),
        name,
        scope: if reads_only { READ } else { "register" }.to_owned(),
        token_sha256: sha256(secret.as_bytes()),
        made: clock::now_rfc3339(),
        revoked: None,
    };
    put_token(&mut change, &row, "created", by).await?;
    change.commit().await?;
    Ok((row, secret))
}

/// Revokes a token. One that was revoked stays so.
pub async fn revoke_token(store: &Store, unit: &str, id: &str, by: &str) -> Result<(), UnitError> {
    let mut change = store.change().await?;
    let mut row = change.token(unit, id).await?.ok_or(UnitError::Unknown)?;
    if row.revoked.is_none() {
        row.revoked = Some(clock::now_rfc3339());
        put_token(&mut change, &row, "revoked", by).await?;
    }
    Ok(change.commit().await?)
}

async fn put_token(change: &mut Change, row: &TokenRow, action: &'static str, by: &str) -> Result<(), StoreError> {
    change.put_token(row).await?;
    let after = json!({ "unit": row.unit, "name": row.name, "scope": row.scope, "revoked": row.revoked });
    let line = NewRevision { noun: "token", noun_id: row.id.clone(), action, before: None, after: after.to_string() };
    change.log(row.revoked.as_ref().unwrap_or(&row.made), by, action, &[line]).await
}

/// Who a token speaks for: a member of its unit, and whether it only reads.
pub async fn bearer(store: &Store, token: &str) -> Result<Option<(Person, bool)>, StoreError> {
    let Some(row) = store.living_token(&sha256(token.as_bytes())).await? else { return Ok(None) };
    let person = Person {
        // nobody's: people count up from 1
        id: PersonId(0),
        account: format!("unit:{} {}", row.unit, row.name),
        name: row.name,
        unit: Some(UnitId(row.unit)),
        roles: vec![Role::Member],
    };
    Ok(Some((person, row.scope == READ)))
}
