//! The least that could be done: the nearest of some junctions for every junction, times only, over a compressed graph in
//! the same order, with a ring of buckets.

use yimi::network::{Network, Walk};

pub struct Bare {
    first: Vec<u32>,
    to: Vec<u32>,
    millis: Vec<u32>,
    longest: u32,
    times: Vec<u32>,
    slots: Vec<Vec<u32>>,
}

impl Bare {
    pub fn of(walk: &Walk) -> Self {
        let network: &Network = walk.network();
        let (mut first, mut to, mut millis) = (vec![0], Vec::new(), Vec::new());
        for node in 0..network.node_count() as u32 {
            for edge in &network.arcs()[network.arcs_at(node)] {
                to.push(network.edge(*edge).other(node));
                millis.push(walk.along(*edge, network.edge(*edge).length_mm));
            }
            first.push(to.len() as u32);
        }
        let longest = millis.iter().copied().max().unwrap_or(0);
        Self { first, to, millis, longest, times: Vec::new(), slots: Vec::new() }
    }

    /// Times to all junctions, in buckets of `1 << shift` milliseconds.
    pub fn search(&mut self, starts: impl Iterator<Item = (u32, u32)>, shift: u32) -> &[u32] {
        let Self { first, to, millis, longest, times, slots } = self;
        times.clear();
        times.resize(first.len() - 1, u32::MAX);
        let count = ((*longest >> shift) as usize + 2).next_power_of_two();
        slots.resize_with(count, Vec::new);
        let mask = count - 1;
        let mut held = 0_usize;
        for (node, time) in starts {
            if time < times[node as usize] {
                times[node as usize] = time;
                slots[(time >> shift) as usize & mask].push(node);
                held += 1;
            }
        }
        let mut now = 0_u32;
        while held > 0 {
            while let Some(node) = slots[now as usize & mask].pop() {
                held -= 1;
                let time = times[node as usize];
                if time >> shift != now {
                    continue;
                }
                for arc in first[node as usize] as usize..first[node as usize + 1] as usize {
                    let (to, there) = (to[arc], time + millis[arc]);
                    if there < times[to as usize] {
                        times[to as usize] = there;
                        slots[(there >> shift) as usize & mask].push(to);
                        held += 1;
                    }
                }
            }
            now += 1;
        }
        times
    }
}
