//! Rings put together from the ways of a multipolygon, which may each be a part of one, in any direction and order.

use std::collections::HashMap;

/// What came of the ways.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rings {
    /// Node numbers, the last equal to the first.
    pub closed: Vec<Vec<i64>>,
    /// Chains that no way closes.
    pub open: Vec<Vec<i64>>,
}

/// The fewest node numbers of a ring: a triangle, closed.
const RING: usize = 4;

impl Rings {
    /// Joins ways at their ends, in the order in which they stand.
    #[must_use]
    pub fn of(ways: &[&[i64]]) -> Self {
        let mut at: HashMap<i64, Vec<usize>> = HashMap::new();
        for (index, way) in ways.iter().enumerate() {
            for end in [way.first(), way.last()].into_iter().flatten() {
                at.entry(*end).or_default().push(index);
            }
        }
        let mut free = vec![true; ways.len()];
        let mut rings = Self::default();
        for start in 0..ways.len() {
            if !std::mem::take(&mut free[start]) || ways[start].is_empty() {
                continue;
            }
            let mut chain = ways[start].to_vec();
            while !is_closed(&chain)
                && let Some(next) = next(&chain, &at, &free)
            {
                free[next] = false;
                extend(&mut chain, ways[next]);
            }
            if is_closed(&chain) { rings.closed.push(chain) } else { rings.open.push(chain) }
        }
        rings
    }
}

fn is_closed(chain: &[i64]) -> bool {
    chain.len() >= RING && chain.first() == chain.last()
}

/// A way not used yet that goes on where the chain ends.
fn next(chain: &[i64], at: &HashMap<i64, Vec<usize>>, free: &[bool]) -> Option<usize> {
    at.get(chain.last()?)?.iter().copied().find(|way| free[*way])
}

fn extend(chain: &mut Vec<i64>, way: &[i64]) {
    if way.first() == chain.last() {
        chain.extend(&way[1..]);
    } else {
        chain.extend(way.iter().rev().skip(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_any_order_and_direction_make_rings() {
        let rings = Rings::of(&[&[1, 2, 3], &[10, 11, 12, 10], &[5, 4, 3], &[5, 6, 1]]);
        assert_eq!(rings.closed, [vec![1, 2, 3, 4, 5, 6, 1], vec![10, 11, 12, 10]]);
        assert!(rings.open.is_empty());
    }

    #[test]
    fn what_does_not_close_stays_open() {
        let rings = Rings::of(&[&[1, 2], &[2, 3], &[7, 8, 7], &[], &[9]]);
        assert_eq!(rings.open, [vec![1, 2, 3], vec![7, 8, 7], vec![9]]);
        assert!(rings.closed.is_empty());
    }
}
