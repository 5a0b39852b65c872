//! The Yellow River as an area with an island, its ferry, and the bridges of roads over lesser waters.

use crate::county::half_width;
use crate::line::{Class, Line};
use crate::plane::{P, blob, crossing, nearest};

/// The river's banks: left (north-western), right, and an island in it.
pub struct River {
    pub left: Vec<P>,
    pub right: Vec<P>,
    pub island: Vec<P>,
}

/// Banks on both sides of the middle line.
pub fn banks(middle: &[P]) -> River {
    let side =
        |sign: f64| middle.windows(3).map(|w| w[1] + (w[2] - w[0]).unit().left() * (sign * half_width(w[1]))).collect();
    // The island lies to the right of the middle line, which boats follow.
    let k = middle.len() * 2 / 3;
    let at = middle[k] - (middle[k + 1] - middle[k]).unit().left() * 115.0;
    River { left: side(1.0), right: side(-1.0), island: blob(at, 75.0, 65.0, 0.2, 91) }
}

/// A path on the river's island, joined to nothing.
pub fn island_path(river: &River) -> Line {
    let mid = river.island.iter().fold(crate::plane::p(0.0, 0.0), |s, &q| s + q) * (1.0 / river.island.len() as f64);
    let ring: Vec<P> = river.island.iter().chain(&river.island[..1]).map(|&q| mid + (q - mid) * 0.6).collect();
    Line::new(Class::Path, &ring).tag("note", "示例:河心滩,步行不可达 river island, out of reach on foot")
}

/// The ferry for vehicles and the two ramps to it.
pub struct Ferry {
    pub crossing: Vec<P>,
    pub ramps: Vec<Line>,
}

/// Lays the ferry from the dyke road to the gates of a village across.
pub fn ferry(middle: &[P], dyke: &Line, gates: &[P]) -> Ferry {
    let gate =
        gates.iter().copied().fold(gates[0], |b, g| if nearest(g, middle).0 < nearest(b, middle).0 { g } else { b });
    let (_, mid) = nearest(gate, middle);
    let out = (gate - mid).unit();
    let wide = half_width(mid);
    let (landing, pier) = (mid + out * (wide + 15.0), mid - out * (wide + 15.0));
    let (_, foot) = nearest(pier, &dyke.sheet());
    Ferry {
        crossing: vec![pier, mid, landing],
        ramps: vec![
            Line::new(Class::Service, &[foot, pier]),
            Line::new(Class::Service, &[landing, (landing + gate) * 0.5, gate]),
        ],
    }
}

/// Puts roads on bridges where they cross a watercourse.
pub fn bridge(lines: &mut [Line], waters: &[Vec<P>]) {
    for line in lines.iter_mut() {
        let mut at = 0;
        while at + 1 < line.points.len() {
            let (a, b) = (line.points[at].p(), line.points[at + 1].p());
            let len = a.to(b);
            let hits =
                waters.iter().flat_map(|w| w.windows(2)).filter_map(|w| crossing(a, b, w[0], w[1]).map(|(t, _)| t));
            if let Some(t) = hits.min_by(f64::total_cmp).filter(|_| !line.over[at]) {
                let half = 20.0 / len;
                let (from, to) = (t - half, t + half);
                let mut deck = at;
                if to < 0.97 {
                    line.cut(at, (a + (b - a) * to).g());
                }
                if from > 0.03 {
                    line.cut(at, (a + (b - a) * from).g());
                    deck += 1;
                }
                line.over[deck] = true;
                at = deck + 1;
            } else {
                at += 1;
            }
        }
    }
}

/// Puts the motorway on bridges wherever anything passes below it.
pub fn fly_over(lines: &mut [Line], waters: &[Vec<P>]) {
    let below: Vec<Vec<P>> =
        lines.iter().filter(|l| l.class != Class::Motorway).map(Line::sheet).chain(waters.iter().cloned()).collect();
    for line in lines.iter_mut().filter(|l| l.class == Class::Motorway) {
        let path = line.sheet();
        for (i, w) in path.windows(2).enumerate() {
            line.over[i] = below.iter().flat_map(|l| l.windows(2)).any(|b| crossing(w[0], w[1], b[0], b[1]).is_some());
        }
    }
}
