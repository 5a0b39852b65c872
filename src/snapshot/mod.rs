//! One county (or many) in memory: what every read is answered from.
//!
//! Public sites are held whole, by number, and indexed by place and name. Of a site of an aggregate kind nothing is held
//! but its kind and its town. Streets, children and base map are held whole and shared: whoever works with one keeps it.
//! A [`Live`] snapshot follows the revision log: each committed line reaches it by the same path, whichever process wrote
//! it, and amends what it touches instead of building anew. Beside it stand the coverages that have been asked for.

mod changes;
mod closing;
mod counted;
mod coverages;
mod doors;
mod follow;
mod ground;
mod hours;
mod likely;
mod load;
mod made_on;
mod names;
mod near;
mod query;
mod question;
mod telling;
mod ways;

pub use closing::Tended;
pub use coverages::{Answering, Walked};
pub use follow::{catch_up, follow};
pub use ground::{Ground, NoCoverage};
pub use hours::open;
pub use load::{load, stored_areas, stored_walks};
pub use names::{Named, Typed};
pub use near::{NearQuery, Nearest, NotOnFoot, Passed, Walker};
pub use query::{Found, Page, PageQuery};
pub use question::{CountedSite, Question, SETTING};
pub use telling::News;
pub use ways::{FoundWays, WayQuery};

use crate::area::{AreaIndex, AreaSet};
use crate::auth::password::CommonPasswords;
use crate::basemap::BaseMap;
use crate::children::Children;
use crate::geo::{Bounds, Indexed, PointIndex};
use crate::network::{Profiles, Walks};
use crate::search::SearchIndex;
use crate::site::counts::ShownCount;
use crate::site::hours::{Calendar, HoursBook, HoursId, OpenNow};
use crate::site::{Catalogue, KindIndex, Site, SiteId, Visibility};
use crate::targets::{Measured, Plan, measure};
use crate::text::Readings;
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock, RwLockReadGuard};

/// How many snapshots have been loaded in this process.
static EPOCHS: AtomicU64 = AtomicU64::new(0);

/// The data files that everything is read by.
#[derive(Debug)]
pub struct Rules {
    /// A hash of their texts.
    pub mark: u64,
    /// The SHA-256 of those of them that figures of coverage depend on: kinds and profiles. It is stored with scenarios.
    pub figures_mark: String,
    /// The same of the calendar, on which figures of a time of day stand.
    pub calendar_mark: String,
    /// The kinds of site.
    pub catalogue: Catalogue,
    /// The plan's targets.
    pub plan: Plan,
    /// Who walks, and what crossing a road costs.
    pub profiles: Profiles,
    /// Holidays, working weekends and the county's time zone.
    pub calendar: Calendar,
    /// How place names are read.
    pub readings: Readings,
    /// What no password may be.
    pub passwords: CommonPasswords,
}

/// A public site with the town that it lies in.
#[derive(Debug, Clone)]
pub struct Held {
    /// The site.
    pub site: Site,
    /// Its town.
    pub area: Option<AreaIndex>,
    /// When it is open.
    hours: Option<HoursId>,
    /// When somebody is on duty there.
    duty: Option<HoursId>,
}

/// The children and where they come from.
#[derive(Debug, Clone)]
struct HeldChildren {
    children: Arc<Children>,
    /// The name of their file.
    source: String,
    /// Which version of the children they are.
    version: i64,
}

/// The walking network in use.
#[derive(Debug)]
struct HeldWalks {
    walks: Arc<Walks>,
    /// Where the sites meet its streets.
    doors: doors::BothDoors,
    /// Which version of the network it is.
    version: i64,
}

/// The base map in use.
#[derive(Debug, Clone)]
pub struct HeldBaseMap {
    /// It does not change; a new one takes its place.
    pub map: Arc<BaseMap>,
    /// The hash of what is stored: as long as it is the same, every tile is.
    pub mark: Arc<str>,
}

/// What is held at one revision.
#[derive(Debug)]
pub struct Snapshot {
    rules: Arc<Rules>,
    identity: String,
    /// The newest line of the log that was looked at.
    revision: i64,
    /// The newest that is about what is shown.
    shown: i64,
    /// The newest that is about an area.
    areas_revision: i64,
    /// The newest that is about somebody with an account, a unit or a token, or one after it.
    people: i64,
    /// Differs between any two that are loaded.
    epoch: u64,
    changes: changes::Changes,
    areas: Arc<AreaSet>,
    /// By number; nothing at 0 and where a number is not in use.
    sites: Vec<Option<Held>>,
    hidden: HashMap<SiteId, (KindIndex, Option<AreaIndex>)>,
    /// Unit and photos of those sites that have any.
    tended: HashMap<SiteId, Tended>,
    /// How many of those show a photo, by its id.
    photos: HashMap<Box<str>, u32>,
    /// The sites that leave on a day to come.
    closing: closing::Closing,
    index: PointIndex,
    names: OnceLock<SearchIndex>,
    /// The hours that sites keep, each text once.
    hours: HoursBook,
    open: OpenNow,
    /// Sites at which somebody may be on duty.
    posts: BTreeSet<u32>,
    /// How many sites by kind: of each area, then outside all.
    counts: Vec<Vec<u32>>,
    /// Of each kind, a sum over its public sites.
    sums: Vec<u64>,
    sources: HashMap<Arc<str>, u32>,
    bounds: Option<Bounds>,
    walks: Option<HeldWalks>,
    children: Option<HeldChildren>,
    basemap: Option<HeldBaseMap>,
}

/// A snapshot that is amended while it is read.
#[derive(Debug)]
pub struct Live {
    now: RwLock<Snapshot>,
    coverages: coverages::Coverages,
    /// Held while the log is read and taken in: what was read earlier is not put over what was read later.
    following: tokio::sync::Mutex<()>,
    news: telling::Telling,
}

impl Live {
    /// Starts from a loaded snapshot.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        let news = telling::Telling::new(snapshot.mark());
        Self {
            now: RwLock::new(snapshot),
            coverages: coverages::Coverages::default(),
            following: tokio::sync::Mutex::new(()),
            news,
        }
    }

    /// The snapshot as it is now. Hold it only while an answer is made.
    pub fn read(&self) -> RwLockReadGuard<'_, Snapshot> {
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn amend(&self, change: impl FnOnce(&mut Snapshot)) {
        let mark = {
            let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
            change(&mut now);
            now.mark()
        };
        self.news.shown(mark);
    }
}

impl Snapshot {
    fn empty(rules: Arc<Rules>, identity: String, areas: AreaSet, revision: i64) -> Self {
        let sums = vec![0; rules.catalogue.kinds().len()];
        let counts = vec![vec![0; rules.catalogue.kinds().len()]; areas.all().len() + 1];
        let bounds = areas.bounds();
        Self {
            rules,
            identity,
            revision,
            shown: revision,
            areas_revision: 0,
            people: revision,
            epoch: EPOCHS.fetch_add(1, Ordering::Relaxed),
            changes: changes::Changes::default(),
            areas: Arc::new(areas),
            sites: Vec::new(),
            hidden: HashMap::new(),
            tended: HashMap::new(),
            photos: HashMap::new(),
            closing: closing::Closing::default(),
            index: PointIndex::default(),
            names: OnceLock::new(),
            hours: HoursBook::default(),
            open: OpenNow::default(),
            posts: BTreeSet::new(),
            counts,
            sums,
            sources: HashMap::new(),
            bounds,
            walks: None,
            children: None,
            basemap: None,
        }
    }

    /// The kinds of site.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.rules.catalogue
    }

    /// The data files that everything is read by.
    #[must_use]
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// Who walks.
    #[must_use]
    pub fn profiles(&self) -> &Profiles {
        &self.rules.profiles
    }

    /// The walking network, if one has been imported. It does not change; a new one takes its place.
    #[must_use]
    pub fn walks(&self) -> Option<&Arc<Walks>> {
        self.walks.as_ref().map(|held| &held.walks)
    }

    /// The children of the county by place and age, if somebody has imported them. New ones take their place as a whole.
    #[must_use]
    pub fn children(&self) -> Option<&Arc<Children>> {
        self.children.as_ref().map(|held| &held.children)
    }

    /// The name of the file that the children come from.
    #[must_use]
    pub fn children_source(&self) -> Option<&str> {
        self.children.as_ref().map(|held| held.source.as_str())
    }

    /// The base map, if an extract has been imported.
    #[must_use]
    pub fn basemap(&self) -> Option<&HeldBaseMap> {
        self.basemap.as_ref()
    }

    /// All areas.
    #[must_use]
    pub fn areas(&self) -> &AreaSet {
        &self.areas
    }

    /// The box that holds all areas and public sites.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// How many public sites there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there is no public site.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// A mark that changes with every revision of what is shown, every day on which a site leaves, every data file and
    /// version of the program, and differs between databases. It
    /// does not tell the revision's number, from which changes of what is hidden could be counted.
    #[must_use]
    pub fn mark(&self) -> u64 {
        let program = env!("CARGO_PKG_VERSION");
        let hasher = BuildHasherDefault::<DefaultHasher>::default();
        hasher.hash_one((&self.identity, self.shown, self.closing.last(), self.rules.mark, program))
    }

    /// A number that changes when somebody with an account, a unit or a token does, in whichever process.
    #[must_use]
    pub fn people_mark(&self) -> i64 {
        self.people
    }

    /// Whether any site or area comes from `source`.
    #[must_use]
    pub fn has_source(&self, source: &str) -> bool {
        self.sources.get(source).is_some_and(|n| *n > 0) || self.areas.all().iter().any(|area| area.source == source)
    }

    /// How many sites of a kind the public may know of in an area.
    #[must_use]
    pub fn count_in(&self, area: AreaIndex, kind: KindIndex) -> ShownCount {
        let count = self.counts[usize::from(area)][usize::from(kind)];
        match self.catalogue().kind(kind).visibility {
            Visibility::Public => ShownCount::Exact(count),
            Visibility::Aggregate => ShownCount::suppressed(count),
        }
    }

    /// How many sites of a kind the public may know of in all.
    #[must_use]
    pub fn count(&self, kind: KindIndex) -> ShownCount {
        match self.catalogue().kind(kind).visibility {
            Visibility::Public => ShownCount::Exact(self.counts.iter().map(|counts| counts[usize::from(kind)]).sum()),
            Visibility::Aggregate => ShownCount::total(self.hidden_counts(kind)),
        }
    }

    /// The counts of an aggregate kind by town; those that lie in no town are in none.
    fn hidden_counts(&self, kind: KindIndex) -> impl Iterator<Item = u32> {
        self.counts[..self.areas.all().len()].iter().map(move |counts| counts[usize::from(kind)])
    }

    /// All targets, measured on `today`.
    #[must_use]
    pub fn targets(&self, today: NaiveDate) -> Vec<Measured> {
        let measured = |target: &crate::targets::Target| {
            let aggregate = self.catalogue().kind(target.kind).visibility == Visibility::Aggregate;
            let hidden: Vec<u32> = if aggregate { self.hidden_counts(target.kind).collect() } else { Vec::new() };
            let sites = self.all().map(|held| &held.site).filter(|site| site.kind == target.kind);
            measure(target, self.catalogue(), sites, &hidden, today)
        };
        self.rules.plan.targets.iter().map(measured).collect()
    }

    /// All public sites by number.
    pub fn all(&self) -> impl Iterator<Item = &Held> {
        self.sites.iter().flatten()
    }

    /// Puts a site in, or in the place of its former self.
    fn put(&mut self, site: Site) {
        self.take_out(site.id);
        let area = self.areas.find(site.at);
        self.count_up(site.kind, area);
        if self.catalogue().kind(site.kind).visibility == Visibility::Aggregate {
            self.hidden.insert(site.id, (site.kind, area));
            return;
        }
        let Some(point) = point_of(&site) else { return };
        self.index.insert(point);
        self.sum_up(&site);
        self.changes.note(point.key);
        self.put_door(&point);
        self.note(&site);
        let place = point.key as usize;
        if self.sites.len() <= place {
            self.sites.resize_with(place + 1, || None);
        }
        self.sites[place] = Some(self.hold(site, area));
        self.put_name(point.key);
    }

    fn take_out(&mut self, id: SiteId) {
        self.untend(id);
        self.closing.forget(id);
        if let Some((kind, area)) = self.hidden.remove(&id) {
            self.count_down(kind, area);
        }
        let Some(held) = usize::try_from(id.0).ok().and_then(|place| self.sites.get_mut(place)).and_then(Option::take)
        else {
            return;
        };
        self.count_down(held.site.kind, held.area);
        if let Some(n) = self.sources.get_mut(&held.site.source) {
            *n -= 1;
        }
        if let Some(point) = point_of(&held.site) {
            self.index.remove(point);
            self.sum_down(&held.site);
            self.changes.note(point.key);
            self.posts.remove(&point.key);
            self.take_door(&point);
            if let Some(names) = self.names.get_mut() {
                names.sites.remove(point.key);
            }
        }
    }

    fn note(&mut self, site: &Site) {
        *self.sources.entry(site.source.clone()).or_default() += 1;
        match &mut self.bounds {
            Some(bounds) => bounds.extend(site.at),
            None => self.bounds = Some(Bounds::around(site.at)),
        }
    }

    fn count_up(&mut self, kind: KindIndex, area: Option<AreaIndex>) {
        *self.counter(kind, area) += 1;
    }

    fn count_down(&mut self, kind: KindIndex, area: Option<AreaIndex>) {
        *self.counter(kind, area) -= 1;
    }

    fn counter(&mut self, kind: KindIndex, area: Option<AreaIndex>) -> &mut u32 {
        let outside = self.areas.all().len();
        &mut self.counts[area.map_or(outside, usize::from)][usize::from(kind)]
    }
}

/// The point that the index keeps for a public site.
fn point_of(site: &Site) -> Option<Indexed> {
    let key = u32::try_from(site.id.0).ok()?;
    Some(Indexed { key, class: site.kind, at: site.at })
}
