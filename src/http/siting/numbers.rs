//! From places, streets and children to a problem in numbers.

use super::super::problem::Problem;
use super::super::what_if::Altered;
use super::ask::ObjectiveName;
use super::prepare::Prepared;
use crate::area::AreaIndex;
use crate::geo::{Bounds, LocalPlane, LonLat};
use crate::network::{Joined, Reguarded};
use crate::siting::{Candidate, Floor, NoReach, Objective, Rules, Siting, Standing, reaches};
use crate::snapshot::{Answering, Live};
use crate::text::Words;
use std::sync::Arc;

/// Minutes beyond which nobody is thought to walk: the farthest that mean and worst times look.
pub const FAR_MIN: u32 = 120;
/// Milliseconds of a minute.
pub const MINUTE: u32 = 60_000;

/// What existing sites give, after the change that is asked for, copied out of a kept coverage so that nobody waits for a plan.
pub struct Existing {
    /// To the nearest, of each cell.
    pub millis: Vec<u32>,
    /// Each, with how many children it takes.
    sites: Vec<(Joined, Option<u64>)>,
    /// The posts on duty today, and those after the change that is asked for.
    posts: [Vec<LonLat>; 2],
}

/// Reads what exists. The places are joined to the streets anew when those have changed meanwhile.
pub fn existing(live: &Live, prepared: &mut Prepared) -> Result<Existing, Problem> {
    let question = prepared.asked.question.clone();
    let read = |answering: &Answering| {
        let coverage = &answering.coverage;
        let altered = Altered::by(&prepared.change, answering);
        let mut millis = coverage.millis();
        for changed in altered.trial(answering).changed_cells() {
            millis[changed.index as usize] = changed.after.millis();
        }
        let capacity = |id: &u32| answering.places().get(id).and_then(|it| it.capacity).map(u64::from);
        let stay = coverage.sites().iter().filter(|(id, _)| !altered.gone.contains(id));
        let all = stay.chain(altered.opened.iter().map(|(id, joined)| (id, joined)));
        let sites = all.map(|(id, joined)| (*joined, capacity(id))).collect();
        let posts = [answering.posts().to_vec(), altered.posts];
        (Existing { millis, sites, posts }, coverage.walk().clone(), answering.ground.clone())
    };
    let (existing, walk, ground) = live.coverage(&question, read)?;
    if !Arc::ptr_eq(&walk, &prepared.walked.walk) || !Arc::ptr_eq(&ground, &prepared.walked.ground) {
        *prepared = super::prepare::prepare(live, prepared.request.clone())?;
        return self::existing(live, prepared);
    }
    Ok(existing)
}

/// The problem in numbers, what the plan should be best at, and its rules. `go_on` hears the share of places that are done.
pub fn numbers(
    prepared: &Prepared,
    existing: &Existing,
    children: &[u32],
    mut go_on: impl FnMut(f64) -> bool,
) -> Result<(Siting, Objective, Rules), Problem> {
    let request = &prepared.request;
    let limit = prepared.asked.minutes * MINUTE;
    let objective = match request.objective {
        ObjectiveName::MaximalCovering => Objective::MaximalCovering { limit },
        ObjectiveName::SetCovering => Objective::SetCovering { limit, share: request.share.unwrap_or(1.0) },
        ObjectiveName::PMedian => Objective::PMedian { far: FAR_MIN * MINUTE },
        ObjectiveName::PCenter => Objective::PCenter,
        ObjectiveName::CapacitatedCovering => Objective::CapacitatedCovering { limit },
    };
    let counts = request.existing.unwrap_or(true);
    let millis: Vec<u32> = if counts { existing.millis.clone() } else { vec![u32::MAX; children.len()] };
    let covering = matches!(objective, Objective::MaximalCovering { .. } | Objective::SetCovering { .. });
    let capacitated = matches!(objective, Objective::CapacitatedCovering { .. });
    // a place is only told of cells for which it can change something
    let beaten = |(cell, millis): (usize, &u32)| match () {
        () if children[cell] == 0 => 0,
        () if capacitated => u32::MAX,
        () if covering => {
            if *millis <= limit {
                0
            } else {
                u32::MAX
            }
        }
        () => *millis,
    };
    let known: Vec<u32> = millis.iter().enumerate().map(beaten).collect();
    let reach_limit = if covering || capacitated { limit } else { FAR_MIN * MINUTE };
    let ways = &prepared.walked;
    let [before, after] = &existing.posts;
    let streets = Reguarded::new(&ways.walk, before, after);
    let joined: Vec<Joined> = prepared.places.iter().map(|place| place.joined).collect();
    let reach = reaches(&streets, &ways.demand, &joined, reach_limit, &known, &mut go_on).map_err(none)?;
    let standing = if capacitated && counts {
        let all = children.iter().map(|count| if *count == 0 { 0 } else { u32::MAX }).collect::<Vec<_>>();
        let joined: Vec<Joined> = existing.sites.iter().map(|(joined, _)| *joined).collect();
        let reach = reaches(&streets, &ways.demand, &joined, limit, &all, &mut go_on).map_err(none)?;
        let each = existing.sites.iter().zip(reach);
        each.map(|((_, capacity), reach)| Standing { capacity: *capacity, reach }).collect()
    } else {
        Vec::new()
    };
    let groups = ways.ground.groups();
    let areas = ways.ground.areas();
    let middle = middle(prepared.places.iter().map(|place| place.at));
    let plane = middle.map(LocalPlane::around);
    let candidates = prepared.places.iter().map(|place| Candidate {
        at: plane.map_or([0.0; 2], |plane| plane.metres(place.at)),
        town: areas.find(place.at).unwrap_or(areas.all().len() as AreaIndex),
        cost: place.cost,
        capacity: place.capacity,
        must: place.must,
    });
    let siting = Siting {
        children: children.iter().map(|count| u64::from(*count)).collect(),
        town_of_cell: groups.of_cell.to_vec(),
        towns: areas.all().len(),
        existing: millis,
        candidates: candidates.collect(),
        reach,
        standing,
    };
    let rules = Rules {
        sites: prepared.sites,
        one_per_town: request.one_per_town,
        floor: request.floor_per_town.map(|share| Floor { share, limit }),
        budget: request.budget,
        apart_m: request.apart_m,
    };
    Ok((siting, objective, rules))
}

fn none(why: NoReach) -> Problem {
    match why {
        NoReach::TooMany => Problem::Infeasible(Words::fixed(
            "候选地点与儿童格点的组合太多，内存放不下；请减少分钟数，或改用类别、名单作候选",
            "too many pairs of candidates and children's cells for the memory; ask for fewer minutes, or take kinds or a list as candidates",
        )),
        NoReach::Stopped => {
            Problem::Infeasible(Words::fixed("还没有任何方案时就被取消", "cancelled before there was any plan"))
        }
    }
}

/// The middle of some places.
fn middle(places: impl Iterator<Item = LonLat>) -> Option<LonLat> {
    let mut bounds: Option<Bounds> = None;
    for at in places {
        bounds.get_or_insert_with(|| Bounds::around(at)).extend(at);
    }
    let bounds = bounds?;
    LonLat::new(f64::midpoint(bounds.west, bounds.east), f64::midpoint(bounds.south, bounds.north)).ok()
}
