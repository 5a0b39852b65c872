//! The one form that all objectives are brought into before anything is searched.
//!
//! *Maximise* what chosen places cover, save and serve, less their prices, where some groups of items need so much coverage:
//! maximal covering has items that count; set covering has prices and one group that needs the share; a floor is a group for
//! each town; the p-median is what each cell saves by its nearest place (the covering form of `ReVelle` and Swain); capacities
//! are a flow. Places that are fixed as chosen leave the model: what they cover is a constant.

use super::flow::Serving;
use super::lists::Lists;

/// In no group, in no town.
pub(super) const NONE: u32 = u32::MAX;

/// A place that may be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// The candidate that it is.
    pub origin: u32,
    pub cost: i64,
    /// What choosing it takes off the objective.
    pub price: i64,
    pub town: u32,
    pub at: [f64; 2],
}

/// Children who are covered together or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Item {
    /// The group whose need they help to meet.
    pub group: u32,
    /// Whether covering them is the objective.
    pub counts: bool,
    pub children: i64,
}

/// What cells save by places: milliseconds of each child.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Savings {
    pub cells: Lists,
    /// Beside each number of `cells`.
    pub saved: Vec<u32>,
    pub children: Vec<i64>,
}

/// Who can be served with how much room.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Rooms {
    pub cells: Lists,
    pub room: Vec<i64>,
    pub children: Vec<i64>,
    /// Sites that serve whatever is chosen.
    pub standing: Vec<(Vec<u32>, i64)>,
    /// What those that stood before any choice serve alone.
    pub alone: i64,
}

/// The model.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Model {
    pub places: Vec<Place>,
    /// The items that each place covers.
    pub cover: Lists,
    pub items: Vec<Item>,
    /// Children who must be covered of each group; none where it is met already.
    pub needs: Vec<i64>,
    pub savings: Savings,
    pub rooms: Option<Rooms>,
    /// At most so many places more.
    pub sites: usize,
    pub budget: Option<i64>,
    /// Towns that still want a place.
    pub wants: Vec<bool>,
    pub apart: Option<f64>,
    /// Candidates that are in, and what they bring to the objective.
    pub fixed: Vec<u32>,
    pub constant: i64,
}

impl Model {
    /// How many numbers a look at everything reads.
    pub fn size(&self) -> usize {
        self.cover.size() + self.savings.cells.size() + self.rooms.as_ref().map_or(0, |rooms| rooms.cells.size())
    }

    /// How many numbers belong to a place.
    pub fn size_of(&self, place: usize) -> usize {
        self.cover.span(place).len()
            + self.savings.cells.span(place).len()
            + self.rooms.as_ref().map_or(0, |rooms| rooms.cells.span(place).len())
    }

    /// Whether two places must not both be chosen.
    pub fn clash(&self, a: usize, b: usize) -> bool {
        let [a, b] = [self.places[a].at, self.places[b].at];
        self.apart.is_some_and(|apart| (a[0] - b[0]).hypot(a[1] - b[1]) < apart)
    }

    /// What each place saves each of its cells, per child.
    pub fn saves(&self, place: usize) -> impl Iterator<Item = (usize, u32)> {
        let span = self.savings.cells.span(place);
        self.savings.cells.of(place).iter().map(|cell| *cell as usize).zip(self.savings.saved[span].iter().copied())
    }

    /// The candidates of a plan, in order.
    pub fn origins(&self, chosen: &[usize]) -> Vec<usize> {
        let new = chosen.iter().map(|place| self.places[*place].origin);
        let mut all: Vec<usize> = self.fixed.iter().copied().chain(new).map(|origin| origin as usize).collect();
        all.sort_unstable();
        all
    }

    /// The number of places, the cost, the towns, the distances: what can be seen without looking at coverage.
    pub fn allows(&self, chosen: &[usize]) -> bool {
        let cost = || chosen.iter().map(|place| self.places[*place].cost).sum::<i64>();
        let apart = || (0..chosen.len()).all(|a| (0..a).all(|b| !self.clash(chosen[a], chosen[b])));
        let has = |town: u32| chosen.iter().any(|place| self.places[*place].town == town);
        chosen.len() <= self.sites
            && self.budget.is_none_or(|budget| cost() <= budget)
            && (0..).zip(&self.wants).all(|(town, wants)| !wants || has(town))
            && (self.apart.is_none() || apart())
    }

    /// What a plan reaches, the fixed places included, and by how much its groups fall short.
    pub fn value(&self, chosen: &[usize]) -> (i64, i64) {
        let mut value = self.constant - chosen.iter().map(|place| self.places[*place].price).sum::<i64>();
        let mut needs = self.needs.clone();
        let mut seen = vec![false; self.items.len()];
        for item in chosen.iter().flat_map(|place| self.cover.of(*place)) {
            if !std::mem::replace(&mut seen[*item as usize], true) {
                let item = &self.items[*item as usize];
                value += if item.counts { item.children } else { 0 };
                if item.group != NONE {
                    needs[item.group as usize] -= item.children;
                }
            }
        }
        let mut best = vec![0; self.savings.children.len()];
        for (cell, saved) in chosen.iter().flat_map(|place| self.saves(*place)) {
            best[cell] = saved.max(best[cell]);
        }
        value += best.iter().zip(&self.savings.children).map(|(saved, n)| i64::from(*saved) * n).sum::<i64>();
        if let Some(rooms) = &self.rooms {
            let mut serving = rooms.serving();
            for place in chosen {
                serving.open(rooms.cells.of(*place), rooms.room[*place]);
            }
            value += serving.total - rooms.alone;
        }
        (value, needs.iter().map(|need| (*need).max(0)).sum())
    }

    /// What a plan reaches if it keeps all rules.
    pub fn kept(&self, chosen: &[usize]) -> Option<i64> {
        if !self.allows(chosen) {
            return None;
        }
        let (value, short) = self.value(chosen);
        (short == 0).then_some(value)
    }

    /// Whether each place is worth at most what it adds first, so that one that covers less is needless beside one that
    /// covers more.
    pub fn is_plain_covering(&self) -> bool {
        self.rooms.is_none() && self.savings.cells.size() == 0
    }
}

impl Rooms {
    /// Served by those that stand whatever is chosen.
    pub fn serving(&self) -> Serving<'_> {
        let mut serving = Serving::new(&self.children);
        for (cells, room) in &self.standing {
            serving.open(cells, *room);
        }
        serving
    }
}
