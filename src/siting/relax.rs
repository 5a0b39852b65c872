//! What no plan can exceed, at given prices.
//!
//! That an item is covered only if a place covers it, that a cell goes to one place, that a child is served once and that a
//! budget is kept: these rules are given up, each for a price. What is left falls apart into sums over places and is solved
//! by sorting, and its value is an upper bound whatever the prices (maximal covering: Galvão and `ReVelle`, European Journal
//! of Operational Research 88 (1996) 114; p-median: Beasley, the same 65 (1993) 383; capacities: Pirkul and Schilling 1991).
//! Groups keep their needs inside it, as a knapsack. Everything is in whole numbers, a fixed part of a child to the unit, so
//! that a bound is exact and the same in any order of work.

use super::clash::{Squares, cliques};
use super::lists::Lists;
use super::model::{Item, Model, NONE, Rooms};
use super::part::Part;
use super::select::{Selection, select};
use super::usual::{for_price, usual, whole_groups};
use rayon::prelude::*;

/// Sizes from which both cores are used.
const WORTH_SHARING: usize = 150_000;

/// A model made ready for prices. Prices stand in one row: items, cells that save, cells that are served, sets of places
/// that clash, the budget.
pub(super) struct Relaxation<'m> {
    pub model: &'m Model,
    /// Units in one child, or in what one unit of the objective is.
    pub scale: i64,
    /// What each price is at most.
    pub caps: Vec<f64>,
    /// What each price is at most as a rule; beyond, it grows slowly.
    pub usual: Vec<f64>,
    /// How far each price moves, one beside another.
    pub metric: Vec<f64>,
    items_of_group: Vec<Vec<usize>>,
    mean_cost: f64,
    squares: Option<Squares>,
    /// For each place the sets of which only one may be chosen, and how many there are.
    sets_of_place: Lists,
    sets: usize,
}

/// The answer at some prices.
pub(super) struct Solved {
    /// In units of the scale: no plan of the part is worth more.
    pub value: i64,
    /// What each free place is worth, by its position among the free.
    pub worth: Vec<i64>,
    pub selection: Selection,
    /// Which way the value changes with each price.
    pub slope: Vec<f64>,
}

impl<'m> Relaxation<'m> {
    pub fn new(model: &'m Model) -> Self {
        let counted: i64 = model.items.iter().filter(|item| item.counts).map(|item| item.children).sum();
        let mut most = vec![0_u32; model.savings.children.len()];
        for (cell, saved) in (0..model.places.len()).flat_map(|place| model.saves(place)) {
            most[cell] = saved.max(most[cell]);
        }
        let saved: i64 = most.iter().zip(&model.savings.children).map(|(saved, n)| i64::from(*saved) * n).sum();
        let served: i64 = model.rooms.as_ref().map_or(0, |rooms| rooms.children.iter().sum());
        let prices: i64 = model.places.iter().map(|place| place.price).sum();
        let range = counted + saved + served + prices + 1;
        let bits = 64 - range.leading_zeros();
        let scale = 1_i64 << 46_u32.saturating_sub(bits).clamp(4, 16);
        let unit = scale as f64;
        let group = |n: i64, counts: bool| if counts { n as f64 * unit } else { 0.0 };
        let mut caps: Vec<f64> = Vec::new();
        for item in &model.items {
            let of_group = if item.group == NONE { 0.0 } else { range as f64 * unit };
            caps.push(group(item.children, item.counts) + of_group);
        }
        caps.extend(most.iter().zip(&model.savings.children).map(|(saved, n)| f64::from(*saved) * *n as f64 * unit));
        if let Some(rooms) = &model.rooms {
            caps.extend(rooms.children.iter().map(|n| *n as f64 * unit));
        }
        let grouped: i64 = model.items.iter().filter(|item| !item.counts).map(|item| item.children).sum();
        let a_child = range as f64 / grouped.max(1) as f64;
        let whole = whole_groups(model);
        let moves = |item: &Item| {
            // where everybody must be covered, a price does not depend on how many they are
            let alike = whole.get(item.group as usize).and_then(|mean| *mean);
            alike.unwrap_or(item.children as f64) * unit * if item.counts { 1.0 } else { a_child }
        };
        let mut metric: Vec<f64> = model.items.iter().map(moves).collect();
        metric.extend(&caps[model.items.len()..]);
        let mean_cost =
            model.places.iter().map(|place| place.cost as f64).sum::<f64>() / model.places.len().max(1) as f64;
        let (sets_of_place, sets) = cliques(model);
        let a_site = metric.iter().sum::<f64>() / model.sites.max(1) as f64;
        metric.extend(std::iter::repeat_n(a_site, sets + 1));
        caps.extend(std::iter::repeat_n(range as f64 * unit, sets + 1));
        let usual = usual(model, &caps, unit, range as f64);
        let mut items_of_group = vec![Vec::new(); model.needs.len()];
        for (at, item) in model.items.iter().enumerate().filter(|(_, item)| item.group != NONE) {
            items_of_group[item.group as usize].push(at);
        }
        let squares = Squares::of(model);
        let mean_cost = mean_cost.max(1.0);
        Self { model, scale, caps, usual, metric, items_of_group, mean_cost, squares, sets_of_place, sets }
    }

    /// Prices to begin with: what a cell is worth, shared among the places that a plan of this size has for it.
    pub fn first_prices(&self) -> Vec<f64> {
        let model = self.model;
        let mut times = vec![0_u32; self.caps.len()];
        for place in 0..model.places.len() {
            model.cover.of(place).iter().for_each(|item| times[*item as usize] += 1);
        }
        let dear = for_price(model, |place| model.places[place].price as f64 / model.cover.span(place).len() as f64);
        let share = model.sites as f64 / model.places.len().max(1) as f64;
        let mut prices: Vec<f64> = self.caps.iter().map(|cap| cap / 2.0).collect();
        for (at, item) in model.items.iter().enumerate() {
            let worth = if item.counts { item.children as f64 * self.scale as f64 } else { 0.0 };
            let counts = worth / (f64::from(times[at]) * share).max(1.0);
            prices[at] = if dear[at] < f64::INFINITY { dear[at] * self.scale as f64 } else { counts };
        }
        let rules = prices.len() - self.sets - 1;
        prices[rules..].fill(0.0);
        prices
    }

    /// Prices moved against a slope.
    pub fn moved(&self, prices: &[f64], slope: &[f64], by: f64) -> Vec<f64> {
        let moved = |at: usize| {
            let most = self.usual[at].max(2.0 * prices[at]).min(self.caps[at]);
            (prices[at] - by * self.metric[at] * slope[at]).clamp(0.0, most)
        };
        (0..prices.len()).map(moved).collect()
    }

    /// The bound at some prices, for a part.
    pub fn at(&self, part: &Part, prices: &[f64]) -> Solved {
        let model = self.model;
        let whole: Vec<i64> =
            prices.iter().zip(&self.caps).map(|(price, cap)| price.clamp(0.0, *cap).round() as i64).collect();
        let (items, rest) = whole.split_at(model.items.len());
        let (saving, rest) = rest.split_at(model.savings.children.len());
        let (served, rest) = rest.split_at(rest.len() - self.sets - 1);
        let sets = &rest[..self.sets];
        let mut items = items.to_vec();
        part.done.iter().zip(&mut items).filter(|(done, _)| **done).for_each(|(_, price)| *price = 0);
        let per_child = |whole: &[i64], children: &[i64]| -> Vec<i64> {
            whole.iter().zip(children).map(|(price, n)| price / (*n).max(1)).collect()
        };
        let saving = per_child(saving, &model.savings.children);
        let served = model.rooms.as_ref().map_or_else(Vec::new, |rooms| per_child(served, &rooms.children));
        let budget =
            if model.budget.is_some() { (prices[prices.len() - 1] / self.mean_cost).round() as i64 } else { 0 };
        let worth = |place: usize| {
            let of = &model.places[place];
            let cover: i64 = model.cover.of(place).iter().map(|item| items[*item as usize]).sum();
            let saves = |(cell, saved): (usize, u32)| {
                model.savings.children[cell] * (i64::from(saved) * self.scale - saving[cell]).max(0)
            };
            let saves: i64 = model.saves(place).map(saves).sum();
            let serves = model
                .rooms
                .as_ref()
                .map_or(0, |rooms| self.knapsack(rooms, rooms.cells.of(place), rooms.room[place], &served, |_, _| {}));
            let clashes: i64 = self.sets_of_place.of(place).iter().map(|set| sets[*set as usize]).sum();
            cover + saves + serves - clashes - of.price * self.scale - budget.saturating_mul(of.cost)
        };
        let all = |places: &[usize]| -> Vec<i64> {
            let size: usize =
                if model.size() < WORTH_SHARING { 0 } else { places.iter().map(|it| model.size_of(*it)).sum() };
            if size < WORTH_SHARING {
                places.iter().map(|place| worth(*place)).collect()
            } else {
                places.par_iter().with_min_len(64).map(|place| worth(*place)).collect()
            }
        };
        let (chosen, free) = (all(&part.chosen), all(&part.free));
        let selection = select(model, part, &free, self.squares.as_ref());
        let mut slope = vec![0.0; prices.len()];
        let mut value: i128 = chosen.iter().map(|worth| i128::from(*worth)).sum();
        value += selection.positions.iter().map(|at| i128::from(free[*at])).sum::<i128>();
        value += i128::from(model.constant) * i128::from(self.scale);
        value += self.uncovered(part, &items, &mut slope);
        value += saving.iter().zip(&model.savings.children).map(|(u, n)| i128::from(u * n)).sum::<i128>();
        value += i128::from(model.budget.unwrap_or(0)) * i128::from(budget);
        value += sets.iter().map(|price| i128::from(*price)).sum::<i128>();
        if let Some(rooms) = &model.rooms {
            value += self.standing(rooms, &served, &mut slope);
        }
        let picked: Vec<usize> = selection.positions.iter().map(|at| part.free[*at]).collect();
        self.slopes(part, &picked, &saving, &served, &mut slope);
        Solved { value: value.clamp(i64::MIN.into(), i64::MAX.into()) as i64, worth: free, selection, slope }
    }

    /// What items are worth beyond their prices, with every group brought up to its need in the cheapest way. The need's own
    /// price is that of the last item that is taken, which makes the sum a bound whatever the order.
    fn uncovered(&self, part: &Part, prices: &[i64], slope: &mut [f64]) -> i128 {
        let worth = |at: usize| {
            let item = &self.model.items[at];
            if item.counts { item.children * self.scale - prices[at] } else { -prices[at] }
        };
        let mut value = 0_i128;
        for (at, item) in self.model.items.iter().enumerate().filter(|(_, item)| item.group == NONE) {
            value += i128::from(if item.counts { worth(at) } else { 0 });
            slope[at] = -1.0;
        }
        for (group, items) in self.items_of_group.iter().enumerate() {
            let mut need = part.needs[group];
            let mut dear: Vec<(f64, usize)> = Vec::new();
            for at in items.iter().copied().filter(|at| !part.done[*at]) {
                if worth(at) >= 0 {
                    need -= self.model.items[at].children;
                    slope[at] = -1.0;
                } else {
                    dear.push((-worth(at) as f64 / self.model.items[at].children as f64, at));
                }
            }
            let mut price = 0_i128;
            if need > 0 {
                dear.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                for (_, at) in dear {
                    let children = self.model.items[at].children;
                    slope[at] = -(need.min(children) as f64 / children as f64);
                    need -= children;
                    if need <= 0 {
                        price = i128::from((-worth(at) + children - 1) / children);
                        break;
                    }
                }
            }
            for at in items.iter().copied() {
                value += if part.done[at] {
                    i128::from(self.done_worth(at))
                } else {
                    (i128::from(worth(at)) + price * i128::from(self.model.items[at].children)).max(0)
                };
            }
            value -= price * i128::from(part.needs[group].max(0));
        }
        value
    }

    fn done_worth(&self, at: usize) -> i64 {
        let item = &self.model.items[at];
        if item.counts { item.children * self.scale } else { 0 }
    }

    /// The best use of a site's room at the prices of children.
    fn knapsack(
        &self,
        rooms: &Rooms,
        cells: &[u32],
        room: i64,
        prices: &[i64],
        mut takes: impl FnMut(usize, i64),
    ) -> i64 {
        let worth = |cell: u32| self.scale - prices[cell as usize];
        let everybody: i64 = cells.iter().map(|cell| rooms.children[*cell as usize]).sum();
        let mut order: Vec<u32> = cells.iter().copied().filter(|cell| worth(*cell) > 0).collect();
        if everybody > room {
            order.sort_unstable_by_key(|cell| (-worth(*cell), *cell));
        }
        let (mut left, mut sum) = (room, 0);
        for cell in order {
            let taken = rooms.children[cell as usize].min(left);
            sum += taken * worth(cell);
            takes(cell as usize, taken);
            left -= taken;
        }
        sum
    }

    fn standing(&self, rooms: &Rooms, prices: &[i64], slope: &mut [f64]) -> i128 {
        let first = slope.len() - 1 - self.sets - rooms.children.len();
        let mut value: i128 = rooms.children.iter().zip(prices).map(|(n, price)| i128::from(n * price)).sum();
        value -= i128::from(rooms.alone) * i128::from(self.scale);
        for (cells, room) in &rooms.standing {
            value += i128::from(self.knapsack(rooms, cells, *room, prices, |cell, taken| {
                slope[first + cell] -= taken as f64 / rooms.children[cell].max(1) as f64;
            }));
        }
        value
    }

    fn slopes(&self, part: &Part, picked: &[usize], saving: &[i64], served: &[i64], slope: &mut [f64]) {
        let model = self.model;
        let (cells, last) = (model.items.len(), slope.len() - 1);
        slope[cells..cells + saving.len()].fill(1.0);
        let places = || part.chosen.iter().chain(picked).copied();
        for place in places() {
            model.cover.of(place).iter().for_each(|item| slope[*item as usize] += 1.0);
            for (cell, saved) in model.saves(place) {
                if i64::from(saved) * self.scale > saving[cell] {
                    slope[cells + cell] -= 1.0;
                }
            }
        }
        if let Some(rooms) = &model.rooms {
            let first = last - self.sets - served.len();
            slope[first..last - self.sets].iter_mut().for_each(|slope| *slope += 1.0);
            for place in places() {
                self.knapsack(rooms, rooms.cells.of(place), rooms.room[place], served, |cell, taken| {
                    slope[first + cell] -= taken as f64 / rooms.children[cell].max(1) as f64;
                });
            }
        }
        let sets = last - self.sets;
        slope[sets..last].fill(1.0);
        for set in places().flat_map(|place| self.sets_of_place.of(place)) {
            slope[sets + *set as usize] -= 1.0;
        }
        if let Some(budget) = model.budget {
            let cost: i64 = places().map(|place| model.places[place].cost).sum();
            slope[last] = (budget - cost) as f64 / self.mean_cost;
        }
        // what is covered for sure has no price
        part.done.iter().zip(slope).filter(|(done, _)| **done).for_each(|(_, slope)| *slope = 0.0);
    }
}
