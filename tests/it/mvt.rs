//! Reads Mapbox vector tiles 2.1, for tests only: the library that makes them does not read them, and a reader of its own
//! would not notice a mistake that both make.

use std::collections::BTreeMap;

/// A feature as it stands in a tile.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// 1 for points, 2 for lines, 3 for areas.
    pub of_type: u64,
    /// Strings as they are, everything else as its digits.
    pub tags: BTreeMap<String, String>,
    /// Points of each chain, in units. A ring does not repeat its first.
    pub chains: Vec<Vec<[i64; 2]>>,
}

/// A layer of a tile.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub extent: u64,
    pub version: u64,
    pub features: Vec<Feature>,
}

impl Layer {
    /// The feature with this kind and, if given, this name.
    pub fn one(&self, kind: &str, name: Option<&str>) -> Option<&Feature> {
        self.features.iter().find(|feature| {
            feature.tags["kind"] == kind && name.is_none_or(|name| feature.tags.get("name").is_some_and(|n| n == name))
        })
    }
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// The fields of a protobuf message.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Value<'_>)> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let value = match key & 7 {
            0 => Value::Number(varint(&mut bytes)),
            1 => Value::Bytes(bytes.split_off(..8).expect("eight bytes")),
            2 => {
                let length = usize::try_from(varint(&mut bytes)).expect("a length");
                Value::Bytes(bytes.split_off(..length).expect("as many bytes as said"))
            }
            5 => Value::Bytes(bytes.split_off(..4).expect("four bytes")),
            other => panic!("wire type {other}"),
        };
        found.push((key >> 3, value));
    }
    found
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let byte = *bytes.split_off_first().expect("a varint ends");
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return number;
        }
    }
    unreachable!()
}

fn packed(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(varint(&mut bytes));
    }
    numbers
}

fn zigzag(n: u64) -> i64 {
    (n >> 1).cast_signed() ^ -(n & 1).cast_signed()
}

/// The layers of a tile by name. Anything against the specification panics.
pub fn decode(tile: &[u8]) -> BTreeMap<String, Layer> {
    let mut layers = BTreeMap::new();
    for (field, value) in fields(tile) {
        let (3, Value::Bytes(bytes)) = (field, value) else { panic!("a tile has layers") };
        let (name, layer) = layer(bytes);
        assert!(layers.insert(name.clone(), layer).is_none(), "{name} twice");
    }
    layers
}

fn layer(bytes: &[u8]) -> (String, Layer) {
    let (mut name, mut keys, mut values, mut raw) = (String::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut extent, mut version) = (4096, 1);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    for (field, value) in fields(bytes) {
        match (field, value) {
            (1, Value::Bytes(bytes)) => name = text(bytes),
            (2, Value::Bytes(bytes)) => raw.push(bytes),
            (3, Value::Bytes(bytes)) => keys.push(text(bytes)),
            (4, Value::Bytes(bytes)) => values.push(match fields(bytes).remove(0) {
                (1, Value::Bytes(bytes)) => text(bytes),
                (_, Value::Number(number)) => number.to_string(),
                _ => panic!("a value that is not used"),
            }),
            (5, Value::Number(number)) => extent = number,
            (15, Value::Number(number)) => version = number,
            (field, _) => panic!("field {field} of a layer"),
        }
    }
    let features = raw.into_iter().map(|bytes| feature(bytes, &keys, &values)).collect();
    (name, Layer { extent, version, features })
}

fn feature(bytes: &[u8], keys: &[String], values: &[String]) -> Feature {
    let mut feature = Feature { of_type: 0, tags: BTreeMap::new(), chains: Vec::new() };
    for (field, value) in fields(bytes) {
        match (field, value) {
            (2, Value::Bytes(bytes)) => {
                for pair in packed(bytes).chunks(2) {
                    let place = |k: usize| usize::try_from(pair[k]).expect("a place");
                    feature.tags.insert(keys[place(0)].clone(), values[place(1)].clone());
                }
            }
            (3, Value::Number(number)) => feature.of_type = number,
            (4, Value::Bytes(bytes)) => feature.chains = chains(&packed(bytes)),
            (field, _) => panic!("field {field} of a feature"),
        }
    }
    if feature.of_type == 3 {
        assert!(turn(&feature.chains[0]) > 0, "the first ring of an area is an outer one");
    }
    feature
}

fn chains(commands: &[u64]) -> Vec<Vec<[i64; 2]>> {
    let (mut chains, mut at, mut k) = (Vec::<Vec<[i64; 2]>>::new(), [0, 0], 0);
    while k < commands.len() {
        let (command, count) = (commands[k] & 7, commands[k] >> 3);
        k += 1;
        if command == 7 {
            assert!(chains.last().is_some_and(|chain| chain.len() > 2), "a ring has at least three points");
            continue;
        }
        for _ in 0..count {
            at = [at[0] + zigzag(commands[k]), at[1] + zigzag(commands[k + 1])];
            k += 2;
            match command {
                1 => chains.push(vec![at]),
                2 => chains.last_mut().expect("a chain was begun").push(at),
                other => panic!("command {other}"),
            }
        }
    }
    chains
}

/// Twice the signed area of a ring: positive for an outer one.
pub fn turn(ring: &[[i64; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}
