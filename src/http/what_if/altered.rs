//! What a change makes of the sites and posts that a kept coverage counts.

use super::plan::Plan;
use crate::coverage::Trial;
use crate::geo::LonLat;
use crate::network::{Joined, Reguarded, SNAP_LIMIT_M};
use crate::snapshot::Answering;
use std::collections::{BTreeMap, BTreeSet};

/// Sites that stop or begin to count, and the posts on duty then; proposed sites aside.
#[derive(Debug)]
pub struct Altered {
    /// Sites that count and would not.
    pub gone: BTreeSet<u32>,
    /// Sites that do not count and would, with where they meet the streets.
    pub opened: Vec<(u32, Joined)>,
    /// The posts on duty after the change.
    pub posts: Vec<LonLat>,
}

impl Altered {
    /// By a plan that is understood.
    pub fn by(plan: &Plan, answering: &Answering) -> Self {
        let mut altered = Self { gone: BTreeSet::new(), opened: Vec::new(), posts: answering.posts().to_vec() };
        // each once, however often it is named
        let off: BTreeMap<u32, LonLat> = plan.remove.iter().filter_map(|(id, post)| Some((*id, (*post)?))).collect();
        for post in off.values() {
            off_duty(&mut altered.posts, *post);
        }
        altered.posts.extend(&plan.posts);
        altered.gone.extend(plan.remove.iter().map(|(id, _)| *id));
        let walk = answering.coverage.walk();
        for (id, at, open) in &plan.hours {
            if plan.remove.iter().any(|(gone, _)| gone == id) {
                continue;
            }
            match (answering.places().contains_key(id), open) {
                (true, false) => {
                    altered.gone.insert(*id);
                }
                (false, true) => {
                    let joined = walk.snap(*at, SNAP_LIMIT_M).map(|snapped| walk.join(&snapped));
                    altered.opened.extend(joined.map(|joined| (*id, joined)));
                }
                _ => {}
            }
        }
        altered
    }

    /// The coverage as it would be.
    pub fn trial<'c>(&self, answering: &'c Answering) -> Trial<'c> {
        let streets = Reguarded::new(answering.coverage.walk(), answering.posts(), &self.posts);
        let mut trial = Trial::new(&answering.coverage, streets);
        self.gone.iter().for_each(|id| trial.remove(*id));
        for (id, joined) in &self.opened {
            trial.remove(*id);
            trial.add(*id, joined);
        }
        trial
    }
}

/// Takes one of the posts at a place away.
pub fn off_duty(posts: &mut Vec<LonLat>, gone: LonLat) {
    if let Some(place) = posts.iter().position(|post| *post == gone) {
        posts.remove(place);
    }
}
