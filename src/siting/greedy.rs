//! A plan, quickly: the best next candidate again and again, then exchanges as long as one helps.

use super::covering::Covering;

/// How often each cell is covered, and what that is worth.
struct Counts<'p> {
    problem: &'p Covering,
    times: Vec<u32>,
}

impl Counts<'_> {
    fn gain(&self, candidate: usize) -> u64 {
        self.sum(candidate, 0)
    }

    fn loss(&self, candidate: usize) -> u64 {
        self.sum(candidate, 1)
    }

    fn sum(&self, candidate: usize, times: u32) -> u64 {
        let cells = self.problem.covers[candidate].iter().map(|cell| *cell as usize);
        cells.filter(|cell| self.times[*cell] == times).map(|cell| self.problem.weights[cell]).sum()
    }

    fn put(&mut self, candidate: usize) {
        self.problem.covers[candidate].iter().for_each(|cell| self.times[*cell as usize] += 1);
    }

    fn take(&mut self, candidate: usize) {
        self.problem.covers[candidate].iter().for_each(|cell| self.times[*cell as usize] -= 1);
    }
}

/// At most `p` candidates, in order; the same every time. `begin` are taken first.
pub(super) fn greedy(problem: &Covering, begin: &[usize], p: usize) -> Vec<usize> {
    let mut counts = Counts { problem, times: vec![0; problem.weights.len()] };
    let mut chosen: Vec<usize> = begin.iter().copied().take(p).collect();
    for candidate in &chosen {
        counts.put(*candidate);
    }
    let best = |counts: &Counts<'_>| {
        let gains = (0..problem.covers.len()).map(|candidate| (counts.gain(candidate), candidate));
        // the largest gain, of equal ones the first
        gains.max_by_key(|(gain, candidate)| (*gain, std::cmp::Reverse(*candidate))).filter(|(gain, _)| *gain > 0)
    };
    while chosen.len() < p {
        let Some((_, candidate)) = best(&counts) else { break };
        counts.put(candidate);
        chosen.push(candidate);
    }
    // exchange one for the best other one until none helps
    let mut improved = true;
    while improved {
        improved = false;
        for place in &mut chosen {
            let old = *place;
            let loss = counts.loss(old);
            counts.take(old);
            let new = best(&counts).filter(|(gain, _)| *gain > loss).map_or(old, |(_, candidate)| candidate);
            counts.put(new);
            *place = new;
            improved |= new != old;
        }
    }
    chosen.sort_unstable();
    chosen
}
