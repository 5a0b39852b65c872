//! Why a plan is as it is: whom each site serves, what is lost without it, and what would come next in its stead.

use super::flow::{Serving, reaches, signed};
use super::measure::{cost, keeps, nearest, value};
use super::problem::{NO_WAY, Objective, Rules, Siting, wanted};

/// What is lost without the chosen candidate at position `place`, in the unit of the objective; of set covering the children
/// who would no longer be within the limit. [`NO_WAY`] of the p-centre where somebody would have no way at all.
#[must_use]
pub fn lost_without(problem: &Siting, objective: Objective, chosen: &[usize], place: usize) -> u64 {
    let objective = match objective {
        Objective::SetCovering { limit, .. } => Objective::MaximalCovering { limit },
        other => other,
    };
    let without = value(problem, objective, &others(chosen, place));
    if objective == Objective::PCenter && without == u64::from(NO_WAY) {
        return without;
    }
    value(problem, objective, chosen).abs_diff(without)
}

/// The cells that the chosen candidate at position `place` serves, with their children: those who are nearest to it of all
/// the chosen and gain by it (who are newly within the limit; whose way becomes shorter; whom it has room for, which may be
/// only some of a cell's children).
#[must_use]
pub fn serves(problem: &Siting, objective: Objective, chosen: &[usize], place: usize) -> Vec<(u32, u64)> {
    let gains = |cell: usize, time: u32| match objective {
        Objective::MaximalCovering { limit } | Objective::SetCovering { limit, .. } => {
            time <= limit && problem.existing[cell] > limit
        }
        Objective::PMedian { far } => time < problem.existing[cell].min(far),
        _ => time < problem.existing[cell],
    };
    if let Objective::CapacitatedCovering { limit } = objective {
        let sites = reaches(problem, limit, chosen);
        let mut serving = Serving::new(&signed(&problem.children));
        for (cells, room) in &sites {
            serving.open(cells, *room);
        }
        let served = serving.served_by(problem.standing.len() + place);
        return served.filter(|(_, children)| *children > 0).map(|(cell, children)| (cell, children as u64)).collect();
    }
    // of equally near ones the first serves
    let (before, after) = (nearest(problem, &chosen[..place]), nearest(problem, &chosen[place + 1..]));
    let is_nearest = |cell: usize, time: u32| time < before[cell] && time <= after[cell];
    let mine = problem.reach[chosen[place]].iter().map(|(cell, time)| (*cell as usize, *time));
    mine.filter(|(cell, time)| problem.children[*cell] > 0 && is_nearest(*cell, *time) && gains(*cell, *time))
        .map(|(cell, _)| (cell as u32, problem.children[cell]))
        .collect()
}

/// The best candidate in the stead of the chosen one at position `place`, all others staying and the rules kept, and what is
/// lost by it in the unit of the objective: nothing where it is as good. `None` where no other will do.
#[must_use]
pub fn runner_up(
    problem: &Siting,
    objective: Objective,
    rules: &Rules,
    chosen: &[usize],
    place: usize,
) -> Option<(usize, u64)> {
    let others = others(chosen, place);
    let all: Vec<usize> = (0..problem.candidates.len()).collect();
    let sites = match objective {
        Objective::CapacitatedCovering { limit } => reaches(problem, limit, &all),
        _ => Vec::new(),
    };
    let mut worth = Worth::new(problem, objective, &others, &sites);
    let free = (0..problem.candidates.len()).filter(|candidate| !chosen.contains(candidate));
    let mut order: Vec<(i64, usize)> = free.map(|candidate| (worth.of(candidate), candidate)).collect();
    order.sort_unstable_by_key(|(worth, candidate)| (std::cmp::Reverse(*worth), *candidate));
    let spent = cost(problem, &others);
    // a set covering is whole again only with whoever was lost; most candidates bring too few back to be looked at
    let short = match objective {
        Objective::SetCovering { limit, share } => {
            let covered: u64 = (0..problem.children.len())
                .filter(|cell| worth.times[*cell] <= limit)
                .map(|cell| problem.children[cell])
                .sum();
            wanted(share, problem.total()).saturating_sub(covered).cast_signed()
        }
        _ => 0,
    };
    let may = |candidate: usize| {
        (short == 0 || worth.covers(candidate) >= short)
            && rules.budget.is_none_or(|budget| spent + problem.candidates[candidate].cost <= budget)
            && rules.apart_m.is_none_or(|apart| !others.iter().any(|other| problem.too_close(*other, candidate, apart)))
    };
    order.into_iter().map(|(_, candidate)| candidate).filter(|candidate| may(*candidate)).find_map(|candidate| {
        let mut plan = others.clone();
        plan.push(candidate);
        keeps(problem, objective, rules, &plan).then(|| {
            let (now, then) = (value(problem, objective, chosen), value(problem, objective, &plan));
            let loses = if objective.is_maximised() { now.saturating_sub(then) } else { then.saturating_sub(now) };
            (candidate, loses)
        })
    })
}

fn others(chosen: &[usize], place: usize) -> Vec<usize> {
    chosen.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, candidate)| *candidate).collect()
}

/// What one more candidate is worth beside others, quickly: more is better.
struct Worth<'p> {
    problem: &'p Siting,
    objective: Objective,
    times: Vec<u32>,
    /// Cells that count for the p-centre, the farthest first.
    far: Vec<usize>,
    new: Vec<u32>,
    sites: &'p [(Vec<u32>, i64)],
    serving: Serving<'p>,
}

impl<'p> Worth<'p> {
    /// `sites` are the standing ones, then all candidates, where rooms matter.
    fn new(problem: &'p Siting, objective: Objective, others: &[usize], sites: &'p [(Vec<u32>, i64)]) -> Self {
        let mut times = nearest(problem, others);
        times.iter_mut().zip(&problem.existing).for_each(|(new, old)| *new = (*new).min(*old));
        let mut serving = Serving::new(&signed(&problem.children));
        if !sites.is_empty() {
            let standing = 0..problem.standing.len();
            for site in standing.chain(others.iter().map(|other| problem.standing.len() + other)) {
                serving.open(&sites[site].0, sites[site].1);
            }
        }
        let new = vec![NO_WAY; problem.children.len()];
        let mut worth = Self { problem, objective, times, far: Vec::new(), new, sites, serving };
        if objective == Objective::PCenter {
            let all: Vec<usize> = (0..problem.candidates.len()).collect();
            let could = nearest(problem, &all);
            let counts =
                |cell: &usize| problem.children[*cell] > 0 && could[*cell].min(problem.existing[*cell]) < NO_WAY;
            worth.far = (0..could.len()).filter(counts).collect();
            worth.far.sort_unstable_by_key(|cell| (std::cmp::Reverse(worth.times[*cell]), *cell));
        }
        worth
    }

    /// Children whom it newly brings within the limit of a covering objective.
    fn covers(&self, candidate: usize) -> i64 {
        let (Objective::MaximalCovering { limit } | Objective::SetCovering { limit, .. }) = self.objective else {
            return 0;
        };
        let reach = self.problem.reach[candidate].iter();
        let new = reach.filter(|(cell, time)| *time <= limit && self.times[*cell as usize] > limit);
        new.map(|(cell, _)| self.problem.children[*cell as usize].cast_signed()).sum()
    }

    fn of(&mut self, candidate: usize) -> i64 {
        let reach = &self.problem.reach[candidate];
        let children = |cell: u32| self.problem.children[cell as usize].cast_signed();
        match self.objective {
            Objective::MaximalCovering { .. } => self.covers(candidate),
            Objective::SetCovering { .. } => -self.problem.candidates[candidate].cost.cast_signed(),
            Objective::PMedian { far } => {
                let saves = |(cell, time): &(u32, u32)| {
                    children(*cell) * i64::from(self.times[*cell as usize].min(far).saturating_sub(*time))
                };
                reach.iter().map(saves).sum()
            }
            Objective::PCenter => {
                for (cell, time) in reach {
                    self.new[*cell as usize] = *time;
                }
                let mut worst = 0;
                for cell in &self.far {
                    if self.times[*cell] <= worst {
                        break;
                    }
                    worst = worst.max(self.times[*cell].min(self.new[*cell]));
                }
                for (cell, _) in reach {
                    self.new[*cell as usize] = NO_WAY;
                }
                -i64::from(worst)
            }
            Objective::CapacitatedCovering { .. } => {
                let (cells, room) = &self.sites[self.problem.standing.len() + candidate];
                self.serving.gain(cells, *room)
            }
        }
    }
}
