//! The least that could be done: the nearest of all sites from a junction, times only, over a compressed graph in the same
//! order with the sites standing at junctions, with a heap and no filter.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use yimi::network::{Network, Walk};

pub struct Bare {
    first: Vec<u32>,
    to: Vec<u32>,
    millis: Vec<u32>,
    /// Sites at each junction.
    sites: Vec<u16>,
    times: Vec<u32>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(u32, u32)>>,
}

impl Bare {
    pub fn of(walk: &Walk, sites: impl Iterator<Item = u32>) -> Self {
        let network: &Network = walk.network();
        let (mut first, mut to, mut millis) = (vec![0], Vec::new(), Vec::new());
        for node in 0..network.node_count() as u32 {
            for edge in &network.arcs()[network.arcs_at(node)] {
                to.push(network.edge(*edge).other(node));
                millis.push(walk.along(*edge, network.edge(*edge).length_mm));
            }
            first.push(to.len() as u32);
        }
        let mut at = vec![0; network.node_count()];
        sites.for_each(|node| at[node as usize] += 1);
        let times = vec![u32::MAX; network.node_count()];
        Self { first, to, millis, sites: at, times, touched: Vec::new(), heap: BinaryHeap::new() }
    }

    /// The time to the junction by which `limit` sites are met.
    pub fn search(&mut self, from: u32, limit: usize) -> usize {
        let Self { first, to, millis, sites, times, touched, heap } = self;
        touched.drain(..).for_each(|node| times[node as usize] = u32::MAX);
        heap.clear();
        times[from as usize] = 0;
        touched.push(from);
        heap.push(Reverse((0, from)));
        let mut met = 0;
        while let Some(Reverse((time, node))) = heap.pop() {
            if time > times[node as usize] {
                continue;
            }
            met += usize::from(sites[node as usize]);
            if met >= limit {
                return time as usize;
            }
            for arc in first[node as usize] as usize..first[node as usize + 1] as usize {
                let (to, there) = (to[arc], time + millis[arc]);
                if there < times[to as usize] {
                    if times[to as usize] == u32::MAX {
                        touched.push(to);
                    }
                    times[to as usize] = there;
                    heap.push(Reverse((there, to)));
                }
            }
        }
        met
    }
}
