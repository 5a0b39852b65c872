//! A model with less in it and the same answer: places that are out leave it, places that are in become a constant, items
//! that the same places cover are one, and a place that covers no more than another is left out.

use super::lists::Lists;
use super::model::{Item, Model, NONE, Place, Rooms, Savings};
use std::collections::HashMap;

/// What is known of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Free,
    In,
    Out,
}

/// Sizes beyond which looking for needless places takes longer than it saves.
const MOST_COMPARED: usize = 4_000_000;

impl Model {
    /// The model without places that are decided.
    pub fn restricted(&self, states: &[State]) -> Self {
        let chosen: Vec<usize> = (0..states.len()).filter(|place| states[*place] == State::In).collect();
        let spent: i64 = chosen.iter().map(|place| self.places[*place].cost).sum();
        let budget = self.budget.map(|budget| budget - spent);
        let free = |place: &usize| {
            states[*place] == State::Free
                && budget.is_none_or(|left| self.places[*place].cost <= left)
                && !chosen.iter().any(|other| self.clash(*other, *place))
        };
        let kept: Vec<usize> = (0..states.len()).filter(free).collect();
        let mut model = Self {
            places: kept.iter().map(|place| self.places[*place]).collect(),
            sites: self.sites.saturating_sub(chosen.len()),
            budget,
            wants: self.wants.clone(),
            apart: self.apart,
            fixed: self.fixed.clone(),
            constant: self.constant - chosen.iter().map(|place| self.places[*place].price).sum::<i64>(),
            ..Self::default()
        };
        for place in &chosen {
            model.fixed.push(self.places[*place].origin);
            if let Some(wants) = model.wants.get_mut(self.places[*place].town as usize) {
                *wants = false;
            }
        }
        self.carry_items(&chosen, &kept, &mut model);
        self.carry_savings(&chosen, &kept, &mut model);
        self.carry_rooms(&chosen, &kept, &mut model);
        model
    }

    fn carry_items(&self, chosen: &[usize], kept: &[usize], model: &mut Self) {
        let mut done = vec![false; self.items.len()];
        model.needs.clone_from(&self.needs);
        for item in chosen.iter().flat_map(|place| self.cover.of(*place)) {
            if !std::mem::replace(&mut done[*item as usize], true) {
                let Item { group, counts, children } = self.items[*item as usize];
                model.constant += if counts { children } else { 0 };
                if group != NONE {
                    model.needs[group as usize] -= children;
                }
            }
        }
        // an item of a group that is met, and that does not count, is nothing any more
        let idle = |item: &Item| !item.counts && (item.group == NONE || model.needs[item.group as usize] <= 0);
        let mut number = vec![NONE; self.items.len()];
        for place in kept {
            for item in self.cover.of(*place) {
                let at = *item as usize;
                if !done[at] && !idle(&self.items[at]) {
                    if number[at] == NONE {
                        number[at] = model.items.len() as u32;
                        let mut item = self.items[at];
                        if item.group != NONE && model.needs[item.group as usize] <= 0 {
                            item.group = NONE;
                        }
                        model.items.push(item);
                    }
                    model.cover.put(number[at]);
                }
            }
            model.cover.end();
        }
        for need in &mut model.needs {
            *need = (*need).max(0);
        }
    }

    fn carry_savings(&self, chosen: &[usize], kept: &[usize], model: &mut Self) {
        let mut best = vec![0; self.savings.children.len()];
        for (cell, saved) in chosen.iter().flat_map(|place| self.saves(*place)) {
            best[cell] = saved.max(best[cell]);
        }
        model.constant += best.iter().zip(&self.savings.children).map(|(saved, n)| i64::from(*saved) * n).sum::<i64>();
        let mut number = vec![NONE; best.len()];
        let mut savings = Savings::default();
        for place in kept {
            for (cell, saved) in self.saves(*place).filter(|(cell, saved)| *saved > best[*cell]) {
                if number[cell] == NONE {
                    number[cell] = savings.children.len() as u32;
                    savings.children.push(self.savings.children[cell]);
                }
                savings.cells.put(number[cell]);
                savings.saved.push(saved - best[cell]);
            }
            savings.cells.end();
        }
        model.savings = savings;
    }

    fn carry_rooms(&self, chosen: &[usize], kept: &[usize], model: &mut Self) {
        let Some(rooms) = &self.rooms else { return };
        let mut fewer = Rooms { children: rooms.children.clone(), alone: rooms.alone, ..Rooms::default() };
        fewer.standing.clone_from(&rooms.standing);
        fewer.standing.extend(chosen.iter().map(|place| (rooms.cells.of(*place).to_vec(), rooms.room[*place])));
        for place in kept {
            for cell in rooms.cells.of(*place) {
                fewer.cells.put(*cell);
            }
            fewer.cells.end();
            fewer.room.push(rooms.room[*place]);
        }
        model.rooms = Some(fewer);
    }

    /// Items that the same places cover are one, needless places are left out, and so is what is certain anyway.
    pub fn tightened(mut self) -> Self {
        loop {
            self.merge_items();
            let before = self.places.len();
            if let Some(needless) = self.needless() {
                let states: Vec<State> = needless.iter().map(|it| if *it { State::Out } else { State::Free }).collect();
                self = self.restricted(&states);
            }
            if !self.settled() && self.places.len() == before {
                return self;
            }
        }
    }

    /// Draws items of a group together that the same places cover.
    fn merge_items(&mut self) {
        let by_item = self.cover.transposed(self.items.len());
        let mut first: HashMap<(u32, bool, &[u32]), u32> = HashMap::with_capacity(self.items.len());
        let mut merged: Vec<Item> = Vec::new();
        let mut number = Vec::with_capacity(self.items.len());
        let mut is_first = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            let new = merged.len() as u32;
            let known = *first.entry((item.group, item.counts, by_item.of(at))).or_insert(new);
            is_first.push(known == new);
            number.push(known);
            if known == new {
                merged.push(*item);
            } else {
                merged[known as usize].children += item.children;
            }
        }
        if merged.len() == self.items.len() {
            return;
        }
        let mut cover = Lists::default();
        for place in 0..self.places.len() {
            for item in self.cover.of(place).iter().map(|item| *item as usize).filter(|item| is_first[*item]) {
                cover.put(number[item]);
            }
            cover.end();
        }
        drop(first);
        self.cover = cover;
        self.items = merged;
    }

    /// Places that another one makes needless, where rules let one stand for another; of two that are the same, the second.
    fn needless(&self) -> Option<Vec<bool>> {
        if !self.is_plain_covering() || self.apart.is_some() || self.cover.size() > MOST_COMPARED {
            return None;
        }
        let mut lists: Vec<Vec<u32>> = (0..self.places.len()).map(|place| self.cover.of(place).to_vec()).collect();
        for list in &mut lists {
            list.sort_unstable();
        }
        let by_item = self.cover.transposed(self.items.len());
        let stands_for = |place: &Place, other: &Place| {
            other.price <= place.price
                && (self.budget.is_none() || other.cost <= place.cost)
                && (other.town == place.town || self.wants.get(place.town as usize).is_none_or(|wants| !wants))
        };
        let needless = |at: usize| {
            let (place, items) = (&self.places[at], &lists[at]);
            let Some(rarest) = items.iter().min_by_key(|item| by_item.of(**item as usize).len()) else {
                // covers nothing: needed at most for its town
                return self.wants.get(place.town as usize).is_none_or(|wants| !wants);
            };
            by_item.of(*rarest as usize).iter().map(|other| *other as usize).any(|other| {
                // each could stand for the other: the first stays
                let equal = lists[other].len() == items.len() && stands_for(&self.places[other], place);
                other != at
                    && (!equal || other < at)
                    && lists[other].len() >= items.len()
                    && stands_for(place, &self.places[other])
                    && holds(&lists[other], items)
            })
        };
        Some((0..self.places.len()).map(needless).collect())
    }
}

/// Whether all of `part` is in `whole`; both in order.
fn holds(whole: &[u32], part: &[u32]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|item| rest.any(|other| other == item))
}
