//! From an extract to what a network is made of: the ways that matter, and where their nodes are.
//!
//! An extract gives nodes before the ways that use them, so it is read twice: for the ways, then for the nodes of these
//! ways; a third time in between when squares are drawn as multipolygons. Memory holds numbers, not elements: eight bytes
//! a node number of a way, twelve a node.

use super::access::{self, NodeUse, WayUse};
use super::crossing::Protection;
use super::graph::{MOST_NAMES, Traits};
use crate::geo::LonLat;
use crate::osm::{Block, Element, Extract, MemberKind, OsmError};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator, ParallelSliceMut};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// How often the extract is read; progress is told in parts of this.
const PASSES: u64 = 3;

/// A way that matters; its nodes end at `end` of all nodes of ways.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    end: usize,
    pub about: WayUse,
    pub name: u32,
}

/// Ways with their nodes, by place among [`Gathered::positions`].
#[derive(Debug, Default)]
pub(super) struct Gathered {
    ways: Vec<Way>,
    refs: Vec<u32>,
    /// Ten-millionths of a degree; nothing for a node that the extract does not have.
    pub positions: Vec<Option<[i32; 2]>>,
    pub nodes: Vec<NodeUse>,
    pub names: Vec<Box<str>>,
}

impl Gathered {
    /// The ways with their nodes.
    pub fn ways(&self) -> impl Iterator<Item = (&Way, &[u32])> {
        let starts = std::iter::once(0).chain(self.ways.iter().map(|way| way.end));
        self.ways.iter().zip(starts).map(|(way, start)| (way, &self.refs[start..way.end]))
    }
}

/// Ways with the numbers of their nodes as the file gives them.
#[derive(Default)]
struct Chains {
    ways: Vec<Way>,
    refs: Vec<i64>,
    names: Vec<Box<str>>,
    known: HashMap<Box<str>, u32>,
    /// Ways that bound a square.
    rims: HashSet<i64>,
    /// Ways that are there already.
    walked: HashSet<i64>,
}

/// A way of a block.
struct Drawn {
    id: i64,
    about: WayUse,
    name: Option<Box<str>>,
    refs: Vec<i64>,
}

/// What a block gives.
#[derive(Default)]
struct Part {
    ways: Vec<Drawn>,
    rims: Vec<i64>,
}

/// Reads the extract.
pub(super) fn gather(extract: &Extract, progress: &mut dyn FnMut(u64, u64)) -> Result<Gathered, OsmError> {
    let total = extract.bytes();
    let mut in_part = |pass: u64, bytes: u64| progress((total * pass + bytes) / PASSES, total);
    let mut chains = Chains { names: vec!["".into()], ..Chains::default() };
    extract.read(&mut |bytes| in_part(0, bytes), ways, |part| {
        chains.take(part);
        ControlFlow::Continue(())
    })?;
    let missing: HashSet<i64> = chains.rims.difference(&chains.walked).copied().collect();
    if !missing.is_empty() {
        extract.read(
            &mut |bytes| in_part(1, bytes),
            |block| rims(&missing, block),
            |part| {
                chains.take(part);
                ControlFlow::Continue(())
            },
        )?;
    }
    positions(extract, chains, &mut |bytes| in_part(2, bytes))
}

impl Chains {
    fn take(&mut self, part: Part) {
        self.rims.extend(part.rims);
        for Drawn { id, about, name, refs } in part.ways {
            if about.walked.is_some() {
                self.walked.insert(id);
            }
            let name = name.map_or(0, |name| self.name(name));
            self.refs.extend(refs);
            self.ways.push(Way { end: self.refs.len(), about, name });
        }
    }

    fn name(&mut self, name: Box<str>) -> u32 {
        let next = self.names.len();
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        if next >= MOST_NAMES {
            return 0;
        }
        self.names.push(name.clone());
        self.known.insert(name, next as u32);
        next as u32
    }
}

fn ways(block: &Block) -> Part {
    let mut part = Part::default();
    block.for_each(|element| match element {
        Element::Way { id, refs, tags } => {
            let about = access::of_way(&tags);
            if about.matters() {
                let name = about.walked.and_then(|_| tags.get("name").or_else(|| tags.get("ref")));
                part.ways.push(Drawn { id, about, name: name.map(Box::from), refs: refs.to_vec() });
            }
        }
        Element::Relation { members, tags, .. }
            if tags.get("type") == Some("multipolygon") && access::of_way(&tags).walked.is_some() =>
        {
            part.rims.extend(members.iter().filter(|member| member.kind == MemberKind::Way).map(|way| way.id));
        }
        _ => {}
    });
    part
}

/// The ways that bound squares and are no ways of their own.
fn rims(wanted: &HashSet<i64>, block: &Block) -> Part {
    let about = WayUse { walked: Some(Traits::default()), ..WayUse::default() };
    let mut part = Part::default();
    block.for_each(|element| {
        if let Element::Way { id, refs, .. } = element
            && wanted.contains(&id)
        {
            part.ways.push(Drawn { id, about, name: None, refs: refs.to_vec() });
        }
    });
    part
}

fn positions(extract: &Extract, chains: Chains, progress: &mut dyn FnMut(u64)) -> Result<Gathered, OsmError> {
    let mut ids = chains.refs.clone();
    ids.par_sort_unstable();
    ids.dedup();
    ids.shrink_to_fit();
    let mut gathered = Gathered {
        ways: chains.ways,
        refs: chains.refs.par_iter().map(|id| ids.partition_point(|known| known < id) as u32).collect(),
        positions: vec![None; ids.len()],
        nodes: vec![NodeUse::default(); ids.len()],
        names: chains.names,
    };
    extract.read(
        progress,
        |block| nodes_among(&ids, block),
        |found| {
            for (place, at, about) in found {
                gathered.positions[place] = Some(at);
                gathered.nodes[place] = about;
            }
            ControlFlow::Continue(())
        },
    )?;
    gathered.lend_protection();
    Ok(gathered)
}

fn nodes_among(ids: &[i64], block: &Block) -> Vec<(usize, [i32; 2], NodeUse)> {
    let mut found = Vec::new();
    block.for_each(|element| {
        if let Element::Node { id, lon, lat, tags } = element
            && let Ok(place) = ids.binary_search(&id)
            && let Ok(at) = LonLat::new(lon, lat)
        {
            found.push((place, at.e7(), access::of_node(&tags)));
        }
    });
    found
}

impl Gathered {
    /// A crossing that is tagged on the footway rather than on the node protects the nodes of the footway.
    fn lend_protection(&mut self) {
        let lent: Vec<(u32, Protection)> = self
            .ways()
            .filter_map(|(way, refs)| way.about.protection.map(|protection| (refs, protection)))
            .flat_map(|(refs, protection)| refs.iter().map(move |node| (*node, protection)))
            .collect();
        for (node, protection) in lent {
            let known = &mut self.nodes[node as usize].protection;
            *known = (*known).max(Some(protection));
        }
    }
}
