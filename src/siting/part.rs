//! A part of the search: some places are in, some are out, the others are free.

use super::model::{Model, NONE};
use super::restrict::State;

/// What is in and what is free, after everything that follows from it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub states: Vec<State>,
    pub chosen: Vec<usize>,
    pub free: Vec<usize>,
    /// At most so many more.
    pub left: usize,
    pub budget: Option<i64>,
    pub wants: Vec<bool>,
    /// Items that the chosen ones cover.
    pub done: Vec<bool>,
    /// What the groups still need.
    pub needs: Vec<i64>,
}

impl Part {
    /// All of a model.
    pub fn whole(model: &Model) -> Option<Self> {
        Self::new(model, vec![State::Free; model.places.len()])
    }

    /// `None` where no plan of this part keeps the rules.
    pub fn new(model: &Model, mut states: Vec<State>) -> Option<Self> {
        let chosen: Vec<usize> = (0..states.len()).filter(|place| states[*place] == State::In).collect();
        if !chosen.is_empty() && model.apart.is_some() {
            for place in 0..states.len() {
                if chosen.iter().any(|other| *other != place && model.clash(*other, place)) {
                    if states[place] == State::In {
                        return None;
                    }
                    states[place] = State::Out;
                }
            }
        }
        let left = model.sites.checked_sub(chosen.len())?;
        let budget = model.budget.map(|budget| budget - chosen.iter().map(|it| model.places[*it].cost).sum::<i64>());
        if budget.is_some_and(|budget| budget < 0) {
            return None;
        }
        let mut wants = model.wants.clone();
        for place in &chosen {
            if let Some(wants) = wants.get_mut(model.places[*place].town as usize) {
                *wants = false;
            }
        }
        let (mut done, mut needs) = (vec![false; model.items.len()], model.needs.clone());
        for item in chosen.iter().flat_map(|place| model.cover.of(*place)) {
            if !std::mem::replace(&mut done[*item as usize], true) && model.items[*item as usize].group != NONE {
                needs[model.items[*item as usize].group as usize] -= model.items[*item as usize].children;
            }
        }
        let mut part = Self { states, chosen, free: Vec::new(), left, budget, wants, done, needs };
        part.close(model).then_some(part)
    }

    /// Takes places out that can't be chosen any more, and says whether all that is needed can still be had.
    pub fn close(&mut self, model: &Model) -> bool {
        let wanted = self.wants.iter().filter(|wants| **wants).count();
        if wanted > self.left {
            return false;
        }
        let fits = |place: usize| {
            let place = &model.places[place];
            let town = self.wants.get(place.town as usize).is_some_and(|wants| *wants);
            self.left > 0 && self.budget.is_none_or(|left| place.cost <= left) && (town || wanted < self.left)
        };
        for place in 0..self.states.len() {
            if self.states[place] == State::Free && !fits(place) {
                self.states[place] = State::Out;
            }
        }
        self.free = (0..self.states.len()).filter(|place| self.states[*place] == State::Free).collect();
        self.towns_can_be_met(model) && self.needs_can_be_met(model)
    }

    fn towns_can_be_met(&self, model: &Model) -> bool {
        let mut cheapest = vec![i64::MAX; self.wants.len()];
        for place in &self.free {
            if let Some(cheapest) = cheapest.get_mut(model.places[*place].town as usize) {
                *cheapest = (*cheapest).min(model.places[*place].cost);
            }
        }
        let wanted = || cheapest.iter().zip(&self.wants).filter(|(_, wants)| **wants).map(|(cost, _)| *cost);
        wanted().all(|cost| cost < i64::MAX) && self.budget.is_none_or(|budget| wanted().sum::<i64>() <= budget)
    }

    fn needs_can_be_met(&self, model: &Model) -> bool {
        if self.needs.iter().all(|need| *need <= 0) {
            return true;
        }
        let (mut seen, mut needs) = (self.done.clone(), self.needs.clone());
        for item in self.free.iter().flat_map(|place| model.cover.of(*place)) {
            if !std::mem::replace(&mut seen[*item as usize], true) && model.items[*item as usize].group != NONE {
                needs[model.items[*item as usize].group as usize] -= model.items[*item as usize].children;
            }
        }
        needs.iter().all(|need| *need <= 0)
    }
}
