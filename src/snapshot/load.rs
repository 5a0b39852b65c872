//! From the database into memory, at start: rows are read by several connections at once and the indexes are packed
//! from all of them together.

use super::closing::Closing;
use super::doors::BothDoors;
use super::{HeldBaseMap, HeldChildren, HeldWalks, Rules, Snapshot, point_of};
use crate::area::{Area, AreaSet, check_outline};
use crate::basemap::{BASEMAP, BaseMap, StoredBaseError};
use crate::children::{CHILDREN, Children, StoredChildrenError};
use crate::clock;
use crate::geo::LonLat;
use crate::network::{Network, StoredError, Walks};
use crate::site::{Attributes, Site, SiteId, Visibility};
use crate::store::{AreaRow, HeldRow, SiteRow, Store, StoreError};
use crate::text::Words;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::Arc;

/// Fewer sites than this are read by one connection.
const ROWS_WORTH_A_TASK: i64 = 20_000;
const TASKS: i64 = 2;

/// Loads everything that is published.
pub async fn load(store: &Store, rules: Arc<Rules>) -> Result<Snapshot, StoreError> {
    // the revision first: what is committed while rows are read is then followed, and putting it twice is harmless
    let revision = store.latest_revision().await?;
    let identity = store.identity().await?;
    let areas = stored_areas(store).await?;
    let mut snapshot = Snapshot::empty(rules.clone(), identity, areas, revision);
    snapshot.shown = store.latest_shown_revision().await?;
    snapshot.areas_revision = store.latest_area_revision().await?;
    snapshot.walks = walks(store, &rules).await?;
    snapshot.children = children(store).await?;
    snapshot.basemap = basemap(store).await?;
    let today = clock::today().to_string();
    let (ahead, last_closed) = store.closings(&today).await?;
    snapshot.closing = Closing::of(ahead, last_closed);
    let Some((first, last)) = store.site_id_range().await? else { return Ok(snapshot) };

    let tasks = if last - first < ROWS_WORTH_A_TASK { 1 } else { TASKS };
    let step = (last - first) / tasks + 1;
    let reading: Vec<_> = (0..tasks)
        .map(|task| {
            let (store, rules, today) = (store.clone(), rules.clone(), today.clone());
            let (from, to) = (first + task * step, (first + (task + 1) * step - 1).min(last));
            tokio::spawn(async move { read(&store, &rules, [from, to], &today).await })
        })
        .collect();
    let mut sites = Vec::new();
    for part in reading {
        match part.await {
            Ok(part) => sites.append(&mut part?),
            // a panic while reading is a panic of loading
            Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
        }
    }
    fill(&mut snapshot, sites);
    store.tended_sites().await?.into_iter().for_each(|row| snapshot.tend(row));
    Ok(snapshot)
}

/// The areas that are stored.
pub async fn stored_areas(store: &Store) -> Result<AreaSet, StoreError> {
    Ok(AreaSet::new(store.areas().await?.into_iter().filter_map(area).collect()))
}

/// The walking network in use, for an import that stands on it.
pub async fn stored_walks(store: &Store, rules: &Arc<Rules>) -> Result<Option<Arc<Walks>>, StoreError> {
    Ok(walks(store, rules).await?.map(|held| held.walks))
}

/// The walking network in use. One that another version of this program wrote is left out and told in the log; one that
/// is damaged is an error.
pub(super) async fn walks(store: &Store, rules: &Arc<Rules>) -> Result<Option<HeldWalks>, StoreError> {
    let Some(row) = store.dataset_in_use("network").await? else { return Ok(None) };
    let content = store.dataset_content(&row).await?;
    let rules = rules.clone();
    let made = tokio::task::spawn_blocking(move || {
        Network::from_bytes(&content).map(|network| Arc::new(Walks::new(Arc::new(network), &rules.profiles)))
    });
    match made.await {
        Ok(Ok(walks)) => Ok(Some(HeldWalks { walks, doors: BothDoors::default(), version: row.version })),
        Ok(Err(StoredError::Form)) => {
            tracing::error!(version = row.version, "{}", StoredError::Form);
            Ok(None)
        }
        Ok(Err(error)) => Err(StoreError::Damaged { kind: row.kind, version: row.version, what: error.to_string() }),
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// The children in use with the name of their file, under the same rules as the network.
pub(super) async fn children(store: &Store) -> Result<Option<HeldChildren>, StoreError> {
    let Some(row) = store.dataset_in_use(CHILDREN).await? else { return Ok(None) };
    match Children::from_bytes(&store.dataset_content(&row).await?) {
        Ok(children) => {
            Ok(Some(HeldChildren { children: Arc::new(children), source: row.source, version: row.version }))
        }
        Err(StoredChildrenError::Form) => {
            tracing::error!(version = row.version, "{}", StoredChildrenError::Form);
            Ok(None)
        }
        Err(error) => Err(StoreError::Damaged { kind: row.kind, version: row.version, what: error.to_string() }),
    }
}

/// The base map in use, under the same rules as the network.
pub(super) async fn basemap(store: &Store) -> Result<Option<HeldBaseMap>, StoreError> {
    let Some(row) = store.dataset_in_use(BASEMAP).await? else { return Ok(None) };
    let content = store.dataset_content(&row).await?;
    match tokio::task::spawn_blocking(move || BaseMap::from_bytes(&content)).await {
        Ok(Ok(map)) => Ok(Some(HeldBaseMap { map: Arc::new(map), mark: row.sha256.into() })),
        Ok(Err(StoredBaseError::Form)) => {
            tracing::error!(version = row.version, "{}", StoredBaseError::Form);
            Ok(None)
        }
        Ok(Err(error)) => Err(StoreError::Damaged { kind: row.kind, version: row.version, what: error.to_string() }),
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

async fn read(store: &Store, rules: &Rules, [first, last]: [i64; 2], today: &str) -> Result<Vec<Site>, StoreError> {
    let mut sites = Vec::new();
    let mut sources: HashMap<String, Arc<str>> = HashMap::new();
    store.each_held(first, last, today, |row| sites.extend(site(rules, row, &mut sources))).await?;
    Ok(sites)
}

/// Fills an empty snapshot with sites sorted by number.
fn fill(snapshot: &mut Snapshot, sites: Vec<Site>) {
    let rules = snapshot.rules.clone();
    let hidden = |site: &Site| rules.catalogue.kind(site.kind).visibility == Visibility::Aggregate;
    let last = sites.last().and_then(|site| usize::try_from(site.id.0).ok()).unwrap_or(0);
    snapshot.sites.resize_with(last + 1, || None);
    let mut points = Vec::with_capacity(sites.len());
    for site in sites {
        let area = snapshot.areas.find(site.at);
        snapshot.count_up(site.kind, area);
        if hidden(&site) {
            snapshot.hidden.insert(site.id, (site.kind, area));
        } else if let Some(point) = point_of(&site) {
            points.push(point);
            snapshot.sum_up(&site);
            snapshot.note(&site);
            snapshot.sites[point.key as usize] = Some(snapshot.hold(site, area));
        }
    }
    snapshot.index = crate::geo::PointIndex::build(&points);
}

/// A row as a site. One whose kind the catalogue no longer has, or that does not read, is left out and told in the log.
fn site(rules: &Rules, row: HeldRow<'_>, sources: &mut HashMap<String, Arc<str>>) -> Option<Site> {
    let Some(kind) = rules.catalogue.kind_index(row.kind) else {
        tracing::warn!(site.id = row.id, "a site is not shown: the catalogue no longer has its kind");
        return None;
    };
    let attributes = Attributes::from_json(&rules.catalogue, row.attributes);
    let (Ok(at), Ok(attributes)) = (LonLat::new(row.lon, row.lat), attributes) else {
        tracing::warn!(site.id = row.id, "a site is not shown: its row does not read");
        return None;
    };
    if !sources.contains_key(row.source) {
        sources.insert(row.source.to_owned(), row.source.into());
    }
    Some(Site {
        id: SiteId(row.id),
        kind,
        at,
        name: row.name.into(),
        attributes,
        source: sources.get(row.source)?.clone(),
        version: u32::try_from(row.version).unwrap_or(u32::MAX),
        updated: row.updated.get(..10).and_then(day).unwrap_or(NaiveDate::MIN),
    })
}

/// `2025-12-31`, read without chrono's general parser, which a million rows would wait for.
fn day(text: &str) -> Option<NaiveDate> {
    let number = |range| text.get(range).and_then(|digits: &str| digits.parse().ok());
    NaiveDate::from_ymd_opt(text.get(..4)?.parse().ok()?, number(5..7)?, number(8..10)?)
}

/// A row that stands alone as a site.
pub(super) fn lone_site(rules: &Rules, row: &SiteRow) -> Option<Site> {
    let row = HeldRow {
        id: row.id,
        kind: &row.kind,
        name: &row.name,
        lon: row.lon,
        lat: row.lat,
        attributes: &row.attributes,
        source: &row.source,
        version: row.version,
        updated: &row.updated,
    };
    site(rules, row, &mut HashMap::new())
}

/// A row as an area; one that does not read is left out and told in the log.
fn area(row: AreaRow) -> Option<Area> {
    let word = |word: &str| serde_json::Value::from(word);
    let polygons: Vec<Vec<Vec<[f64; 2]>>> = serde_json::from_str(&row.shape).ok()?;
    let parts = (
        serde_json::from_value(word(&row.kind)),
        serde_json::from_value(word(&row.outline)),
        LonLat::new(row.label_lon, row.label_lat),
        check_outline(&polygons),
    );
    let (Ok(kind), Ok(outline), Ok(label), Ok(shape)) = parts else {
        tracing::warn!(area.id = row.id, "an area is not shown: its row does not read");
        return None;
    };
    let county = row.county_zh.map(|zh| Words::new(zh, row.county_en.unwrap_or_default()));
    Some(Area {
        id: row.id,
        name: Words::new(row.name_zh, row.name_en),
        kind,
        county,
        label,
        outline,
        source: row.source,
        shape,
    })
}
