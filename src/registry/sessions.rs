//! Signing in and out. Each stands in the revision log (noun `session`), and so does a password that was wrong; the password
//! and the token stand there never, and an account only when there is one: people type passwords into the wrong field.

use super::people::PeopleError;
use crate::auth::session::{ABSOLUTE, IDLE, is_alive};
use crate::chance::long_token;
use crate::clock;
use crate::store::{Change, NewRevision, PersonRow, SessionRow, Store, StoreError, sha256};
use serde_json::json;

/// How often the database is told that a session is still used.
const SEEN_EVERY: chrono::TimeDelta = chrono::TimeDelta::minutes(10);
/// Who is meant by an account that does not exist.
const NOBODY: &str = "nobody";

/// Signs somebody in. The token is new, whatever their browser showed: a session that it had (`former`) is over. Returns
/// the token, which nothing tells again.
pub async fn sign_in(store: &Store, person: &PersonRow, former: Option<&str>) -> Result<String, PeopleError> {
    let mut change = store.change().await?;
    if let Some(former) = former {
        change.drop_session(&sha256(former.as_bytes())).await?;
    }
    // what was right when the password was looked at may have changed since
    let now = change.person(person.id).await?.filter(|now| now.active && now.password_hash == person.password_hash);
    let person = now.ok_or(PeopleError::Unknown)?;
    let token = begin(&mut change, &person).await?;
    change.commit().await?;
    Ok(token)
}

/// Begins a session within a change.
pub(super) async fn begin(change: &mut Change, person: &PersonRow) -> Result<String, PeopleError> {
    let token = long_token()?;
    let now = clock::now();
    let at = clock::rfc3339(now);
    let row =
        SessionRow { token_sha256: sha256(token.as_bytes()), person: person.id, begun: at.clone(), seen: at.clone() };
    change.add_session(&row, &clock::rfc3339(now - ABSOLUTE), &clock::rfc3339(now - IDLE)).await?;
    log(change, &at, &person.account, "signed in").await?;
    Ok(token)
}

/// Whose a session is, when it is still one. Now and then it notes that it is used.
pub async fn session(store: &Store, token: &str) -> Result<Option<(SessionRow, PersonRow)>, StoreError> {
    let hash = sha256(token.as_bytes());
    let Some((mut session, person)) = store.session(&hash).await? else { return Ok(None) };
    let now = clock::now();
    let (Some(begun), Some(seen)) = (clock::from_rfc3339(&session.begun), clock::from_rfc3339(&session.seen)) else {
        return Ok(None);
    };
    if !person.active || !is_alive(begun, seen, now) {
        return Ok(None);
    }
    if now - seen > SEEN_EVERY {
        session.seen = clock::rfc3339(now);
        // nobody waits for it: while a large file is imported the database takes no other change
        let (store, seen) = (store.clone(), session.seen.clone());
        tokio::spawn(async move {
            if let Err(error) = store.see_session(&hash, &seen).await {
                tracing::warn!(%error, "it could not be noted that a session is used");
            }
        });
    }
    Ok(Some((session, person)))
}

/// Ends one session.
pub async fn sign_out(store: &Store, account: &str, token: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    if change.drop_session(&sha256(token.as_bytes())).await? {
        log(&mut change, &clock::now_rfc3339(), account, "signed out").await?;
    }
    change.commit().await
}

/// Ends all sessions of a person.
pub async fn sign_out_everywhere(store: &Store, person: i64, account: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    change.drop_sessions(person).await?;
    log(&mut change, &clock::now_rfc3339(), account, "signed out everywhere").await?;
    change.commit().await
}

/// Ends all sessions and one-time links: a copy from before brings back those that were ended since.
pub async fn sign_all_out(store: &Store, why: &str) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    let (sessions, links) = change.drop_all_sessions_and_links().await?;
    let line = NewRevision {
        noun: "session",
        noun_id: NOBODY.to_owned(),
        action: "signed out everywhere",
        before: None,
        after: json!({ "sessions": sessions, "links": links }).to_string(),
    };
    change.log(&clock::now_rfc3339(), NOBODY, why, &[line]).await?;
    change.commit().await
}

/// Notes that somebody gave a wrong password.
pub async fn failed(store: &Store, account: Option<&str>) -> Result<(), StoreError> {
    let mut change = store.change().await?;
    log(&mut change, &clock::now_rfc3339(), account.unwrap_or(NOBODY), "failed").await?;
    change.commit().await
}

async fn log(change: &mut Change, at: &str, account: &str, action: &'static str) -> Result<(), StoreError> {
    let line = NewRevision {
        noun: "session",
        noun_id: account.to_owned(),
        action,
        before: None,
        after: json!({ "account": account }).to_string(),
    };
    let who = if action == "failed" { NOBODY } else { account };
    change.log(at, who, action, &[line]).await
}
