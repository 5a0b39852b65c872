//! One network as every profile walks it, with nobody on duty anywhere or with safety posts, each made when it is first
//! asked for.

use super::graph::Network;
use super::profile::Profiles;
use super::reguard::{Differs, Reguarded};
use super::walk::Walk;
use crate::geo::LonLat;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// So many hours of the day are kept: a planner compares a few, and parents ask about now.
const WITH_POSTS: usize = 6;

/// A walker's place, and the posts on duty.
type Guarded = (usize, Vec<[i32; 2]>);

/// What was made for a walker and the posts on duty; the last used last.
#[derive(Debug)]
struct ByPosts<T>(Mutex<Vec<(Guarded, Arc<T>)>>);

impl<T> ByPosts<T> {
    fn get(&self, walker: usize, posts: &[LonLat], make: impl FnOnce() -> Arc<T>) -> Arc<T> {
        let mut on_duty: Vec<[i32; 2]> = posts.iter().map(|post| post.e7()).collect();
        on_duty.sort_unstable();
        let key = (walker, on_duty);
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = kept();
        if let Some(place) = found.iter().position(|(known, _)| *known == key) {
            let used = found.remove(place);
            let made = used.1.clone();
            found.push(used);
            return made;
        }
        // made without the lock: on a large network it takes a while
        drop(found);
        let made = make();
        let mut found = kept();
        if found.len() >= WITH_POSTS {
            found.remove(0);
        }
        found.push((key, made.clone()));
        made
    }
}

impl<T> Default for ByPosts<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

/// A network and its walkers.
#[derive(Debug)]
pub struct Walks {
    network: Arc<Network>,
    by_profile: Vec<OnceLock<Arc<Walk>>>,
    /// For choosing the safest way.
    avoiding: Vec<OnceLock<Arc<Walk>>>,
    guarded: ByPosts<Walk>,
    /// The same as what differs from nobody being on duty, which is soon made; of those who avoid crossings too.
    differs: [ByPosts<Differs>; 2],
}

impl Walks {
    /// Nothing is made yet.
    #[must_use]
    pub fn new(network: Arc<Network>, profiles: &Profiles) -> Self {
        let one_each = || profiles.all().iter().map(|_| OnceLock::new()).collect();
        Self {
            network,
            by_profile: one_each(),
            avoiding: one_each(),
            guarded: ByPosts::default(),
            differs: Default::default(),
        }
    }

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// The walker of a profile by its place, nobody being on duty anywhere.
    #[must_use]
    pub fn of(&self, profiles: &Profiles, profile: usize) -> Option<&Arc<Walk>> {
        let who = profiles.all().get(profile)?;
        let walk = || Arc::new(Walk::new(self.network.clone(), who, &profiles.crossings, &[]));
        Some(self.by_profile.get(profile)?.get_or_init(walk))
    }

    /// The walker of a profile if it is made already.
    #[must_use]
    pub fn made(&self, profile: usize) -> Option<&Arc<Walk>> {
        self.by_profile.get(profile)?.get()
    }

    /// The same walker avoiding crossings that nothing guards, for [`super::Reguarded::ways`]. Its times are not told.
    #[must_use]
    pub fn avoiding(&self, profiles: &Profiles, profile: usize) -> Option<&Arc<Walk>> {
        let who = profiles.all().get(profile)?;
        let walk = || Arc::new(Walk::new(self.network.clone(), who, &profiles.crossings.avoiding(), &[]));
        Some(self.avoiding.get(profile)?.get_or_init(walk))
    }

    /// The walker of a profile by its place while some safety posts are on duty.
    #[must_use]
    pub fn guarded(&self, profiles: &Profiles, profile: usize, posts: &[LonLat]) -> Option<Arc<Walk>> {
        if posts.is_empty() {
            return self.of(profiles, profile).cloned();
        }
        let who = profiles.all().get(profile)?;
        let walk = || Arc::new(Walk::new(self.network.clone(), who, &profiles.crossings, posts));
        Some(self.guarded.get(profile, posts, walk))
    }

    /// The walker of [`Walks::of`] while some safety posts are on duty.
    #[must_use]
    pub fn reguarded(&self, profiles: &Profiles, profile: usize, posts: &[LonLat]) -> Option<Reguarded<'_>> {
        Some(self.with(self.of(profiles, profile)?, (profile, false), posts))
    }

    /// The walker of [`Walks::avoiding`] while some safety posts are on duty.
    #[must_use]
    pub fn reguarded_avoiding(&self, profiles: &Profiles, profile: usize, posts: &[LonLat]) -> Option<Reguarded<'_>> {
        Some(self.with(self.avoiding(profiles, profile)?, (profile, true), posts))
    }

    fn with<'w>(&self, walk: &'w Walk, (profile, avoids): (usize, bool), posts: &[LonLat]) -> Reguarded<'w> {
        if posts.is_empty() {
            return Reguarded::as_it_is(walk);
        }
        let made = || Reguarded::new(walk, &[], posts).differs();
        Reguarded::again(walk, self.differs[usize::from(avoids)].get(profile, posts, made))
    }
}
