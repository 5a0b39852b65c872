//! One network as every profile walks it, with nobody on duty anywhere or with safety posts, each made when it is first
//! asked for.

use super::graph::Network;
use super::profile::Profiles;
use super::walk::Walk;
use crate::geo::LonLat;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Walks with posts on duty that are kept: a planner compares a few hours of the day.
const WITH_POSTS: usize = 6;

/// A walk and what makes it one: the profile's place and the posts on duty.
type Guarded = (usize, Vec<[i32; 2]>, Arc<Walk>);

/// A network and its walkers.
#[derive(Debug)]
pub struct Walks {
    network: Arc<Network>,
    by_profile: Vec<OnceLock<Arc<Walk>>>,
    /// For choosing the safest way.
    avoiding: Vec<OnceLock<Arc<Walk>>>,
    /// The last used last.
    guarded: Mutex<Vec<Guarded>>,
}

impl Walks {
    /// Nothing is made yet.
    #[must_use]
    pub fn new(network: Arc<Network>, profiles: &Profiles) -> Self {
        let one_each = || profiles.all().iter().map(|_| OnceLock::new()).collect();
        Self { network, by_profile: one_each(), avoiding: one_each(), guarded: Mutex::default() }
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
        let mut key: Vec<[i32; 2]> = posts.iter().map(|post| post.e7()).collect();
        key.sort_unstable();
        let kept = || self.guarded.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = kept();
        if let Some(place) = found.iter().position(|(of, posts, _)| (*of, posts) == (profile, &key)) {
            let used = found.remove(place);
            let walk = used.2.clone();
            found.push(used);
            return Some(walk);
        }
        // made without the lock: on a large network it takes a while
        drop(found);
        let walk = Arc::new(Walk::new(self.network.clone(), who, &profiles.crossings, posts));
        let mut found = kept();
        if found.len() >= WITH_POSTS {
            found.remove(0);
        }
        found.push((profile, key, walk.clone()));
        Some(walk)
    }
}
