//! `areas.geojson`: the ten towns as polygons (RFC 7946), one feature a line.

use std::fmt::Write;

use crate::borders::{Outlines, Vertex};
use crate::facts::{SUBDISTRICTS, TOWNS};

const NOTE: &str = "示例数据,界线为示意 / demonstration data, schematic outline";

fn ring(ring: &[Vertex]) -> String {
    let mut text = String::new();
    for (lon, lat) in ring.iter().chain(ring.first()) {
        let _ = write!(
            text,
            "{}[{:.5},{:.5}]",
            if text.is_empty() { "" } else { "," },
            *lon as f64 / 1e5,
            *lat as f64 / 1e5
        );
    }
    text
}

/// The file's text.
pub fn write(outlines: &Outlines) -> String {
    let mut text = String::from(
        "{\"type\":\"FeatureCollection\",\n\"name\":\"东阿县示例乡镇 / Dong'e demonstration towns\",\n\"demonstration\":true,\n\
         \"notice\":\"示例数据:名称与代码为真,界线为示意,不得用作行政区划依据。 Demonstration data: names and codes are real, \
         outlines are schematic and say nothing about administrative boundaries.\",\n\"features\":[\n",
    );
    for (i, (t, outline)) in TOWNS.iter().zip(&outlines.towns).enumerate() {
        let kind = if i < SUBDISTRICTS { "subdistrict" } else { "town" };
        let _ = writeln!(
            text,
            "{{\"type\":\"Feature\",\"id\":\"{code}\",\"properties\":{{\"code\":\"{code}\",\"name\":\"{}\",\"name_en\":\"{}\",\
             \"kind\":\"{kind}\",\"county\":\"东阿县\",\"county_en\":\"Dong'e County\",\"label\":[{:.4},{:.4}],\
             \"outline\":\"schematic\",\"source\":\"demonstration\",\"note\":\"{NOTE}\"}},\
             \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{}]]}}}}{}",
            t.name,
            t.name_en,
            t.lon,
            t.lat,
            ring(outline),
            if i + 1 < TOWNS.len() { "," } else { "" },
            code = t.code,
        );
    }
    text.push_str("]}\n");
    text
}
