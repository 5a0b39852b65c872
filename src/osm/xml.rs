//! OSM XML: `<osm>` with `<node>`, `<way>` and `<relation>`, streamed.
//!
//! No entity but the five of XML is expanded, so a document can't grow by its own definitions. Editors mark what a mapper
//! has removed with `action="delete"` or `visible="false"`; such elements are left out.

use super::element::{Block, MemberKind};
use super::error::{OsmError, XmlFault};
use super::guard::{Guard, TooLong};
use crate::text::Words;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::io::{BufRead, ErrorKind};
use std::ops::ControlFlow;
use std::path::Path;
use std::str::FromStr;

/// Elements in one block.
const BLOCK_ELEMENTS: usize = 8192;
/// Text in one block, bytes: a block of unusually long elements is handed on earlier.
const BLOCK_BYTES: u64 = 8 << 20;

/// An element as XML gives it.
#[derive(Debug)]
pub(super) enum Written {
    Node { id: i64, lon: f64, lat: f64, tags: Vec<(String, String)> },
    Way { id: i64, refs: Vec<i64>, tags: Vec<(String, String)> },
    Relation { id: i64, members: Vec<(MemberKind, i64, String)>, tags: Vec<(String, String)> },
}

/// Reads all elements, block by block.
pub(super) fn read(
    file: &Path,
    input: impl BufRead,
    progress: &mut dyn FnMut(),
    mut each: impl FnMut(Block) -> ControlFlow<()>,
) -> Result<(), OsmError> {
    let mut xml = Parser::new(file, input);
    loop {
        let block = xml.block()?;
        progress();
        if block.is_empty() || each(Block::written(block)).is_break() {
            return Ok(());
        }
    }
}

/// Refuses XML whose root is not `osm`. The root may lie further in than `head` reaches; then it is found on reading.
pub(super) fn check_root(file: &Path, head: &[u8]) -> Result<(), OsmError> {
    let mut xml = Reader::from_reader(head);
    let mut buffer = Vec::new();
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) => return root(file, &start),
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    Ok(())
}

fn root(file: &Path, start: &BytesStart<'_>) -> Result<(), OsmError> {
    let name = start.name();
    if name.as_ref() == "osm" {
        return Ok(());
    }
    let name: String = name.as_ref().chars().take(40).collect();
    let found = Words::new(format!("根元素为 <{name}> 的 XML"), format!("XML with the root <{name}>"));
    Err(OsmError::NotOsm { file: file.to_owned(), found })
}

struct Parser<'a, R> {
    file: &'a Path,
    xml: Reader<Guard<R>>,
    buffer: Vec<u8>,
    depth: usize,
    current: Option<Written>,
    ended: bool,
}

impl<'a, R: BufRead> Parser<'a, R> {
    fn new(file: &'a Path, input: R) -> Self {
        let xml = Reader::from_reader(Guard::new(input));
        Self { file, xml, buffer: Vec::new(), depth: 0, current: None, ended: false }
    }

    /// The next elements; none at the end of the file.
    fn block(&mut self) -> Result<Vec<Written>, OsmError> {
        let (mut elements, mut bytes) = (Vec::new(), 0);
        while elements.len() < BLOCK_ELEMENTS && bytes < BLOCK_BYTES && !self.ended {
            elements.extend(self.step()?);
            if self.depth <= 1 {
                bytes += self.xml.get_mut().restart();
            }
        }
        Ok(elements)
    }

    /// Takes one tag; gives the element that it completes.
    fn step(&mut self) -> Result<Option<Written>, OsmError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let event = match self.xml.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.broken(error)),
        };
        let mut done = None;
        match event {
            Event::Start(start) => {
                self.open(&start)?;
                self.depth += 1;
            }
            Event::Empty(start) => {
                self.open(&start)?;
                done = (self.depth == 1).then(|| self.current.take()).flatten();
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                done = (self.depth == 1).then(|| self.current.take()).flatten();
                self.ended = self.depth == 0;
            }
            Event::Eof => return Err(self.wrong(XmlFault::Unfinished)),
            _ => {}
        }
        self.buffer = buffer;
        Ok(done)
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), OsmError> {
        if self.depth == 0 {
            return root(self.file, start);
        }
        let taken = if self.depth == 1 {
            element(start).map(|element| self.current = element)
        } else {
            self.current.as_mut().map_or(Ok(()), |element| part(element, start))
        };
        taken.map_err(|fault| self.wrong(fault))
    }

    fn wrong(&self, fault: XmlFault) -> OsmError {
        OsmError::Xml { file: self.file.to_owned(), line: self.xml.get_ref().line(), fault }
    }

    fn broken(&self, error: quick_xml::Error) -> OsmError {
        match error {
            quick_xml::Error::Io(source) if matches!(source.get_ref(), Some(inner) if inner.is::<TooLong>()) => {
                OsmError::TooLong { file: self.file.to_owned(), line: self.xml.get_ref().line() }
            }
            quick_xml::Error::Io(source) if source.kind() == ErrorKind::UnexpectedEof => {
                self.wrong(XmlFault::CutOff(source))
            }
            quick_xml::Error::Io(source) => {
                let source = std::io::Error::new(source.kind(), source);
                OsmError::Unreadable { file: self.file.to_owned(), source }
            }
            other => self.wrong(XmlFault::Broken(other)),
        }
    }
}

/// The element that a tag begins, unless it is another tag (`bounds`, `changeset`) or a removed element.
fn element(start: &BytesStart<'_>) -> Result<Option<Written>, XmlFault> {
    let name = start.name();
    if !matches!(name.as_ref(), "node" | "way" | "relation") {
        return Ok(None);
    }
    let [id, lon, lat, visible, action] = attributes(start, ["id", "lon", "lat", "visible", "action"])?;
    if visible.as_deref() == Some("false") || action.as_deref() == Some("delete") {
        return Ok(None);
    }
    let id = number(id, "id")?;
    let tags = Vec::new();
    Ok(Some(match name.as_ref() {
        "node" => Written::Node { id, lon: number(lon, "lon")?, lat: number(lat, "lat")?, tags },
        "way" => Written::Way { id, refs: Vec::new(), tags },
        _ => Written::Relation { id, members: Vec::new(), tags },
    }))
}

/// Adds to `element` what a tag within it says.
fn part(element: &mut Written, start: &BytesStart<'_>) -> Result<(), XmlFault> {
    match (start.name().as_ref(), element) {
        ("tag", Written::Node { tags, .. } | Written::Way { tags, .. } | Written::Relation { tags, .. }) => {
            let [key, value] = attributes(start, ["k", "v"])?;
            tags.extend(key.zip(value));
        }
        ("nd", Written::Way { refs, .. }) => {
            let [node] = attributes(start, ["ref"])?;
            refs.push(number(node, "ref")?);
        }
        ("member", Written::Relation { members, .. }) => members.push(member(start)?),
        _ => {}
    }
    Ok(())
}

/// The values of the named attributes, each if there.
fn attributes<const N: usize>(start: &BytesStart<'_>, names: [&str; N]) -> Result<[Option<String>; N], XmlFault> {
    let mut values = [const { None }; N];
    // the check for an attribute that stands twice compares each with each, which an element of megabytes would abuse
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| XmlFault::Broken(error.into()))?;
        if let Some(place) = names.iter().position(|name| attribute.key.as_ref() == *name) {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(XmlFault::Broken)?;
            values[place] = Some(value.into_owned());
        }
    }
    Ok(values)
}

fn number<T: FromStr>(found: Option<String>, name: &'static str) -> Result<T, XmlFault> {
    let found = found.unwrap_or_default();
    found.trim().parse().ok().ok_or_else(|| XmlFault::Number { name, found: found.chars().take(40).collect() })
}

fn member(start: &BytesStart<'_>) -> Result<(MemberKind, i64, String), XmlFault> {
    let [kind, id, role] = attributes(start, ["type", "ref", "role"])?;
    let kind = match kind.as_deref() {
        Some("node") => MemberKind::Node,
        Some("way") => MemberKind::Way,
        Some("relation") => MemberKind::Relation,
        other => return Err(XmlFault::MemberType(other.unwrap_or_default().chars().take(40).collect())),
    };
    Ok((kind, number(id, "ref")?, role.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::osm::Element;

    /// Each element in short, or what is wrong with the text.
    fn read_all(text: &str) -> Result<Vec<String>, OsmError> {
        let mut found = Vec::new();
        read(Path::new("x.osm"), text.as_bytes(), &mut || (), |block| {
            block.for_each(|element| {
                found.push(match element {
                    Element::Node { id, lon, lat, tags } => format!("n{id} {lon} {lat} {:?}", tags.get("name")),
                    Element::Way { id, refs, tags } => format!("w{id} {refs:?} {}", tags.iter().count()),
                    Element::Relation { id, members, .. } => format!("r{id} {} {}", members[0].id, members[0].role),
                });
            });
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    #[test]
    fn nodes_ways_and_relations_are_read_and_removed_ones_left_out() {
        let text = r#"<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6"><bounds minlat="1"/>
 <node id="1" lat="36.3" lon="116.2"/>
 <node id="-2" lat="36.4" lon="116.25"><tag k="name" v="&quot;东阿&quot; &#23567;学"/></node>
 <node id="3" visible="false"/>
 <way id="7"><nd ref="1"/><nd ref="-2"/><tag k="a" v="b"/></way>
 <relation id="9"><member type="way" ref="7" role="outer"/></relation>
</osm>"#;
        let expected =
            ["n1 116.2 36.3 None", "n-2 116.25 36.4 Some(\"\\\"东阿\\\" 小学\")", "w7 [1, -2] 1", "r9 7 outer"];
        assert_eq!(read_all(text).expect("right"), expected);
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, line, reason) in [
            ("<osm>\n<node id=\"1\" lat=\"x\" lon=\"2\"/>\n</osm>", 2, "found lat=\"x\"; wanted a number"),
            ("<osm>\n\n<way id=\"1\"><nd/></way></osm>", 3, "found ref=\"\""),
            ("<osm>\n<relation id=\"1\"><member type=\"area\" ref=\"1\"/></relation></osm>", 2, "type \"area\""),
            ("<osm>\n<node id=\"1\" lat=\"1\" lon=\"2\"/>\n", 3, "ends before </osm>"),
            ("<osm>\n<node id=\"1\" lat=\"1\" lon=\"2\"></way></osm>", 2, "node"),
            ("<osm>\n<node id=\"&bomb;\" lat=\"1\" lon=\"2\"/></osm>", 2, "bomb"),
        ] {
            let error = read_all(text).expect_err(text);
            assert!(matches!(&error, OsmError::Xml { line: l, .. } if *l == line), "{text}: {error}");
            assert!(error.to_string().contains(reason), "{text}: {error}");
        }
        assert!(matches!(read_all("<kml></kml>"), Err(OsmError::NotOsm { .. })));
    }

    /// `<osm><way id="1">` and then the same member for ever.
    struct Endless(&'static [u8]);

    impl std::io::Read for Endless {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                self.0 = b"<nd ref=\"1\"/>";
            }
            self.0.read(out)
        }
    }

    #[test]
    fn an_element_that_never_ends_is_refused_before_it_fills_memory() {
        let input = std::io::BufReader::new(Endless(b"<osm>\n<way id=\"1\">"));
        let error = read(Path::new("x.osm"), input, &mut || (), |_| ControlFlow::Continue(())).expect_err("endless");
        assert!(matches!(error, OsmError::TooLong { line: 2, .. }), "{error}");
        let input = std::io::BufReader::new(Endless(b"<osm>\n<way id=\""));
        let error = read(Path::new("x.osm"), input, &mut || (), |_| ControlFlow::Continue(()));
        assert!(error.is_err());
    }
}
