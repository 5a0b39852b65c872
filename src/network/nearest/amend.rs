//! The work on labels, the same for those that are kept and for those that are laid over them.

use super::super::bucket::Buckets;
use super::super::graph::NodeIndex;
use super::super::walk::{NEVER, Steps};
use super::label::{Label, keep};

/// Where the labels of junctions stand.
pub(super) trait Holds<const K: usize> {
    /// The labels of a junction that stands here.
    fn at(&self, node: NodeIndex) -> &[Label; K];

    /// The same, to be changed.
    fn at_mut(&mut self, node: NodeIndex) -> &mut [Label; K];

    /// Keeps a label if it is among the nearest, and tells whether it is; nothing where the junction stands elsewhere.
    fn offer(&mut self, node: NodeIndex, label: Label) -> Option<bool>;
}

/// Junctions in a row, beginning with one.
pub(super) struct Part<'a, const K: usize> {
    pub base: NodeIndex,
    pub labels: &'a mut [[Label; K]],
}

impl<const K: usize> Holds<K> for Part<'_, K> {
    #[inline]
    fn at(&self, node: NodeIndex) -> &[Label; K] {
        &self.labels[(node - self.base) as usize]
    }

    #[inline]
    fn at_mut(&mut self, node: NodeIndex) -> &mut [Label; K] {
        &mut self.labels[(node - self.base) as usize]
    }

    #[inline]
    fn offer(&mut self, node: NodeIndex, label: Label) -> Option<bool> {
        self.labels.get_mut(node.wrapping_sub(self.base) as usize).map(|held| keep(held, label))
    }
}

/// Takes labels in and walks outward from what they improve, until nothing improves. `changed` is told each junction that
/// improved; what leads to junctions that stand elsewhere goes to `beyond`.
pub(super) fn spread<const K: usize>(
    streets: &impl Steps,
    held: &mut impl Holds<K>,
    queue: &mut Buckets,
    offers: &[(NodeIndex, Label)],
    changed: &mut impl FnMut(NodeIndex),
    beyond: &mut Vec<(NodeIndex, Label)>,
) {
    let times = || offers.iter().map(|(_, label)| label.millis());
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return };
    queue.restart(first, streets.longest().max(last - first));
    for (node, label) in offers {
        if held.offer(*node, *label) == Some(true) {
            queue.put(*node, label.millis());
            changed(*node);
        }
    }
    while let Some(node) = queue.take() {
        for label in *held.at(node) {
            if label == Label::NONE || !queue.is_due(label.millis()) {
                continue;
            }
            for step in streets.steps_at(node).iter().filter(|step| step.millis != NEVER) {
                let offered = label.after(step.millis);
                match held.offer(step.to, offered) {
                    Some(true) => {
                        queue.put(step.to, offered.millis());
                        changed(step.to);
                    }
                    Some(false) => {}
                    None => beyond.push((step.to, offered)),
                }
            }
        }
    }
}

/// Takes labels out of the junctions that hold them, and whatever came by way of them out of all others: exactly what lies
/// a step farther. Some of it may have come by another way that takes as long; [`offered`] finds that again. `changed` is
/// told each junction that lost a label.
pub(super) fn take_out<const K: usize>(
    streets: &impl Steps,
    held: &mut impl Holds<K>,
    mut lost: Vec<(NodeIndex, Label)>,
    changed: &mut Vec<NodeIndex>,
) {
    while let Some((node, label)) = lost.pop() {
        let Some(rank) = held.at(node).iter().position(|known| *known == label && label != Label::NONE) else {
            continue;
        };
        let labels = held.at_mut(node);
        labels.copy_within(rank + 1.., rank);
        labels[K - 1] = Label::NONE;
        changed.push(node);
        let steps = streets.steps_at(node).iter().filter(|step| step.millis != NEVER);
        lost.extend(steps.map(|step| (step.to, label.after(step.millis))));
    }
}

/// What neighbours, and the places that begin there, offer to junctions that lost a label.
pub(super) fn offered<const K: usize, I: IntoIterator<Item = Label>>(
    streets: &impl Steps,
    held: &impl Holds<K>,
    nodes: &[NodeIndex],
    begin_at: impl Fn(NodeIndex) -> I,
) -> Vec<(NodeIndex, Label)> {
    let mut offers = Vec::new();
    for node in nodes {
        let last = held.at(*node)[K - 1];
        let mut offer = |label: Label| {
            if label < last {
                offers.push((*node, label));
            }
        };
        begin_at(*node).into_iter().for_each(&mut offer);
        for step in streets.steps_at(*node).iter().filter(|step| step.millis != NEVER) {
            held.at(step.to).iter().for_each(|label| offer(label.after(step.millis)));
        }
    }
    offers
}
