//! Adds people, changes what they are, and hands out links by which they set their password.
//!
//! Each change is one transaction that writes the row and its line in the revision log. Hashes of passwords and the tokens
//! of links stand in no log. What somebody may do is looked up anew with their next request; whoever may not sign in any more is
//! signed out in the same transaction.

use super::sessions::begin;
use crate::auth::session::{INVITATION, RESET};
use crate::auth::{Person, PersonId, Role, UnitId};
use crate::chance::token;
use crate::clock;
use crate::store::{Change, LinkRow, NewRevision, PersonRow, Store, StoreError, sha256};
use serde_json::json;

/// The account of the first administrator, where there was nobody.
const FIRST: &str = "admin";

/// Somebody who is to have an account.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// What they sign in with, as [`crate::auth::account`] makes it.
    pub account: String,
    /// What they are called.
    pub name: String,
    /// Their unit's id.
    pub unit: Option<String>,
    /// What they are.
    pub roles: Vec<Role>,
}

/// What of a person can be changed.
#[derive(Debug, Clone)]
pub struct AmendedPerson {
    /// What they are called.
    pub name: String,
    /// Their unit's id.
    pub unit: Option<String>,
    /// What they are.
    pub roles: Vec<Role>,
    /// Whether they may sign in.
    pub active: bool,
}

/// A one-time link, told once.
#[derive(Debug, Clone, PartialEq)]
pub struct NewLink {
    /// Whoever has it sets the password.
    pub token: String,
    /// `invitation` or `reset`.
    pub purpose: &'static str,
    /// RFC 3339.
    pub expires: String,
}

/// Why a person is not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// There is none.
    #[error("no such person")]
    Unknown,
    /// Somebody has this account.
    #[error("the account \"{0}\" is somebody's")]
    Taken(String),
    /// There is no such unit.
    #[error("no unit has the id \"{0}\"")]
    NoUnit(String),
    /// A member registers the sites of their unit, so they have one.
    #[error("a member has a unit")]
    UnitNeeded,
    /// Nobody is nothing.
    #[error("a person has a role")]
    NoRole,
    /// Somebody must be able to look after people.
    #[error("nobody else who may sign in is an administrator")]
    LastAdministrator,
    /// Somebody changed them meanwhile.
    #[error("the person stands at version {now}")]
    Older {
        /// Which they stand at.
        now: i64,
    },
    /// The link was used, is too old, or never was.
    #[error("the link does not work")]
    NoLink,
    /// The system has no random bits.
    #[error("no random bits: {0}")]
    Random(#[from] getrandom::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a person's rights are, of their row.
#[must_use]
pub fn person_of(row: &PersonRow) -> Person {
    Person {
        id: PersonId(row.id),
        account: row.account.clone(),
        name: row.name.clone(),
        unit: row.unit.clone().map(UnitId),
        roles: roles_of(row),
    }
}

/// The roles of a row. A role that this program does not know gives no right.
#[must_use]
pub fn roles_of(row: &PersonRow) -> Vec<Role> {
    let names: Vec<serde_json::Value> = serde_json::from_str(&row.roles).unwrap_or_default();
    names.into_iter().filter_map(|name| serde_json::from_value(name).ok()).collect()
}

/// Adds somebody, with a password (its hash) or a link to set one.
pub async fn add(
    store: &Store,
    new: NewPerson,
    password_hash: Option<String>,
    by: &str,
) -> Result<(PersonRow, Option<NewLink>), PeopleError> {
    let mut change = store.change().await?;
    let added = put_new(&mut change, new, password_hash, by).await?;
    change.commit().await?;
    Ok(added)
}

async fn put_new(
    change: &mut Change,
    new: NewPerson,
    password_hash: Option<String>,
    by: &str,
) -> Result<(PersonRow, Option<NewLink>), PeopleError> {
    if change.people().await?.iter().any(|person| person.account == new.account) {
        return Err(PeopleError::Taken(new.account));
    }
    check(change, new.unit.as_deref(), &new.roles).await?;
    let now = clock::now_rfc3339();
    let mut row = PersonRow {
        id: 0,
        account: new.account,
        name: new.name,
        unit: new.unit,
        roles: json!(sorted(new.roles)).to_string(),
        password_hash,
        active: true,
        version: 1,
        created: now.clone(),
        updated: now,
    };
    row.id = change.add_person(&row).await?;
    log(change, None, &row, by, "added").await?;
    let link = if row.password_hash.is_none() { Some(put_link(change, &row, by).await?) } else { None };
    Ok((row, link))
}

/// Changes what somebody is, who must stand at `version`. What is as it was makes no new version.
pub async fn amend(
    store: &Store,
    id: i64,
    version: i64,
    new: AmendedPerson,
    by: &str,
) -> Result<PersonRow, PeopleError> {
    let mut change = store.change().await?;
    let before = change.person(id).await?.ok_or(PeopleError::Unknown)?;
    if before.version != version {
        return Err(PeopleError::Older { now: before.version });
    }
    check(&mut change, new.unit.as_deref(), &new.roles).await?;
    let mut row = PersonRow {
        name: new.name,
        unit: new.unit,
        roles: json!(sorted(new.roles)).to_string(),
        active: new.active,
        ..before.clone()
    };
    if row == before {
        return Ok(row);
    }
    if is_administrator(&before) && !is_administrator(&row) {
        let others = change.people().await?;
        if !others.iter().any(|other| other.id != id && is_administrator(other) && other.password_hash.is_some()) {
            return Err(PeopleError::LastAdministrator);
        }
    }
    row.version += 1;
    row.updated = clock::now_rfc3339();
    change.put_person(&row).await?;
    if !row.active {
        change.drop_sessions(id).await?;
        change.drop_links(id).await?;
    }
    log(&mut change, Some(&before), &row, by, "amended").await?;
    change.commit().await?;
    Ok(row)
}

/// Makes a link by which a person sets their password; those from before no longer work.
pub async fn link(store: &Store, id: i64, by: &str) -> Result<NewLink, PeopleError> {
    let mut change = store.change().await?;
    let row = change.person(id).await?.filter(|row| row.active).ok_or(PeopleError::Unknown)?;
    let link = put_link(&mut change, &row, by).await?;
    change.commit().await?;
    Ok(link)
}

/// A link that works, with whose it is.
pub async fn opened(store: &Store, token: &str) -> Result<(LinkRow, PersonRow), PeopleError> {
    let link = store.link(&sha256(token.as_bytes())).await?.filter(is_young).ok_or(PeopleError::NoLink)?;
    let person = store.person(link.person).await?.filter(|person| person.active).ok_or(PeopleError::NoLink)?;
    Ok((link, person))
}

/// Uses a link up: its person has this password from now on, is signed in nowhere else, and is signed in here. The token
/// of the new session stands beside them.
pub async fn use_link(store: &Store, token: &str, hash: String) -> Result<(PersonRow, String), PeopleError> {
    let mut change = store.change().await?;
    let link = change.take_link(&sha256(token.as_bytes())).await?.filter(is_young).ok_or(PeopleError::NoLink)?;
    let before = change.person(link.person).await?.filter(|row| row.active).ok_or(PeopleError::NoLink)?;
    let why = if link.purpose == "reset" { "set a new password by a link" } else { "set a password by a link" };
    let signed_in = put_password(&mut change, &before, hash, why).await?;
    change.commit().await?;
    Ok(signed_in)
}

/// Gives somebody a new password: they are signed in nowhere but here. The token of the new session stands beside them.
pub async fn change_password(store: &Store, id: i64, hash: String) -> Result<(PersonRow, String), PeopleError> {
    let mut change = store.change().await?;
    let before = change.person(id).await?.filter(|row| row.active).ok_or(PeopleError::Unknown)?;
    let signed_in = put_password(&mut change, &before, hash, "changed the password").await?;
    change.commit().await?;
    Ok(signed_in)
}

/// A link for the first administrator, while nobody who is one has a password.
pub async fn first_administrator(store: &Store, by: &str) -> Result<Option<(PersonRow, NewLink)>, PeopleError> {
    let mut change = store.change().await?;
    let people = change.people().await?;
    if people.iter().any(|person| is_administrator(person) && person.password_hash.is_some()) {
        return Ok(None);
    }
    let made = if let Some(row) = people.iter().find(|person| is_administrator(person)) {
        let link = put_link(&mut change, row, by).await?;
        (row.clone(), link)
    } else {
        let new = NewPerson {
            account: first_account(&people),
            name: "管理员".to_owned(),
            unit: None,
            roles: vec![Role::Administrator],
        };
        let (row, link) = put_new(&mut change, new, None, by).await?;
        let Some(link) = link else { return Ok(None) };
        (row, link)
    };
    change.commit().await?;
    Ok(Some(made))
}

/// What the first administrator is called: `admin`, or `admin2` when somebody without that right is called so.
fn first_account(people: &[PersonRow]) -> String {
    let is_free = |account: &String| !people.iter().any(|person| person.account == *account);
    let more = (2..).map(|number| format!("{FIRST}{number}"));
    std::iter::once(FIRST.to_owned()).chain(more).find(is_free).unwrap_or_default()
}

async fn put_password(
    change: &mut Change,
    before: &PersonRow,
    hash: String,
    why: &str,
) -> Result<(PersonRow, String), PeopleError> {
    let row = PersonRow {
        password_hash: Some(hash),
        version: before.version + 1,
        updated: clock::now_rfc3339(),
        ..before.clone()
    };
    change.put_person(&row).await?;
    change.drop_sessions(row.id).await?;
    change.drop_links(row.id).await?;
    log(change, Some(before), &row, &row.account, why).await?;
    let token = begin(change, &row).await?;
    Ok((row, token))
}

async fn put_link(change: &mut Change, row: &PersonRow, by: &str) -> Result<NewLink, PeopleError> {
    let (purpose, works) = match row.password_hash {
        None => ("invitation", INVITATION),
        Some(_) => ("reset", RESET),
    };
    let now = clock::now();
    let link = NewLink { token: token()?, purpose, expires: clock::rfc3339(now + works) };
    let kept = LinkRow {
        token_sha256: sha256(link.token.as_bytes()),
        person: row.id,
        purpose: purpose.to_owned(),
        made: clock::rfc3339(now),
        expires: link.expires.clone(),
    };
    change.put_link(&kept).await?;
    let line = NewRevision {
        noun: "link",
        noun_id: row.account.clone(),
        action: "created",
        before: None,
        after: json!({ "account": row.account, "purpose": purpose, "expires": link.expires }).to_string(),
    };
    change.log(&kept.made, by, "a link to set the password", &[line]).await?;
    Ok(link)
}

async fn check(change: &mut Change, unit: Option<&str>, roles: &[Role]) -> Result<(), PeopleError> {
    if roles.is_empty() {
        return Err(PeopleError::NoRole);
    }
    match unit {
        None if roles.contains(&Role::Member) => Err(PeopleError::UnitNeeded),
        Some(id) if !change.units().await?.iter().any(|unit| unit.id == id) => Err(PeopleError::NoUnit(id.to_owned())),
        _ => Ok(()),
    }
}

fn is_young(link: &LinkRow) -> bool {
    link.expires > clock::now_rfc3339()
}

fn is_administrator(row: &PersonRow) -> bool {
    row.active && roles_of(row).contains(&Role::Administrator)
}

fn sorted(mut roles: Vec<Role>) -> Vec<Role> {
    roles.sort_unstable();
    roles.dedup();
    roles
}

async fn log(
    change: &mut Change,
    before: Option<&PersonRow>,
    row: &PersonRow,
    by: &str,
    why: &str,
) -> Result<(), StoreError> {
    let line = NewRevision {
        noun: "person",
        noun_id: row.id.to_string(),
        action: if before.is_some() { "amended" } else { "created" },
        before: before.map(logged),
        after: logged(row),
    };
    change.log(&row.updated, by, why, &[line]).await
}

/// What the log keeps: all but the password, of which it says only whether there is one.
fn logged(row: &PersonRow) -> String {
    json!({
        "account": row.account, "name": row.name, "unit": row.unit, "roles": roles_of(row), "active": row.active,
        "has_password": row.password_hash.is_some(), "version": row.version,
    })
    .to_string()
}
