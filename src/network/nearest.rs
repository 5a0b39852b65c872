//! The nearest `K` of many places for every junction, kept right while places come and go.
//!
//! A [`Label`] is a walking time and a place in one number, so that the smaller label is the nearer place and of two
//! equally near ones the place with the smaller number: what a junction holds is the same whatever the order of work.
//! A junction holds the `K` smallest labels with different places.
//!
//! *Adding* a place walks outward from it and stops where `K` nearer ones are known. *Removing* one walks through the
//! region that holds it (which hangs together: wherever a place is among the nearest, it is so all along the way there),
//! takes it out, lets the neighbours and the places within offer theirs, and walks outward from what improved. Both cost
//! what the place's region costs, and end at exactly the labels that a full search gives: labels only fall to what some
//! way offers, and nothing rests until no step offers less. That needs steps that take the same in both directions, which
//! those of a [`Walk`] do.
//!
//! The full search may be done in two halves of the junctions, which stand in Z-order and so are two regions, one thread
//! each; what steps across is handed over until nothing improves.

use super::bucket::Buckets;
use super::graph::NodeIndex;
use super::walk::{NEVER, Walk};

/// A walking time in milliseconds and a place, the nearer the smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(u64);

impl Label {
    /// No place.
    pub const NONE: Self = Self(u64::MAX);

    /// A place at so many milliseconds.
    #[must_use]
    pub const fn new(millis: u32, place: u32) -> Self {
        Self((millis as u64) << 32 | place as u64)
    }

    /// Milliseconds; `u32::MAX` for [`Self::NONE`].
    #[must_use]
    pub const fn millis(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The place; meaningless for [`Self::NONE`].
    #[must_use]
    pub const fn place(self) -> u32 {
        self.0 as u32
    }

    /// The place, unless it is [`Self::NONE`].
    #[must_use]
    pub fn known(self) -> Option<(u32, u32)> {
        (self != Self::NONE).then_some((self.millis(), self.place()))
    }

    /// The same place, so many milliseconds farther; nothing beyond what can be counted.
    #[must_use]
    pub const fn after(self, millis: u32) -> Self {
        Self(self.0.saturating_add((millis as u64) << 32))
    }
}

/// Keeps a label among the nearest if it is one of them; tells whether it is.
#[inline]
pub fn keep<const K: usize>(held: &mut [Label; K], new: Label) -> bool {
    if new >= held[K - 1] {
        return false;
    }
    if K == 1 {
        held[0] = new;
        return true;
    }
    // nearest first: whatever is passed before a nearer label of the same place keeps its rank
    for rank in 0..K {
        if held[rank].place() == new.place() && held[rank] != Label::NONE {
            if new >= held[rank] {
                return false;
            }
            held[rank] = new;
            return true;
        }
        if new < held[rank] {
            // moves the rest down by one, up to where the place stood before
            let mut moved = new;
            for slot in &mut held[rank..] {
                std::mem::swap(slot, &mut moved);
                if moved.place() == new.place() {
                    break;
                }
            }
            return true;
        }
    }
    false
}

/// The nearest `K` places of every junction.
#[derive(Debug)]
pub struct Nearest<const K: usize> {
    labels: Vec<[Label; K]>,
    /// Where places begin: the junctions at the ends of their streets, sorted.
    starts: Vec<(NodeIndex, Label)>,
    queue: Buckets,
    changed: Vec<NodeIndex>,
}

/// A place and the junctions that it reaches along its own street, with milliseconds.
pub type Start = (u32, [(NodeIndex, u32); 2]);

/// Junctions of which fewer are searched by one thread.
const WORTH_TWO_THREADS: usize = 30_000;

impl<const K: usize> Nearest<K> {
    /// Searches all junctions, in two halves where that is worth it and `threads` allows it.
    #[must_use]
    pub fn build(walk: &Walk, places: impl IntoIterator<Item = Start>, threads: usize) -> Self {
        let (mut nearest, offers) = Self::begin(walk, places);
        if threads < 2 || nearest.labels.len() < WORTH_TWO_THREADS {
            let mut part = Part { walk, base: 0, labels: &mut nearest.labels, queue: &mut nearest.queue };
            part.spread(&offers, &mut |_| (), &mut Vec::new());
        } else {
            nearest.in_halves(walk, offers);
        }
        nearest
    }

    /// In two halves, however small.
    #[cfg(test)]
    pub(crate) fn in_two(walk: &Walk, places: impl IntoIterator<Item = Start>) -> Self {
        let (mut nearest, offers) = Self::begin(walk, places);
        nearest.in_halves(walk, offers);
        nearest
    }

    fn begin(walk: &Walk, places: impl IntoIterator<Item = Start>) -> (Self, Vec<(NodeIndex, Label)>) {
        let nodes = walk.network().node_count();
        let mut nearest = Self {
            labels: vec![[Label::NONE; K]; nodes],
            starts: Vec::new(),
            queue: Buckets::default(),
            changed: Vec::new(),
        };
        let begins = |(place, ends): Start| ends.map(|(node, millis)| (node, Label::new(millis, place)));
        nearest.starts = places.into_iter().flat_map(begins).collect();
        nearest.starts.sort_unstable();
        let offers = nearest.starts.clone();
        (nearest, offers)
    }

    fn in_halves(&mut self, walk: &Walk, offers: Vec<(NodeIndex, Label)>) {
        let middle = self.labels.len() / 2;
        let (low, high) = self.labels.split_at_mut(middle);
        let mut queues = [Buckets::default(), Buckets::default()];
        let [queue_low, queue_high] = &mut queues;
        let mut low = Part { walk, base: 0, labels: low, queue: queue_low };
        let mut high = Part { walk, base: middle as NodeIndex, labels: high, queue: queue_high };
        let (mut to_low, mut to_high): (Vec<_>, Vec<_>) =
            offers.into_iter().partition(|(node, _)| (*node as usize) < middle);
        while !to_low.is_empty() || !to_high.is_empty() {
            let (mut from_low, mut from_high) = (Vec::new(), Vec::new());
            rayon::join(
                || low.spread(&to_low, &mut |_| (), &mut from_low),
                || high.spread(&to_high, &mut |_| (), &mut from_high),
            );
            // only what still improves is worth another round
            from_low.retain(|(node, label)| *label < high.labels[*node as usize - middle][K - 1]);
            from_high.retain(|(node, label)| *label < low.labels[*node as usize][K - 1]);
            (to_low, to_high) = (from_high, from_low);
        }
    }

    /// The nearest places of a junction, nearest first; [`Label::NONE`] where there are fewer.
    #[must_use]
    pub fn at(&self, node: NodeIndex) -> &[Label; K] {
        &self.labels[node as usize]
    }

    /// All junctions' labels, in the network's order.
    #[must_use]
    pub fn all(&self) -> &[[Label; K]] {
        &self.labels
    }

    /// Adds a place. Returns the junctions whose labels changed, some perhaps twice.
    pub fn add(&mut self, walk: &Walk, (place, ends): Start) -> &[NodeIndex] {
        self.changed.clear();
        let offers = ends.map(|(node, millis)| (node, Label::new(millis, place)));
        for start in offers {
            let place = self.starts.partition_point(|known| *known < start);
            self.starts.insert(place, start);
        }
        self.improve(walk, &offers);
        &self.changed
    }

    /// Removes a place that was added with these ends. Returns the junctions whose labels changed, some perhaps twice.
    pub fn remove(&mut self, walk: &Walk, (place, ends): Start) -> &[NodeIndex] {
        self.changed.clear();
        let nodes = ends.map(|(node, _)| node);
        for (node, millis) in ends {
            if let Ok(known) = self.starts.binary_search(&(node, Label::new(millis, place))) {
                self.starts.remove(known);
            }
        }
        self.take_out(walk, place, &nodes);
        let mut offers = Vec::new();
        for node in &self.changed {
            let first = self.starts.partition_point(|(begins, _)| begins < node);
            offers.extend(self.starts[first..].iter().take_while(|(begins, _)| begins == node));
            for step in walk.steps_at(*node).iter().filter(|step| step.millis != NEVER) {
                let known = self.labels[step.to as usize].into_iter().filter(|label| *label != Label::NONE);
                offers.extend(known.map(|label| (*node, label.after(step.millis))));
            }
        }
        offers.retain(|(node, label)| *label < self.labels[*node as usize][K - 1]);
        self.improve(walk, &offers);
        &self.changed
    }

    /// Takes a place out of all junctions that hold it, which are reached from its ends; they are the changed ones.
    fn take_out(&mut self, walk: &Walk, place: u32, from: &[NodeIndex]) {
        let mut ahead = from.to_vec();
        while let Some(node) = ahead.pop() {
            let held = &mut self.labels[node as usize];
            let Some(rank) = held.iter().position(|label| label.place() == place && *label != Label::NONE) else {
                continue;
            };
            held.copy_within(rank + 1.., rank);
            held[K - 1] = Label::NONE;
            self.changed.push(node);
            ahead.extend(walk.steps_at(node).iter().filter(|step| step.millis != NEVER).map(|step| step.to));
        }
    }

    fn improve(&mut self, walk: &Walk, offers: &[(NodeIndex, Label)]) {
        let Self { labels, queue, changed, .. } = self;
        Part { walk, base: 0, labels, queue }.spread(offers, &mut |node| changed.push(node), &mut Vec::new());
    }

    /// Bytes held beside the walk.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.labels.len() * size_of::<[Label; K]>()
    }
}

/// Some junctions in a row, and the work on them.
struct Part<'a, const K: usize> {
    walk: &'a Walk,
    /// The first junction's number.
    base: NodeIndex,
    labels: &'a mut [[Label; K]],
    queue: &'a mut Buckets,
}

impl<const K: usize> Part<'_, K> {
    /// Takes labels in and walks outward from what they improve, until nothing improves. `changed` is told each junction
    /// that improved; what leads out of this part goes to `beyond`.
    fn spread(
        &mut self,
        offers: &[(NodeIndex, Label)],
        changed: &mut impl FnMut(NodeIndex),
        beyond: &mut Vec<(NodeIndex, Label)>,
    ) {
        let times = || offers.iter().map(|(_, label)| label.millis());
        let (Some(first), Some(last)) = (times().min(), times().max()) else { return };
        self.queue.restart(first, self.walk.longest().max(last - first));
        for (node, label) in offers {
            if keep(&mut self.labels[(*node - self.base) as usize], *label) {
                self.queue.put(*node, label.millis());
                changed(*node);
            }
        }
        while let Some(node) = self.queue.take() {
            let held = self.labels[(node - self.base) as usize];
            for label in held {
                if label == Label::NONE || !self.queue.is_due(label.millis()) {
                    continue;
                }
                for step in self.walk.steps_at(node) {
                    let offered = label.after(step.millis);
                    let place = step.to.wrapping_sub(self.base) as usize;
                    if step.millis == NEVER {
                        continue;
                    }
                    if let Some(there) = self.labels.get_mut(place) {
                        if keep(there, offered) {
                            self.queue.put(step.to, offered.millis());
                            changed(step.to);
                        }
                    } else {
                        beyond.push((step.to, offered));
                    }
                }
            }
        }
    }
}
