//! A request from its numbers to a plan that is explained.

use super::super::problem::Problem;
use super::ask::Spot;
use super::numbers::{MINUTE, existing, numbers};
use super::prepare::{Place, Prepared, Source};
use super::serves::serves_of;
use super::shape::{CurvePoint, PlanStatus, ProposedSite, RunnerUp, SitingAnswer, SitingProgress, Unit};
use super::words::{infeasible, says};
use crate::geo::LonLat;
use crate::siting::{
    Effort, Ended, Objective, Plan, Progress, Rules, Siting, Stage, curve, lost_without, nearest, runner_up, solve,
};
use crate::snapshot::Live;
use crate::text::Words;
use std::time::{Duration, Instant};

/// Seconds after which the best so far is handed out, unless the request says otherwise.
const USUAL_SECONDS: u32 = 120;
/// Between two tellings of how far it is.
const TELL: Duration = Duration::from_millis(150);

/// Tells how far it is, and asks whether to go on.
pub struct Watching<'w> {
    /// Is told.
    pub tell: &'w mut dyn FnMut(SitingProgress),
    /// Is asked.
    pub stopped: &'w dyn Fn() -> bool,
}

/// What counts as one unit of an objective, so that sums of child-milliseconds become mean seconds.
struct Scale {
    unit: Unit,
    divide: f64,
}

impl Scale {
    fn of(objective: Objective, siting: &Siting) -> Self {
        match objective {
            Objective::MaximalCovering { .. } | Objective::CapacitatedCovering { .. } => {
                Self { unit: Unit::Children, divide: 1.0 }
            }
            Objective::SetCovering { .. } => Self { unit: Unit::Sites, divide: 1.0 },
            Objective::PMedian { .. } => {
                let children: u64 = siting.children.iter().sum();
                Self { unit: Unit::Seconds, divide: 1e3 * children.max(1) as f64 }
            }
            Objective::PCenter => Self { unit: Unit::Seconds, divide: 1e3 },
        }
    }

    fn told(&self, value: u64) -> f64 {
        // a millisecond is far below what walking times are known to
        (value as f64 / self.divide * 1e3).round() / 1e3
    }
}

/// A moment of the work, and how long it may take.
struct Clock<'p, 'w> {
    places: &'p [Place],
    watching: Watching<'w>,
    end: Instant,
    told: Option<(Instant, &'static str)>,
}

impl Clock<'_, '_> {
    fn is_late(&self) -> bool {
        Instant::now() >= self.end
    }

    fn goes_on(&self) -> bool {
        !(self.is_late() || (self.watching.stopped)())
    }

    /// Tells how far the work is, not too often, and whether it should go on.
    fn at(&mut self, stage: &'static str, share: Option<f64>, scale: Option<(&Scale, &Progress<'_>)>) -> bool {
        let due = self.told.is_none_or(|(last, of)| of != stage || last.elapsed() >= TELL);
        if due {
            self.told = Some((Instant::now(), stage));
            let value =
                |of: fn(&Progress<'_>) -> Option<u64>| scale.and_then(|(s, p)| of(p).map(|value| s.told(value)));
            let (objective, bound) = (value(|p| p.objective), value(|p| p.bound));
            let sites = scale.iter().flat_map(|(_, p)| p.chosen.iter()).map(|chosen| {
                let [lon, lat] = self.places[*chosen].at.to_centimetre();
                Spot { lon, lat }
            });
            let gap = objective.zip(bound).map(|(a, b)| gap(a, b));
            let progress = SitingProgress { stage, share, objective, bound, gap, sites: sites.collect() };
            (self.watching.tell)(progress);
        }
        self.goes_on()
    }
}

fn name(stage: Stage) -> &'static str {
    match stage {
        Stage::Plan => "plan",
        Stage::Bound => "bound",
        Stage::Search => "search",
        Stage::Curve => "curve",
    }
}

/// How far plan and bound are apart, of the larger one.
fn gap(objective: f64, bound: f64) -> f64 {
    let most = objective.max(bound);
    if most <= 0.0 { 0.0 } else { (objective - bound).abs() / most }
}

/// Where no place changes anything, there is nothing to choose; a set covering may still need no site at all.
fn somebody_is_left(siting: &Siting, objective: Objective) -> Result<(), Problem> {
    if matches!(objective, Objective::SetCovering { .. }) || siting.reach.iter().any(|reached| !reached.is_empty()) {
        return Ok(());
    }
    let left =
        siting.children.iter().zip(&siting.existing).any(|(children, millis)| *children > 0 && *millis == u32::MAX);
    let words = match objective {
        Objective::MaximalCovering { limit } | Objective::CapacitatedCovering { limit }
            if siting
                .children
                .iter()
                .zip(&siting.existing)
                .all(|(children, millis)| *children == 0 || *millis <= limit) =>
        {
            Words::fixed("所有儿童都已走得到，不需要新的场所", "all are covered already; no further site is needed")
        }
        _ if left => Words::fixed(
            "任何候选地点都够不到还没有覆盖的儿童；请换候选地点或增加分钟数",
            "no candidate is within reach of the children who are left; take other candidates or allow more minutes",
        ),
        _ => Words::fixed("候选地点都不能让任何儿童走得更近", "no candidate is nearer to any child than what exists"),
    };
    Err(Problem::Infeasible(words))
}

/// A plan with the numbers that it was made from.
pub struct Solved {
    /// The plan.
    pub answer: SitingAnswer,
    /// The numbers.
    pub siting: Siting,
    /// Where each candidate is.
    pub at: Vec<LonLat>,
}

/// Solves a request. It may take long: not for a thread that others wait for.
pub fn solve_prepared(live: &Live, mut prepared: Prepared, watching: Watching<'_>) -> Result<Solved, Problem> {
    let seconds = prepared.request.seconds.unwrap_or(USUAL_SECONDS);
    let end = Instant::now() + Duration::from_secs(seconds.into());
    let existing = existing(live, &mut prepared)?;
    let places = prepared.places.clone();
    let mut clock = Clock { places: &places, watching, end, told: None };
    let ground = prepared.walked.ground.clone();
    let children = ground.children().of(prepared.asked.ages_of(ground.children())?);
    let (siting, objective, rules) =
        numbers(&prepared, &existing, &children, |share| clock.at("reach", Some(share), None))?;
    somebody_is_left(&siting, objective)?;
    let scale = Scale::of(objective, &siting);
    let effort = Effort::default();
    let mut watch =
        |progress: &Progress<'_>| clock.at(name(progress.stage), Some(progress.share), Some((&scale, progress)));
    let plan = solve(&siting, objective, &rules, &effort, &mut watch)
        .map_err(|why| Problem::Infeasible(infeasible(&why, &prepared)))?;
    let stopped = plan.ended == Ended::Stopped;
    let status = match plan.ended {
        Ended::Optimal => PlanStatus::Optimal,
        Ended::Bounded => PlanStatus::Bounded,
        Ended::Stopped if clock.is_late() => PlanStatus::TimedOut,
        Ended::Stopped => PlanStatus::Cancelled,
    };
    let points = if stopped { Vec::new() } else { points(&siting, objective, &rules, &plan, &scale, &mut clock) };
    let (numbers, rules, scale) = (&siting, &rules, &scale);
    let explained = Explained { prepared: &prepared, siting: numbers, objective, rules, plan: &plan, scale };
    let answer = SitingAnswer { curve: points, ..explained.answer(status) };
    Ok(Solved { answer, siting, at: places.iter().map(|place| place.at).collect() })
}

/// The curve up to twice as many sites.
fn points(
    siting: &Siting,
    objective: Objective,
    rules: &Rules,
    plan: &Plan,
    scale: &Scale,
    clock: &mut Clock<'_, '_>,
) -> Vec<CurvePoint> {
    let chosen = plan.chosen.len();
    let up_to = (2 * chosen.max(1)).min(siting.candidates.len());
    // how many are covered by how many is what people want to see also where the fewest were asked for
    let objective = match objective {
        Objective::SetCovering { limit, .. } => Objective::MaximalCovering { limit },
        other => other,
    };
    let scale = if scale.unit == Unit::Sites { &Scale::of(objective, siting) } else { scale };
    let mut watch = |progress: &Progress<'_>| clock.at("curve", Some(progress.share), None);
    let points = curve(siting, objective, rules, up_to, &Effort::default(), &mut watch);
    let told = |point: crate::siting::CurvePoint| CurvePoint {
        sites: point.sites,
        objective: scale.told(point.objective),
        bound: scale.told(point.bound),
    };
    points.into_iter().map(told).collect()
}

/// A plan and all that it is explained by.
struct Explained<'a> {
    prepared: &'a Prepared,
    siting: &'a Siting,
    objective: Objective,
    rules: &'a Rules,
    plan: &'a Plan,
    scale: &'a Scale,
}

impl Explained<'_> {
    /// Children of the cells that `pick` is true of.
    fn children(&self, pick: impl Fn(usize) -> bool) -> u64 {
        let cells = self.siting.children.iter().enumerate();
        cells.filter(|(cell, _)| pick(*cell)).map(|(_, children)| children).sum()
    }

    fn answer(&self, ended: PlanStatus) -> SitingAnswer {
        let Self { prepared, siting, plan, scale, .. } = self;
        let (ground, asked) = (&prepared.walked.ground, &prepared.asked);
        let limit = asked.minutes * MINUTE;
        let known = &siting.existing;
        let reached = nearest(siting, &plan.chosen);
        let anywhere = nearest(siting, &(0..siting.candidates.len()).collect::<Vec<_>>());
        let beyond = match self.objective {
            Objective::MaximalCovering { .. } | Objective::CapacitatedCovering { .. } => 0,
            Objective::SetCovering { .. } => self.children(|cell| known[cell].min(anywhere[cell]) > limit),
            Objective::PMedian { .. } | Objective::PCenter => {
                self.children(|cell| known[cell].min(anywhere[cell]) == u32::MAX)
            }
        };
        let mut sites: Vec<ProposedSite> = (0..plan.chosen.len()).map(|place| self.site(place, limit)).collect();
        sites.sort_by(|a, b| b.loses.total_cmp(&a.loses).then(b.children.cmp(&a.children)));
        let rules = ground.rules();
        let mut answer = SitingAnswer {
            kind: rules.catalogue.kind(asked.question.kind).id.clone(),
            objective_name: prepared.request.objective,
            minutes: asked.minutes,
            profile: rules.profiles.all()[asked.question.profile].id.clone(),
            at: asked.question.at.map(|at| at.format("%Y-%m-%dT%H:%M").to_string()),
            ages: prepared.ages,
            mark: format!("{:016x}", prepared.mark),
            unit: scale.unit,
            children_total: siting.children.iter().sum(),
            children_before: self.children(|cell| known[cell] <= limit),
            children_after: self.children(|cell| known[cell].min(reached[cell]) <= limit),
            objective: scale.told(plan.objective),
            bound: scale.told(plan.bound),
            gap: gap(plan.objective as f64, plan.bound as f64),
            optimal: ended == PlanStatus::Optimal,
            status: ended,
            candidates: siting.candidates.len(),
            says: Words::fixed("", ""),
            children_beyond: beyond,
            sites,
            curve: Vec::new(),
        };
        answer.says = says(&answer);
        answer
    }

    fn site(&self, place: usize, limit: u32) -> ProposedSite {
        let Self { prepared, siting, objective, rules, plan, scale } = self;
        let candidate = plan.chosen[place];
        let at = &prepared.places[candidate];
        let [lon, lat] = at.at.to_centimetre();
        let others: Vec<usize> = plan.chosen.iter().copied().filter(|other| *other != candidate).collect();
        let without = nearest(siting, &others);
        let alone = siting.reach[candidate].iter().filter(|(cell, millis)| {
            let cell = *cell as usize;
            *millis <= limit && siting.existing[cell].min(without[cell]) > limit
        });
        let areas = prepared.walked.ground.areas();
        let other = runner_up(siting, *objective, rules, &plan.chosen, place).map(|(other, loses)| {
            let other = &prepared.places[other];
            let [lon, lat] = other.at.to_centimetre();
            RunnerUp { lon, lat, name: other.name.clone(), loses: scale.told(loses) }
        });
        // fewer sites is what a set covering is about: leaving one out breaks it, and saves one
        let set_covering = matches!(objective, Objective::SetCovering { .. });
        let loses = if set_covering { 0 } else { lost_without(siting, *objective, &plan.chosen, place) };
        ProposedSite {
            lon,
            lat,
            candidate: at.source.id(),
            name: at.name.clone(),
            site: if let Source::Site(id) = at.source { Some(id) } else { None },
            area: areas.find(at.at).map(|area| areas.get(area).id.clone()),
            pinned: at.must,
            cost: at.cost,
            children: alone.map(|(cell, _)| siting.children[*cell as usize]).sum(),
            loses: scale.told(loses),
            serves: serves_of(prepared, siting, *objective, &plan.chosen, place),
            runner_up: other,
        }
    }
}
