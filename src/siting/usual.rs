//! What the price of an item is as a rule, before any is moved.

use super::model::{Model, NONE};

/// The least of some figure over the places that cover each item.
pub(super) fn for_price(model: &Model, of: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; model.items.len()];
    for place in (0..model.places.len()).filter(|place| model.places[*place].price > 0) {
        let figure = of(place);
        model.cover.of(place).iter().for_each(|item| least[*item as usize] = least[*item as usize].min(figure));
    }
    least
}

/// What a price is at most as a rule: where places have prices, the least of those that cover an item; otherwise what its
/// children are worth, taken as the mean child.
pub(super) fn usual(model: &Model, caps: &[f64], unit: f64, range: f64) -> Vec<f64> {
    let dear = for_price(model, |place| model.places[place].price as f64);
    let children: i64 = model.items.iter().map(|item| item.children).sum();
    let mut usual = caps.to_vec();
    for (at, item) in model.items.iter().enumerate().filter(|(_, item)| item.group != NONE) {
        let mean = item.children as f64 * range / children.max(1) as f64;
        usual[at] = unit * if dear[at] < f64::INFINITY { dear[at] } else { mean };
    }
    usual
}

/// Of each group of which everybody must be covered the mean children of an item.
pub(super) fn whole_groups(model: &Model) -> Vec<Option<f64>> {
    let mut sums = vec![(0, 0_u32); model.needs.len()];
    for item in model.items.iter().filter(|item| item.group != NONE) {
        let (children, count) = &mut sums[item.group as usize];
        (*children, *count) = (*children + item.children, *count + 1);
    }
    let whole = |((children, count), need): ((i64, u32), &i64)| {
        (children == *need && count > 0).then(|| children as f64 / f64::from(count))
    };
    sums.into_iter().zip(&model.needs).map(whole).collect()
}
