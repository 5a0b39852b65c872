//! From some places outward along the streets, nearest first (Dijkstra), until a limit or a wish is met.

use super::bucket::Buckets;
use super::graph::NodeIndex;
use super::reguard::Reguarded;
use super::walk::{NEVER, Steps, Walk};

/// No street: where a search began.
const BEGIN: u32 = u32::MAX;

/// What a search has found. Kept and used again: only what the last search touched is cleared.
#[derive(Debug, Default)]
pub struct Search {
    millis: Vec<u32>,
    /// The place among [`super::Network::arcs`] of the street by which a junction was reached, seen from its other end.
    via: Vec<u32>,
    touched: Vec<NodeIndex>,
    queue: Buckets,
}

impl Search {
    /// Walking time to a junction, milliseconds; nothing where the search did not get.
    #[must_use]
    pub fn millis(&self, node: NodeIndex) -> Option<u32> {
        self.millis.get(node as usize).copied().filter(|millis| *millis != NEVER)
    }

    /// The junctions that were reached, in no order.
    #[must_use]
    pub fn reached(&self) -> &[NodeIndex] {
        &self.touched
    }

    /// The place among [`super::Network::arcs`] of the street that led to a junction; nothing where the search began.
    #[must_use]
    pub fn via(&self, node: NodeIndex) -> Option<u32> {
        self.via.get(node as usize).copied().filter(|via| *via != BEGIN)
    }

    /// Begins at `starts`: junctions and the time at which each is reached.
    pub(super) fn begin(&mut self, streets: &impl Steps, starts: &[(NodeIndex, u32)]) {
        self.restart(streets.walk().network().node_count());
        let first = starts.iter().map(|(_, millis)| *millis).min().unwrap_or(0);
        let last = starts.iter().map(|(_, millis)| *millis).max().unwrap_or(0);
        self.queue.restart(first, streets.longest().max(last - first));
        for (node, millis) in starts {
            self.reach(*node, *millis, BEGIN);
        }
    }

    /// A junction that is next, and its time, which is final once [`Self::floor`] has passed it: it may come again, earlier.
    #[inline]
    pub(super) fn take(&mut self) -> Option<(NodeIndex, u32)> {
        while let Some(node) = self.queue.take() {
            let millis = self.millis[node as usize];
            if self.queue.is_due(millis) {
                return Some((node, millis));
            }
        }
        None
    }

    /// All times before this are final.
    pub(super) fn floor(&self) -> u32 {
        self.queue.floor()
    }

    /// Steps on from a junction to those that are reached by `limit`.
    #[inline]
    pub(super) fn step(&mut self, streets: &impl Steps, (node, millis): (NodeIndex, u32), limit: u32) {
        for (place, step) in streets.walk().network().arcs_at(node).zip(streets.steps_at(node)) {
            if step.millis != NEVER {
                let there = millis.saturating_add(step.millis).min(NEVER - 1);
                if there <= limit {
                    self.reach(step.to, there, place as u32);
                }
            }
        }
    }

    fn restart(&mut self, nodes: usize) {
        if self.millis.len() == nodes {
            for node in self.touched.drain(..) {
                self.millis[node as usize] = NEVER;
            }
        } else {
            self.touched.clear();
            self.millis = vec![NEVER; nodes];
            self.via = vec![BEGIN; nodes];
        }
    }

    fn reach(&mut self, node: NodeIndex, millis: u32, via: u32) {
        let known = &mut self.millis[node as usize];
        if millis < *known {
            if *known == NEVER {
                self.touched.push(node);
            }
            *known = millis;
            self.via[node as usize] = via;
            self.queue.put(node, millis);
        }
    }
}

impl Walk {
    /// Walks outward from `starts` (junctions and the time at which each is reached) to every junction within `limit`
    /// milliseconds, exactly. Cost grows with what is reached, not with the network.
    pub fn spread(&self, search: &mut Search, starts: &[(NodeIndex, u32)], limit: u32) {
        within(self, search, starts, limit);
    }
}

impl Reguarded<'_> {
    /// As [`Walk::spread`], with other crossings being guarded.
    pub fn spread(&self, search: &mut Search, starts: &[(NodeIndex, u32)], limit: u32) {
        within(self, search, starts, limit);
    }
}

fn within(streets: &impl Steps, search: &mut Search, starts: &[(NodeIndex, u32)], limit: u32) {
    until(streets, search, starts, |_, floor| floor > limit);
    let late = |millis: u32| millis > limit;
    let Search { millis, touched, .. } = search;
    touched.retain(|node| {
        let known = &mut millis[*node as usize];
        if late(*known) {
            *known = NEVER;
        }
        *known != NEVER
    });
}

/// Walks outward from `starts` until `enough`, which is asked with the time before which all is final.
pub(super) fn until(
    streets: &impl Steps,
    search: &mut Search,
    starts: &[(NodeIndex, u32)],
    mut enough: impl FnMut(&Search, u32) -> bool,
) {
    search.begin(streets, starts);
    let mut floor = 0;
    while let Some(next) = search.take() {
        if search.floor() > floor {
            floor = search.floor();
            if enough(search, floor) {
                break;
            }
        }
        search.step(streets, next, NEVER);
    }
}
