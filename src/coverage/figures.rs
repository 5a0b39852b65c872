//! What the walking times of all children come to.

use serde::Serialize;

/// Where bands end, minutes: the tiers of the national guideline for child-friendly spaces (community 5 to 10 minutes,
/// neighbourhood or town 10 to 15).
pub const BAND_ENDS_MIN: [u32; 3] = [5, 10, 15];
/// The last minute of the curve.
pub const CURVE_MIN: usize = 60;

/// Milliseconds of a minute.
const MINUTE: u32 = 60_000;

/// Figures of a group of children, most of them counts.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Figures {
    /// All children.
    pub total: u64,
    /// Those who reach a site within the limit.
    pub covered: u64,
    /// Those who reach none at all.
    pub unreached: u64,
    /// Children by band: 0 to 5 minutes, above 5 to 10, above 10 to 15, and beyond (with those who reach none).
    pub bands: [u64; 4],
    /// Children within so many minutes, from 0 to [`CURVE_MIN`].
    pub curve: Vec<u64>,
    /// Mean seconds of those who reach one.
    pub mean_secs: Option<f64>,
    /// Half of all children have at most so many seconds; nothing where more than half reach none.
    pub median_secs: Option<f64>,
    /// Nine tenths of all children have at most so many seconds.
    pub worst_decile_secs: Option<f64>,
    /// How unequally walking time is spread over those who reach a site, 0 (all alike) to 1.
    pub gini: Option<f64>,
}

impl Figures {
    /// The covered share, 0 to 1; 0 where there are no children.
    #[must_use]
    pub fn share(&self) -> f64 {
        share(self.covered, self.total)
    }
}

/// A part of a whole, 0 to 1; 0 of nothing.
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Cells in groups (towns, mostly), each cell in one.
#[derive(Debug, Clone, Copy)]
pub struct Groups<'a> {
    /// Each cell's group.
    pub of_cell: &'a [u16],
    /// How many groups there are.
    pub count: usize,
}

/// Cells by walking time, so that figures of any limit, age or group are one pass. Equal times stand by number.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// Milliseconds and cell.
    cells: Vec<(u32, u32)>,
}

impl Ordered {
    /// Sorts cells by their milliseconds (`u32::MAX`: reaches none).
    #[must_use]
    pub fn new(millis: &[u32]) -> Self {
        let mut cells: Vec<(u32, u32)> = millis.iter().copied().zip(0..).collect();
        cells.sort_unstable();
        Self { cells }
    }
}

/// The figures of all children, and of each group. `children` are those of each cell that are counted; `limit` is in
/// milliseconds. Sums over groups are those of all.
#[must_use]
pub fn figures(ordered: &Ordered, children: &[u32], groups: Groups<'_>, limit: u32) -> (Figures, Vec<Figures>) {
    let mut totals = vec![0_u64; groups.count + 1];
    for (cell, count) in children.iter().enumerate() {
        totals[usize::from(groups.of_cell[cell])] += u64::from(*count);
        totals[groups.count] += u64::from(*count);
    }
    let mut running: Vec<Running> = totals.iter().map(|total| Running::new(*total, limit)).collect();
    for (millis, cell) in &ordered.cells {
        let count = u64::from(children[*cell as usize]);
        if count > 0 {
            running[usize::from(groups.of_cell[*cell as usize])].take(*millis, count);
            running[groups.count].take(*millis, count);
        }
    }
    let mut done: Vec<Figures> = running.into_iter().map(Running::done).collect();
    let all = done.pop().unwrap_or_default();
    (all, done)
}

/// Figures under way: cells come by time.
struct Running {
    limit: u32,
    figures: Figures,
    reached: u64,
    /// Sum of child-milliseconds, and of each weighted by twice its rank for the Gini coefficient.
    sum: f64,
    ranked: f64,
}

impl Running {
    fn new(total: u64, limit: u32) -> Self {
        let figures = Figures { total, curve: vec![0; CURVE_MIN + 1], ..Figures::default() };
        Self { limit, figures, reached: 0, sum: 0.0, ranked: 0.0 }
    }

    fn take(&mut self, millis: u32, count: u64) {
        let figures = &mut self.figures;
        let minutes = BAND_ENDS_MIN.iter().position(|end| millis <= end * MINUTE);
        figures.bands[minutes.unwrap_or(BAND_ENDS_MIN.len())] += count;
        if millis == u32::MAX {
            figures.unreached += count;
            return;
        }
        if millis <= self.limit {
            figures.covered += count;
        }
        // the first whole minute by which they are there
        if let Some(there) = figures.curve.get_mut(millis.div_ceil(MINUTE) as usize) {
            *there += count;
        }
        let (time, weight) = (f64::from(millis), count as f64);
        self.sum += time * weight;
        self.ranked += time * weight * (2.0 * self.reached as f64 + weight);
        self.reached += count;
        let secs = time / 1e3;
        let of_all = |tenths: u64| self.reached * 10 >= figures.total * tenths;
        if figures.median_secs.is_none() && of_all(5) {
            figures.median_secs = Some(secs);
        }
        if figures.worst_decile_secs.is_none() && of_all(9) {
            figures.worst_decile_secs = Some(secs);
        }
    }

    fn done(mut self) -> Figures {
        let mut within = 0;
        for minute in &mut self.figures.curve {
            within += *minute;
            *minute = within;
        }
        if self.reached > 0 {
            let reached = self.reached as f64;
            self.figures.mean_secs = Some(self.sum / reached / 1e3);
            // with people by rising time: G = Σ tᵢ wᵢ (2 Wᵢ₋₁ + wᵢ) / (W Σ tᵢ wᵢ) − 1, which is half the mean absolute
            // difference over the mean (Damgaard and Weiner, Ecology 81 (2000) 1139, written for groups of equals)
            self.figures.gini = Some(if self.sum > 0.0 { self.ranked / (reached * self.sum) - 1.0 } else { 0.0 });
        }
        self.figures
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(millis: &[u32], children: &[u32], limit: u32) -> Figures {
        let of_cell = vec![0; millis.len()];
        figures(&Ordered::new(millis), children, Groups { of_cell: &of_cell, count: 1 }, limit).0
    }

    #[test]
    fn a_limit_reaches_exactly_so_far() {
        let millis = [300_000, 300_001, 600_000, 900_000, 900_001, u32::MAX];
        let got = of(&millis, &[1, 2, 4, 8, 16, 32], 900_000);
        assert_eq!((got.total, got.covered, got.unreached), (63, 15, 32));
        assert_eq!(got.bands, [1, 6, 8, 48]);
        assert_eq!((got.curve[4], got.curve[5], got.curve[6], got.curve[15], got.curve[16]), (0, 1, 3, 15, 31));
        assert_eq!(got.curve.last(), Some(&31));
        assert_eq!(of(&millis, &[1; 6], 299_999).covered, 0);
        assert_eq!(got.median_secs, None, "more than half reach none");
    }

    #[test]
    fn nobody_has_no_figures() {
        let got = of(&[], &[], 900_000);
        assert_eq!((got.total, got.share(), got.mean_secs, got.gini), (0, 0.0, None, None));
        let unreached = of(&[u32::MAX], &[7], 900_000);
        assert_eq!((unreached.bands, unreached.mean_secs, unreached.median_secs), ([0, 0, 0, 7], None, None));
        assert_eq!(of(&[0, 0], &[3, 4], 0).gini, Some(0.0));
    }

    #[test]
    fn one_who_walks_and_many_who_do_not_are_unequal() {
        let got = of(&[0, 600_000], &[9, 1], 900_000);
        assert!((got.gini.expect("reached") - 0.9).abs() < 1e-12, "{got:?}");
        assert_eq!((got.mean_secs, got.median_secs, got.worst_decile_secs), (Some(60.0), Some(0.0), Some(0.0)));
    }

    proptest! {
        #[test]
        fn figures_are_those_of_the_plain_definition(
            cells in prop::collection::vec((prop_oneof![0_u32..4_000_000, Just(u32::MAX)], 0_u32..50, 0_u16..4), 0..80),
            limit in 0_u32..4_000_000,
        ) {
            let millis: Vec<u32> = cells.iter().map(|cell| cell.0).collect();
            let children: Vec<u32> = cells.iter().map(|cell| cell.1).collect();
            let of_cell: Vec<u16> = cells.iter().map(|cell| cell.2).collect();
            let (all, groups) = figures(&Ordered::new(&millis), &children, Groups { of_cell: &of_cell, count: 4 }, limit);
            // each child for itself
            let each: Vec<u32> = cells.iter().flat_map(|cell| vec![cell.0; cell.1 as usize]).collect();
            let within = |limit: u32| each.iter().filter(|t| **t != u32::MAX && **t <= limit).count() as u64;
            prop_assert_eq!(all.total, each.len() as u64);
            prop_assert_eq!(all.covered, within(limit));
            for minute in 0..=CURVE_MIN {
                prop_assert_eq!(all.curve[minute], within(minute as u32 * MINUTE));
            }
            prop_assert_eq!(all.bands[0] + all.bands[1], within(600_000));
            let mut sorted = each.clone();
            sorted.sort_unstable();
            let at = |share: f64| sorted.get(((each.len() as f64 * share).ceil() as usize).saturating_sub(1)).copied();
            let secs = |t: Option<u32>| t.filter(|t| *t != u32::MAX).map(|t| f64::from(t) / 1e3);
            prop_assert_eq!(all.median_secs, secs(at(0.5)));
            prop_assert_eq!(all.worst_decile_secs, secs(at(0.9)));
            let reached: Vec<f64> = each.iter().filter(|t| **t != u32::MAX).map(|t| f64::from(*t)).collect();
            if let (Some(gini), true) = (all.gini, reached.iter().sum::<f64>() > 0.0) {
                let differences: f64 = reached.iter().flat_map(|a| reached.iter().map(move |b| (a - b).abs())).sum();
                let mean = reached.iter().sum::<f64>() / reached.len() as f64;
                let plain = differences / (2.0 * (reached.len() * reached.len()) as f64 * mean);
                prop_assert!((gini - plain).abs() < 1e-9, "{} {}", gini, plain);
            }
            // sums over groups and over bands are those of all
            prop_assert_eq!(groups.iter().map(|g| g.total).sum::<u64>(), all.total);
            prop_assert_eq!(groups.iter().map(|g| g.covered).sum::<u64>(), all.covered);
            prop_assert_eq!(groups.iter().map(|g| g.unreached).sum::<u64>(), all.unreached);
            prop_assert_eq!(all.bands.iter().sum::<u64>(), all.total);
            for minute in 0..=CURVE_MIN {
                prop_assert_eq!(groups.iter().map(|g| g.curve[minute]).sum::<u64>(), all.curve[minute]);
            }
        }
    }
}
