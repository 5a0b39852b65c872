//! Rows of `scenario` and `task`.

use super::{Change, Store, StoreError};
use sqlx::{QueryBuilder, Sqlite};

/// A scenario as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ScenarioRow {
    /// 128 random bits; whoever has it reads the scenario.
    pub id: String,
    /// Counts its changes from 1.
    pub version: i64,
    /// The kind of site that is planned.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// What else somebody wrote, perhaps nothing.
    pub note: String,
    /// JSON: what is asked of `POST /api/what-if`.
    pub plan: String,
    /// The siting job that it comes from.
    pub siting: Option<String>,
    /// JSON: its figures when it was saved.
    pub figures: String,
    /// What it was made on.
    #[sqlx(flatten)]
    pub made_on: MadeOn,
    /// Hash of the key, hexadecimal.
    pub key_sha256: String,
    /// When this version was saved, RFC 3339.
    pub saved: String,
    /// When the first one was.
    pub created: String,
    /// Whether somebody removed it.
    pub gone: bool,
}

/// The data that a scenario's figures were worked out on.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct MadeOn {
    /// What the figures say that they stand on.
    #[sqlx(rename = "made_mark")]
    pub mark: String,
    /// The newest line of the log about what is shown.
    #[sqlx(rename = "made_revision")]
    pub revision: i64,
    /// A sum over the sites that matter.
    #[sqlx(rename = "made_sites")]
    pub sites: String,
    /// The version of the children.
    #[sqlx(rename = "made_children")]
    pub children: i64,
    /// The version of the walking network.
    #[sqlx(rename = "made_network")]
    pub network: i64,
    /// The newest line about an area.
    #[sqlx(rename = "made_areas")]
    pub areas: i64,
    /// A hash of the data files that figures depend on.
    #[sqlx(rename = "made_rules")]
    pub rules: String,
}

impl MadeOn {
    /// What is no longer the same, in a word each: `sites`, `children`, `network`, `areas`, `rules`.
    #[must_use]
    pub fn moved_on(&self, now: &Self) -> Vec<&'static str> {
        let differs = [
            ("sites", self.sites != now.sites),
            ("children", self.children != now.children),
            ("network", self.network != now.network),
            ("areas", self.areas != now.areas),
            ("rules", self.rules != now.rules),
        ];
        differs.into_iter().filter(|(_, moved)| *moved).map(|(what, _)| what).collect()
    }
}

/// A proposed site that was handed to a unit, as a row.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct TaskRow {
    /// 128 random bits.
    pub id: String,
    /// Of which scenario.
    pub scenario: String,
    /// The scenario's version then.
    pub version: i64,
    /// Which of its proposed sites, then.
    pub place: i64,
    /// The kind of site.
    pub kind: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Its name, perhaps none yet.
    pub name: String,
    /// Who is to register it.
    pub unit: String,
    /// What else somebody wrote.
    pub note: String,
    /// `draft`.
    pub state: String,
    /// When it was handed over, RFC 3339.
    pub handed: String,
}

const COLUMNS: &str = "id, version, kind, name, note, plan, siting, figures, made_mark, made_revision, made_sites,
                       made_children, made_network, made_areas, made_rules, key_sha256, saved, created, gone";

/// What a list tells of a scenario.
#[derive(Debug, Clone, PartialEq, serde::Serialize, sqlx::FromRow)]
#[allow(missing_docs, reason = "the fields of ScenarioRow")]
pub struct ListedScenario {
    pub id: String,
    pub version: i64,
    pub kind: String,
    pub name: String,
    pub created: String,
    pub saved: String,
    /// How many of its places were handed over.
    pub tasks: i64,
}

fn living(id: &str) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(format!("select {COLUMNS} from scenario where gone = 0 and id = "));
    query.push_bind(id.to_owned());
    query
}

impl Store {
    /// A scenario that nobody removed.
    pub async fn scenario(&self, id: &str) -> Result<Option<ScenarioRow>, StoreError> {
        Ok(living(id).build_query_as().fetch_optional(&self.read).await?)
    }

    /// All scenarios that nobody removed, the last saved first.
    pub async fn scenarios(&self) -> Result<Vec<ListedScenario>, StoreError> {
        let query = "select id, version, kind, name, created, saved,
                            (select count(*) from task where task.scenario = scenario.id) as tasks
                     from scenario where gone = 0 order by saved desc, id";
        Ok(sqlx::query_as(query).fetch_all(&self.read).await?)
    }

    /// What was handed over of a scenario, the first first.
    pub async fn tasks(&self, scenario: &str) -> Result<Vec<TaskRow>, StoreError> {
        let query = "select id, scenario, version, place, kind, lon, lat, name, unit, note, state, handed
                     from task where scenario = $1 order by handed, id";
        Ok(sqlx::query_as(query).bind(scenario).fetch_all(&self.read).await?)
    }
}

impl Change {
    /// A scenario that nobody removed, as this change sees it.
    pub async fn scenario(&mut self, id: &str) -> Result<Option<ScenarioRow>, StoreError> {
        Ok(living(id).build_query_as().fetch_optional(&mut *self.tx).await?)
    }

    /// How many scenarios there are that nobody removed.
    pub async fn living_scenarios(&mut self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("select count(*) from scenario where gone = 0").fetch_one(&mut *self.tx).await?)
    }

    /// Writes a scenario, in the place of its former version.
    pub async fn put_scenario(&mut self, row: &ScenarioRow) -> Result<(), StoreError> {
        let query = "insert into scenario (id, version, kind, name, note, plan, siting, figures, made_mark,
                                           made_revision, made_sites, made_children, made_network, made_areas,
                                           made_rules, key_sha256, saved, created, gone)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
                     on conflict (id) do update set version = excluded.version, kind = excluded.kind, name = excluded.name,
                       note = excluded.note, plan = excluded.plan, siting = excluded.siting,
                       figures = excluded.figures, made_mark = excluded.made_mark,
                       made_revision = excluded.made_revision, made_sites = excluded.made_sites,
                       made_children = excluded.made_children, made_network = excluded.made_network,
                       made_areas = excluded.made_areas, made_rules = excluded.made_rules, saved = excluded.saved,
                       gone = excluded.gone";
        sqlx::query(query)
            .bind(&row.id)
            .bind(row.version)
            .bind(&row.kind)
            .bind(&row.name)
            .bind(&row.note)
            .bind(&row.plan)
            .bind(&row.siting)
            .bind(&row.figures)
            .bind(&row.made_on.mark)
            .bind(row.made_on.revision)
            .bind(&row.made_on.sites)
            .bind(row.made_on.children)
            .bind(row.made_on.network)
            .bind(row.made_on.areas)
            .bind(&row.made_on.rules)
            .bind(&row.key_sha256)
            .bind(&row.saved)
            .bind(&row.created)
            .bind(i64::from(row.gone))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// What was handed to `unit` of a scenario at a place.
    pub async fn task_at(
        &mut self,
        scenario: &str,
        unit: &str,
        [lon, lat]: [f64; 2],
    ) -> Result<Option<TaskRow>, StoreError> {
        let query = "select id, scenario, version, place, kind, lon, lat, name, unit, note, state, handed
                     from task where scenario = $1 and unit = $2 and lon = $3 and lat = $4";
        let query = sqlx::query_as(query).bind(scenario).bind(unit).bind(lon).bind(lat);
        Ok(query.fetch_optional(&mut *self.tx).await?)
    }

    /// How many of a scenario's places were handed over.
    pub async fn task_count(&mut self, scenario: &str) -> Result<i64, StoreError> {
        let query = sqlx::query_scalar("select count(*) from task where scenario = $1").bind(scenario);
        Ok(query.fetch_one(&mut *self.tx).await?)
    }

    /// Writes a new task.
    pub async fn add_task(&mut self, row: &TaskRow) -> Result<(), StoreError> {
        let query = "insert into task (id, scenario, version, place, kind, lon, lat, name, unit, note, state, handed)
                     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
        sqlx::query(query)
            .bind(&row.id)
            .bind(&row.scenario)
            .bind(row.version)
            .bind(row.place)
            .bind(&row.kind)
            .bind(row.lon)
            .bind(row.lat)
            .bind(&row.name)
            .bind(&row.unit)
            .bind(&row.note)
            .bind(&row.state)
            .bind(&row.handed)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}
