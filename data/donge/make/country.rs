//! The roads between villages.
//!
//! Two places are joined when no third lies closer to both (a relative neighbourhood graph: the pattern that country roads
//! tend to), unless water lies between or both already have a turning to the same larger road. Places left apart are joined
//! by the shortest road that is allowed, as in a minimum spanning tree. Roads that many ways to the town use rank higher.

use crate::chance::Chance;
use crate::county::from_bank;
use crate::facts::TOWNS;
use crate::grid::Grid;
use crate::line::{Class, Line};
use crate::places::{Place, Sort};
use crate::plane::{P, nearest, wander};

struct End {
    at: P,
    gates: Vec<P>,
    place: Option<usize>,
    /// The larger road nearby and its distance.
    turning: Option<(usize, f64)>,
}

/// Country roads, and the tracks and paths that lead between villages without one.
pub struct Country {
    pub roads: Vec<Line>,
    pub tracks: Vec<Line>,
}

struct Ground<'a> {
    river: &'a [P],
    seat: &'a Grid,
    majors: &'a [Vec<P>],
}

impl Ground<'_> {
    /// Whether a road may run straight from one to the other.
    fn allows(&self, a: &End, b: &End) -> bool {
        let pieces = (a.at.to(b.at) / 140.0).ceil() as usize;
        (1..pieces).all(|k| {
            let at = a.at + (b.at - a.at) * (k as f64 / pieces as f64);
            let near_end = (a.place.is_none() && at.to(a.at) < 420.0) || (b.place.is_none() && at.to(b.at) < 420.0);
            from_bank(self.river, at) > 330.0 && (near_end || self.seat.outness(at) > 1.03)
        })
    }

    /// Whether a road from one to the other would only run beside a larger road that both have a turning to.
    fn beside(&self, a: &End, b: &End) -> bool {
        match (a.turning, b.turning) {
            (Some((road, _)), Some((other, _))) if road == other => {
                [0.3, 0.5, 0.7].iter().all(|&k| nearest(a.at + (b.at - a.at) * k, &self.majors[road]).0 < 620.0)
            }
            _ => false,
        }
    }
}

fn root(of: &mut [usize], mut i: usize) -> usize {
    while of[i] != i {
        of[i] = of[of[i]];
        i = of[i];
    }
    i
}

/// Lays all country roads.
pub fn lay(places: &[Place], seat_gates: &[P], seat: &Grid, river: &[P], majors: &[Line]) -> Country {
    let majors: Vec<Vec<P>> = majors.iter().map(Line::sheet).collect();
    let ground = Ground { river, seat, majors: &majors };
    let ends = ends(places, seat_gates, &majors);
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in ends.iter().enumerate() {
        for (j, b) in ends.iter().enumerate().skip(i + 1) {
            let far = a.at.to(b.at);
            if far < 4_500.0 && !(a.place.is_none() && b.place.is_none()) && ground.allows(a, b) {
                pairs.push((far, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (chosen, tracks) = choose(&ground, &ends, &pairs);
    let used = usage(places, &ends, &chosen);
    let mut chance = Chance::new(700);
    let mut roads = Vec::new();
    for (&(i, j), &used) in chosen.iter().zip(&used) {
        let class = if used >= 4 { Class::Tertiary } else { Class::Unclassified };
        roads.push(road(class, &ends[i], &ends[j], &mut chance));
    }
    for end in ends.iter().filter(|e| e.place.is_some()) {
        if let Some((major, _)) = end.turning {
            let gate = |g: &P| nearest(*g, &majors[major]);
            let (_, foot, from) = end
                .gates
                .iter()
                .map(|g| (gate(g).0, gate(g).1, *g))
                .fold((f64::INFINITY, end.at, end.at), |b, x| if x.0 < b.0 { x } else { b });
            roads.push(Line::new(Class::Unclassified, &wander(from, foot, 0.03, 220.0, &mut chance)));
        }
    }
    let tracks = tracks
        .iter()
        .map(|&(i, j)| road(*chance.pick(&[Class::Track, Class::Track, Class::Path]), &ends[i], &ends[j], &mut chance))
        .collect();
    Country { roads, tracks }
}

fn ends(places: &[Place], seat_gates: &[P], majors: &[Vec<P>]) -> Vec<End> {
    let mut ends: Vec<End> = Vec::new();
    for (i, q) in places.iter().enumerate().filter(|(_, q)| q.sort != Sort::Community) {
        let near = majors
            .iter()
            .enumerate()
            .map(|(m, line)| (m, nearest(q.at, line).0))
            .fold((0, f64::INFINITY), |b, x| if x.1 < b.1 { x } else { b });
        let turning = (near.1 < 820.0 && q.sort == Sort::Village).then_some(near);
        ends.push(End { at: q.at, gates: q.gates.clone(), place: Some(i), turning });
    }
    ends.extend(seat_gates.iter().map(|&at| End { at, gates: vec![at], place: None, turning: None }));
    ends
}

type Joined = Vec<(usize, usize)>;

/// The pairs to join by road, and some more by track.
fn choose(ground: &Ground, ends: &[End], pairs: &[(f64, usize, usize)]) -> (Joined, Joined) {
    let mut group: Vec<usize> = (0..ends.len()).collect();
    // Larger roads are one net already: towns, the seat and every village with a turning hang on it.
    let hub = ends.iter().position(|e| e.place.is_none()).unwrap_or(0);
    for (i, e) in ends.iter().enumerate() {
        if e.place.is_none() || e.turning.is_some() || e.gates.len() > 20 {
            let (a, b) = (root(&mut group, i), root(&mut group, hub));
            group[a] = b;
        }
    }
    let mut chance = Chance::new(710);
    let (mut roads, mut tracks) = (Vec::new(), Vec::new());
    let mut spare = Vec::new();
    for &(far, i, j) in pairs {
        let between = |k: f64| ends.iter().any(|e| e.at.to(ends[i].at).max(e.at.to(ends[j].at)) < far * k);
        if !between(0.999) && far < 3_200.0 {
            if !ground.beside(&ends[i], &ends[j]) {
                let (a, b) = (root(&mut group, i), root(&mut group, j));
                group[a] = b;
                roads.push((i, j));
            }
        } else {
            let middle = (ends[i].at + ends[j].at) * 0.5;
            let free = ends.iter().all(|e| e.at.to(middle) > far * 0.55 || e.at == ends[i].at || e.at == ends[j].at);
            if free && far < 1_900.0 && chance.share(0.42) {
                tracks.push((i, j));
            }
            spare.push((i, j));
        }
    }
    for (i, j) in spare {
        let (a, b) = (root(&mut group, i), root(&mut group, j));
        if a != b {
            group[a] = b;
            roads.push((i, j));
        }
    }
    (roads, tracks)
}

/// How many villages' shortest ways to their town use each road.
fn usage(places: &[Place], ends: &[End], roads: &[(usize, usize)]) -> Vec<usize> {
    let mut used = vec![0; roads.len()];
    for town in 0..TOWNS.len() {
        let goal = |e: &End| {
            e.place.map_or(town < crate::facts::SUBDISTRICTS, |q| {
                places[q].sort == Sort::TownSeat && places[q].town == Some(town)
            })
        };
        let mut cost: Vec<f64> =
            ends.iter().map(|e| if goal(e) { 0.0 } else { e.turning.map_or(f64::INFINITY, |t| 900.0 + t.1) }).collect();
        let mut by = vec![None; ends.len()];
        let mut changed = true;
        while changed {
            changed = false;
            for (r, &(i, j)) in roads.iter().enumerate() {
                let far = ends[i].at.to(ends[j].at);
                for (from, to) in [(i, j), (j, i)] {
                    if cost[from] + far < cost[to] - 1e-6 {
                        (cost[to], by[to], changed) = (cost[from] + far, Some((r, from)), true);
                    }
                }
            }
        }
        let of_town = |e: &&End| e.place.is_some_and(|q| places[q].town == Some(town));
        for (i, _) in ends.iter().enumerate().filter(|(_, e)| of_town(e)) {
            let mut at = i;
            while let Some((road, from)) = by[at] {
                used[road] += 1;
                at = from;
            }
        }
    }
    used
}

/// A road between the two gates that face each other.
fn road(class: Class, a: &End, b: &End, chance: &mut Chance) -> Line {
    let facing =
        |e: &End, o: P| e.gates.iter().copied().fold(e.gates[0], |best, g| if g.to(o) < best.to(o) { g } else { best });
    let from = facing(a, b.at);
    let to = facing(b, from);
    Line::new(class, &wander(from, to, 0.035, 260.0, chance))
}
