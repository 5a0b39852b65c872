//! Coverages that have been asked for, kept and amended.
//!
//! What a coverage rests on (streets, children, areas) is the *ground*; when it changes all are forgotten. When sites
//! change, each coverage takes the changed ones in the next time that it is asked: the snapshot tells which they are, so the
//! work grows with what changed. Searches and answers hold the lock of their own coverage and never the snapshot's, which
//! is read for moments in between; so a long one keeps nobody else waiting, and two who ask the same have it searched once.

use super::counted::Counted;
use super::ground::{Ground, NoCoverage, Seen};
use super::question::{CountedSite, Question, Standing};
use super::{Live, Snapshot};
use crate::coverage::{Coverage, Demand, Ordered};
use crate::geo::{Indexed, LonLat, PointIndex};
use crate::network::Walk;
use chrono::NaiveDateTime;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};

/// Coverages that are kept, and their bytes together; those not asked for longest go first.
const KEPT: usize = 24;
const KEPT_BYTES: usize = 512 << 20;
/// Threads that one search takes.
const THREADS: usize = 2;

/// A coverage with what is needed to answer from it.
#[derive(Debug)]
pub struct Answering {
    /// Nearest sites.
    pub coverage: Coverage,
    /// Cells by walking time.
    pub ordered: Ordered,
    /// Streets, children and areas.
    pub ground: Arc<Ground>,
    /// Sites that would count at another time; whether it is known that they are not open.
    pub not_open: BTreeMap<u32, bool>,
    places: HashMap<u32, CountedSite>,
    /// Metres in a straight line from each cell to the nearest site.
    straight: OnceLock<Vec<f32>>,
    posts: Vec<LonLat>,
    /// What has been counted by some limit and ages.
    counted: Counted,
    changes: u64,
}

/// What a question's sites have become, read under the snapshot's lock and worked on without it.
struct News {
    posts: Vec<LonLat>,
    changes: u64,
    standings: Vec<(u32, Standing)>,
    /// Whether `standings` are all sites that may count, or only the changed ones, those that do not count included.
    whole: bool,
}

impl News {
    /// Since `held` was right, if that is near enough.
    fn since(now: &Snapshot, question: &Question, held: Option<&Answering>) -> Self {
        let posts = now.posts_on_duty(question.at);
        let changed = held.filter(|held| held.posts == posts).and_then(|held| now.changes.since(held.changes));
        let whole = changed.is_none();
        let standings = match changed {
            None => now.standings(question),
            Some(keys) => keys.into_iter().map(|key| (key, now.standing(question, key))).collect(),
        };
        Self { posts, changes: now.changes.count(), standings, whole }
    }
}

impl Answering {
    fn build(ground: &Arc<Ground>, walk: Arc<Walk>, demand: Arc<Demand>, news: News) -> Self {
        let (mut places, mut not_open) = (HashMap::new(), BTreeMap::new());
        for (key, standing) in news.standings {
            note(key, standing, &mut places, &mut not_open);
        }
        let sites: Vec<(u32, LonLat)> = places.iter().map(|(key, it)| (*key, it.at)).collect();
        let coverage = Coverage::build(walk, demand, &sites, THREADS);
        let ordered = Ordered::new(&coverage.millis());
        let News { posts, changes, .. } = news;
        let (ground, straight, counted) = (ground.clone(), OnceLock::new(), Counted::default());
        Self { coverage, ordered, ground, not_open, places, straight, posts, counted, changes }
    }

    /// Whether nothing has changed since.
    fn is_right(&self, ground: &Arc<Ground>, now: &Snapshot) -> bool {
        Arc::ptr_eq(&self.ground, ground) && ground.epoch() == now.epoch && self.changes == now.changes.count()
    }

    /// Takes the changed sites in.
    fn amend(&mut self, news: News) {
        let mut moved = false;
        for (key, standing) in news.standings {
            let before = self.places.remove(&key);
            self.not_open.remove(&key);
            note(key, standing, &mut self.places, &mut self.not_open);
            match (before.map(|it| it.at), self.places.get(&key).map(|it| it.at)) {
                (before, Some(at)) if before != Some(at) => self.coverage.put(key, at),
                (Some(_), None) => self.coverage.remove(key),
                _ => continue,
            }
            moved = true;
        }
        if moved {
            self.ordered = Ordered::new(&self.coverage.millis());
            self.straight = OnceLock::new();
            self.counted = Counted::default();
        }
        self.changes = news.changes;
    }

    /// Sites that count, whether or not a street is near.
    #[must_use]
    pub fn places(&self) -> &HashMap<u32, CountedSite> {
        &self.places
    }

    pub(super) fn counted(&self) -> &Counted {
        &self.counted
    }

    /// Where safety posts are on duty.
    #[must_use]
    pub fn posts(&self) -> &[LonLat] {
        &self.posts
    }

    /// Metres in a straight line from each cell to the nearest site that counts; infinite when none does.
    pub fn straight(&self) -> &[f32] {
        self.straight.get_or_init(|| {
            let points: Vec<Indexed> =
                self.places.iter().map(|(key, it)| Indexed { key: *key, class: 0, at: it.at }).collect();
            let index = PointIndex::build(&points);
            let children = self.ground.children();
            let nearest = |cell| {
                let found = index.nearest(children.at(cell), None, 1, f64::INFINITY, |_| true);
                found.first().map_or(f32::INFINITY, |(_, metres)| *metres as f32)
            };
            (0..children.len()).into_par_iter().with_min_len(512).map(nearest).collect()
        })
    }
}

fn note(key: u32, standing: Standing, places: &mut HashMap<u32, CountedSite>, not_open: &mut BTreeMap<u32, bool>) {
    match standing {
        Standing::Counts(site) => {
            places.insert(key, site);
        }
        Standing::NotOpen => {
            not_open.insert(key, true);
        }
        Standing::UnknownHours => {
            not_open.insert(key, false);
        }
        Standing::NotMeant => {}
    }
}

type Slot = Arc<RwLock<Option<Answering>>>;

/// What has been asked for.
#[derive(Debug, Default)]
pub struct Coverages {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    ground: Option<Arc<Ground>>,
    /// The last asked last.
    slots: Vec<(Question, Slot)>,
}

impl Coverages {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slot(&self, question: &Question) -> Slot {
        let mut kept = self.kept();
        if let Some(place) = kept.slots.iter().position(|(asked, _)| asked == question) {
            let used = kept.slots.remove(place);
            let slot = used.1.clone();
            kept.slots.push(used);
            return slot;
        }
        if kept.slots.len() >= KEPT {
            kept.slots.remove(0);
        }
        let slot = Slot::default();
        kept.slots.push((question.clone(), slot.clone()));
        slot
    }

    /// The slot of a question that is kept.
    fn known(&self, question: &Question) -> Option<Slot> {
        self.kept().slots.iter().find(|(asked, _)| asked == question).map(|(_, slot)| slot.clone())
    }

    /// Forgets what was not asked for longest until the rest is small enough. One that is being worked on counts nothing.
    fn drop_oldest(&self) {
        let mut kept = self.kept();
        let bytes =
            |slot: &Slot| slot.try_read().map_or(0, |held| held.as_ref().map_or(0, |held| held.coverage.bytes()));
        let mut all: usize = kept.slots.iter().map(|(_, slot)| bytes(slot)).sum();
        while all > KEPT_BYTES && kept.slots.len() > 1 {
            let (_, oldest) = kept.slots.remove(0);
            all -= bytes(&oldest).min(all);
        }
    }
}

/// Streets as somebody walks them, with the cells joined to them.
#[derive(Debug)]
pub struct Walked {
    /// What both rest on.
    pub ground: Arc<Ground>,
    /// The streets.
    pub walk: Arc<Walk>,
    /// The cells.
    pub demand: Arc<Demand>,
}

impl Live {
    /// The streets, children and areas that coverage rests on now.
    pub fn ground(&self) -> Result<Arc<Ground>, NoCoverage> {
        let seen = Seen::now(&self.read())?;
        let mut kept = self.coverages.kept();
        if let Some(ground) = kept.ground.as_ref().filter(|ground| ground.is_of(&seen)) {
            return Ok(ground.clone());
        }
        let ground = Arc::new(Ground::new(seen));
        kept.ground = Some(ground.clone());
        kept.slots.clear();
        Ok(ground)
    }

    /// The streets as a profile walks them at a time, with the children's cells joined to them.
    pub fn walked(&self, profile: usize, at: Option<NaiveDateTime>) -> Result<Walked, NoCoverage> {
        let ground = self.ground()?;
        let posts = self.read().posts_on_duty(at);
        let (walk, demand) = ground.walked(profile, &posts).ok_or(NoCoverage::Network)?;
        Ok(Walked { ground, walk, demand })
    }

    /// The streets as a profile walks them at a time.
    pub fn walk(&self, profile: usize, at: Option<NaiveDateTime>) -> Result<Arc<Walk>, NoCoverage> {
        let (walks, rules, posts) = {
            let now = self.read();
            (now.walks().ok_or(NoCoverage::Network)?.clone(), now.rules().clone(), now.posts_on_duty(at))
        };
        walks.guarded(&rules.profiles, profile, &posts).ok_or(NoCoverage::Network)
    }

    /// Answers from the coverage that is asked for, which is searched, amended or as it was. May take as long as a search
    /// of the whole network: not for a thread that others wait for.
    pub fn coverage<T>(&self, question: &Question, answer: impl FnOnce(&Answering) -> T) -> Result<T, NoCoverage> {
        // a new ground forgets all slots, so it comes first; then the slot is held on to, and when others push it out
        // meanwhile this answer still comes from it
        let mut ground = self.ground()?;
        let slot = self.coverages.slot(question);
        loop {
            {
                let held = slot.read().unwrap_or_else(PoisonError::into_inner);
                let right = held.as_ref().filter(|held| held.is_right(&ground, &self.read()));
                if let Some(right) = right {
                    return Ok(answer(right));
                }
            }
            self.refresh(&slot, &ground, question)?;
            self.coverages.drop_oldest();
            ground = self.ground()?;
        }
    }

    fn refresh(&self, slot: &Slot, ground: &Arc<Ground>, question: &Question) -> Result<(), NoCoverage> {
        let mut held = slot.write().unwrap_or_else(PoisonError::into_inner);
        let news = {
            let now = self.read();
            let usable = held.as_ref().filter(|held| Arc::ptr_eq(&held.ground, ground) && now.epoch == ground.epoch());
            News::since(&now, question, usable)
        };
        match held.as_mut() {
            Some(held) if !news.whole => held.amend(news),
            _ => {
                let (walk, demand) = ground.walked(question.profile, &news.posts).ok_or(NoCoverage::Network)?;
                *held = Some(Answering::build(ground, walk, demand, news));
            }
        }
        Ok(())
    }

    /// Adds the second-nearest sites to a coverage that has been asked for and is kept, where they are not known yet.
    pub fn complete_coverage(&self, question: &Question) {
        let Some(slot) = self.coverages.known(question) else { return };
        let known = |held: &Option<Answering>| held.as_ref().is_none_or(|held| held.coverage.is_complete());
        if known(&slot.read().unwrap_or_else(PoisonError::into_inner)) {
            return;
        }
        if let Some(held) = slot.write().unwrap_or_else(PoisonError::into_inner).as_mut() {
            held.coverage.complete(THREADS);
        }
    }
}
