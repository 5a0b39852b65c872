//! From an extract to features: which elements are drawn, what they are made of, where their nodes are.
//!
//! An extract gives nodes, then ways, then relations, so it is read up to three times: for what is drawn, for the ways of
//! multipolygons, for the positions of the nodes. Memory holds what is drawn, eight bytes a node number.

use super::class::{Class, PlaceKind};
use super::map::{BaseMap, Parts};
use super::shape::Shape;
use super::tags::{self, Level};
use super::world::{Step, degrees, step};
use crate::geo::LonLat;
use crate::osm::{Block, Element, Extract, Member, MemberKind, OsmError, Rings};
use crate::text::Words;
use rayon::prelude::ParallelSliceMut;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// How often the extract is read; progress is told in parts of this.
const PASSES: u64 = 3;
/// A clip is looked for at least every so many steps along an edge: some 300 m.
const STRIDE: f64 = 10_000.0;
/// What the `source` of a file's header says when its data are made up for show.
const DEMONSTRATION: &str = "demonstration";

/// Which part of an extract is wanted: what has a point in it, and areas that hold all of it.
pub struct Wanted<'a> {
    /// Whether a position is wanted.
    pub within: &'a dyn Fn(LonLat) -> bool,
    /// Some positions that are, for areas so large that no edge of theirs comes near.
    pub probes: &'a [LonLat],
}

/// Something that is drawn, before it is known where.
struct Drawn {
    class: Class,
    level: Level,
    name: Option<Words>,
    chains: Chains,
}

enum Chains {
    /// The nodes of a line.
    Line(Vec<i64>),
    /// The nodes of a ring.
    Ring(Vec<i64>),
    /// The ways of a multipolygon.
    Ways { outer: Vec<i64>, inner: Vec<i64> },
}

struct Named {
    kind: PlaceKind,
    name: Words,
    at: LonLat,
}

/// What a block gives.
#[derive(Default)]
struct Part {
    drawn: Vec<Drawn>,
    named: Vec<Named>,
}

/// Makes a base map of an extract, or of the part that is wanted. `progress` is told bytes read and in all.
pub fn gather(
    extract: &Extract,
    wanted: Option<&Wanted<'_>>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<BaseMap, OsmError> {
    let total = extract.bytes();
    let mut in_part = |pass: u64, bytes: u64| progress((total * pass + bytes) / PASSES, total);
    let mut found = Part::default();
    extract.read(&mut |bytes| in_part(0, bytes), elements, |part| {
        found.drawn.extend(part.drawn);
        found.named.extend(part.named);
        ControlFlow::Continue(())
    })?;
    let ways = members(extract, &found.drawn, &mut |bytes| in_part(1, bytes))?;
    let nodes = Nodes::read(extract, &found.drawn, &ways, &mut |bytes| in_part(2, bytes))?;
    let demonstration = extract.source()?.is_some_and(|source| source.contains(DEMONSTRATION));
    let mut parts = Parts::new(demonstration);
    for Named { kind, name, at } in found.named {
        if wanted.is_none_or(|wanted| (wanted.within)(at)) {
            parts.place(kind, &name, at, 0.0);
        }
    }
    for drawn in &found.drawn {
        draw(&mut parts, drawn, &nodes, &ways, wanted);
    }
    Ok(BaseMap::new(parts))
}

fn elements(block: &Block) -> Part {
    let mut part = Part::default();
    block.for_each(|element| match element {
        Element::Node { lon, lat, tags, .. } => {
            if let Some(kind) = tags::place(&tags)
                && let Some(name) = tags::name(&tags)
                && let Ok(at) = LonLat::new(lon, lat)
            {
                part.named.push(Named { kind, name, at });
            }
        }
        Element::Way { refs, tags, .. } => {
            let closed = refs.len() > 3 && refs.first() == refs.last();
            if let Some(class) = tags::class(&tags, closed) {
                let chain = refs.to_vec();
                let chains = if class.layer().is_area() { Chains::Ring(chain) } else { Chains::Line(chain) };
                part.drawn.push(Drawn { class, level: tags::level(&tags), name: name_of(class, &tags), chains });
            }
        }
        Element::Relation { members, tags, .. } => {
            if tags.get("type") == Some("multipolygon")
                && let Some(class) = tags::class(&tags, true).filter(|class| class.layer().is_area())
            {
                let chains =
                    Chains::Ways { outer: playing(members, &["outer", ""]), inner: playing(members, &["inner"]) };
                part.drawn.push(Drawn { class, level: Level::Ground, name: name_of(class, &tags), chains });
            }
        }
    });
    part
}

/// The name where one is drawn: on roads, waters and parks. Houses and fields stay without.
fn name_of(class: Class, tags: &crate::osm::Tags<'_>) -> Option<Words> {
    let shown = !class.layer().is_area() || label_kind(class).is_some();
    shown.then(|| tags::name(tags)).flatten()
}

fn label_kind(class: Class) -> Option<PlaceKind> {
    match class {
        Class::Water => Some(PlaceKind::Lake),
        Class::Park | Class::Wood => Some(PlaceKind::Park),
        _ => None,
    }
}

fn playing(members: &[Member<'_>], roles: &[&str]) -> Vec<i64> {
    let plays = |member: &&Member<'_>| member.kind == MemberKind::Way && roles.contains(&member.role);
    members.iter().filter(plays).map(|member| member.id).collect()
}

/// The ways that multipolygons are made of.
fn members(
    extract: &Extract,
    drawn: &[Drawn],
    progress: &mut dyn FnMut(u64),
) -> Result<HashMap<i64, Vec<i64>>, OsmError> {
    let of = |drawn: &Drawn| match &drawn.chains {
        Chains::Ways { outer, inner } => outer.iter().chain(inner).copied().collect(),
        _ => Vec::new(),
    };
    let wanted: HashSet<i64> = drawn.iter().flat_map(of).collect();
    let mut ways = HashMap::new();
    if wanted.is_empty() {
        return Ok(ways);
    }
    extract.read(
        progress,
        |block| block.ways_among(&wanted),
        |found| {
            ways.extend(found);
            ControlFlow::Continue(())
        },
    )?;
    Ok(ways)
}

/// Where the nodes are of all that is drawn.
struct Nodes {
    ids: Vec<i64>,
    /// Nothing for a node that the extract does not have.
    steps: Vec<Option<Step>>,
}

impl Nodes {
    fn read(
        extract: &Extract,
        drawn: &[Drawn],
        ways: &HashMap<i64, Vec<i64>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Self, OsmError> {
        let mut ids: Vec<i64> = ways.values().flatten().copied().collect();
        for drawn in drawn {
            if let Chains::Line(chain) | Chains::Ring(chain) = &drawn.chains {
                ids.extend(chain);
            }
        }
        ids.par_sort_unstable();
        ids.dedup();
        ids.shrink_to_fit();
        let mut nodes = Self { steps: vec![None; ids.len()], ids };
        if nodes.ids.is_empty() {
            return Ok(nodes);
        }
        let ids = &nodes.ids;
        let among = |block: &Block| {
            let mut found = Vec::new();
            block.for_each(|element| {
                if let Element::Node { id, lon, lat, .. } = element
                    && let Ok(place) = ids.binary_search(&id)
                    && let Ok(at) = LonLat::new(lon, lat)
                {
                    found.push((place, step(at)));
                }
            });
            found
        };
        let steps = &mut nodes.steps;
        extract.read(progress, among, |found| {
            for (place, at) in found {
                steps[place] = Some(at);
            }
            ControlFlow::Continue(())
        })?;
        Ok(nodes)
    }

    fn step(&self, id: i64) -> Option<Step> {
        self.ids.binary_search(&id).ok().and_then(|place| self.steps[place])
    }

    /// The parts of a chain whose nodes are there: at the edge of an extract some are not.
    fn runs(&self, chain: &[i64]) -> Vec<Vec<Step>> {
        let steps: Vec<Option<Step>> = chain.iter().map(|id| self.step(*id)).collect();
        let runs = steps.split(Option::is_none).map(|run| run.iter().flatten().copied().collect::<Vec<_>>());
        runs.filter(|run| run.len() > 1).collect()
    }

    fn known(&self, chain: &[i64]) -> Vec<Step> {
        chain.iter().filter_map(|id| self.step(*id)).collect()
    }
}

fn draw(parts: &mut Parts, drawn: &Drawn, nodes: &Nodes, ways: &HashMap<i64, Vec<i64>>, wanted: Option<&Wanted<'_>>) {
    let shapes = match &drawn.chains {
        Chains::Line(chain) => {
            for mut run in nodes.runs(chain) {
                run.dedup();
                if run.len() > 1 && wanted.is_none_or(|wanted| wanted.touches(&run, None)) {
                    parts.line(drawn.class, drawn.level, drawn.name.as_ref(), &run);
                }
            }
            return;
        }
        Chains::Ring(chain) => Shape::assemble(&[nodes.known(chain)], &[]),
        Chains::Ways { outer, inner } => {
            let rings = |ids: &[i64]| {
                let chains: Vec<&[i64]> = ids.iter().filter_map(|id| ways.get(id).map(Vec::as_slice)).collect();
                // a ring that the extract cuts open is left out: closed with a straight line it would flood a town
                Rings::of(&chains).closed.iter().map(|ring| nodes.known(ring)).collect::<Vec<_>>()
            };
            Shape::assemble(&rings(outer), &rings(inner))
        }
    };
    let kept: Vec<Shape> = shapes
        .into_iter()
        .filter(|shape| wanted.is_none_or(|wanted| wanted.touches(&shape.rings[0], Some(shape))))
        .collect();
    for shape in &kept {
        parts.area(drawn.class, shape);
    }
    // a name stands once, on the largest part
    let largest = kept.iter().max_by(|a, b| a.area().total_cmp(&b.area()));
    if let Some(kind) = label_kind(drawn.class)
        && let Some(name) = &drawn.name
        && let Some((shape, [lon, lat])) = largest.and_then(|shape| Some((shape, degrees(shape.middle()?))))
        && let Ok(at) = LonLat::new(lon, lat)
    {
        parts.place(kind, name, at, shape.area());
    }
}

impl Wanted<'_> {
    /// Whether a line, or the edge of an area, comes into what is wanted, or the area holds some of it.
    fn touches(&self, chain: &[Step], area: Option<&Shape>) -> bool {
        let is_wanted = |[x, y]: [f64; 2]| {
            let [lon, lat] = degrees([x, y]);
            LonLat::new(lon, lat).is_ok_and(self.within)
        };
        let wide = |[x, y]: Step| [f64::from(x), f64::from(y)];
        let closing = area.and_then(|_| chain.first());
        let ends = chain.iter().skip(1).chain(closing);
        let mut edges = chain.iter().zip(ends).map(|(a, b)| (wide(*a), wide(*b)));
        edges.any(|(a, b)| {
            let count = ((a[0] - b[0]).abs().max((a[1] - b[1]).abs()) / STRIDE).ceil().max(1.0);
            (0..=count as u32).any(|k| {
                let t = f64::from(k) / count;
                is_wanted([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
            })
        }) || area.is_some_and(|shape| self.probes.iter().any(|probe| shape.holds(step(*probe))))
    }
}
