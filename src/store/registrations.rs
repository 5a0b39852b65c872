//! Rows of `registration`.

use super::{Change, Store, StoreError, TaskRow};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
#[schema(as = RegistrationState)]
pub enum State {
    /// Its unit works on it.
    Draft,
    /// It waits for a reviewer.
    Submitted,
    /// A reviewer gave it back, with a reason.
    Returned,
    /// It has become what the public sees.
    Published,
    /// Its unit gave it up.
    Withdrawn,
}

/// What a registration is to do once it is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
pub enum Intent {
    /// A new site.
    Create,
    /// Other words, another place for one that is there.
    Amend,
    /// One that is there closes.
    Close,
}

/// A registration as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct RegistrationRow {
    /// 128 random bits, hexadecimal.
    pub id: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// Where it stands.
    pub state: State,
    /// What it is to do.
    pub change: Intent,
    /// The site that is amended or closed; of a new one, once it is published.
    pub site: Option<i64>,
    /// The site's version that it was made on.
    pub base: Option<i64>,
    /// Whose it is.
    pub unit: Option<String>,
    /// Who began it.
    pub author: String,
    /// What they were called.
    pub author_name: String,
    /// The kind's id.
    pub kind: String,
    /// Empty in a draft that has none yet.
    pub name: String,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// The code of the town that it lay in when it was saved.
    pub area: Option<String>,
    /// JSON object.
    pub attributes: String,
    /// JSON list of `{id, width, height}`.
    pub photos: String,
    /// The day on which the site closes.
    pub closed_on: Option<String>,
    /// Whether publishing an amendment sets the closing day as well, as restoring does.
    pub reopens: bool,
    /// What its unit says to the reviewer.
    pub note: String,
    /// Why it was returned.
    pub reason: String,
    /// The sender's own key.
    pub sent_as: Option<String>,
    /// What its unit's own list calls it.
    pub number: Option<String>,
    /// The handed-over task that it began as.
    pub task: Option<String>,
    /// RFC 3339.
    pub created: String,
    /// When it was last changed.
    pub saved: String,
    /// When it came to its state.
    pub since: String,
    /// When it was last submitted.
    pub submitted: Option<String>,
    /// When it was last returned or published.
    pub decided: Option<String>,
}

/// Which registrations.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// In one of these states; in any when there is none.
    pub states: Vec<State>,
    /// Of this unit.
    pub unit: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// In this town.
    pub area: Option<String>,
    /// With this in the name.
    pub words: Option<String>,
    /// Not of these kinds.
    pub not_kinds: Vec<String>,
    /// That are to do this.
    pub change: Option<Intent>,
    /// The newest first instead of the oldest.
    pub newest_first: bool,
    /// Behind this moment and id.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: i64,
}

/// How many registrations of a unit stand where.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct UnitCounts {
    /// The unit; nothing for those of none.
    pub unit: Option<String>,
    /// Drafts.
    pub drafts: i64,
    /// That wait for a reviewer.
    pub submitted: i64,
    /// That wait for the unit.
    pub returned: i64,
    /// That are public.
    pub published: i64,
    /// That have waited for a reviewer too long.
    pub overdue: i64,
}

const COLUMNS: &str = "id, version, state, change, site, base, unit, author, author_name, kind, name, lon, lat, area,
                       attributes, photos, closed_on, reopens, note, reason, sent_as, number, task, created, saved, since,
                       submitted, decided";

/// Behind a selection: the registrations that fit, whatever their state.
fn push_fitting(query: &mut QueryBuilder<Sqlite>, ask: &Ask) {
    query.push(" from registration where state <> 'withdrawn'");
    for (column, value) in [("unit", &ask.unit), ("kind", &ask.kind), ("area", &ask.area)] {
        if let Some(value) = value {
            query.push(format!(" and {column} = ")).push_bind(value.clone());
        }
    }
    if let Some(words) = &ask.words {
        query.push(" and instr(lower(name), lower(").push_bind(words.clone()).push(")) > 0");
    }
    if !ask.not_kinds.is_empty() {
        query.push(" and kind not in (");
        let mut list = query.separated(", ");
        for kind in &ask.not_kinds {
            list.push_bind(kind.clone());
        }
        query.push(")");
    }
    if let Some(change) = ask.change {
        query.push(" and change = ").push_bind(change);
    }
}

/// Behind `select`: the counts of [`UnitCounts`].
fn push_counts(query: &mut QueryBuilder<Sqlite>, overdue: &str) {
    let counted =
        [("drafts", "draft"), ("submitted", "submitted"), ("returned", "returned"), ("published", "published")];
    for (name, state) in counted {
        query.push(format!("count(case when state = '{state}' then 1 end) as {name}, "));
    }
    query.push("count(case when state = 'submitted' and since < ");
    query.push_bind(overdue.to_owned()).push(" then 1 end) as overdue");
}

impl Store {
    /// The registration with an id.
    pub async fn registration(&self, id: &str) -> Result<Option<RegistrationRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from registration where id = "));
        query.push_bind(id.to_owned());
        Ok(query.build_query_as().fetch_optional(&self.read).await?)
    }

    /// Registrations in the order in which they came to their state, at most `limit`.
    pub async fn registrations(&self, ask: &Ask) -> Result<Vec<RegistrationRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS}"));
        push_fitting(&mut query, ask);
        if !ask.states.is_empty() {
            query.push(" and state in (");
            let mut list = query.separated(", ");
            for state in &ask.states {
                list.push_bind(*state);
            }
            query.push(")");
        }
        if let Some((since, id)) = &ask.after {
            query.push(if ask.newest_first { " and (since, id) < (" } else { " and (since, id) > (" });
            query.push_bind(since.clone()).push(", ").push_bind(id.clone()).push(")");
        }
        query.push(if ask.newest_first { " order by since desc, id desc" } else { " order by since, id" });
        query.push(" limit ").push_bind(ask.limit);
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }

    /// How many of those that fit stand where, whatever states are asked for. Those that wait since before
    /// `overdue` are overdue.
    pub async fn registration_counts(&self, ask: &Ask, overdue: &str) -> Result<UnitCounts, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new("select null as unit, ");
        push_counts(&mut query, overdue);
        push_fitting(&mut query, ask);
        Ok(query.build_query_as().fetch_one(&self.read).await?)
    }

    /// The same for each unit that has any, by unit.
    pub async fn desk_counts(&self, unit: Option<&str>, overdue: &str) -> Result<Vec<UnitCounts>, StoreError> {
        let ask = Ask { unit: unit.map(str::to_owned), ..Ask::default() };
        let mut query = QueryBuilder::<Sqlite>::new("select unit, ");
        push_counts(&mut query, overdue);
        push_fitting(&mut query, &ask);
        query.push(" group by unit order by unit");
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }

    /// Submitted registrations of a kind in a box (west, south, east, north), of one unit or of all; of very many some.
    pub async fn waiting_near(
        &self,
        kind: &str,
        unit: Option<&str>,
        [west, south, east, north]: [f64; 4],
    ) -> Result<Vec<RegistrationRow>, StoreError> {
        let ask = Ask { kind: Some(kind.to_owned()), unit: unit.map(str::to_owned), ..Ask::default() };
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS}"));
        push_fitting(&mut query, &ask);
        query.push(" and state = 'submitted' and lon between ").push_bind(west).push(" and ").push_bind(east);
        query.push(" and lat between ").push_bind(south).push(" and ").push_bind(north).push(" limit 500");
        Ok(query.build_query_as().fetch_all(&self.read).await?)
    }

    /// Whether a task was handed to a unit that has an account here and is not yet a draft of it.
    pub async fn has_new_tasks(&self) -> Result<bool, StoreError> {
        let query = "select exists (select 1 from task t join unit u on u.name = t.unit
                                    where not exists (select 1 from registration r where r.task = t.id))";
        Ok(sqlx::query_scalar(query).fetch_one(&self.read).await?)
    }

    /// The names of all units, by id.
    pub async fn unit_names(&self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sqlx::query_as("select id, name from unit order by id").fetch_all(&self.read).await?)
    }
}

impl Change {
    /// The registration with an id, as this change sees it.
    pub async fn registration(&mut self, id: &str) -> Result<Option<RegistrationRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from registration where id = "));
        query.push_bind(id.to_owned());
        Ok(query.build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// What an author sent under a key of theirs.
    pub async fn registration_sent(&mut self, author: &str, key: &str) -> Result<Option<RegistrationRow>, StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("select {COLUMNS} from registration where author = "));
        query.push_bind(author.to_owned()).push(" and sent_as = ").push_bind(key.to_owned());
        Ok(query.build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// Writes a registration, in the place of its former version.
    pub async fn put_registration(&mut self, row: &RegistrationRow) -> Result<(), StoreError> {
        let mut query = QueryBuilder::<Sqlite>::new(format!("insert into registration ({COLUMNS}) values ("));
        let mut values = query.separated(", ");
        values.push_bind(&row.id).push_bind(row.version).push_bind(row.state).push_bind(row.change);
        values.push_bind(row.site).push_bind(row.base).push_bind(&row.unit).push_bind(&row.author);
        values.push_bind(&row.author_name).push_bind(&row.kind).push_bind(&row.name).push_bind(row.lon);
        values.push_bind(row.lat).push_bind(&row.area).push_bind(&row.attributes).push_bind(&row.photos);
        values.push_bind(&row.closed_on).push_bind(row.reopens).push_bind(&row.note).push_bind(&row.reason);
        values
            .push_bind(&row.sent_as)
            .push_bind(&row.number)
            .push_bind(&row.task)
            .push_bind(&row.created)
            .push_bind(&row.saved);
        values.push_bind(&row.since).push_bind(&row.submitted).push_bind(&row.decided);
        query.push(
            ") on conflict (id) do update set version = excluded.version, state = excluded.state,
               change = excluded.change, site = excluded.site, base = excluded.base, unit = excluded.unit,
               kind = excluded.kind, name = excluded.name, lon = excluded.lon, lat = excluded.lat,
               area = excluded.area, attributes = excluded.attributes, photos = excluded.photos,
               closed_on = excluded.closed_on, reopens = excluded.reopens, note = excluded.note,
               reason = excluded.reason, number = excluded.number, saved = excluded.saved, since = excluded.since,
               submitted = excluded.submitted, decided = excluded.decided",
        );
        query.build().execute(&mut *self.tx).await?;
        Ok(())
    }

    /// The tasks that were handed to a unit that has an account here and are not yet drafts of it, each with the unit's id.
    pub async fn new_tasks(&mut self) -> Result<Vec<(String, TaskRow)>, StoreError> {
        #[derive(sqlx::FromRow)]
        struct Handed {
            unit_id: String,
            #[sqlx(flatten)]
            task: TaskRow,
        }
        let query =
            "select u.id as unit_id, t.id, t.scenario, t.version, t.place, t.kind, t.lon, t.lat, t.name, t.unit,
                            t.note, t.state, t.handed
                     from task t join unit u on u.name = t.unit
                     where not exists (select 1 from registration r where r.task = t.id) order by t.handed, t.id";
        let rows: Vec<Handed> = sqlx::query_as(query).fetch_all(&mut *self.tx).await?;
        Ok(rows.into_iter().map(|row| (row.unit_id, row.task)).collect())
    }

    /// Whether there is a unit with an id.
    pub async fn has_unit(&mut self, id: &str) -> Result<bool, StoreError> {
        let query = sqlx::query_scalar("select exists (select 1 from unit where id = $1)").bind(id);
        Ok(query.fetch_one(&mut *self.tx).await?)
    }
}
