//! What scenarios come to beside each other.

use super::super::coverage::{asked_in_body, seconds};
use super::super::problem::Problem;
use super::super::what_if::{WhatIf, WhatIfAnswer, WhatIfFigures, what_if_of};
use super::compare::{CellsCompared, TownCompared, differing};
use super::figures::settled;
use crate::coverage::figures;
use crate::snapshot::Live;
use std::collections::{BTreeMap, HashMap};

/// What scenarios come to, all on the same data.
#[derive(Debug)]
pub struct Compared {
    /// Of each.
    pub figures: Vec<WhatIfFigures>,
    /// By code.
    pub towns: Vec<TownCompared>,
    /// Where walking times differ.
    pub cells: CellsCompared,
    /// What the data stood at.
    pub mark: String,
}

/// Today's figures, without any scenario.
struct Today {
    towns: Vec<TownCompared>,
    /// Seconds of the cells that some scenario changes, by cell.
    secs: BTreeMap<u32, u16>,
}

impl Compared {
    /// Works the plans out; they must ask the same question.
    pub fn of(live: &Live, plans: &[WhatIf]) -> Result<Self, Problem> {
        settled(live, || {
            let answer = |(place, plan): (usize, &WhatIf)| {
                let plan = WhatIf { cells: true, streets: false, gaps: false, ..plan.clone() };
                what_if_of(live, &plan).map_err(|problem| problem.inside(&format!("id[{place}].plan")))
            };
            let answers = plans.iter().enumerate().map(answer).collect::<Result<Vec<_>, Problem>>()?;
            same_question(plans, &answers)?;
            let today = Today::of(live, &plans[0], &answers)?;
            Ok(Self {
                cells: today.cells(&answers),
                towns: today.towns(&answers),
                mark: answers.first().map(|answer| answer.mark.clone()).unwrap_or_default(),
                figures: answers.into_iter().map(|answer| answer.figures).collect(),
            })
        })
    }
}

fn same_question(plans: &[WhatIf], answers: &[WhatIfAnswer]) -> Result<(), Problem> {
    let each = |field: fn(&WhatIfAnswer) -> String| answers.iter().map(field).collect::<Vec<_>>();
    differing([
        ("kind", each(|answer| answer.kind.clone())),
        ("minutes", each(|answer| answer.minutes.to_string())),
        ("profile", each(|answer| answer.profile.clone())),
        ("at", each(|answer| answer.at.clone().unwrap_or_default())),
        ("ages", each(|answer| format!("{}-{}", answer.ages.from, answer.ages.to))),
        ("only", plans.iter().map(|plan| only(&plan.only)).collect()),
    ])
}

/// Filters as text, with the order of their values left out.
fn only(filters: &BTreeMap<String, String>) -> String {
    let values = |text: &str| {
        let mut values: Vec<&str> = text.split(',').map(str::trim).collect();
        values.sort_unstable();
        values.join(",")
    };
    filters.iter().map(|(name, text)| format!("{name}={}", values(text))).collect::<Vec<_>>().join("&")
}

impl Today {
    fn of(live: &Live, plan: &WhatIf, answers: &[WhatIfAnswer]) -> Result<Self, Problem> {
        let (asked, _) = asked_in_body(live, plan.question())?;
        live.coverage(&asked.question, |answering| {
            let ground = &answering.ground;
            let children = ground.children().of(asked.ages_of(ground.children())?);
            let (_, groups) = figures(&answering.ordered, &children, ground.groups(), asked.minutes * 60_000);
            let areas = ground.areas().all();
            let town = |(place, figures): (usize, crate::coverage::Figures)| TownCompared {
                area: areas.get(place).map(|area| area.id.clone()),
                children: figures.total,
                before: figures.covered,
                covered: Vec::new(),
            };
            let towns = groups.into_iter().enumerate().map(town);
            let cells = answering.coverage.cells();
            let changed = answers.iter().flat_map(|answer| &answer.cells).flat_map(|cells| &cells.index);
            let secs = changed.filter_map(|cell| Some((*cell, seconds(cells.get(*cell as usize)?[0]))));
            Ok(Self {
                towns: towns.filter(|town| town.area.is_some() || town.children > 0).collect(),
                secs: secs.collect(),
            })
        })?
    }

    /// The towns with what each scenario makes of them.
    fn towns(&self, answers: &[WhatIfAnswer]) -> Vec<TownCompared> {
        let mut towns = self.towns.clone();
        for answer in answers {
            let changed: HashMap<_, _> = answer.figures.by_town.iter().map(|town| (&town.area, town.after)).collect();
            for town in &mut towns {
                town.covered.push(changed.get(&town.area).copied().unwrap_or(town.before));
            }
        }
        towns
    }

    /// The cells where not all scenarios have the same time.
    fn cells(&self, answers: &[WhatIfAnswer]) -> CellsCompared {
        let changed: Vec<HashMap<u32, u16>> = answers
            .iter()
            .map(|answer| {
                let cells = answer.cells.iter().flat_map(|cells| cells.index.iter().zip(&cells.secs));
                cells.map(|(cell, secs)| (*cell, *secs)).collect()
            })
            .collect();
        let mut told = CellsCompared { index: Vec::new(), secs: vec![Vec::new(); answers.len()] };
        for (cell, today) in &self.secs {
            let secs: Vec<u16> = changed.iter().map(|changed| changed.get(cell).copied().unwrap_or(*today)).collect();
            if secs.iter().any(|one| *one != secs[0]) {
                told.index.push(*cell);
                told.secs.iter_mut().zip(secs).for_each(|(of, secs)| of.push(secs));
            }
        }
        told
    }
}
