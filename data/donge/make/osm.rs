//! The extract as OSM objects: points, ways and relations with their tags, numbered from 1 in the order they are added.

use std::collections::BTreeMap;

use crate::plane::{G, P};

/// Tags of an object.
pub type Tags = Vec<(&'static str, String)>;

/// One tag.
pub fn tag(key: &'static str, value: impl Into<String>) -> (&'static str, String) {
    (key, value.into())
}

/// A point.
pub struct Node {
    pub at: G,
    pub tags: Tags,
}

/// A way: the numbers of its points.
pub struct Way {
    pub tags: Tags,
    pub nodes: Vec<i64>,
}

/// A relation of ways: number and role.
pub struct Relation {
    pub tags: Tags,
    pub ways: Vec<(i64, &'static str)>,
}

/// Everything in the extract.
#[derive(Default)]
pub struct Osm {
    pub nodes: Vec<Node>,
    pub ways: Vec<Way>,
    pub relations: Vec<Relation>,
    index: BTreeMap<G, i64>,
}

impl Osm {
    /// The number of the point at a place, made when it is new: ways through the same place share it.
    pub fn node(&mut self, at: G) -> i64 {
        if let Some(&id) = self.index.get(&at) {
            return id;
        }
        let id = self.single(at, Vec::new());
        self.index.insert(at, id);
        id
    }

    /// A point of its own, such as a village's name.
    pub fn single(&mut self, at: G, tags: Tags) -> i64 {
        self.nodes.push(Node { at, tags });
        self.nodes.len() as i64
    }

    /// Adds tags to the point of a way at a place; nothing happens where there is none.
    pub fn mark(&mut self, at: G, tags: &[(&'static str, String)]) {
        if let Some(&id) = self.index.get(&at) {
            self.nodes[id as usize - 1].tags.extend_from_slice(tags);
        }
    }

    /// A way through places.
    pub fn way(&mut self, tags: Tags, through: &[G]) -> i64 {
        let nodes = through.iter().map(|&g| self.node(g)).collect();
        self.ways.push(Way { tags, nodes });
        self.ways.len() as i64
    }

    /// A closed way around a ring of the sheet.
    pub fn area(&mut self, tags: Tags, ring: &[P]) -> i64 {
        let mut through: Vec<G> = ring.iter().map(|at| at.g()).collect();
        through.push(through[0]);
        self.way(tags, &through)
    }

    /// West, south, east and north of all points.
    pub fn bounds(&self) -> [i32; 4] {
        self.nodes.iter().fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], |[w, s, e, n], node| {
            [w.min(node.at.lon), s.min(node.at.lat), e.max(node.at.lon), n.max(node.at.lat)]
        })
    }
}
