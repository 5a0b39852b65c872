//! Tiny hand-drawn worlds, written as OSM XML. A world is a list of points by letter, each in metres east and north of a
//! place in the plain, then ways over these points. To draw the next one: name it after its situation, put the points on
//! paper first, and keep distances round, since at a metre a second metres are seconds.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use yimi::geo::LonLat;
use yimi::network::{BuildError, Built, build};
use yimi::osm::Extract;

/// A world as it is drawn.
#[derive(Default, Clone)]
pub struct Drawn {
    points: BTreeMap<char, ([f64; 2], String)>,
    ways: Vec<(String, String)>,
}

/// Degrees of a metre east and north at the place where worlds are drawn.
const DEGREES: [f64; 2] = [1.0 / 89_820.959, 1.0 / 110_964.572];
const HERE: [f64; 2] = [116.2, 36.3];

impl Drawn {
    /// A point, with tags such as `barrier=gate, locked=yes`.
    pub fn point(mut self, name: char, east: f64, north: f64, tags: &str) -> Self {
        self.points.insert(name, ([east, north], tags.to_owned()));
        self
    }

    /// Points without tags.
    pub fn points(self, points: &[(char, f64, f64)]) -> Self {
        points.iter().fold(self, |world, (name, east, north)| world.point(*name, *east, *north, ""))
    }

    /// A way over points by their letters, with tags.
    pub fn way(mut self, points: &str, tags: &str) -> Self {
        self.ways.push((points.to_owned(), tags.to_owned()));
        self
    }

    /// Where a point is.
    pub fn at(&self, name: char) -> LonLat {
        place(self.points[&name].0)
    }

    pub fn xml(&self) -> String {
        let mut xml = "<osm version=\"0.6\">\n".to_owned();
        for (name, (at, tags)) in &self.points {
            let at = place(*at);
            let (id, lon, lat) = (u32::from(*name), at.lon(), at.lat());
            writeln!(xml, "<node id=\"{id}\" lon=\"{lon:.7}\" lat=\"{lat:.7}\">{}</node>", xml_tags(tags))
                .expect("text");
        }
        for (id, (points, tags)) in self.ways.iter().enumerate() {
            write!(xml, "<way id=\"{}\">", id + 1).expect("text");
            for name in points.chars() {
                write!(xml, "<nd ref=\"{}\"/>", u32::from(name)).expect("text");
            }
            writeln!(xml, "{}</way>", xml_tags(tags)).expect("text");
        }
        xml + "</osm>\n"
    }

    /// The network of this world.
    pub fn built(&self) -> Built {
        self.try_built().expect("a network")
    }

    pub fn try_built(&self) -> Result<Built, BuildError> {
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        file.write_all(self.xml().as_bytes()).expect("written");
        build(&Extract::open(file.path())?, None, &mut |_, _| {})
    }
}

/// A place so many metres east and north.
pub fn place([east, north]: [f64; 2]) -> LonLat {
    LonLat::new(HERE[0] + east * DEGREES[0], HERE[1] + north * DEGREES[1]).expect("a position")
}

fn xml_tags(tags: &str) -> String {
    let pairs = tags.split(", ").filter_map(|tag| tag.split_once('='));
    let mut xml = String::new();
    for (key, value) in pairs {
        write!(xml, "<tag k=\"{key}\" v=\"{value}\"/>").expect("text");
    }
    xml
}

/// Two banks of a river, each with a street; no bridge.
pub fn a_river_without_bridge() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 1200.0, 0.0), ('c', 0.0, 250.0), ('d', 1200.0, 250.0), ('e', 600.0, 125.0)])
        .way("ab", "highway=residential")
        .way("cd", "highway=residential")
        .way("bd", "route=ferry, foot=yes")
}

/// A street over a trunk road that runs beneath it, 100 m before and behind.
pub fn a_bridge_over_a_road() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, -100.0), ('m', 0.0, 0.0), ('b', 0.0, 100.0), ('w', -100.0, 0.0), ('e', 100.0, 0.0)])
        .way("ab", "highway=residential, bridge=yes, layer=1")
        .way("wme", "highway=trunk, foot=yes")
}

/// Two streets across one trunk road, which nobody walks along: an unmarked crossing at `u`, signals 60 m beside it at
/// `s`; both banks are joined by paths.
pub fn a_crossing_with_signals_beside_an_unmarked_one() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, -20.0), ('b', 0.0, 20.0), ('c', 60.0, -20.0), ('d', 60.0, 20.0)])
        .points(&[('w', -300.0, 0.0), ('e', 300.0, 0.0)])
        .point('u', 0.0, 0.0, "highway=crossing, crossing=unmarked")
        .point('s', 60.0, 0.0, "highway=crossing, crossing=traffic_signals")
        .way("wuse", "highway=trunk")
        .way("aub", "highway=footway")
        .way("csd", "highway=footway")
        .way("ac", "highway=footway")
        .way("bd", "highway=footway")
}

/// Steps straight up, 30 m, and a ramp around, 150 m.
pub fn steps_and_a_ramp() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 30.0, 0.0), ('x', 0.0, 60.0), ('y', 30.0, 60.0)])
        .points(&[('p', -100.0, 0.0), ('q', 130.0, 0.0)])
        .way("pa", "highway=footway")
        .way("ab", "highway=steps")
        .way("bq", "highway=footway")
        .way("axyb", "highway=footway")
}
