//! A network as one kind of walker sees it: what each street takes, crossings included.

use super::crossing::Crossing;
use super::graph::{EdgeIndex, Network, NodeIndex, Rank, Traits};
use super::profile::{Crossings, Profile};
use super::search::Search;
use super::snap::{Snapped, nearest};
use crate::geo::{Indexed, LonLat, PointIndex};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// A street that this walker can't use.
pub(super) const NEVER: u32 = u32::MAX;
/// A safety post sees to crossings within so many metres (GA/T 1215-2014 wants a crossing within 50 m of a school's gate).
pub const POST_REACH_M: f64 = 50.0;
/// Searches that are kept for use again.
const SPARE_SEARCHES: usize = 8;

/// One step from a junction along a street.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub to: NodeIndex,
    /// Milliseconds, crossings at both ends included; [`NEVER`] when this walker can't. The same in both directions.
    pub millis: u32,
}

/// Steps between junctions, the same in both directions.
pub(super) trait Steps {
    /// The steps from a junction, in the order of the network's arcs.
    fn steps_at(&self, node: NodeIndex) -> &[Step];

    /// What the longest single step takes, milliseconds, or more.
    fn longest(&self) -> u32;

    /// The walk that these are the steps of, as it was made.
    fn walk(&self) -> &Walk;

    /// Whether somebody is on duty at a junction's crossing.
    fn is_guarded(&self, node: NodeIndex) -> bool;

    /// As [`Walk::delay`].
    fn delay(&self, edge: EdgeIndex, node: NodeIndex) -> u32 {
        self.walk().delay_when(edge, node, self.is_guarded(node))
    }
}

impl Steps for Walk {
    #[inline]
    fn steps_at(&self, node: NodeIndex) -> &[Step] {
        &self.steps[self.network.arcs_at(node)]
    }

    fn longest(&self) -> u32 {
        self.longest
    }

    fn walk(&self) -> &Walk {
        self
    }

    fn is_guarded(&self, node: NodeIndex) -> bool {
        self.guarded.contains(&node)
    }
}

/// A network with the walking times of one profile. 8 bytes a street and direction, beside the network.
#[derive(Debug)]
pub struct Walk {
    network: Arc<Network>,
    profile: Profile,
    crossings: Crossings,
    /// Junctions at whose crossing somebody is on duty.
    guarded: HashSet<NodeIndex>,
    steps: Vec<Step>,
    longest: u32,
    spare: Mutex<Vec<Search>>,
}

impl Walk {
    /// The network as `profile` walks it; `posts` are the safety posts that are on duty.
    #[must_use]
    pub fn new(network: Arc<Network>, profile: &Profile, crossings: &Crossings, posts: &[LonLat]) -> Self {
        let guarded = guarded(&network, posts);
        let mut walk = Self {
            network,
            profile: profile.clone(),
            crossings: crossings.clone(),
            guarded,
            steps: Vec::new(),
            longest: 0,
            spare: Mutex::default(),
        };
        walk.steps = walk.all_steps();
        walk.longest = walk.steps.iter().map(|step| step.millis).filter(|millis| *millis != NEVER).max().unwrap_or(0);
        walk
    }

    fn all_steps(&self) -> Vec<Step> {
        let millis: Vec<u32> = (0..self.network.edges().len() as EdgeIndex).map(|edge| self.whole(edge)).collect();
        let nodes = 0..self.network.node_count() as NodeIndex;
        nodes
            .flat_map(|node| self.network.arcs()[self.network.arcs_at(node)].iter().map(move |edge| (node, *edge)))
            .map(|(node, edge)| Step { to: self.network.edge(edge).other(node), millis: millis[edge as usize] })
            .collect()
    }

    /// A whole street with the crossings at its ends.
    fn whole(&self, edge: EdgeIndex) -> u32 {
        self.whole_with(edge, |node| self.delay(edge, node))
    }

    /// A whole street with other delays at its ends.
    pub(super) fn whole_with(&self, edge: EdgeIndex, delay: impl Fn(NodeIndex) -> u32) -> u32 {
        if !self.may(edge) {
            return NEVER;
        }
        let ends = *self.network.edge(edge);
        self.along(edge, ends.length_mm).saturating_add(delay(ends.a) + delay(ends.b)).min(NEVER - 1)
    }

    /// The streets.
    #[must_use]
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// Who walks.
    #[must_use]
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Whether this walker can use a street.
    #[must_use]
    pub fn may(&self, edge: EdgeIndex) -> bool {
        let Traits { steps, no_wheels, .. } = self.network.edge(edge).traits();
        !(self.is_on_wheels() && (steps || no_wheels))
    }

    /// Whether stairs can't be used, and ways without room for wheels.
    #[must_use]
    pub fn is_on_wheels(&self) -> bool {
        self.profile.steps.is_none()
    }

    /// Milliseconds for a part of a street, crossings left out.
    #[must_use]
    pub fn along(&self, edge: EdgeIndex, mm: u32) -> u32 {
        let slower = if self.network.edge(edge).traits().steps { self.profile.steps.unwrap_or(1.0) } else { 1.0 };
        (f64::from(mm) * slower / self.profile.pace_m_per_s).round() as u32
    }

    /// Milliseconds for a straight line of so many metres, off the streets.
    #[must_use]
    pub fn straight(&self, metres: f64) -> u32 {
        (metres * 1e3 / self.profile.pace_m_per_s).round() as u32
    }

    /// Milliseconds lost where a street meets a larger road at its end `node`: half a crossing (see [`super::Crossing`]).
    #[must_use]
    pub fn delay(&self, edge: EdgeIndex, node: NodeIndex) -> u32 {
        self.delay_when(edge, node, self.is_guarded(node))
    }

    /// The same, with somebody on duty at the crossing or nobody.
    pub(super) fn delay_when(&self, edge: EdgeIndex, node: NodeIndex, guarded: bool) -> u32 {
        self.meets(edge, node).map_or(0, |crossing| {
            let whole = self.crossings.millis(crossing.protection, guarded);
            if crossing.oneway { whole / 4 } else { whole / 2 }
        })
    }

    /// Whether crossing a road takes time at a junction, for those who do.
    pub(super) fn is_crossed(&self, node: NodeIndex) -> bool {
        self.network.crossing(node).is_some_and(|crossing| self.crossings.counts(crossing.rank))
    }

    /// The road that is crossed, by half, where a street ends at `node`.
    pub(super) fn meets(&self, edge: EdgeIndex, node: NodeIndex) -> Option<Crossing> {
        let from = self.network.edge(edge).traits().rank;
        let counts = |rank: Rank| rank > from && self.crossings.counts(rank);
        self.network.crossing(node).filter(|crossing| counts(crossing.rank))
    }

    /// The nearest point on a street that this walker can use.
    #[must_use]
    pub fn snap(&self, at: LonLat, within_m: f64) -> Option<Snapped> {
        nearest(&self.network, at, within_m, |edge| self.may(edge))
    }

    /// Lends a search that is used again afterwards.
    pub fn with_search<T>(&self, work: impl FnOnce(&mut Search) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut search = spare().pop().unwrap_or_default();
        let done = work(&mut search);
        let mut spare = spare();
        if spare.len() < SPARE_SEARCHES {
            spare.push(search);
        }
        done
    }

    /// Bytes held for this walker beside the network.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.steps.len() * size_of::<Step>()
    }
}

/// The junctions with a crossing near a post.
fn guarded(network: &Network, posts: &[LonLat]) -> HashSet<NodeIndex> {
    if posts.is_empty() {
        return HashSet::new();
    }
    let points: Vec<Indexed> = (0..).zip(posts).map(|(key, at)| Indexed { key, class: 0, at: *at }).collect();
    let posts = PointIndex::build(&points);
    let near = |node: &NodeIndex| !posts.nearest(network.node(*node), None, 1, POST_REACH_M, |_| true).is_empty();
    let crossings = (0..network.node_count() as NodeIndex).filter(|node| network.crossing(*node).is_some());
    crossings.filter(near).collect()
}
