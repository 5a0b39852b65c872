//! A million places in four hundred towns over east China, the same in every run.

use std::io::{BufWriter, Write};
use std::path::Path;

/// A place of a kind.
pub struct Place {
    pub lon: f64,
    pub lat: f64,
    pub kind: u16,
}

/// `SplitMix64`, so that every run sees the same world.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The public kinds of the catalogue, by place.
const KINDS: [&str; 10] = [
    "reading_space",
    "school",
    "kindergarten",
    "hospital",
    "safety_post",
    "parents_school",
    "rehabilitation",
    "playground",
    "childcare",
    "volunteer_station",
];

pub fn scatter(count: usize) -> Vec<Place> {
    let mut dice = Dice(7);
    let towns: Vec<(f64, f64, f64)> =
        (0..400).map(|_| (104.0 + 18.0 * dice.next(), 22.0 + 20.0 * dice.next(), 0.02 + 0.2 * dice.next())).collect();
    (0..count)
        .map(|_| {
            let (lon, lat, size) = towns[(dice.next() * 400.0) as usize];
            // the sum of three throws is dense in the middle
            let mut around = || (dice.next() + dice.next() + dice.next() - 1.5) * size;
            let (dx, dy) = (around(), around());
            Place { lon: lon + dx, lat: lat + dy, kind: (dice.next() * KINDS.len() as f64) as u16 }
        })
        .collect()
}

/// Places near which somebody asks.
pub fn questions(places: &[Place], count: usize) -> Vec<[f64; 2]> {
    let mut dice = Dice(11);
    (0..count)
        .map(|_| {
            let place = &places[(dice.next() * places.len() as f64) as usize];
            [place.lon + 0.02 * (dice.next() - 0.5), place.lat + 0.02 * (dice.next() - 0.5)]
        })
        .collect()
}

pub fn write_csv(places: &[Place], file: &Path) {
    let mut out = BufWriter::new(std::fs::File::create(file).expect("created"));
    writeln!(out, "编号,类别,名称,经度,纬度,责任单位,地址,容量").expect("written");
    for (i, place) in places.iter().enumerate() {
        let kind = KINDS[usize::from(place.kind)];
        writeln!(
            out,
            "{i},{kind},第{i}社区儿童友好点,{:.6},{:.6},街道办事处,人民路{}号,{}",
            place.lon,
            place.lat,
            i % 997,
            i % 300
        )
        .expect("written");
    }
}
