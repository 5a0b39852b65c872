//! What some chosen places do together, kept so that one more or one instead of another is quickly weighed.

use super::flow::Serving;
use super::model::{Model, NONE};

/// The state of every item, cell and child under some chosen places.
pub(super) struct Tally<'m> {
    model: &'m Model,
    pub chosen: Vec<usize>,
    /// How often each item is covered, and the position in `chosen` of who covers it last: the only one where it is once.
    times: Vec<u32>,
    who: Vec<u32>,
    /// Of each cell the most that is saved, by whom, and the most without that one.
    most: Vec<u32>,
    saver: Vec<u32>,
    second: Vec<u32>,
    serving: Option<Serving<'m>>,
    /// What the groups still need.
    pub needs: Vec<i64>,
    pub cost: i64,
    /// How many of the chosen stand in each town.
    pub in_town: Vec<u32>,
}

impl<'m> Tally<'m> {
    pub fn new(model: &'m Model, chosen: &[usize]) -> Self {
        let (items, cells) = (model.items.len(), model.savings.children.len());
        let mut tally = Self {
            model,
            chosen: Vec::with_capacity(chosen.len()),
            times: vec![0; items],
            who: vec![0; items],
            most: vec![0; cells],
            saver: vec![NONE; cells],
            second: vec![0; cells],
            serving: model.rooms.as_ref().map(super::model::Rooms::serving),
            needs: model.needs.clone(),
            cost: 0,
            in_town: vec![0; model.wants.len()],
        };
        chosen.iter().for_each(|place| tally.put(*place));
        tally
    }

    pub fn put(&mut self, place: usize) {
        let (model, slot) = (self.model, self.chosen.len() as u32);
        self.chosen.push(place);
        self.cost += model.places[place].cost;
        if let Some(count) = self.in_town.get_mut(model.places[place].town as usize) {
            *count += 1;
        }
        for item in model.cover.of(place).iter().map(|item| *item as usize) {
            if self.times[item] == 0 && model.items[item].group != NONE {
                self.needs[model.items[item].group as usize] -= model.items[item].children;
            }
            self.times[item] += 1;
            self.who[item] = slot;
        }
        for (cell, saved) in model.saves(place) {
            if saved > self.most[cell] {
                self.second[cell] = self.most[cell];
                (self.most[cell], self.saver[cell]) = (saved, slot);
            } else {
                self.second[cell] = self.second[cell].max(saved);
            }
        }
        if let (Some(rooms), Some(serving)) = (&model.rooms, &mut self.serving) {
            serving.open(rooms.cells.of(place), rooms.room[place]);
        }
    }

    /// The same without one of the chosen, by its position.
    pub fn without(&self, slot: usize) -> Self {
        let mut others = self.chosen.clone();
        others.remove(slot);
        // what is covered once is told by the last who came: all is counted anew
        Self::new(self.model, &others)
    }

    /// What one more place brings at the weights of items, its price aside.
    pub fn gain(&mut self, place: usize, weights: &[i64]) -> i64 {
        let rooms = self.model.rooms.as_ref();
        let served = match (rooms, &mut self.serving) {
            (Some(rooms), Some(serving)) => serving.gain(rooms.cells.of(place), rooms.room[place]),
            _ => 0,
        };
        self.plain_gain(place, weights) + served
    }

    /// That, without looking at who is served.
    pub fn plain_gain(&self, place: usize, weights: &[i64]) -> i64 {
        let model = self.model;
        let new = model.cover.of(place).iter().map(|item| *item as usize).filter(|item| self.times[*item] == 0);
        let saves = |(cell, saved): (usize, u32)| {
            i64::from(saved.saturating_sub(self.most[cell])) * model.savings.children[cell]
        };
        new.map(|item| weights[item]).sum::<i64>() + model.saves(place).map(saves).sum::<i64>()
    }

    /// What each of the chosen is worth alone: what is lost without it.
    pub fn losses(&self, weights: &[i64]) -> Vec<i64> {
        let mut losses = vec![0; self.chosen.len()];
        for item in (0..self.times.len()).filter(|item| self.times[*item] == 1) {
            losses[self.who[item] as usize] += weights[item];
        }
        for cell in (0..self.most.len()).filter(|cell| self.saver[*cell] != NONE) {
            let only = i64::from(self.most[cell] - self.second[cell]);
            losses[self.saver[cell] as usize] += only * self.model.savings.children[cell];
        }
        losses
    }

    /// What a place brings where it stands instead of each of the chosen, less what it brings beside them all.
    pub fn instead(&self, place: usize, weights: &[i64], more: &mut [i64]) {
        more.fill(0);
        for item in self.model.cover.of(place).iter().map(|item| *item as usize) {
            if self.times[item] == 1 {
                more[self.who[item] as usize] += weights[item];
            }
        }
        for (cell, saved) in self.model.saves(place).filter(|(cell, _)| self.saver[*cell] != NONE) {
            let instead = i64::from(saved.saturating_sub(self.second[cell]));
            let beside = i64::from(saved.saturating_sub(self.most[cell]));
            more[self.saver[cell] as usize] += (instead - beside) * self.model.savings.children[cell];
        }
    }

    /// Towns that still want one.
    pub fn wanting(&self) -> usize {
        self.in_town.iter().zip(&self.model.wants).filter(|(count, wants)| **wants && **count == 0).count()
    }

    pub fn is_wanted(&self, place: usize) -> bool {
        let town = self.model.places[place].town as usize;
        self.model.wants.get(town).is_some_and(|wants| *wants && self.in_town[town] == 0)
    }

    /// Numbers read by one look at all places.
    pub fn size(&self) -> u64 {
        self.model.size() as u64
    }
}
