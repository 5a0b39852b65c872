//! The passes over an extract: what matches, the ways that it is made of, the positions of their nodes.

use super::tags::TagReader;
use crate::import::centroid::{Place, of_chain, of_points, of_rings};
use crate::import::error::FileError;
use crate::import::reader::Each;
use crate::osm::{Block, Element, Extract, Member, MemberKind, OsmError, Rings};
use crate::site::{Catalogue, Cell, Draft, DraftProblem, Field};
use crate::text::Words;
use geo::Coord;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// How often the extract is read at most; progress is told in parts of this.
const PASSES: u64 = 3;

/// An opened extract.
pub(in crate::import) struct OsmFile {
    extract: Extract,
    reader: TagReader,
}

/// An element that is a site, before it is known where.
struct Match {
    cells: Vec<Cell>,
    shape: Shape,
}

enum Shape {
    Point(Place),
    /// The nodes of a way.
    Chain(Vec<i64>),
    /// The ways of a multipolygon.
    Rings {
        outer: Vec<i64>,
        inner: Vec<i64>,
    },
}

/// What shapes are made of.
#[derive(Default)]
struct Parts {
    ways: HashMap<i64, Vec<i64>>,
    nodes: HashMap<i64, Coord<f64>>,
}

impl OsmFile {
    pub(in crate::import) fn open(file: &Path, catalogue: &Catalogue) -> Result<Self, FileError> {
        Ok(Self { extract: Extract::open(file)?, reader: TagReader::new(catalogue) })
    }

    pub(in crate::import) fn has(&self, field: Field) -> bool {
        self.reader.has(field)
    }

    pub(in crate::import) fn for_each(&self, progress: &mut dyn FnMut(u64), each: Each<'_>) -> Result<(), FileError> {
        let matches = self.pass(0, progress, |block| matching(&self.reader, block))?;
        let parts = self.parts(&matches, progress)?;
        let [lon, lat]: [Arc<str>; 2] = ["lon", "lat"].map(Arc::from);
        for (line, Match { mut cells, shape }) in (1..).zip(matches) {
            let draft = match parts.place(&shape) {
                Some(place) => {
                    cells.push(Cell { field: Field::Lon, column: lon.clone(), value: place.lon.to_string() });
                    cells.push(Cell { field: Field::Lat, column: lat.clone(), value: place.lat.to_string() });
                    Ok(Draft { line, cells })
                }
                None => Err(nowhere(line, &cells)),
            };
            if each(draft).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn parts(&self, matches: &[Match], progress: &mut dyn FnMut(u64)) -> Result<Parts, OsmError> {
        let mut parts = Parts::default();
        let (mut ways, mut nodes) = (HashSet::new(), HashSet::new());
        for found in matches {
            match &found.shape {
                Shape::Point(_) => {}
                Shape::Chain(refs) => nodes.extend(refs),
                Shape::Rings { outer, inner } => ways.extend(outer.iter().chain(inner)),
            }
        }
        if !ways.is_empty() {
            parts.ways.extend(self.pass(1, progress, |block| block.ways_among(&ways))?);
            nodes.extend(parts.ways.values().flatten());
        }
        if !nodes.is_empty() {
            parts.nodes.extend(self.pass(2, progress, |block| nodes_among(&nodes, block))?);
        }
        Ok(parts)
    }

    /// Reads the extract once; gives what `map` finds in each block, in the file's order.
    fn pass<T: Send>(
        &self,
        pass: u64,
        progress: &mut dyn FnMut(u64),
        map: impl Fn(&Block) -> Vec<T> + Sync,
    ) -> Result<Vec<T>, OsmError> {
        let mut all = Vec::new();
        let all_bytes = self.extract.bytes();
        let in_part = &mut |bytes: u64| progress((all_bytes * pass + bytes) / PASSES);
        self.extract.read(in_part, map, |some| {
            all.extend(some);
            ControlFlow::Continue(())
        })?;
        Ok(all)
    }
}

/// The problem of an element none of whose nodes are in the extract.
fn nowhere(line: u64, cells: &[Cell]) -> DraftProblem {
    let element = cells.iter().find(|cell| cell.field == Field::SourceKey).map(|cell| cell.value.clone());
    DraftProblem {
        line,
        column: "lon, lat".to_owned(),
        found: element.unwrap_or_default(),
        wanted: Words::fixed("其节点也在文件中的要素", "an element whose nodes are in the file too"),
    }
}

fn matching(reader: &TagReader, block: &Block) -> Vec<Match> {
    let mut matches = Vec::new();
    block.for_each(|element| {
        let (name, id, tags) = match &element {
            Element::Node { id, tags, .. } => ("node", id, tags),
            Element::Way { id, tags, .. } => ("way", id, tags),
            Element::Relation { id, tags, .. } => ("relation", id, tags),
        };
        let Some(kind) = reader.kind(tags) else { return };
        let cells = |reader: &TagReader| reader.cells(format!("{name}/{id}"), kind, tags);
        let shape = match &element {
            Element::Node { lon, lat, .. } => Shape::Point(Place { lon: *lon, lat: *lat }),
            Element::Way { refs, .. } => Shape::Chain(refs.to_vec()),
            Element::Relation { members, tags, .. } => match tags.get("type") {
                Some("multipolygon" | "boundary") => {
                    Shape::Rings { outer: ways_of(members, &["outer", ""]), inner: ways_of(members, &["inner"]) }
                }
                _ => return,
            },
        };
        matches.push(Match { cells: cells(reader), shape });
    });
    matches
}

fn ways_of(members: &[Member<'_>], roles: &[&str]) -> Vec<i64> {
    let plays = |member: &&Member<'_>| member.kind == MemberKind::Way && roles.contains(&member.role);
    members.iter().filter(plays).map(|member| member.id).collect()
}

fn nodes_among(wanted: &HashSet<i64>, block: &Block) -> Vec<(i64, Coord<f64>)> {
    let mut found = Vec::new();
    block.for_each(|element| {
        if let Element::Node { id, lon, lat, .. } = element
            && wanted.contains(&id)
        {
            found.push((id, Coord { x: lon, y: lat }));
        }
    });
    found
}

impl Parts {
    fn place(&self, shape: &Shape) -> Option<Place> {
        match shape {
            Shape::Point(place) => Some(*place),
            // at the edge of an extract some nodes may lack; the others still tell where it is
            Shape::Chain(refs) => of_chain(&self.known(refs)),
            Shape::Rings { outer, inner } => self.area(outer, inner).or_else(|| {
                let refs = outer.iter().filter_map(|way| self.ways.get(way)).flatten();
                of_points(refs.filter_map(|node| self.nodes.get(node)).copied())
            }),
        }
    }

    /// The centroid of a multipolygon all of whose outer rings are in the extract and closed.
    fn area(&self, outer: &[i64], inner: &[i64]) -> Option<Place> {
        let ways: Vec<&[i64]> = outer.iter().map(|way| self.ways.get(way).map(Vec::as_slice)).collect::<Option<_>>()?;
        let rings = Rings::of(&ways);
        if !rings.open.is_empty() {
            return None;
        }
        let outer = rings.closed.iter().map(|ring| self.whole(ring)).collect::<Option<Vec<_>>>()?;
        let holes: Vec<&[i64]> = inner.iter().filter_map(|way| self.ways.get(way).map(Vec::as_slice)).collect();
        let inner: Vec<_> = Rings::of(&holes).closed.iter().filter_map(|ring| self.whole(ring)).collect();
        of_rings(&outer, &inner)
    }

    fn known(&self, refs: &[i64]) -> Vec<Coord<f64>> {
        refs.iter().filter_map(|node| self.nodes.get(node)).copied().collect()
    }

    fn whole(&self, refs: &[i64]) -> Option<Vec<Coord<f64>>> {
        refs.iter().map(|node| self.nodes.get(node).copied()).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::import::reader::testing::{Rows, catalogue, drafts, drafts_of, lines};
    use crate::site::{Draft, Field, Habit, parse};
    use std::collections::BTreeMap;
    use std::path::Path;

    /// A square of two degrees around (1, 1), nodes 1–4, a smaller one in its western half, nodes 5–8, and what is said of
    /// them.
    fn world(elements: &str) -> Rows {
        let corners = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0], [1, 0], [1, 2], [0, 2]];
        let nodes = joined((1..).zip(corners).map(|(id, [x, y])| format!(r#"<node id="{id}" lon="{x}" lat="{y}"/>"#)));
        drafts(format!("<osm>{nodes}{elements}</osm>").as_bytes()).expect("right")
    }

    fn joined(parts: impl Iterator<Item = String>) -> String {
        parts.collect()
    }

    fn tags(pairs: &[(&str, &str)]) -> String {
        joined(pairs.iter().map(|(key, value)| format!(r#"<tag k="{key}" v="{value}"/>"#)))
    }

    fn way(id: u32, refs: &[u32], pairs: &[(&str, &str)]) -> String {
        let refs = joined(refs.iter().map(|node| format!(r#"<nd ref="{node}"/>"#)));
        format!(r#"<way id="{id}">{refs}{}</way>"#, tags(pairs))
    }

    fn relation(members: &[(u32, &str)], pairs: &[(&str, &str)]) -> String {
        let member = |(way, role): &(u32, &str)| format!(r#"<member type="way" ref="{way}" role="{role}"/>"#);
        let members = joined(members.iter().map(member));
        format!(r#"<relation id="1">{members}{}</relation>"#, tags(pairs))
    }

    fn said<'a>(draft: &'a Draft, column: &str) -> Option<&'a str> {
        draft.cells.iter().find(|cell| &*cell.column == column).map(|cell| cell.value.as_str())
    }

    fn place(draft: &Draft) -> String {
        format!("{} {}", said(draft, "lon").expect("lon"), said(draft, "lat").expect("lat"))
    }

    const SCHOOL: (&str, &str) = ("amenity", "school");
    const AREA: (&str, &str) = ("type", "multipolygon");

    #[test]
    fn nodes_ways_and_multipolygons_stand_where_they_are() {
        let rows = world(
            &[
                format!(r#"<node id="9" lon="116.2432341" lat="36.3">{}</node>"#, tags(&[SCHOOL])),
                way(1, &[1, 2, 3, 4, 1], &[SCHOOL]),
                way(2, &[1, 2], &[("leisure", "playground")]),
                way(3, &[5, 6, 7, 8, 5], &[]),
                way(4, &[1, 2, 3], &[]),
                way(5, &[1, 4, 3], &[]),
                relation(&[(4, "outer"), (3, "inner"), (5, "")], &[SCHOOL, AREA]),
            ]
            .concat(),
        );
        let drafts: Vec<_> = rows.iter().map(|row| row.as_ref().expect("right")).collect();
        assert_eq!(lines(&rows), [1, 2, 3, 4]);
        assert_eq!(drafts.iter().map(|d| place(d)).collect::<Vec<_>>(), ["116.2432341 36.3", "1 1", "1 0", "1.5 1"]);
        let keys: Vec<_> = drafts.iter().filter_map(|d| said(d, "element")).collect();
        assert_eq!(keys, ["node/9", "way/1", "way/2", "relation/1"]);
    }

    #[test]
    fn rings_that_do_not_close_stand_at_the_centroid_of_their_points() {
        let open = way(4, &[1, 2, 3], &[]) + &relation(&[(4, "outer")], &[SCHOOL, AREA]);
        assert_eq!(place(world(&open)[0].as_ref().expect("right")), "1.3333333 0.6666667");
        let cut_off = way(4, &[1, 2, 3], &[]) + &relation(&[(4, "outer"), (77, "outer")], &[SCHOOL, AREA]);
        assert_eq!(place(world(&cut_off)[0].as_ref().expect("right")), "1.3333333 0.6666667");
    }

    #[test]
    fn what_has_no_node_in_the_extract_is_a_bad_row_and_other_relations_are_none() {
        let rows = world(&(way(1, &[70, 71], &[SCHOOL]) + &way(2, &[1, 2, 70], &[SCHOOL])));
        assert_eq!(rows[0].as_ref().expect_err("nowhere").found, "way/1");
        assert_eq!(place(rows[1].as_ref().expect("some nodes")), "1 0");
        assert!(world(&relation(&[(1, "outer")], &[SCHOOL, ("type", "site")])).is_empty());
        assert!(world(&way(1, &[1, 2], &[("disused:amenity", "school"), ("building", "school")])).is_empty());
    }

    #[test]
    fn tags_become_the_cells_of_their_kind() {
        let row = |pairs: &[(&str, &str)]| {
            let text = format!(r#"<node id="9" lon="1" lat="2">{}</node>"#, tags(pairs));
            world(&text).remove(0).expect("right")
        };
        let named = row(&[
            SCHOOL,
            ("name", "实验小学"),
            ("name:en", "Experimental"),
            ("operator", "教体局"),
            ("wheelchair", "yes"),
            ("contact:phone", "0635-1"),
            ("opening_hours", "Mo-Fr 08:00-17:00"),
            ("addr:city", "聊城市"),
            ("addr:district", "东阿县"),
            ("addr:street", "文化街"),
            ("addr:housenumber", "12"),
        ]);
        for (column, value) in [
            ("kind", "school"),
            ("name", "实验小学"),
            ("name:en", "Experimental"),
            ("operator", "教体局"),
            ("wheelchair", "yes"),
            ("phone", "0635-1"),
            ("opening_hours", "Mo-Fr 08:00-17:00"),
            ("addr", "聊城市东阿县文化街12号"),
        ] {
            assert_eq!(said(&named, column), Some(value), "{column}");
        }
        let unnamed = row(&[
            SCHOOL,
            ("name:en", "Ignored"),
            ("addr:street", "Landstrasse"),
            ("addr:housenumber", "5"),
            ("addr:city", "Vaduz"),
        ]);
        assert_eq!((said(&unnamed, "name"), said(&unnamed, "name:en")), (Some("学校"), Some("School")));
        assert_eq!(said(&unnamed, "addr"), Some("Landstrasse 5, Vaduz"));
        let chinese = row(&[SCHOOL, ("name:zh", "小学"), ("addr:city", "Vaduz")]);
        assert_eq!((said(&chinese, "name"), said(&chinese, "addr")), (Some("小学"), None));
    }

    #[test]
    fn real_extracts_give_their_sites() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm");
        if !folder.exists() {
            println!("skipped: no ../shared/data");
            return;
        }
        let catalogue = catalogue();
        for (name, expected) in [
            ("liechtenstein.osm.pbf", &[("school", 19), ("kindergarten", 6), ("playground", 17)][..]),
            ("monaco.osm.gz", &[("school", 2), ("reading_space", 1), ("hospital", 3)]),
            ("singapore-bayfront.osm.pbf", &[]),
            ("uncompressed-blobs.osm.pbf", &[]),
            ("porto-alegre.osm.pbf", &[]),
        ] {
            let rows = drafts_of(&folder.join(name)).expect(name);
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            let habit = Habit { datum: Some(crate::geo::Datum::Wgs84), lenient: true, kind: None };
            for row in &rows {
                let draft = row.as_ref().expect("all nodes are there");
                let site = parse(&catalogue, &habit, draft).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
                *counts.entry(catalogue.kind(site.kind).id.clone()).or_default() += 1;
                assert!(draft.cells.iter().any(|cell| cell.field == Field::SourceKey));
            }
            println!("{name}: {counts:?}");
            for (kind, least) in expected {
                assert!(counts.get(*kind).is_some_and(|count| count >= least), "{name}: {kind} {counts:?}");
            }
        }
    }
}
