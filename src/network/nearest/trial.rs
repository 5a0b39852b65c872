//! A change that is only thought of, laid over what is kept.
//!
//! Junctions stand in Z-order, so the labels that a change touches lie together: sixty-four at a time are copied when the
//! first of them changes. What is kept is read by many at once and changed by none of them.

use super::super::bucket::Buckets;
use super::super::graph::NodeIndex;
use super::super::reguard::Reguarded;
use super::super::walk::Steps;
use super::amend::{Holds, offered, spread, take_out};
use super::label::{Label, keep};
use super::{Nearest, Start, begins, starts_at};

/// Junctions that are copied at once, as a power of two.
const SHIFT: u32 = 6;
const PAGE: usize = 1 << SHIFT;

/// Labels laid over others.
#[derive(Debug)]
struct Laid<'n, const K: usize> {
    base: &'n [[Label; K]],
    /// Of each page: where its copy stands, from 1; 0: nothing of it has changed.
    place: Vec<u32>,
    pages: Vec<[[Label; K]; PAGE]>,
}

impl<'n, const K: usize> Laid<'n, K> {
    fn over(base: &'n [[Label; K]]) -> Self {
        Self { base, place: vec![0; base.len().div_ceil(PAGE)], pages: Vec::new() }
    }
}

impl<const K: usize> Holds<K> for Laid<'_, K> {
    #[inline]
    fn at(&self, node: NodeIndex) -> &[Label; K] {
        match self.place[(node >> SHIFT) as usize] {
            0 => &self.base[node as usize],
            place => &self.pages[place as usize - 1][node as usize % PAGE],
        }
    }

    #[inline]
    fn at_mut(&mut self, node: NodeIndex) -> &mut [Label; K] {
        let page = (node >> SHIFT) as usize;
        if self.place[page] == 0 {
            let mut copy = [[Label::NONE; K]; PAGE];
            let kept = &self.base[page * PAGE..self.base.len().min((page + 1) * PAGE)];
            copy[..kept.len()].copy_from_slice(kept);
            self.pages.push(copy);
            self.place[page] = self.pages.len() as u32;
        }
        &mut self.pages[self.place[page] as usize - 1][node as usize % PAGE]
    }

    #[inline]
    fn offer(&mut self, node: NodeIndex, label: Label) -> Option<bool> {
        Some(label < self.at(node)[K - 1] && keep(self.at_mut(node), label))
    }
}

/// A place whose way along its own street takes another time than before.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    /// The place.
    pub place: u32,
    /// The junctions at the ends of its street, with milliseconds, as they were.
    pub before: [(NodeIndex, u32); 2],
    /// The same as they are.
    pub after: [(NodeIndex, u32); 2],
}

/// The nearest places as they would be after some changes.
#[derive(Debug)]
pub struct Trial<'n, const K: usize> {
    base: &'n Nearest<K>,
    laid: Laid<'n, K>,
    /// Where places begin that are not in the base, sorted, and those of the base that are gone.
    starts: Vec<(NodeIndex, Label)>,
    gone: Vec<(NodeIndex, Label)>,
    queue: Buckets,
    touched: Vec<NodeIndex>,
}

impl<'n, const K: usize> Trial<'n, K> {
    /// Begins with other crossings being guarded; `moved` are all places whose own street ends at one of them.
    #[must_use]
    pub fn new(base: &'n Nearest<K>, streets: &Reguarded<'_>, moved: &[Moved]) -> Self {
        let laid = Laid::over(&base.labels);
        let (starts, gone) = (Vec::new(), Vec::new());
        let mut trial = Self { base, laid, starts, gone, queue: Buckets::default(), touched: Vec::new() };
        trial.reguard(streets, moved);
        trial
    }

    /// First takes out what came by steps that take longer now, then lets all that take less offer theirs.
    fn reguard(&mut self, streets: &Reguarded<'_>, moved: &[Moved]) {
        let (mut lost, mut quicker) = (Vec::new(), Vec::new());
        for (node, was, is) in streets.other_steps() {
            if is.millis > was.millis {
                lost.extend(self.laid.at(node).iter().map(|label| (was.to, label.after(was.millis))));
            } else {
                quicker.push((node, is));
            }
        }
        let mut offers = Vec::new();
        for Moved { place, before, after } in moved {
            let (before, after) = (begins((*place, *before)), begins((*place, *after)));
            lost.extend(before.iter().zip(&after).filter(|(was, is)| is.1 > was.1).map(|(was, _)| *was));
            before.into_iter().for_each(|start| self.end(start));
            after.into_iter().for_each(|start| self.begin(start));
            offers.extend(after);
        }
        let mut changed = Vec::new();
        take_out(streets.before(), &mut self.laid, lost, &mut changed);
        offers.extend(self.offered(streets, &changed));
        for (node, step) in quicker {
            offers.extend(self.laid.at(node).iter().map(|label| (step.to, label.after(step.millis))));
        }
        offers.retain(|(node, label)| *label < self.laid.at(*node)[K - 1]);
        self.touched.append(&mut changed);
        self.improve(streets, &offers);
    }

    /// The nearest places of a junction, nearest first.
    #[must_use]
    pub fn at(&self, node: NodeIndex) -> &[Label; K] {
        self.laid.at(node)
    }

    /// The junctions whose labels may have changed so far, some more than once.
    #[must_use]
    pub fn touched(&self) -> &[NodeIndex] {
        &self.touched
    }

    /// Adds a place.
    pub fn add(&mut self, streets: &Reguarded<'_>, start: Start) {
        let offers = begins(start);
        offers.into_iter().for_each(|start| self.begin(start));
        self.improve(streets, &offers);
    }

    /// Removes a place that has these ends.
    pub fn remove(&mut self, streets: &Reguarded<'_>, start: Start) {
        let lost = begins(start);
        lost.into_iter().for_each(|start| self.end(start));
        let mut changed = Vec::new();
        take_out(streets, &mut self.laid, lost.to_vec(), &mut changed);
        let offers = self.offered(streets, &changed);
        self.touched.append(&mut changed);
        self.improve(streets, &offers);
    }

    fn begin(&mut self, start: (NodeIndex, Label)) {
        let place = self.starts.partition_point(|known| *known < start);
        self.starts.insert(place, start);
    }

    fn end(&mut self, start: (NodeIndex, Label)) {
        match self.starts.binary_search(&start) {
            Ok(known) => {
                self.starts.remove(known);
            }
            Err(_) => self.gone.push(start),
        }
    }

    fn offered(&self, streets: &impl Steps, nodes: &[NodeIndex]) -> Vec<(NodeIndex, Label)> {
        offered(streets, &self.laid, nodes, |node| {
            let stays = move |label: &Label| !self.gone.contains(&(node, *label));
            starts_at(&self.base.starts, node).filter(stays).chain(starts_at(&self.starts, node))
        })
    }

    fn improve(&mut self, streets: &impl Steps, offers: &[(NodeIndex, Label)]) {
        let Self { laid, queue, touched, .. } = self;
        spread(streets, laid, queue, offers, &mut |node| touched.push(node), &mut Vec::new());
    }
}
