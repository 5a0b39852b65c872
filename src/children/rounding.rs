//! Fractions of children become whole children without losing one.
//!
//! There are two ways, for two needs. Both keep the total, which is the sum of the values rounded to the nearest child, and
//! in both no value changes by a whole child or more.
//!
//! [`whole`] is the method of largest remainders (Hamilton's): every value is rounded down, and the children that are
//! missing to the total go to the values with the largest fractions, equal ones in order. For a few large values, such as
//! the totals of towns.
//!
//! [`whole_along`] goes along a path and carries what rounding has left over to the next value: a value becomes the rounded
//! sum up to it less the rounded sum before it. For many small values in space, such as the pixels of a raster: a village
//! of a hundred cells with 0.3 of a child each has 30 children afterwards, where largest remainders would give it none and
//! a town with 0.6 each all of them. Every stretch of the path keeps its total to one child.

/// Values that can't be counts.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Fractions {
    /// Below nothing, or no number.
    #[error("value {place} is {value}; wanted a number of children, 0 or more")]
    Wrong {
        /// Which.
        place: usize,
        /// What it is.
        value: f64,
    },
    /// More than can be counted here.
    #[error("all values together are more than {} children", u32::MAX)]
    TooMany,
}

/// Whole children by carrying along a path, the total kept. `path` has the place of each value once.
pub fn whole_along(path: &[usize], values: &[f64]) -> Result<Vec<u32>, Fractions> {
    total(values)?;
    let mut counts = vec![0; values.len()];
    let (mut sum, mut before) = (0.0_f64, 0.0);
    for place in path {
        sum += values[*place];
        counts[*place] = (sum.round() - before) as u32;
        before = sum.round();
    }
    Ok(counts)
}

/// The sum of values that can be counts, rounded.
fn total(values: &[f64]) -> Result<f64, Fractions> {
    if let Some(place) = values.iter().position(|value| !value.is_finite() || *value < 0.0) {
        return Err(Fractions::Wrong { place, value: values[place] });
    }
    let total = values.iter().sum::<f64>().round();
    if total > f64::from(u32::MAX) {
        return Err(Fractions::TooMany);
    }
    Ok(total)
}

/// Whole children by largest remainders, the total kept.
pub fn whole(values: &[f64]) -> Result<Vec<u32>, Fractions> {
    let total = total(values)?;
    let mut counts: Vec<u32> = values.iter().map(|value| value.floor() as u32).collect();
    let kept: u64 = counts.iter().map(|n| u64::from(*n)).sum();
    let missing = (total as u64).saturating_sub(kept) as usize;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].fract().total_cmp(&values[*a].fract()).then(a.cmp(b)));
    for place in order.into_iter().take(missing) {
        counts[place] += 1;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_count_is_told_with_its_place() {
        assert!(matches!(whole(&[1.0, -0.5]), Err(Fractions::Wrong { place: 1, .. })));
        assert!(matches!(whole(&[f64::NAN]), Err(Fractions::Wrong { place: 0, .. })));
        assert!(matches!(whole(&[f64::INFINITY]), Err(Fractions::Wrong { place: 0, .. })));
        assert_eq!(whole(&[3e9, 3e9]), Err(Fractions::TooMany));
        assert_eq!(whole(&[]), Ok(vec![]));
        assert_eq!(whole(&[0.4, 0.4, 0.4]), Ok(vec![1, 0, 0]));
    }

    #[test]
    fn along_a_path_a_village_keeps_its_children() {
        let values: Vec<f64> = [vec![0.3; 100], vec![0.6; 100]].concat();
        let path: Vec<usize> = (0..200).collect();
        let counts = whole_along(&path, &values).expect("right");
        assert_eq!((counts[..100].iter().sum::<u32>(), counts[100..].iter().sum::<u32>()), (30, 60));
        assert_eq!(whole(&values).expect("right")[..100].iter().sum::<u32>(), 0, "largest remainders would empty it");
        assert!(matches!(whole_along(&[0], &[-1.0]), Err(Fractions::Wrong { place: 0, .. })));
        assert_eq!(whole_along(&[0, 1], &[3e9, 3e9]), Err(Fractions::TooMany));
        assert_eq!(whole_along(&[1, 0], &[0.5, 0.5]), Ok(vec![0, 1]));
    }

    proptest! {
        #[test]
        fn along_any_path_every_stretch_keeps_its_total(values in prop::collection::vec(0.0..9.0_f64, 1..300), seed in 0..997_usize) {
            let mut path: Vec<usize> = (0..values.len()).collect();
            path.sort_by_key(|place| (place * 991 + seed) % 997);
            let counts = whole_along(&path, &values).expect("right");
            let of = |stretch: &[usize]| -> (f64, f64) {
                (stretch.iter().map(|p| f64::from(counts[*p])).sum(), stretch.iter().map(|p| values[*p]).sum())
            };
            let (kept, sum) = of(&path);
            prop_assert!((kept - sum).abs() <= 0.5 + 1e-6);
            for (place, stretch) in path.windows(1).chain(path.windows(values.len().min(17))).enumerate() {
                let (kept, sum) = of(stretch);
                prop_assert!((kept - sum).abs() < 1.0 + 1e-6, "{place}: {kept} of {sum}");
            }
        }


        #[test]
        fn totals_are_kept_and_nothing_moves_by_a_whole_child(values in prop::collection::vec(0.0..500.0_f64, 0..300)) {
            let counts = whole(&values).expect("right");
            let total: u64 = counts.iter().map(|n| u64::from(*n)).sum();
            prop_assert_eq!(total, values.iter().sum::<f64>().round() as u64);
            for (value, count) in values.iter().zip(&counts) {
                prop_assert!((f64::from(*count) - value).abs() < 1.0);
            }
        }
    }
}
