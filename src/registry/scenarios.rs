//! Saves, amends and removes scenarios, and hands their proposed sites over to units.
//!
//! Each is one transaction that writes the row and its line in the revision log. Nobody has an account yet: whoever got
//! the key when the scenario was made may change it. The key is told once, kept as a hash, and stands in no log.

use super::secret::fits;
use crate::chance::token;
use crate::clock;
use crate::store::{Change, MadeOn, NewRevision, ScenarioRow, Store, StoreError, TaskRow, sha256};
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;

/// Scenarios that are kept at once. At their largest they take little more than a gigabyte.
pub const MOST_SCENARIOS: i64 = 20_000;
/// Tasks of one scenario.
pub const MOST_TASKS: i64 = 200;
/// Who changes a scenario.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// Somebody who has its key, perhaps.
    Key(&'a str),
    /// Whoever looks after the database.
    Administrator,
}

/// What somebody wants to be kept.
#[derive(Debug, Clone)]
pub struct NewScenario {
    /// The kind of site that is planned.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// What else there is to say.
    pub note: String,
    /// JSON: what is asked of `POST /api/what-if`.
    pub plan: String,
    /// The siting job that it comes from.
    pub siting: Option<String>,
    /// JSON: its figures.
    pub figures: String,
    /// What these stand on.
    pub made_on: MadeOn,
}

/// A proposed site for a unit.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// Which of the plan's proposed sites, from 0.
    pub place: usize,
    /// Who is to register it.
    pub unit: String,
    /// What else there is to say.
    pub note: String,
}

/// Why a scenario is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// There is none, or it was removed.
    #[error("no such scenario")]
    Unknown,
    /// The key is not its key.
    #[error("the key is not the scenario's")]
    WrongKey,
    /// Somebody saved another version meanwhile.
    #[error("the scenario stands at version {now}")]
    Older {
        /// Which it stands at.
        now: i64,
    },
    /// There are so many that no more are kept.
    #[error("{most} scenarios are kept and there is no room for more")]
    Full {
        /// How many.
        most: i64,
    },
    /// So much was handed over that no more is taken.
    #[error("{MOST_TASKS} places of the scenario were handed over and there is no room for more")]
    TooManyTasks,
    /// The plan has no such place.
    #[error("the plan proposes {places} sites")]
    NoPlace {
        /// How many it has.
        places: usize,
    },
    /// The row does not read.
    #[error("the scenario's plan does not read: {0}")]
    Plan(#[from] serde_json::Error),
    /// The system has no random bits.
    #[error("no random bits: {0}")]
    Random(#[from] getrandom::Error),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a new scenario while fewer than `most` are kept. With it comes its key, which nothing tells again.
pub async fn save(store: &Store, new: NewScenario, most: i64) -> Result<(ScenarioRow, String), ScenarioError> {
    let key = token()?;
    let now = clock::now_rfc3339();
    let row = ScenarioRow {
        id: token()?,
        version: 1,
        kind: new.kind,
        name: new.name,
        note: new.note,
        plan: new.plan,
        siting: new.siting,
        figures: new.figures,
        made_on: new.made_on,
        key_sha256: sha256(key.as_bytes()),
        saved: now.clone(),
        created: now,
        gone: false,
    };
    let mut change = store.change().await?;
    if change.living_scenarios().await? >= most {
        return Err(ScenarioError::Full { most });
    }
    put(&mut change, None, &row, By::Key(&key), "saved").await?;
    change.commit().await?;
    Ok((row, key))
}

/// Saves another version of a scenario, which must stand at `version`. What is as it was makes no new version.
pub async fn amend(
    store: &Store,
    id: &str,
    key: &str,
    version: i64,
    new: NewScenario,
) -> Result<ScenarioRow, ScenarioError> {
    let mut change = store.change().await?;
    let before = opened(&mut change, id, By::Key(key)).await?;
    if before.version != version {
        return Err(ScenarioError::Older { now: before.version });
    }
    let mut row = ScenarioRow {
        kind: new.kind,
        name: new.name,
        note: new.note,
        plan: new.plan,
        siting: new.siting,
        figures: new.figures,
        made_on: new.made_on,
        ..before.clone()
    };
    if row == before {
        return Ok(row);
    }
    row.version += 1;
    row.saved = clock::now_rfc3339();
    put(&mut change, Some(&before), &row, By::Key(key), "saved again").await?;
    change.commit().await?;
    Ok(row)
}

/// Removes a scenario; when `version` is said it must stand at it. Its versions stay in the log, and its tasks with
/// those whom they were handed to.
pub async fn remove(store: &Store, id: &str, by: By<'_>, version: Option<i64>) -> Result<(), ScenarioError> {
    let mut change = store.change().await?;
    let before = opened(&mut change, id, by).await?;
    if version.is_some_and(|version| version != before.version) {
        return Err(ScenarioError::Older { now: before.version });
    }
    let row = ScenarioRow { version: before.version + 1, saved: clock::now_rfc3339(), gone: true, ..before.clone() };
    put(&mut change, Some(&before), &row, by, "removed").await?;
    Ok(change.commit().await?)
}

/// Hands a proposed site over to a unit, as a draft of its registration. The same place handed to the same unit again is
/// the task that there is; whether it is a new one stands beside it.
pub async fn hand_over(store: &Store, id: &str, key: &str, hand: HandOver) -> Result<(TaskRow, bool), ScenarioError> {
    let mut change = store.change().await?;
    let scenario = opened(&mut change, id, By::Key(key)).await?;
    let places = serde_json::from_str::<Places>(&scenario.plan)?.add;
    let place = places.get(hand.place).ok_or(ScenarioError::NoPlace { places: places.len() })?;
    if let Some(known) = change.task_at(id, &hand.unit, [place.lon, place.lat]).await? {
        return Ok((known, false));
    }
    if change.task_count(id).await? >= MOST_TASKS {
        return Err(ScenarioError::TooManyTasks);
    }
    let row = TaskRow {
        id: token()?,
        scenario: scenario.id,
        version: scenario.version,
        place: i64::try_from(hand.place).unwrap_or(i64::MAX),
        kind: scenario.kind,
        lon: place.lon,
        lat: place.lat,
        name: place.name.clone().unwrap_or_default(),
        unit: hand.unit,
        note: hand.note,
        state: "draft".to_owned(),
        handed: clock::now_rfc3339(),
    };
    change.add_task(&row).await?;
    let line = NewRevision {
        noun: "task",
        noun_id: row.id.clone(),
        action: "created",
        before: None,
        after: json!({
            "scenario": row.scenario, "version": row.version, "place": row.place, "kind": row.kind, "lon": row.lon,
            "lat": row.lat, "name": row.name, "unit": row.unit, "note": row.note, "state": row.state,
        })
        .to_string(),
    };
    change.log(&row.handed, By::Key(key).who(), "handed over", &[line]).await?;
    change.commit().await?;
    Ok((row, true))
}

/// What a plan proposes, of all that it says.
#[derive(Deserialize)]
struct Places {
    #[serde(default)]
    add: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    lon: f64,
    lat: f64,
    name: Option<String>,
}

/// Whether a key is a scenario's.
pub fn opens(row: &ScenarioRow, key: &str) -> Result<(), ScenarioError> {
    if fits(key, &row.key_sha256) { Ok(()) } else { Err(ScenarioError::WrongKey) }
}

/// A scenario that somebody may change.
async fn opened(change: &mut Change, id: &str, by: By<'_>) -> Result<ScenarioRow, ScenarioError> {
    let row = change.scenario(id).await?.ok_or(ScenarioError::Unknown)?;
    if let By::Key(key) = by {
        opens(&row, key)?;
    }
    Ok(row)
}

impl By<'_> {
    /// For the log.
    fn who(self) -> &'static str {
        match self {
            Self::Key(_) => "scenario key",
            Self::Administrator => "administrator",
        }
    }
}

async fn put(
    change: &mut Change,
    before: Option<&ScenarioRow>,
    row: &ScenarioRow,
    by: By<'_>,
    why: &str,
) -> Result<(), ScenarioError> {
    change.put_scenario(row).await?;
    let line = NewRevision {
        noun: "scenario",
        noun_id: row.id.clone(),
        action: match before {
            None => "created",
            Some(_) if row.gone => "removed",
            Some(_) => "amended",
        },
        before: before.map(logged),
        after: if row.gone { json!({ "version": row.version, "gone": true }).to_string() } else { logged(row) },
    };
    Ok(change.log(&row.saved, by.who(), why, &[line]).await?)
}

/// What the log keeps of a version: all but the key.
fn logged(row: &ScenarioRow) -> String {
    let raw = |text: &str| serde_json::from_str::<Box<RawValue>>(text).ok();
    let made_on = &row.made_on;
    json!({
        "version": row.version, "kind": row.kind, "name": row.name, "note": row.note, "plan": raw(&row.plan),
        "siting": row.siting, "figures": raw(&row.figures),
        "made_on": {
            "mark": made_on.mark, "revision": made_on.revision, "sites": made_on.sites, "children": made_on.children,
            "network": made_on.network, "areas": made_on.areas, "rules": made_on.rules,
        },
    })
    .to_string()
}
