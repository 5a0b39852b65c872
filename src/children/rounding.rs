//! Fractions of children become whole children without losing one.
//!
//! The method of largest remainders (Hamilton's): every value is rounded down, and the children that are missing to the
//! rounded total go to the values with the largest fractions, equal ones in order. So no value changes by a whole child or
//! more, and the total is the sum of the fractions, rounded to the nearest child.

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

/// Whole children, the total kept.
pub fn whole(values: &[f64]) -> Result<Vec<u32>, Fractions> {
    if let Some(place) = values.iter().position(|value| !value.is_finite() || *value < 0.0) {
        return Err(Fractions::Wrong { place, value: values[place] });
    }
    let total = values.iter().sum::<f64>().round();
    if total > f64::from(u32::MAX) {
        return Err(Fractions::TooMany);
    }
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

    proptest! {
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
