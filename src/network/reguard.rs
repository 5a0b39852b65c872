//! A walk while other crossings are guarded than it was made for: a few steps take another time, all else is shared.

use super::graph::{EdgeIndex, NodeIndex};
use super::join::Joined;
use super::snap::nearby;
use super::walk::{POST_REACH_M, Step, Steps, Walk};
use crate::geo::{LonLat, geodesic_m};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A walk with other posts on duty.
#[derive(Debug)]
pub struct Reguarded<'w> {
    walk: &'w Walk,
    differs: Arc<Differs>,
}

/// What differs from a walk while other posts are on duty.
#[derive(Debug, Clone, Default)]
pub(super) struct Differs {
    /// Junctions at whose crossing somebody is on duty now and was not, or the other way round.
    guarded: HashMap<NodeIndex, bool>,
    /// The steps from these junctions and from their neighbours.
    steps: HashMap<NodeIndex, Vec<Step>>,
    /// The longest step of these.
    longest: u32,
}

impl<'w> Reguarded<'w> {
    /// As the walk was made.
    #[must_use]
    pub fn as_it_is(walk: &'w Walk) -> Self {
        Self { walk, differs: Arc::default() }
    }

    /// With what [`Reguarded::differs`] told of the same walk.
    pub(super) fn again(walk: &'w Walk, differs: Arc<Differs>) -> Self {
        Self { walk, differs }
    }

    /// What differs, to be kept.
    pub(super) fn differs(&self) -> Arc<Differs> {
        self.differs.clone()
    }

    /// With `posts` on duty instead of `before`, with which the walk was made. Cost grows with the crossings near those
    /// that differ.
    #[must_use]
    pub fn new(walk: &'w Walk, before: &[LonLat], posts: &[LonLat]) -> Self {
        let mut with = Self::as_it_is(walk);
        let differ =
            before.iter().filter(|post| !posts.contains(post)).chain(posts.iter().filter(|p| !before.contains(p)));
        for node in differ.flat_map(|post| walk.crossings_near(*post)) {
            let guarded = posts.iter().any(|post| is_near(walk, node, *post));
            if guarded != walk.is_guarded(node) {
                Arc::make_mut(&mut with.differs).guarded.insert(node, guarded);
            }
        }
        let network = walk.network();
        let arcs = |node: NodeIndex| network.arcs()[network.arcs_at(node)].iter().map(move |edge| (node, *edge));
        let other_end = |(node, edge): (NodeIndex, EdgeIndex)| network.edge(edge).other(node);
        let touched: BTreeSet<NodeIndex> =
            with.differs.guarded.keys().flat_map(|node| arcs(*node).map(other_end).chain([*node])).collect();
        for node in touched {
            let step = |arc: (NodeIndex, EdgeIndex)| {
                let millis = walk.whole_with(arc.1, |end| with.delay(arc.1, end));
                Step { to: other_end(arc), millis }
            };
            let steps: Vec<Step> = arcs(node).map(step).collect();
            Arc::make_mut(&mut with.differs).steps.insert(node, steps);
        }
        let longest = with.other_steps().map(|(_, _, step)| step.millis).max();
        Arc::make_mut(&mut with.differs).longest = longest.unwrap_or(0);
        with
    }

    /// The walk as it was made.
    #[must_use]
    pub fn before(&self) -> &'w Walk {
        self.walk
    }

    /// Junctions at whose crossing somebody is on duty now and was not, or the other way round, in no order.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIndex> {
        self.differs.guarded.keys().copied()
    }

    /// The steps that take another time: from where, as it was, as it is.
    pub(super) fn other_steps(&self) -> impl Iterator<Item = (NodeIndex, Step, Step)> {
        let pairs = |(node, steps): (&NodeIndex, &'_ Vec<Step>)| {
            let node = *node;
            let both = self.walk.steps_at(node).iter().copied().zip(steps.clone());
            both.filter(|(was, is)| was.millis != is.millis).map(move |(was, is)| (node, was, is))
        };
        self.differs.steps.iter().flat_map(pairs)
    }

    /// A place as it meets the streets now.
    #[must_use]
    pub fn rejoin(&self, place: &Joined) -> Joined {
        let mut now = *place;
        let whole = self.walk.network().edge(place.edge).length_mm;
        for ((node, millis), end_mm) in now.ends.iter_mut().zip([0, whole]) {
            // whoever stands at the junction itself crosses nothing on the way to it
            let stands = place.along_mm == end_mm && whole > 0;
            if !stands && self.differs.guarded.contains_key(node) && *millis != u32::MAX {
                *millis = *millis - self.walk.delay(place.edge, *node) + self.delay(place.edge, *node);
            }
        }
        now
    }
}

impl Steps for Reguarded<'_> {
    #[inline]
    fn steps_at(&self, node: NodeIndex) -> &[Step] {
        let steps = &self.differs.steps;
        if steps.is_empty() {
            return self.walk.steps_at(node);
        }
        steps.get(&node).map_or_else(|| self.walk.steps_at(node), Vec::as_slice)
    }

    fn longest(&self) -> u32 {
        self.walk.longest().max(self.differs.longest)
    }

    fn walk(&self) -> &Walk {
        self.walk
    }

    fn is_guarded(&self, node: NodeIndex) -> bool {
        self.differs.guarded.get(&node).copied().unwrap_or_else(|| self.walk.is_guarded(node))
    }
}

impl Walk {
    /// The junctions with a crossing that takes time and that a post at a place sees to.
    #[must_use]
    pub fn crossings_near(&self, post: LonLat) -> Vec<NodeIndex> {
        let network = self.network();
        let ends = |edge: EdgeIndex| [network.edge(edge).a, network.edge(edge).b];
        let mut nodes: Vec<NodeIndex> = nearby(network, post, POST_REACH_M).into_iter().flat_map(ends).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.retain(|node| self.is_crossed(*node) && is_near(self, *node, post));
        nodes
    }
}

fn is_near(walk: &Walk, node: NodeIndex, post: LonLat) -> bool {
    geodesic_m(walk.network().node(node), post) <= POST_REACH_M
}
