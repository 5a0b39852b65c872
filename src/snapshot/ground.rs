//! What coverages rest on: streets, children and areas, with the children's cells joined to the streets.

use super::{Rules, Snapshot};
use crate::area::{AreaIndex, AreaSet};
use crate::children::Children;
use crate::coverage::{Demand, Groups, Snaps};
use crate::geo::LonLat;
use crate::network::{Walk, Walks};
use crate::text::Words;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Walks whose cells stay joined: each profile's, and some with posts on duty.
const JOINED: usize = 8;

/// Why there is no coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoCoverage {
    /// Nobody has imported a network.
    #[error("there is no walking network yet; yimi import network brings one in")]
    Network,
    /// Nobody has imported the children.
    #[error("there are no children yet; yimi import children brings them in")]
    Children,
}

impl NoCoverage {
    /// The same in both languages.
    #[must_use]
    pub fn words(self) -> Words {
        let zh = match self {
            Self::Network => "还没有步行网络；请用 yimi import network 导入",
            Self::Children => "还没有儿童数据；请用 yimi import children 导入",
        };
        Words::new(zh, self.to_string())
    }
}

/// What a ground is made from, read under the snapshot's lock.
#[derive(Debug)]
pub(super) struct Seen {
    /// Which loaded snapshot this is.
    epoch: u64,
    rules: Arc<Rules>,
    areas: Arc<AreaSet>,
    walks: Arc<Walks>,
    children: Arc<Children>,
    source: Box<str>,
}

impl Seen {
    pub(super) fn now(now: &Snapshot) -> Result<Self, NoCoverage> {
        Ok(Self {
            epoch: now.epoch,
            rules: now.rules().clone(),
            areas: now.areas.clone(),
            walks: now.walks().ok_or(NoCoverage::Network)?.clone(),
            children: now.children().ok_or(NoCoverage::Children)?.clone(),
            source: now.children_source().unwrap_or_default().into(),
        })
    }
}

/// What coverages rest on.
#[derive(Debug)]
pub struct Ground {
    seen: Seen,
    /// Each cell's area; the one behind the last: in no area.
    area_of_cell: Vec<AreaIndex>,
    /// The cells of each area, by number; the last group is in no area.
    cells_of_area: Vec<Vec<u32>>,
    /// Where cells meet the streets: for walkers who can't use steps, and for those who can.
    snaps: [OnceLock<Arc<Snaps>>; 2],
    /// Cells joined as a walk sees them, by the walk; the last made last.
    joined: Mutex<Vec<(Arc<Walk>, Arc<Demand>)>>,
}

impl Ground {
    pub(super) fn new(seen: Seen) -> Self {
        let outside = seen.areas.all().len() as AreaIndex;
        let area = |cell| seen.areas.find(seen.children.at(cell)).unwrap_or(outside);
        let area_of_cell: Vec<AreaIndex> = (0..seen.children.len()).into_par_iter().map(area).collect();
        let mut cells_of_area = vec![Vec::new(); usize::from(outside) + 1];
        for (cell, area) in (0..).zip(&area_of_cell) {
            cells_of_area[usize::from(*area)].push(cell);
        }
        Self { seen, area_of_cell, cells_of_area, snaps: Default::default(), joined: Mutex::default() }
    }

    pub(super) fn is_of(&self, seen: &Seen) -> bool {
        let ours = &self.seen;
        let same = Arc::ptr_eq(&ours.walks, &seen.walks) && Arc::ptr_eq(&ours.children, &seen.children);
        ours.epoch == seen.epoch && same
    }

    /// Which loaded snapshot the areas and data files are of.
    pub(super) fn epoch(&self) -> u64 {
        self.seen.epoch
    }

    /// The data files.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.seen.rules
    }

    /// The areas.
    #[must_use]
    pub fn areas(&self) -> &AreaSet {
        &self.seen.areas
    }

    /// The name of the file that the children come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.seen.source
    }

    /// The children.
    #[must_use]
    pub fn children(&self) -> &Children {
        &self.seen.children
    }

    /// Cells by area; the last group is in no area.
    #[must_use]
    pub fn groups(&self) -> Groups<'_> {
        Groups { of_cell: &self.area_of_cell, count: self.seen.areas.all().len() + 1 }
    }

    /// The cells of a group, by number.
    #[must_use]
    pub fn cells_of(&self, group: AreaIndex) -> &[u32] {
        &self.cells_of_area[usize::from(group)]
    }

    /// The streets as a profile walks them while some safety posts are on duty, and the cells joined to them.
    pub(super) fn walked(&self, profile: usize, posts: &[LonLat]) -> Option<(Arc<Walk>, Arc<Demand>)> {
        let walk = self.seen.walks.guarded(&self.seen.rules.profiles, profile, posts)?;
        let kept = || self.joined.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, demand)) = kept().iter().find(|(of, _)| Arc::ptr_eq(of, &walk)) {
            return Some((walk.clone(), demand.clone()));
        }
        let snaps = &self.snaps[usize::from(walk.profile().steps.is_some())];
        let snaps = snaps.get_or_init(|| Arc::new(Demand::snap(&walk, &self.seen.children)));
        let demand = Arc::new(Demand::join(&walk, snaps));
        let mut joined = kept();
        if joined.len() >= JOINED {
            joined.remove(0);
        }
        joined.push((walk.clone(), demand.clone()));
        Some((walk, demand))
    }
}
