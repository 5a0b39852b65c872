//! The gate: what every request passes before its handler. It finds out who asks, by the cookie of a browser or the token
//! of a script, puts the [`Person`] into the request, and refuses what the table in [`rights`] does not let them do.
//! Whether something is of one's own unit depends on more than the route; that is the handler's to say.
//!
//! Who is signed in stands in the database and is held in memory in front of it, so that a read does not wait for the
//! database. What is held is given up as soon as anything about people, units or tokens changes: at once when this process
//! changes it, as soon as the log tells when another one does, and after a minute in any case.

mod caller;
mod cookie;
mod rights;
mod tries;

pub use caller::{Caller, Proxies};
pub(super) use cookie::{given, taken};
pub use rights::{Who, rights};
pub use tries::{Rate, Tries};

use super::problem::Problem;
use super::router::App;
use crate::auth::session::is_alive;
use crate::auth::{Action, Person};
use crate::clock;
use crate::registry::{people::person_of, sessions, units};
use crate::store::sha256;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// People who are held in memory at once.
const MOST_HELD: u64 = 20_000;
/// Tokens of nobody that are held: of sessions that ended, or made up.
const MOST_NOBODIES: u64 = 10_000;
/// After how long the database is asked again, whatever the log says.
const HELD_FOR: Duration = Duration::from_mins(1);

/// Who asks, as it is held.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) person: Person,
    /// What their unit is called.
    pub(super) unit_name: Option<String>,
    /// A browser's session; nothing for a script.
    session: Option<Session>,
    /// Whether they may only read.
    reads_only: bool,
    /// What had changed about people when they were looked up.
    mark: (u64, i64),
}

#[derive(Debug)]
struct Session {
    begun: DateTime<Utc>,
    /// Seconds since 1970.
    seen: AtomicI64,
}

impl Held {
    fn is_alive(&self) -> bool {
        let Some(session) = &self.session else { return true };
        let now = clock::now();
        let seen = DateTime::from_timestamp(session.seen.load(Ordering::Relaxed), 0).unwrap_or_default();
        let alive = is_alive(session.begun, seen, now);
        if alive {
            session.seen.store(now.timestamp(), Ordering::Relaxed);
        }
        alive
    }
}

/// The token of the session that a request came with.
#[derive(Debug, Clone)]
pub(super) struct SessionToken(pub(super) String);

/// Who is signed in, and who tries to be.
#[derive(Debug)]
pub struct Gate {
    /// Whether browsers come by HTTPS.
    pub https: bool,
    /// Who may say whom they speak for.
    pub proxies: Proxies,
    /// What was tried lately.
    pub tries: Tries,
    /// Passwords that are hashed at once: each takes 19 MiB and a core.
    pub(super) hashing: Arc<Semaphore>,
    held: moka::sync::Cache<String, Arc<Held>>,
    /// Apart from people, whom a flood of made-up tokens would push out.
    nobodies: moka::sync::Cache<String, ()>,
    /// Counts changes of this process about people.
    changes: AtomicU64,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(false, Proxies::default())
    }
}

impl Gate {
    /// A gate that holds nobody yet.
    #[must_use]
    pub fn new(https: bool, proxies: Proxies) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            https,
            proxies,
            tries: Tries::default(),
            hashing: Arc::new(Semaphore::new(cores)),
            held: moka::sync::Cache::builder().max_capacity(MOST_HELD).time_to_live(HELD_FOR).build(),
            nobodies: moka::sync::Cache::builder().max_capacity(MOST_NOBODIES).time_to_live(HELD_FOR).build(),
            changes: AtomicU64::new(0),
        }
    }

    /// Gives up what is held, because something about people has changed.
    pub(super) fn forget(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// Whose a token is; nothing when it is nobody's (any more).
    async fn whose(&self, app: &App, token: &str, is_session: bool) -> Result<Option<Arc<Held>>, Problem> {
        // before the database is asked: what changes meanwhile is looked at again the next time
        let mark = (self.changes.load(Ordering::SeqCst), app.live.read().people_mark());
        let key = sha256(token.as_bytes());
        if let Some(held) = self.held.get(&key).filter(|held| held.mark == mark) {
            return Ok(held.is_alive().then_some(held));
        }
        // tokens are random: one that is nobody's does not become somebody's
        if self.nobodies.contains_key(&key) {
            return Ok(None);
        }
        let held = if is_session { session(app, token, mark).await? } else { script(app, token, mark).await? };
        let held = held.map(Arc::new);
        if let Some(held) = &held {
            self.held.insert(key, held.clone());
        } else {
            self.held.invalidate(&key);
            self.nobodies.insert(key, ());
        }
        Ok(held)
    }
}

async fn session(app: &App, token: &str, mark: (u64, i64)) -> Result<Option<Held>, Problem> {
    let Some((row, person)) = sessions::session(&app.store, token).await? else { return Ok(None) };
    let time = |text: &str| clock::from_rfc3339(text).unwrap_or_default();
    let session = Session { begun: time(&row.begun), seen: AtomicI64::new(time(&row.seen).timestamp()) };
    held(app, person_of(&person), Some(session), false, mark).await.map(Some)
}

async fn script(app: &App, token: &str, mark: (u64, i64)) -> Result<Option<Held>, Problem> {
    let Some((person, reads_only)) = units::bearer(&app.store, token).await? else { return Ok(None) };
    held(app, person, None, reads_only, mark).await.map(Some)
}

async fn held(
    app: &App,
    person: Person,
    session: Option<Session>,
    reads_only: bool,
    mark: (u64, i64),
) -> Result<Held, Problem> {
    let unit = match &person.unit {
        Some(unit) => app.store.unit(&unit.0).await?,
        None => None,
    };
    Ok(Held { person, unit_name: unit.map(|unit| unit.name), session, reads_only, mark })
}

/// The middleware. Files of the front end pass as they are.
pub(super) async fn pass(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let Some(route) = request.extensions().get::<MatchedPath>().cloned() else { return next.run(request).await };
    let caller = caller::of(&request, &app.gate.proxies);
    request.extensions_mut().insert(caller);
    match let_in(&app, route.as_str(), &mut request).await {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

async fn let_in(app: &App, route: &str, request: &mut Request) -> Result<(), Problem> {
    let held = match cookie::bearer(request.headers()) {
        // a script whose token is dead should hear of it, also where everybody may read
        Some(token) => Some(app.gate.whose(app, token, false).await?.ok_or(Problem::Unsigned)?),
        None => match cookie::token(request.headers(), app.gate.https).map(str::to_owned) {
            Some(token) => {
                let held = app.gate.whose(app, &token, true).await?;
                request.extensions_mut().insert(SessionToken(token));
                held
            }
            None => None,
        },
    };
    let who = rights::of(request.method(), route).ok_or(Problem::Method)?;
    if let Some(held) = held {
        if held.reads_only && !request.method().is_safe() {
            return Err(Problem::not_allowed());
        }
        // a script has no account to sign out of
        if held.session.is_none() && who == Who::May(&[Action::OwnAccount]) {
            return Err(Problem::not_allowed());
        }
        request.extensions_mut().insert(held.person.clone());
        request.extensions_mut().insert(held);
    }
    let Who::May(actions) = who else { return Ok(()) };
    let person = request.extensions().get::<Person>().ok_or(Problem::Unsigned)?;
    if actions.iter().any(|action| person.may(*action)) { Ok(()) } else { Err(Problem::not_allowed()) }
}
