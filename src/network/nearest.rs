//! The nearest `K` of many places for every junction, kept right while places come and go.
//!
//! A [`Label`] is a walking time and a place in one number, so that the smaller label is the nearer place and of two
//! equally near ones the place with the smaller number: what a junction holds is the same whatever the order of work.
//! A junction holds the `K` smallest labels with different places.
//!
//! *Adding* a place walks outward from it and stops where `K` nearer ones are known. *Removing* one takes out what came by
//! way of it (which hangs together: wherever a place is among the nearest, it is so all along the way there), lets the
//! neighbours and the places within offer theirs, and walks outward from what improved. Both cost what the place's region
//! costs, and end at exactly the labels that a full search gives: labels only fall to what some way offers, and nothing
//! rests until no step offers less. That needs steps that take the same in both directions, which those of a
//! [`super::Walk`] do.
//!
//! A [`Trial`] does the same without touching what is kept: what changes is laid over it.
//!
//! The full search may be done in two halves of the junctions, which stand in Z-order and so are two regions, one thread
//! each; what steps across is handed over until nothing improves.

mod amend;
mod label;
mod trial;

pub use label::{Label, keep};
pub use trial::{Moved, Trial};

use super::bucket::Buckets;
use super::graph::NodeIndex;
use super::walk::Walk;
use amend::{Part, offered, spread, take_out};

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

/// Where a place begins, as labels.
fn begins((place, ends): Start) -> [(NodeIndex, Label); 2] {
    ends.map(|(node, millis)| (node, Label::new(millis, place)))
}

/// What begins at a junction, of what is sorted.
fn starts_at(starts: &[(NodeIndex, Label)], node: NodeIndex) -> impl Iterator<Item = Label> {
    let first = starts.partition_point(|(begins, _)| *begins < node);
    starts[first..].iter().take_while(move |(begins, _)| *begins == node).map(|(_, label)| *label)
}

impl<const K: usize> Nearest<K> {
    /// Searches all junctions, in two halves where that is worth it and `threads` allows it.
    #[must_use]
    pub fn build(walk: &Walk, places: impl IntoIterator<Item = Start>, threads: usize) -> Self {
        let (mut nearest, offers) = Self::begin(walk, places);
        if threads < 2 || nearest.labels.len() < WORTH_TWO_THREADS {
            let mut whole = Part { base: 0, labels: &mut nearest.labels };
            spread(walk, &mut whole, &mut nearest.queue, &offers, &mut |_| (), &mut Vec::new());
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
        let mut starts: Vec<(NodeIndex, Label)> = places.into_iter().flat_map(begins).collect();
        starts.sort_unstable();
        let offers = starts.clone();
        let labels = vec![[Label::NONE; K]; nodes];
        (Self { labels, starts, queue: Buckets::default(), changed: Vec::new() }, offers)
    }

    fn in_halves(&mut self, walk: &Walk, offers: Vec<(NodeIndex, Label)>) {
        let middle = self.labels.len() / 2;
        let (low, high) = self.labels.split_at_mut(middle);
        let mut queues = [Buckets::default(), Buckets::default()];
        let [queue_low, queue_high] = &mut queues;
        let mut low = Part { base: 0, labels: low };
        let mut high = Part { base: middle as NodeIndex, labels: high };
        let (mut to_low, mut to_high): (Vec<_>, Vec<_>) =
            offers.into_iter().partition(|(node, _)| (*node as usize) < middle);
        while !to_low.is_empty() || !to_high.is_empty() {
            let (mut from_low, mut from_high) = (Vec::new(), Vec::new());
            rayon::join(
                || spread(walk, &mut low, queue_low, &to_low, &mut |_| (), &mut from_low),
                || spread(walk, &mut high, queue_high, &to_high, &mut |_| (), &mut from_high),
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

    /// The places that begin at a junction.
    pub fn begin_at(&self, node: NodeIndex) -> impl Iterator<Item = u32> {
        starts_at(&self.starts, node).map(Label::place)
    }

    /// Adds a place. Returns the junctions whose labels changed, some perhaps twice.
    pub fn add(&mut self, walk: &Walk, start: Start) -> &[NodeIndex] {
        self.changed.clear();
        let offers = begins(start);
        for start in offers {
            let place = self.starts.partition_point(|known| *known < start);
            self.starts.insert(place, start);
        }
        self.improve(walk, &offers);
        &self.changed
    }

    /// Removes a place that was added with these ends. Returns the junctions whose labels changed, some perhaps twice.
    pub fn remove(&mut self, walk: &Walk, start: Start) -> &[NodeIndex] {
        self.changed.clear();
        let lost = begins(start);
        for start in lost {
            if let Ok(known) = self.starts.binary_search(&start) {
                self.starts.remove(known);
            }
        }
        let mut held = Part { base: 0, labels: &mut self.labels };
        take_out(walk, &mut held, lost.to_vec(), &mut self.changed);
        let offers = offered(walk, &held, &self.changed, |node| starts_at(&self.starts, node));
        self.improve(walk, &offers);
        &self.changed
    }

    fn improve(&mut self, walk: &Walk, offers: &[(NodeIndex, Label)]) {
        let Self { labels, queue, changed, .. } = self;
        let mut held = Part { base: 0, labels };
        spread(walk, &mut held, queue, offers, &mut |node| changed.push(node), &mut Vec::new());
    }

    /// Bytes held beside the walk.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.labels.len() * size_of::<[Label; K]>()
    }
}
