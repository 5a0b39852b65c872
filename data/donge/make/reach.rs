//! Which part of the network hangs together: the share of walkable points in the largest piece.

use std::collections::BTreeMap;

use crate::line::{Class, Line};
use crate::plane::G;

/// The pieces of the walkable network, the largest first by number of points.
pub struct Pieces {
    /// Points of each piece.
    pub sizes: Vec<usize>,
    /// For each line whether it belongs to the largest piece.
    pub in_largest: Vec<bool>,
}

fn root(of: &mut [usize], mut i: usize) -> usize {
    while of[i] != i {
        of[i] = of[of[i]];
        i = of[i];
    }
    i
}

/// Finds the pieces. Motorways are closed to people on foot.
pub fn pieces(lines: &[Line]) -> Pieces {
    let mut index: BTreeMap<G, usize> = BTreeMap::new();
    let mut group: Vec<usize> = Vec::new();
    let walkable = |l: &Line| l.class != Class::Motorway;
    for line in lines.iter().filter(|l| walkable(l)) {
        let mut before = None;
        for g in &line.points {
            let i = *index.entry(*g).or_insert_with(|| {
                group.push(group.len());
                group.len() - 1
            });
            if let Some(b) = before {
                let (a, b) = (root(&mut group, i), root(&mut group, b));
                group[a] = b;
            }
            before = Some(i);
        }
    }
    let mut count = vec![0; group.len()];
    for i in 0..group.len() {
        count[root(&mut group, i)] += 1;
    }
    let largest = (0..count.len()).fold(0, |b, i| if count[i] > count[b] { i } else { b });
    let in_largest = lines.iter().map(|l| walkable(l) && root(&mut group, index[&l.points[0]]) == largest).collect();
    let mut sizes: Vec<usize> = count.into_iter().filter(|&c| c > 0).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    Pieces { sizes, in_largest }
}

impl Pieces {
    /// The largest piece's share of all walkable points.
    pub fn share(&self) -> f64 {
        self.sizes[0] as f64 / self.sizes.iter().sum::<usize>() as f64
    }
}
