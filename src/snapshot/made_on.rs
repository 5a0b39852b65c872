//! What a scenario's figures were worked out on, and what of it is no longer the same.
//!
//! Children, network and areas have numbers of their own in the database. Of sites, only those of the kind that is planned
//! and safety posts move a figure; so that a playground's new name does not make a plan for libraries look old, each
//! kind has a sum over its public sites. It needs no look at the log, and is the same in every process that holds the
//! same sites.

use super::{Rules, Snapshot};
use crate::site::{KindIndex, Site};
use crate::store::MadeOn;

impl Snapshot {
    /// What figures about a kind stand on now; those of a time of day (`timed`) stand on the calendar too.
    #[must_use]
    pub fn made_on(&self, kind: KindIndex, timed: bool) -> MadeOn {
        let Rules { figures_mark, calendar_mark, .. } = &*self.rules;
        let matters = |other: &KindIndex| *other == kind || self.is_post(*other);
        let kinds = (0..self.sums.len() as KindIndex).filter(matters);
        let sites = kinds.fold(0_u64, |sum, kind| sum.wrapping_add(self.sums[usize::from(kind)]));
        MadeOn {
            mark: format!("{:016x}", self.mark()),
            revision: self.shown,
            sites: format!("{sites:016x}"),
            children: self.children.as_ref().map_or(0, |held| held.version),
            network: self.walks.as_ref().map_or(0, |held| held.version),
            areas: self.areas_revision,
            rules: if timed { format!("{figures_mark}-{calendar_mark}") } else { figures_mark.clone() },
        }
    }

    pub(super) fn sum_up(&mut self, site: &Site) {
        let sum = &mut self.sums[usize::from(site.kind)];
        *sum = sum.wrapping_add(share(site));
    }

    pub(super) fn sum_down(&mut self, site: &Site) {
        let sum = &mut self.sums[usize::from(site.kind)];
        *sum = sum.wrapping_sub(share(site));
    }
}

/// A site's part of its kind's sum: of its number and of how often it has changed. Spread over all bits, so that two
/// changes do not make up for each other.
fn share(site: &Site) -> u64 {
    spread(spread(site.id.0.cast_unsigned()).wrapping_add(site.version.into()))
}

/// SplitMix64's last step (Steele, Lea, Flood 2014). The standard library's hasher may change with the compiler, and
/// these numbers are stored.
fn spread(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
