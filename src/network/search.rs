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
        within(self, self, search, starts, limit);
    }

    /// Walks outward from `starts` until `enough`, which is asked with the time before which all is final.
    pub(super) fn spread_until(
        &self,
        search: &mut Search,
        starts: &[(NodeIndex, u32)],
        enough: impl FnMut(&Search, u32) -> bool,
    ) {
        until(self, self, search, starts, enough);
    }
}

impl Reguarded<'_> {
    /// As [`Walk::spread`], with other crossings being guarded.
    pub fn spread(&self, search: &mut Search, starts: &[(NodeIndex, u32)], limit: u32) {
        within(self, self.before(), search, starts, limit);
    }
}

fn within(streets: &impl Steps, walk: &Walk, search: &mut Search, starts: &[(NodeIndex, u32)], limit: u32) {
    until(streets, walk, search, starts, |_, floor| floor > limit);
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

fn until(
    streets: &impl Steps,
    walk: &Walk,
    search: &mut Search,
    starts: &[(NodeIndex, u32)],
    mut enough: impl FnMut(&Search, u32) -> bool,
) {
    search.restart(walk.network().node_count());
    let first = starts.iter().map(|(_, millis)| *millis).min().unwrap_or(0);
    let last = starts.iter().map(|(_, millis)| *millis).max().unwrap_or(0);
    search.queue.restart(first, streets.longest().max(last - first));
    for (node, millis) in starts {
        search.reach(*node, *millis, BEGIN);
    }
    let mut floor = 0;
    while let Some(node) = search.queue.take() {
        if search.queue.floor() > floor {
            floor = search.queue.floor();
            if enough(search, floor) {
                break;
            }
        }
        let millis = search.millis[node as usize];
        if !search.queue.is_due(millis) {
            continue;
        }
        for (place, step) in walk.network().arcs_at(node).zip(streets.steps_at(node)) {
            if step.millis != NEVER {
                search.reach(step.to, millis.saturating_add(step.millis).min(NEVER - 1), place as u32);
            }
        }
    }
}
