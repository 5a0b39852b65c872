//! Notices that a file's positions are probably in another datum than was said.
//!
//! Sites that are known already by the same name are the witnesses. If the file's positions lie some hundred metres from
//! them as said (about 500 m for GCJ-02 taken as WGS-84, about 1.3 km for BD-09), and most fall onto them when read in
//! another datum, then the other datum is the likelier one.

use crate::geo::{Datum, LonLat, geodesic_m};
use crate::text::Words;
use std::collections::HashMap;

/// Rows that are looked at; enough to be sure, few enough to hold.
pub const SAMPLE: usize = 2000;
/// Fewer witnesses prove nothing.
const WITNESSES: usize = 3;
/// Closer than this, the positions agree as they are.
const SHIFTED_M: f64 = 250.0;
/// Within this, a position read in the other datum has hit its witness.
const HIT_M: f64 = 100.0;
/// So large a part of the witnesses must be hit.
const HIT_SHARE: f64 = 0.6;

/// One row of the sample.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Its name.
    pub name: String,
    /// Its degrees as the file gives them.
    pub as_written: LonLat,
    /// Where that is, in the datum that was said.
    pub at: LonLat,
}

/// Another datum in which the file's positions fall onto the known sites.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shift {
    /// Which.
    pub datum: Datum,
    /// How many known sites say so.
    pub witnesses: usize,
    /// How far the file's positions lie from them as they are, median, metres.
    pub as_said_m: f64,
    /// The same when they are read in that datum.
    pub as_other_m: f64,
}

/// The likelier datum, if the sample lies shifted from the known sites of the same names.
#[must_use]
pub fn likelier(sample: &[Placed], known: &HashMap<String, Vec<LonLat>>) -> Option<Shift> {
    let witnessed: Vec<(&Placed, &Vec<LonLat>)> =
        sample.iter().filter_map(|placed| Some((placed, known.get(&placed.name)?))).collect();
    if witnessed.len() < WITNESSES {
        return None;
    }
    let median = |at: &dyn Fn(&Placed) -> LonLat| {
        let mut metres: Vec<f64> = witnessed.iter().map(|(placed, known)| nearest_m(at(placed), known)).collect();
        metres.sort_by(f64::total_cmp);
        metres[metres.len() / 2]
    };
    let as_said_m = median(&|placed| placed.at);
    if as_said_m < SHIFTED_M {
        return None;
    }
    let hits = |datum: Datum| {
        let hit =
            |(placed, known): &&(&Placed, &Vec<LonLat>)| nearest_m(datum.to_wgs84(placed.as_written), known) <= HIT_M;
        witnessed.iter().filter(hit).count()
    };
    let datum = [Datum::Wgs84, Datum::Gcj02, Datum::Bd09].into_iter().max_by_key(|datum| hits(*datum))?;
    if (hits(datum) as f64) < HIT_SHARE * witnessed.len() as f64 {
        return None;
    }
    let as_other_m = median(&|placed| datum.to_wgs84(placed.as_written));
    Some(Shift { datum, witnesses: witnessed.len(), as_said_m, as_other_m })
}

/// The warning, if the sample lies shifted from the known sites of the same names.
#[must_use]
pub fn suspect(sample: &[Placed], known: &HashMap<String, Vec<LonLat>>) -> Option<Words> {
    let Shift { datum, witnesses: n, as_said_m: as_said, as_other_m: as_other } = likelier(sample, known)?;
    let id = datum.id();
    Some(Words::new(
        format!(
            "坐标系可能写错了:{n} 个同名的已有场所与本文件中位相差 {as_said:.0} 米,按 {id} 换算后只差 {as_other:.0} 米。\
             若确为 {id},请加 --crs {id} 重新导入"
        ),
        format!(
            "probably another datum: {n} known sites of the same names lie {as_said:.0} m away (median), but {as_other:.0} m \
             when the file is read as {id}; if so, import it again with --crs {id}"
        ),
    ))
}

fn nearest_m(at: LonLat, known: &[LonLat]) -> f64 {
    known.iter().map(|other| geodesic_m(at, *other)).fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world(written_in: Datum, said: Datum) -> Option<Words> {
        let places: Vec<LonLat> = (0..20)
            .map(|i| LonLat::new(116.2 + f64::from(i) / 100.0, 36.3 + f64::from(i % 5) / 100.0).expect("a position"))
            .collect();
        let known = (0..).zip(&places).map(|(i, at)| (format!("书屋{i}"), vec![*at])).collect();
        let sample: Vec<Placed> = (0..)
            .zip(&places)
            .map(|(i, at)| {
                let as_written = written_in.from_wgs84(*at);
                Placed { name: format!("书屋{i}"), as_written, at: said.to_wgs84(as_written) }
            })
            .collect();
        suspect(&sample, &known)
    }

    #[test]
    fn a_file_in_another_datum_is_called_out_by_name() {
        assert!(world(Datum::Gcj02, Datum::Wgs84).expect("called out").en.contains("--crs gcj02"));
        assert!(world(Datum::Bd09, Datum::Wgs84).expect("called out").en.contains("--crs bd09"));
        assert!(world(Datum::Bd09, Datum::Gcj02).expect("called out").en.contains("--crs bd09"));
        assert!(world(Datum::Wgs84, Datum::Gcj02).expect("called out").en.contains("--crs wgs84"));
    }

    #[test]
    fn a_file_that_is_right_or_merely_far_away_is_left_alone() {
        assert_eq!(world(Datum::Wgs84, Datum::Wgs84), None);
        assert_eq!(world(Datum::Gcj02, Datum::Gcj02), None);
        let far = LonLat::new(117.0, 37.0).expect("a position");
        let sample = vec![Placed { name: "书屋".into(), as_written: far, at: far }; 5];
        let known = HashMap::from([("书屋".to_owned(), vec![LonLat::new(116.0, 36.0).expect("a position")])]);
        assert_eq!(suspect(&sample, &known), None);
    }
}
