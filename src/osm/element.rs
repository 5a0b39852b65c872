//! Nodes, ways, relations and their tags, as both formats give them.

use super::xml::Written;
use std::collections::HashSet;

/// One element. Degrees are WGS-84.
#[derive(Debug)]
pub enum Element<'a> {
    /// A position.
    Node {
        /// Its number among nodes.
        id: i64,
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
        /// What is said of it.
        tags: Tags<'a>,
    },
    /// A chain of nodes.
    Way {
        /// Its number among ways.
        id: i64,
        /// The nodes' numbers, in order; the last equals the first when the way is closed.
        refs: &'a [i64],
        /// What is said of it.
        tags: Tags<'a>,
    },
    /// Members with roles.
    Relation {
        /// Its number among relations.
        id: i64,
        /// Its members, in order.
        members: &'a [Member<'a>],
        /// What is said of it.
        tags: Tags<'a>,
    },
}

/// What a relation's member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// A node.
    Node,
    /// A way.
    Way,
    /// Another relation.
    Relation,
}

/// A member of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// What it is.
    pub kind: MemberKind,
    /// Its number among its kind.
    pub id: i64,
    /// What it is to the relation: `outer`, `inner`, often nothing.
    pub role: &'a str,
}

/// The tags of one element.
#[derive(Debug, Clone)]
pub struct Tags<'a>(Pairs<'a>);

#[derive(Debug, Clone)]
enum Pairs<'a> {
    Dense(osmpbf::DenseTagIter<'a>),
    Plain(osmpbf::TagIter<'a>),
    Written(std::slice::Iter<'a, (String, String)>),
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Dense(pairs) => pairs.next(),
            Self::Plain(pairs) => pairs.next(),
            Self::Written(pairs) => pairs.next().map(|(key, value)| (key.as_str(), value.as_str())),
        }
    }
}

impl<'a> Tags<'a> {
    /// The value under `key`. Looks through all tags: elements have few.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.iter().find_map(|(k, value)| (k == key).then_some(value))
    }

    /// All pairs of key and value, in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.0.clone()
    }

    /// Whether nothing is said of the element, as of most nodes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

/// Some thousand consecutive elements of a file.
#[derive(Debug)]
pub struct Block(Content);

#[derive(Debug)]
enum Content {
    Decoded(Box<osmpbf::PrimitiveBlock>),
    Written(Vec<Written>),
}

impl Block {
    pub(super) fn decoded(block: osmpbf::PrimitiveBlock) -> Self {
        Self(Content::Decoded(Box::new(block)))
    }

    pub(super) fn written(elements: Vec<Written>) -> Self {
        Self(Content::Written(elements))
    }

    /// Hands each element to `each`, in the file's order.
    pub fn for_each(&self, mut each: impl FnMut(Element<'_>)) {
        match &self.0 {
            Content::Decoded(block) => decoded(block, &mut each),
            Content::Written(elements) => elements.iter().for_each(|element| written(element, &mut each)),
        }
    }

    /// The nodes of the ways that are wanted, by the ways' numbers: what a relation is drawn with.
    #[must_use]
    pub fn ways_among(&self, wanted: &HashSet<i64>) -> Vec<(i64, Vec<i64>)> {
        let mut found = Vec::new();
        self.for_each(|element| {
            if let Element::Way { id, refs, .. } = element
                && wanted.contains(&id)
            {
                found.push((id, refs.to_vec()));
            }
        });
        found
    }
}

/// Nanodegrees as degrees. The division is rounded once, so that the shortest decimal is the one the mapper stored;
/// multiplying by 1e-9 would show 47.123456700000004.
fn degrees(nano: i64) -> f64 {
    nano as f64 / 1e9
}

fn decoded(block: &osmpbf::PrimitiveBlock, each: &mut impl FnMut(Element<'_>)) {
    let (mut refs, mut members) = (Vec::new(), Vec::new());
    for element in block.elements() {
        match element {
            osmpbf::Element::DenseNode(node) => each(Element::Node {
                id: node.id(),
                lon: degrees(node.nano_lon()),
                lat: degrees(node.nano_lat()),
                tags: Tags(Pairs::Dense(node.tags())),
            }),
            osmpbf::Element::Node(node) => each(Element::Node {
                id: node.id(),
                lon: degrees(node.nano_lon()),
                lat: degrees(node.nano_lat()),
                tags: Tags(Pairs::Plain(node.tags())),
            }),
            osmpbf::Element::Way(way) => {
                refs.clear();
                refs.extend(way.refs());
                each(Element::Way { id: way.id(), refs: &refs, tags: Tags(Pairs::Plain(way.tags())) });
            }
            osmpbf::Element::Relation(relation) => {
                members.clear();
                members.extend(relation.members().map(|member| Member {
                    kind: match member.member_type {
                        osmpbf::RelMemberType::Node => MemberKind::Node,
                        osmpbf::RelMemberType::Way => MemberKind::Way,
                        osmpbf::RelMemberType::Relation => MemberKind::Relation,
                    },
                    id: member.member_id,
                    role: member.role().unwrap_or_default(),
                }));
                let tags = Tags(Pairs::Plain(relation.tags()));
                each(Element::Relation { id: relation.id(), members: &members, tags });
            }
        }
    }
}

fn written(element: &Written, each: &mut impl FnMut(Element<'_>)) {
    match element {
        Written::Node { id, lon, lat, tags } => {
            each(Element::Node { id: *id, lon: *lon, lat: *lat, tags: Tags(Pairs::Written(tags.iter())) });
        }
        Written::Way { id, refs, tags } => {
            each(Element::Way { id: *id, refs, tags: Tags(Pairs::Written(tags.iter())) });
        }
        Written::Relation { id, members, tags } => {
            let members: Vec<Member<'_>> =
                members.iter().map(|(kind, id, role)| Member { kind: *kind, id: *id, role }).collect();
            each(Element::Relation { id: *id, members: &members, tags: Tags(Pairs::Written(tags.iter())) });
        }
    }
}
