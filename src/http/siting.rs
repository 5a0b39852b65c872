//! Where the next sites should go. Only the command line asks for it yet.

use super::coverage::asked;
use super::problem::Problem;
use crate::siting::{Effort, Objective, Rules, junctions, lost_without, solve};
use crate::snapshot::{Answering, Live};
use crate::text::Words;
use serde::Serialize;

/// A plan for new sites of a kind, with its proof.
#[derive(Debug, Clone, Serialize)]
pub struct SitingAnswer {
    /// The kind's id.
    pub kind: String,
    /// `maximal_covering`: the most children within the limit.
    pub objective_name: &'static str,
    /// The limit.
    pub minutes: u32,
    /// Who walks.
    pub profile: String,
    /// All children that are counted.
    pub children_total: u64,
    /// Those who are covered by the sites that exist.
    pub children_before: u64,
    /// Those whom the plan covers beside them.
    pub objective: u64,
    /// No plan of so many sites covers more.
    pub bound: u64,
    /// How far the bound lies above the plan, of the bound.
    pub gap: f64,
    /// Whether that is nothing.
    pub optimal: bool,
    /// `optimal`, or `bounded` when the search ended before the proof was whole.
    pub status: &'static str,
    /// How many places were looked at.
    pub candidates: usize,
    /// The chosen places, those first without whom the most children would be lost.
    pub sites: Vec<ProposedSite>,
}

/// A place where a site should be.
#[derive(Debug, Clone, Serialize)]
pub struct ProposedSite {
    /// WGS-84 degrees.
    pub lon: f64,
    /// WGS-84 degrees.
    pub lat: f64,
    /// What sort of place it is: `junction`.
    pub candidate: &'static str,
    /// Children who are newly covered and would not be without it.
    pub children: u64,
}

/// The best places for `add` more sites, asked with the parameters of `GET /api/coverage`.
pub fn siting_of(live: &Live, query: &str, add: usize) -> Result<SitingAnswer, Problem> {
    let (asked, _) = asked(live, Some(query), true)?;
    live.coverage(&asked.question, |answering| {
        let children = answering.ground.children().of(asked.ages_of(answering.ground.children())?);
        let limit = asked.minutes * 60_000;
        let weights = uncovered(answering, &children, limit);
        let left: u64 = weights.iter().sum();
        let total: u64 = children.iter().map(|n| u64::from(*n)).sum();
        let coverage = &answering.coverage;
        let (candidates, problem) = junctions(coverage.walk(), coverage.demand(), weights, limit);
        if candidates.is_empty() {
            return Err(Problem::NotFound(nobody_left(left)));
        }
        let (problem, objective) = (problem.as_siting(), Objective::MaximalCovering { limit: 0 });
        let rules = Rules { sites: add, ..Rules::default() };
        let plan = solve(&problem, objective, &rules, &Effort::default(), &mut |_| true)
            .map_err(|_none| Problem::NotFound(nobody_left(left)))?;
        let mut sites: Vec<ProposedSite> = (0..plan.chosen.len())
            .map(|place| {
                let [lon, lat] = candidates[plan.chosen[place]].at.to_centimetre();
                ProposedSite {
                    lon,
                    lat,
                    candidate: "junction",
                    children: lost_without(&problem, objective, &plan.chosen, place),
                }
            })
            .collect();
        sites.sort_by_key(|site| std::cmp::Reverse(site.children));
        let rules = answering.ground.rules();
        Ok(SitingAnswer {
            kind: rules.catalogue.kind(asked.question.kind).id.clone(),
            objective_name: "maximal_covering",
            minutes: asked.minutes,
            profile: rules.profiles.all()[asked.question.profile].id.clone(),
            children_total: total,
            children_before: total - left,
            objective: plan.objective,
            bound: plan.bound,
            gap: plan.gap(),
            optimal: plan.is_optimal(),
            status: if plan.is_optimal() { "optimal" } else { "bounded" },
            candidates: candidates.len(),
            sites,
        })
    })?
}

/// Children of each cell who are beyond the limit.
fn uncovered(answering: &Answering, children: &[u32], limit: u32) -> Vec<u64> {
    let cells = answering.coverage.cells().iter().zip(children);
    cells.map(|([nearest, _], count)| if nearest.millis() > limit { u64::from(*count) } else { 0 }).collect()
}

fn nobody_left(children: u64) -> Words {
    if children == 0 {
        return Words::fixed(
            "所有儿童都已走得到,不需要新的场所",
            "every child is covered already; no further site is needed",
        );
    }
    Words::fixed(
        "走不到的儿童附近没有步行道路,任何路口的新场所都够不到他们",
        "no junction is within reach of the children who are left; there are no streets near them",
    )
}

impl SitingAnswer {
    /// Those who would be covered with the plan.
    #[must_use]
    pub fn children_after(&self) -> u64 {
        self.children_before + self.objective
    }
}
