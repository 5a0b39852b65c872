//! What every plan covers. Where a group needs nearly all of its children, an item with more children than may be left out is
//! covered in every plan. An item that all places of such a one cover too is covered with it and leaves the model; a place
//! that alone covers such a one is in. That is how set covering was made small from the beginning (Toregas and `ReVelle`,
//! Geographical Analysis 5 (1973) 145); with places that are needless it often leaves nothing.

use super::lists::Lists;
use super::model::{Model, NONE};
use super::restrict::State;

/// Sizes beyond which comparing items takes longer than it saves.
const MOST_COMPARED: usize = 1_000_000;

impl Model {
    /// Leaves out what follows from the rest. Whether anything did.
    pub fn settled(&mut self) -> bool {
        if self.cover.size() > MOST_COMPARED {
            return false;
        }
        let certain = self.certain();
        if !certain.contains(&true) {
            return false;
        }
        let mut places_of = self.cover.transposed(self.items.len());
        let follows = self.follows(&certain, &places_of);
        let mut any = follows.contains(&true);
        if any {
            self.drop_covered(&follows);
            let kept: Vec<bool> = certain.iter().zip(&follows).filter(|(_, gone)| !**gone).map(|(it, _)| *it).collect();
            places_of = self.cover.transposed(self.items.len());
            any |= self.take_the_only(&kept, &places_of);
        } else {
            any |= self.take_the_only(&certain, &places_of);
        }
        any
    }

    /// Items that no plan can leave out.
    fn certain(&self) -> Vec<bool> {
        let mut spare: Vec<i64> = self.needs.iter().map(|need| -need).collect();
        for item in self.items.iter().filter(|item| item.group != NONE) {
            spare[item.group as usize] += item.children;
        }
        let needed = |group: u32| group != NONE && self.needs[group as usize] > 0;
        self.items.iter().map(|item| needed(item.group) && item.children > spare[item.group as usize]).collect()
    }

    /// Items that are covered whenever some certain one is; of two that the same places cover, the second.
    fn follows(&self, certain: &[bool], places_of: &Lists) -> Vec<bool> {
        let mut follows = vec![false; self.items.len()];
        let mut mine = vec![false; self.places.len()];
        for at in (0..self.items.len()).filter(|at| certain[*at]) {
            let places = places_of.of(at);
            let Some(fewest) = places.iter().min_by_key(|place| self.cover.span(**place as usize).len()) else {
                continue;
            };
            for place in places {
                mine[*place as usize] = true;
            }
            for other in self.cover.of(*fewest as usize).iter().map(|other| *other as usize) {
                let theirs = places_of.of(other);
                if other == at || follows[other] || theirs.len() < places.len() {
                    continue;
                }
                let same = theirs.len() == places.len() && certain[other];
                let shared = theirs.iter().filter(|place| mine[**place as usize]).count();
                follows[other] = shared == places.len() && (!same || at < other);
            }
            for place in places {
                mine[*place as usize] = false;
            }
        }
        follows
    }

    /// Takes items that are covered in every plan out of the model.
    fn drop_covered(&mut self, gone: &[bool]) {
        let mut number = vec![NONE; self.items.len()];
        let mut items = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            if !gone[at] {
                number[at] = items.len() as u32;
                items.push(*item);
                continue;
            }
            self.constant += if item.counts { item.children } else { 0 };
            if item.group != NONE {
                let need = &mut self.needs[item.group as usize];
                *need = (*need - item.children).max(0);
            }
        }
        let mut cover = Lists::default();
        for place in 0..self.places.len() {
            let left = self.cover.of(place).iter().map(|item| number[*item as usize]).filter(|item| *item != NONE);
            left.for_each(|item| cover.put(item));
            cover.end();
        }
        (self.items, self.cover) = (items, cover);
    }

    /// Fixes places that alone cover a certain item, if they keep the rules together; otherwise there is no plan, which is
    /// for the search to say.
    fn take_the_only(&mut self, certain: &[bool], places_of: &Lists) -> bool {
        let mut states = vec![State::Free; self.places.len()];
        for at in (0..self.items.len()).filter(|at| certain[*at]) {
            if let [place] = places_of.of(at) {
                states[*place as usize] = State::In;
            }
        }
        let only: Vec<usize> = (0..states.len()).filter(|place| states[*place] == State::In).collect();
        let cost: i64 = only.iter().map(|place| self.places[*place].cost).sum();
        let clash = || (0..only.len()).any(|a| (0..a).any(|b| self.clash(only[a], only[b])));
        let may = only.len() <= self.sites && self.budget.is_none_or(|budget| cost <= budget);
        if only.is_empty() || !may || (self.apart.is_some() && clash()) {
            return false;
        }
        *self = self.restricted(&states);
        true
    }
}
