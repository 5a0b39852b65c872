//! From a problem, an objective and rules to the model; what is impossible at first sight is said here.

use super::flow::{most_served, room, signed};
use super::infeasible::Infeasible;
use super::lists::Lists;
use super::model::{Item, Model, NONE, Place, Rooms, Savings};
use super::problem::{Floor, NO_WAY, Objective, Rules, Siting, wanted};
use super::restrict::State;

/// An objective that one model can express: all but the p-centre, which is a series of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Goal {
    /// The most children within the limit.
    Cover(u32),
    /// The least price with which so many of all children are within the limit.
    Share(u32, u64),
    /// The most milliseconds saved.
    Save(u32),
    /// The fewest sites with which every cell that anything reaches is within the limit.
    Within(u32),
    /// The most children served.
    Serve(u32),
}

/// Items that are covered within one limit, of some cells.
struct Layer {
    limit: u32,
    /// Of each cell the item that it is.
    items: Vec<Option<Item>>,
}

/// Candidates that must be in are fixed in the model that comes back.
pub(super) fn build(problem: &Siting, goal: Goal, rules: &Rules) -> Result<Model, Infeasible> {
    let musts: Vec<usize> = (0..problem.candidates.len()).filter(|it| problem.candidates[*it].must).collect();
    at_first_sight(problem, rules, &musts)?;
    let mut model = Model {
        sites: rules.sites.min(problem.candidates.len()),
        budget: rules.budget.map(|budget| i64::try_from(budget).unwrap_or(i64::MAX)),
        apart: rules.apart_m.filter(|apart| *apart > 0.0),
        wants: if rules.one_per_town { vec![true; problem.towns] } else { Vec::new() },
        ..Model::default()
    };
    places(problem, goal, &mut model);
    let layers = layers(problem, goal, rules.floor, &mut model)?;
    cover(problem, &layers, &mut model);
    savings(problem, goal, &mut model);
    rooms(problem, goal, &mut model);
    let must = |candidate: usize| if problem.candidates[candidate].must { State::In } else { State::Free };
    let states: Vec<State> = (0..problem.candidates.len()).map(must).collect();
    Ok(model.restricted(&states))
}

fn at_first_sight(problem: &Siting, rules: &Rules, musts: &[usize]) -> Result<(), Infeasible> {
    let Some(cheapest) = problem.candidates.iter().map(|candidate| candidate.cost).min() else {
        return Err(Infeasible::NoCandidates);
    };
    let mut needed = musts.len();
    if rules.one_per_town {
        let mut has = vec![(false, false); problem.towns];
        for candidate in &problem.candidates {
            if let Some((any, must)) = has.get_mut(usize::from(candidate.town)) {
                *any = true;
                *must |= candidate.must;
            }
        }
        if let Some(town) = has.iter().position(|(any, _)| !any) {
            return Err(Infeasible::NoCandidateInTown { town: town as u16 });
        }
        needed += has.iter().filter(|(_, must)| !must).count();
    }
    if needed > rules.sites {
        return Err(Infeasible::TooFewSites { needed, allowed: rules.sites });
    }
    if let Some(budget) = rules.budget {
        let cost = musts.iter().map(|must| problem.candidates[*must].cost).sum();
        if cost > budget {
            return Err(Infeasible::MustCostTooMuch { cost, budget });
        }
        if cheapest > budget {
            return Err(Infeasible::CheapestTooDear { cheapest, budget });
        }
    }
    if let Some(apart) = rules.apart_m {
        let pairs = musts.iter().enumerate().flat_map(|(place, a)| musts[place + 1..].iter().map(|b| (*a, *b)));
        if let Some((a, b)) = pairs.into_iter().find(|(a, b)| problem.too_close(*a, *b, apart)) {
            return Err(Infeasible::MustTooClose { a, b, metres: problem.metres(a, b), apart });
        }
    }
    Ok(())
}

fn places(problem: &Siting, goal: Goal, model: &mut Model) {
    let priced = problem.is_priced();
    for (origin, candidate) in (0..).zip(&problem.candidates) {
        let cost = i64::try_from(candidate.cost).unwrap_or(i64::MAX);
        let price = match goal {
            Goal::Share(..) if priced => cost,
            Goal::Share(..) | Goal::Within(_) => 1,
            _ => 0,
        };
        let town = if usize::from(candidate.town) < problem.towns { u32::from(candidate.town) } else { NONE };
        model.places.push(Place { origin, cost, price, town, at: candidate.at });
    }
}

/// The items of the objective, and those of the floors: one and the same where the limit is.
fn layers(problem: &Siting, goal: Goal, floor: Option<Floor>, model: &mut Model) -> Result<Vec<Layer>, Infeasible> {
    let best = best(problem);
    let cells = 0..problem.children.len();
    // children whom something could cover within a limit and no existing site does
    let open = |cell: usize, limit: u32| {
        let children = problem.children[cell] as i64;
        (children > 0 && problem.existing[cell] > limit && best[cell] <= limit).then_some(children)
    };
    let mut layers = Vec::new();
    let mut group_of_town = vec![NONE; problem.towns];
    if let Some(floor) = floor {
        for (town, children) in (0..).zip(problem.by_town()) {
            let within = |times: &[u32]| -> u64 {
                let here = |cell: &usize| problem.town_of_cell[*cell] == town && times[*cell] <= floor.limit;
                cells.clone().filter(here).map(|cell| problem.children[cell]).sum()
            };
            let (need, before) = (wanted(floor.share, children), within(&problem.existing));
            let most = within(&best);
            if most < need {
                return Err(Infeasible::FloorOutOfReach { town, best_share: most as f64 / children as f64 });
            }
            if need > before {
                group_of_town[usize::from(town)] = model.needs.len() as u32;
                model.needs.push((need - before) as i64);
            }
        }
    }
    let group = |cell: usize| group_of_town.get(usize::from(problem.town_of_cell[cell])).copied().unwrap_or(NONE);
    let same = matches!((goal, floor), (Goal::Cover(limit), Some(floor)) if limit == floor.limit);
    if let (Some(floor), false) = (floor, same) {
        let item = |cell: usize| {
            let children = open(cell, floor.limit)?;
            (group(cell) != NONE).then_some(Item { group: group(cell), counts: false, children })
        };
        layers.push(Layer { limit: floor.limit, items: cells.clone().map(item).collect() });
    }
    let mine = match goal {
        Goal::Cover(limit) => {
            let group = |cell: usize| if same { group(cell) } else { NONE };
            let item = |cell: usize| Some(Item { group: group(cell), counts: true, children: open(cell, limit)? });
            Some(Layer { limit, items: cells.map(item).collect() })
        }
        Goal::Share(limit, need) => {
            let within = |times: &[u32]| -> u64 {
                cells.clone().filter(|cell| times[*cell] <= limit).map(|cell| problem.children[cell]).sum()
            };
            let (most, before) = (within(&best), within(&problem.existing));
            if most < need {
                return Err(Infeasible::ShareOutOfReach { best: most, wanted: need });
            }
            let group = model.needs.len() as u32;
            model.needs.push(need.saturating_sub(before) as i64);
            let item = |cell: usize| Some(Item { group, counts: false, children: open(cell, limit)? });
            Some(Layer { limit, items: cells.clone().map(item).collect() })
        }
        Goal::Within(limit) => {
            let reachable = |cell: &usize| problem.children[*cell] > 0 && best[*cell] < NO_WAY;
            if let Some(cell) = cells.clone().filter(reachable).find(|cell| best[*cell] > limit) {
                return Err(Infeasible::ShareOutOfReach { best: 0, wanted: problem.children[cell] });
            }
            let group = model.needs.len() as u32;
            let item = |cell: usize| Some(Item { group, counts: false, children: open(cell, limit)? });
            let items: Vec<Option<Item>> = cells.clone().map(item).collect();
            model.needs.push(items.iter().flatten().map(|item| item.children).sum());
            Some(Layer { limit, items })
        }
        Goal::Save(_) | Goal::Serve(_) => None,
    };
    layers.extend(mine);
    Ok(layers)
}

/// The least time of each cell with every candidate and existing site.
fn best(problem: &Siting) -> Vec<u32> {
    let mut best = problem.existing.clone();
    for (cell, time) in problem.reach.iter().flatten() {
        best[*cell as usize] = best[*cell as usize].min(*time);
    }
    best
}

fn cover(problem: &Siting, layers: &[Layer], model: &mut Model) {
    let mut numbers: Vec<Vec<u32>> = Vec::new();
    for layer in layers {
        let mut number = vec![NONE; layer.items.len()];
        for (cell, item) in layer.items.iter().enumerate() {
            if let Some(item) = item {
                number[cell] = model.items.len() as u32;
                model.items.push(*item);
            }
        }
        numbers.push(number);
    }
    for reach in &problem.reach {
        for (layer, number) in layers.iter().zip(&numbers) {
            for (cell, time) in reach {
                if *time <= layer.limit && number[*cell as usize] != NONE {
                    model.cover.put(number[*cell as usize]);
                }
            }
        }
        model.cover.end();
    }
}

fn savings(problem: &Siting, goal: Goal, model: &mut Model) {
    let mut savings = Savings { children: signed(&problem.children), ..Savings::default() };
    for reach in &problem.reach {
        if let Goal::Save(far) = goal {
            for (cell, time) in reach.iter().filter(|(cell, _)| problem.children[*cell as usize] > 0) {
                let saved = problem.existing[*cell as usize].min(far).saturating_sub(*time);
                if saved > 0 {
                    savings.cells.put(*cell);
                    savings.saved.push(saved);
                }
            }
        }
        savings.cells.end();
    }
    model.savings = savings;
}

fn rooms(problem: &Siting, goal: Goal, model: &mut Model) {
    let Goal::Serve(limit) = goal else { return };
    let within = |reach: &[(u32, u32)]| -> Vec<u32> {
        let here = |(cell, time): &&(u32, u32)| *time <= limit && problem.children[*cell as usize] > 0;
        reach.iter().filter(here).map(|(cell, _)| *cell).collect()
    };
    let mut cells = Lists::default();
    for reach in &problem.reach {
        within(reach).into_iter().for_each(|cell| cells.put(cell));
        cells.end();
    }
    model.rooms = Some(Rooms {
        cells,
        room: problem.candidates.iter().map(|candidate| room(candidate.capacity)).collect(),
        children: signed(&problem.children),
        standing: problem.standing.iter().map(|site| (within(&site.reach), room(site.capacity))).collect(),
        alone: most_served(problem, limit, &[]) as i64,
    });
}

/// What set covering asks for.
pub(super) fn goal_of(problem: &Siting, objective: Objective) -> Option<Goal> {
    match objective {
        Objective::MaximalCovering { limit } => Some(Goal::Cover(limit)),
        Objective::SetCovering { limit, share } => Some(Goal::Share(limit, wanted(share, problem.total()))),
        Objective::PMedian { far } => Some(Goal::Save(far)),
        Objective::PCenter => None,
        Objective::CapacitatedCovering { limit } => Some(Goal::Serve(limit)),
    }
}
