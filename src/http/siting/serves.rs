//! Whom a proposed site serves, by age and by town.

use super::prepare::Prepared;
use super::shape::{AgeServed, Serves, TownServed};
use crate::children::whole;
use crate::siting::{Objective, Siting, serves};
use std::collections::BTreeMap;

/// Whom the site at a place of the plan serves.
pub fn serves_of(prepared: &Prepared, siting: &Siting, objective: Objective, chosen: &[usize], place: usize) -> Serves {
    let ground = &prepared.walked.ground;
    let (children, areas) = (ground.children(), ground.areas());
    let served = serves(siting, objective, chosen, place);
    let range = prepared.asked.ages_of(children).unwrap_or_else(|_| children.usual_ages());
    let bands = &children.bands()[range.first..range.end];
    let (mut ages, mut towns) = (vec![0.0; bands.len()], BTreeMap::<u16, u64>::new());
    for (cell, count) in &served {
        let of_cell = &children.counts(*cell as usize)[range.first..range.end];
        let all: u32 = of_cell.iter().sum();
        // where a site has no room for a whole cell, all ages of it have the same chance
        for (age, n) in ages.iter_mut().zip(of_cell) {
            *age += f64::from(*n) * *count as f64 / f64::from(all.max(1));
        }
        *towns.entry(siting.town_of_cell[*cell as usize]).or_default() += count;
    }
    let by_age = whole(&ages).unwrap_or_default();
    let mut by_town: Vec<TownServed> = towns
        .into_iter()
        .map(|(town, children)| TownServed {
            area: areas.all().get(usize::from(town)).map(|it| it.id.clone()),
            children,
        })
        .collect();
    by_town.sort_by_key(|town| std::cmp::Reverse(town.children));
    Serves {
        children: served.iter().map(|(_, count)| count).sum(),
        by_age: bands
            .iter()
            .zip(by_age)
            .map(|(band, children)| AgeServed { from: band.from, to: band.to, children: children.into() })
            .collect(),
        by_town,
    }
}
