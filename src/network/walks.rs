//! One network as every profile walks it, each made when it is first asked for.

use super::graph::Network;
use super::profile::Profiles;
use super::walk::Walk;
use std::sync::{Arc, OnceLock};

/// A network and its walkers.
#[derive(Debug)]
pub struct Walks {
    network: Arc<Network>,
    by_profile: Vec<OnceLock<Arc<Walk>>>,
}

impl Walks {
    /// Nothing is made yet.
    #[must_use]
    pub fn new(network: Arc<Network>, profiles: &Profiles) -> Self {
        Self { network, by_profile: profiles.all().iter().map(|_| OnceLock::new()).collect() }
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
}
