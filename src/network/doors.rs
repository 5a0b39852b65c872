//! Where sites meet the streets: each has its door on the nearest one.
//!
//! Doors stand in a row by street, so that a search that comes along a street finds all of its doors together. They do not
//! depend on who walks, except that whoever can't use stairs needs doors on other streets: [`Doors::is_for`] tells. A door
//! takes 24 bytes and a street 16. Doors that come later make the run of their street move to the end of the row; when half
//! of the row is left behind, it is packed again.

use super::graph::{EdgeIndex, NodeIndex};
use super::route::SNAP_LIMIT_M;
use super::walk::Walk;
use crate::geo::{Indexed, z_order};
use rayon::prelude::*;
use std::collections::HashSet;

/// A site's point on a street.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Door {
    /// Metres from the site to the street.
    pub away_m: f64,
    /// What the caller knows the site by.
    pub key: u32,
    /// Millimetres along the street from its end `a`.
    pub along_mm: u32,
    pub class: u16,
}

/// The doors of a street: the first of them, how many, and a bit for each class (by its rest of 64), so that whoever looks
/// for a rare kind passes most streets by.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    first: u32,
    count: u32,
    classes: u64,
}

impl Run {
    #[inline]
    fn range(self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.count) as usize
    }
}

/// The doors of all sites that have a street near.
#[derive(Debug)]
pub struct Doors {
    runs: Vec<Run>,
    row: Vec<Door>,
    /// How many there are of each class.
    by_class: Vec<usize>,
    /// Streets from a junction to itself, sorted by that junction, at which they do not stand among the others.
    loops: Vec<(NodeIndex, EdgeIndex)>,
    on_wheels: bool,
}

impl Doors {
    /// Joins sites to the streets that `walk` can use, on all cores. Sites farther than [`SNAP_LIMIT_M`] from every one
    /// have no door. About a microsecond a site.
    #[must_use]
    pub fn build(walk: &Walk, sites: &[Indexed]) -> Self {
        // neighbours one after the other look at the same streets
        let mut order: Vec<(u64, usize)> =
            sites.par_iter().enumerate().map(|(place, site)| (z_order(site.at.e7()), place)).collect();
        order.par_sort_unstable();
        let door = |(_, place): &(u64, usize)| door(walk, &sites[*place]);
        Self::placed(walk, order.par_iter().with_min_len(256).filter_map(door).collect())
    }

    /// The doors of the same sites for somebody else. Who can't use stairs can use what is left of the streets: a site on
    /// one of those stays there, and only the few others look for another.
    #[must_use]
    pub fn beside(&self, walk: &Walk, sites: &[Indexed], other: &Walk) -> Self {
        let edges = 0..self.runs.len() as EdgeIndex;
        if edges.clone().any(|edge| other.may(edge) && !walk.may(edge)) {
            return Self::build(other, sites);
        }
        let all = || edges.clone().flat_map(|edge| self.on(edge).iter().map(move |door| (edge, *door)));
        let moved: HashSet<u32> = all().filter(|(edge, _)| !other.may(*edge)).map(|(_, door)| door.key).collect();
        let anew = sites.par_iter().filter(|site| moved.contains(&site.key)).filter_map(|site| door(other, site));
        let mut placed: Vec<(EdgeIndex, Door)> = anew.collect();
        placed.extend(all().filter(|(edge, _)| other.may(*edge)));
        Self::placed(other, placed)
    }

    fn placed(walk: &Walk, mut placed: Vec<(EdgeIndex, Door)>) -> Self {
        placed.par_sort_unstable_by_key(|(edge, door)| (*edge, door.along_mm, door.key));
        let mut doors = Self {
            runs: vec![Run::default(); walk.network().edges().len()],
            row: placed.iter().map(|(_, door)| *door).collect(),
            by_class: Vec::new(),
            loops: loops(walk),
            on_wheels: walk.is_on_wheels(),
        };
        for (place, (edge, door)) in (0..).zip(&placed) {
            let run = &mut doors.runs[*edge as usize];
            if run.count == 0 {
                run.first = place;
            }
            run.count += 1;
            run.classes |= bit(door.class);
            doors.count(door.class, 1);
        }
        doors
    }

    /// Whether these are the doors of whoever walks so: stairs can be used or can't.
    #[must_use]
    pub fn is_for(&self, walk: &Walk) -> bool {
        self.on_wheels == walk.is_on_wheels() && self.runs.len() == walk.network().edges().len()
    }

    /// Adds a site; whether it has a street near. A site that is there already is removed first, by the caller.
    pub fn insert(&mut self, walk: &Walk, site: &Indexed) -> bool {
        debug_assert!(self.is_for(walk), "doors of another walk");
        let Some((edge, door)) = door(walk, site) else { return false };
        let run = self.runs[edge as usize];
        if run.range().end != self.row.len() {
            let moved = run.range();
            self.runs[edge as usize].first = self.row.len() as u32;
            self.row.extend_from_within(moved);
        }
        self.row.push(door);
        self.runs[edge as usize].count += 1;
        self.runs[edge as usize].classes |= bit(door.class);
        self.count(door.class, 1);
        self.pack();
        true
    }

    /// Removes a site that was added just so; whether it was there.
    pub fn remove(&mut self, walk: &Walk, site: &Indexed) -> bool {
        debug_assert!(self.is_for(walk), "doors of another walk");
        let Some((edge, door)) = door(walk, site) else { return false };
        let run = self.runs[edge as usize].range();
        let Some(place) = self.row[run.clone()].iter().position(|known| known.key == door.key) else { return false };
        self.row.swap(run.start + place, run.end - 1);
        self.runs[edge as usize].count -= 1;
        self.runs[edge as usize].classes = bits(self.on(edge).iter().map(|door| door.class));
        self.count(door.class, -1);
        true
    }

    /// How many doors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_class.iter().sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many doors there are of some classes, or of all.
    #[must_use]
    pub fn count_of(&self, classes: Option<&[u16]>) -> usize {
        let of = |class: &u16| self.by_class.get(usize::from(*class)).copied().unwrap_or(0);
        classes.map_or_else(|| self.len(), |classes| classes.iter().map(of).sum())
    }

    /// Bytes held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.runs.len() * size_of::<Run>() + self.row.capacity() * size_of::<Door>()
    }

    /// The doors on a street, in no order.
    #[inline]
    pub(super) fn on(&self, edge: EdgeIndex) -> &[Door] {
        &self.row[self.runs[edge as usize].range()]
    }

    /// Whether there may be doors of some classes on a street; it is sure when there are none.
    #[inline]
    pub(super) fn may_have(&self, edge: EdgeIndex, classes: u64) -> bool {
        self.runs[edge as usize].classes & classes != 0
    }

    /// The streets that leave a junction and come back to it.
    #[inline]
    pub(super) fn loops_at(&self, node: NodeIndex) -> impl Iterator<Item = EdgeIndex> {
        let first = self.loops.partition_point(|(of, _)| *of < node);
        self.loops[first..].iter().take_while(move |(of, _)| *of == node).map(|(_, edge)| *edge)
    }

    fn count(&mut self, class: u16, more: isize) {
        let class = usize::from(class);
        if self.by_class.len() <= class {
            self.by_class.resize(class + 1, 0);
        }
        self.by_class[class] = self.by_class[class].saturating_add_signed(more);
    }

    /// Packs the row anew when half of it belongs to no street any more.
    fn pack(&mut self) {
        if self.row.len() < 1024 || self.row.len() < 2 * self.len() {
            return;
        }
        let mut row = Vec::with_capacity(self.len() * 5 / 4);
        for run in &mut self.runs {
            let first = row.len() as u32;
            row.extend_from_slice(&self.row[run.range()]);
            run.first = first;
        }
        self.row = row;
    }
}

fn door(walk: &Walk, site: &Indexed) -> Option<(EdgeIndex, Door)> {
    let at = walk.snap(site.at, SNAP_LIMIT_M)?;
    Some((at.edge, Door { away_m: at.away_m, key: site.key, along_mm: at.along_mm, class: site.class }))
}

fn bit(class: u16) -> u64 {
    1 << (class % 64)
}

/// What [`Doors::may_have`] is asked with.
pub(super) fn bits(classes: impl Iterator<Item = u16>) -> u64 {
    classes.map(bit).fold(0, |all, bit| all | bit)
}

fn loops(walk: &Walk) -> Vec<(NodeIndex, EdgeIndex)> {
    let all = (0..).zip(walk.network().edges());
    all.filter(|(_, street)| street.a == street.b).map(|(edge, street)| (street.a, edge)).collect()
}
