//! The OSM PBF format (`OSM-binary`: fileformat.proto, osmformat.proto): length-prefixed blobs, zlib inside, dense points,
//! a string table per block, at most 8,000 objects a block. Sorted by type, then number.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::osm::{Osm, Tags};

const BLOCK: usize = 8_000;

fn varint(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

fn number(out: &mut Vec<u8>, field: u64, n: u64) {
    varint(out, field << 3);
    varint(out, n);
}

fn bytes(out: &mut Vec<u8>, field: u64, content: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, content.len() as u64);
    out.extend_from_slice(content);
}

fn packed(out: &mut Vec<u8>, field: u64, numbers: impl IntoIterator<Item = u64>) {
    let mut content = Vec::new();
    for n in numbers {
        varint(&mut content, n);
    }
    if !content.is_empty() {
        bytes(out, field, &content);
    }
}

/// Each number as its difference from the one before.
fn deltas(numbers: impl IntoIterator<Item = i64>) -> impl Iterator<Item = u64> {
    let mut before = 0;
    numbers.into_iter().map(move |n| {
        let step = n - before;
        before = n;
        zigzag(step)
    })
}

/// The strings of a block, each once; number 0 is kept empty.
struct Strings {
    list: Vec<String>,
    index: BTreeMap<String, u64>,
}

impl Strings {
    fn new() -> Self {
        Self { list: vec![String::new()], index: BTreeMap::new() }
    }

    fn id(&mut self, text: &str) -> u64 {
        if let Some(&id) = self.index.get(text) {
            return id;
        }
        let id = self.list.len() as u64;
        self.list.push(text.to_owned());
        self.index.insert(text.to_owned(), id);
        id
    }

    /// Keys and values of tags as two fields.
    fn tags(&mut self, out: &mut Vec<u8>, tags: &Tags) {
        let ids: Vec<(u64, u64)> = tags.iter().map(|(k, v)| (self.id(k), self.id(v))).collect();
        packed(out, 2, ids.iter().map(|t| t.0));
        packed(out, 3, ids.iter().map(|t| t.1));
    }

    /// A whole block: string table and one group.
    fn block(&self, group: &[u8]) -> Vec<u8> {
        let (mut table, mut block) = (Vec::new(), Vec::new());
        for text in &self.list {
            bytes(&mut table, 1, text.as_bytes());
        }
        bytes(&mut block, 1, &table);
        bytes(&mut block, 2, group);
        block
    }
}

fn blob(file: &mut Vec<u8>, kind: &str, content: &[u8]) -> std::io::Result<()> {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(content)?;
    let (mut blob, mut header) = (Vec::new(), Vec::new());
    number(&mut blob, 2, content.len() as u64);
    bytes(&mut blob, 3, &zlib.finish()?);
    bytes(&mut header, 1, kind.as_bytes());
    number(&mut header, 3, blob.len() as u64);
    file.extend_from_slice(&(header.len() as u32).to_be_bytes());
    file.extend_from_slice(&header);
    file.extend_from_slice(&blob);
    Ok(())
}

fn header(osm: &Osm) -> Vec<u8> {
    let [west, south, east, north] = osm.bounds().map(|micro| zigzag(i64::from(micro) * 1_000));
    let (mut bounds, mut head) = (Vec::new(), Vec::new());
    for (field, n) in [(1, west), (2, east), (3, north), (4, south)] {
        number(&mut bounds, field, n);
    }
    bytes(&mut head, 1, &bounds);
    bytes(&mut head, 4, b"OsmSchema-V0.6");
    bytes(&mut head, 4, b"DenseNodes");
    bytes(&mut head, 5, b"Sort.Type_then_ID");
    bytes(&mut head, 16, "yimi demonstration county".as_bytes());
    bytes(&mut head, 17, "示例数据 demonstration data, not OpenStreetMap".as_bytes());
    head
}

/// The extract as a file.
///
/// # Errors
/// When compression fails.
pub fn write(osm: &Osm) -> std::io::Result<Vec<u8>> {
    let mut file = Vec::new();
    blob(&mut file, "OSMHeader", &header(osm))?;
    for (k, nodes) in osm.nodes.chunks(BLOCK).enumerate() {
        let (mut strings, mut dense, mut group) = (Strings::new(), Vec::new(), Vec::new());
        let first = (k * BLOCK) as i64 + 1;
        packed(&mut dense, 1, deltas(first..first + nodes.len() as i64));
        packed(&mut dense, 8, deltas(nodes.iter().map(|n| i64::from(n.at.lat) * 10)));
        packed(&mut dense, 9, deltas(nodes.iter().map(|n| i64::from(n.at.lon) * 10)));
        let mut tags = Vec::new();
        for node in nodes {
            tags.extend(node.tags.iter().flat_map(|(k, v)| [strings.id(k), strings.id(v)]));
            tags.push(0);
        }
        packed(&mut dense, 10, tags);
        bytes(&mut group, 2, &dense);
        blob(&mut file, "OSMData", &strings.block(&group))?;
    }
    for (k, ways) in osm.ways.chunks(BLOCK).enumerate() {
        let (mut strings, mut group) = (Strings::new(), Vec::new());
        for (i, way) in ways.iter().enumerate() {
            let mut out = Vec::new();
            number(&mut out, 1, (k * BLOCK + i) as u64 + 1);
            strings.tags(&mut out, &way.tags);
            packed(&mut out, 8, deltas(way.nodes.iter().copied()));
            bytes(&mut group, 3, &out);
        }
        blob(&mut file, "OSMData", &strings.block(&group))?;
    }
    let (mut strings, mut group) = (Strings::new(), Vec::new());
    for (i, relation) in osm.relations.iter().enumerate() {
        let mut out = Vec::new();
        number(&mut out, 1, i as u64 + 1);
        strings.tags(&mut out, &relation.tags);
        packed(&mut out, 8, relation.ways.iter().map(|m| strings.id(m.1)).collect::<Vec<_>>());
        packed(&mut out, 9, deltas(relation.ways.iter().map(|m| m.0)));
        packed(&mut out, 10, relation.ways.iter().map(|_| 1));
        bytes(&mut group, 4, &out);
    }
    blob(&mut file, "OSMData", &strings.block(&group))?;
    Ok(file)
}
