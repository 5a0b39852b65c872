//! Work that is done and may still be done, and whom it is told.

use super::plan::{Effort, Progress, Stage};

/// Units of work between two looks of whoever watches.
const BETWEEN: u64 = 3_000_000;

/// Counts the work, and tells whoever watches.
pub(super) struct Clock<'w> {
    watch: &'w mut dyn FnMut(&Progress) -> bool,
    effort: u64,
    spent: u64,
    told: u64,
    /// Whether somebody asked to stop.
    pub stopped: bool,
    pub stage: Stage,
    pub objective: Option<u64>,
    pub bound: Option<u64>,
    pub chosen: Vec<usize>,
    /// Where what is searched is only a part of the question: nothing is told of it but that there is work.
    pub hidden: bool,
}

impl<'w> Clock<'w> {
    pub fn new(effort: &Effort, watch: &'w mut dyn FnMut(&Progress) -> bool) -> Self {
        Self {
            watch,
            effort: effort.work,
            spent: 0,
            told: 0,
            stopped: false,
            stage: Stage::Plan,
            objective: None,
            bound: None,
            chosen: Vec::new(),
            hidden: false,
        }
    }

    /// Counts work; whether more may be done.
    pub fn spend(&mut self, work: u64) -> bool {
        self.spent = self.spent.saturating_add(work);
        if self.spent - self.told >= BETWEEN {
            self.tell();
        }
        self.goes_on()
    }

    pub fn goes_on(&self) -> bool {
        !self.stopped && self.spent < self.effort
    }

    /// What may still be done.
    pub fn left(&self) -> u64 {
        self.effort.saturating_sub(self.spent)
    }

    /// Lends out a part of what may still be done; [`Clock::whole`] takes the rest back.
    pub fn lend(&mut self, share: f64) -> u64 {
        let whole = self.effort;
        self.effort = self.spent + (self.effort.saturating_sub(self.spent) as f64 * share) as u64;
        whole
    }

    /// Takes back what was lent.
    pub fn whole(&mut self, whole: u64) {
        self.effort = whole;
    }

    pub fn tell(&mut self) {
        self.told = self.spent;
        let share = (self.spent as f64 / self.effort.max(1) as f64).min(1.0);
        let progress =
            Progress { stage: self.stage, share, objective: self.objective, bound: self.bound, chosen: &self.chosen };
        self.stopped |= !(self.watch)(&progress);
    }
}
