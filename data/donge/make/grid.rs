//! The street grid of a town: two families of streets on a sheet that is turned and gently bent.

use crate::chance::noise;
use crate::line::{Class, Line};
use crate::plane::{P, p};

/// A grid: streets at fixed distances east (`us`) and north (`vs`) of its middle, before turning and bending.
pub struct Grid {
    pub origin: P,
    pub east: P,
    pub us: Vec<f64>,
    pub vs: Vec<f64>,
    /// Half the length of the built-up ellipse, east and north.
    pub reach: (f64, f64),
    pub bend: f64,
    pub seed: u64,
}

impl Grid {
    /// The ground at a place of the grid.
    pub fn at(&self, u: f64, v: f64) -> P {
        let flat = self.origin + self.east * u + self.east.left() * v;
        let sway = |s| noise(self.seed + s, flat.x, flat.y, 1_400.0) * self.bend;
        flat + p(sway(1), sway(2))
    }

    /// How far out a point of the ground is: below 1 in the built-up ellipse.
    pub fn outness(&self, at: P) -> f64 {
        let from = at - self.origin;
        let (u, v) = (from.dot(self.east) / self.reach.0, from.dot(self.east.left()) / self.reach.1);
        (u * u + v * v).sqrt()
    }

    /// Whether a grid place is built up.
    pub fn holds(&self, u: f64, v: f64) -> bool {
        let (s, t) = (u / self.reach.0, v / self.reach.1);
        s * s + t * t < 1.0
    }

    /// A piece of street between two places of the grid, bent like the ground, a vertex about every `step` metres.
    pub fn street(&self, from: (f64, f64), to: (f64, f64), step: f64) -> Vec<P> {
        let len = p(to.0 - from.0, to.1 - from.1).len();
        let pieces = (len / step).ceil().max(1.0) as usize;
        let at = |k: usize| k as f64 / pieces as f64;
        (0..=pieces).map(|k| self.at(from.0 + (to.0 - from.0) * at(k), from.1 + (to.1 - from.1) * at(k))).collect()
    }

    /// The runs of consecutive streets' crossings along one street that are built up and pass `open`.
    fn runs(across: &[f64], built: &dyn Fn(f64, f64) -> bool) -> Vec<(f64, f64)> {
        let mut runs: Vec<(f64, f64)> = Vec::new();
        for w in across.windows(2) {
            if built(w[0], w[1]) {
                match runs.last_mut() {
                    Some(run) if (run.1 - w[0]).abs() < 0.01 => run.1 = w[1],
                    _ => runs.push((w[0], w[1])),
                }
            }
        }
        runs
    }

    /// All streets: `look(is_v, index)` names class and tags or leaves a street out; `open` says whether a piece between
    /// two grid places is built.
    pub fn streets(
        &self,
        step: f64,
        open: &dyn Fn((f64, f64), (f64, f64)) -> bool,
        look: &dyn Fn(bool, usize) -> Option<Line>,
    ) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut lay = |form: Line, from, to| {
            let path = Line::new(form.class, &self.street(from, to, step));
            lines.push(Line { points: path.points, over: path.over, ..form });
        };
        for (i, &u) in self.us.iter().enumerate() {
            let Some(form) = look(false, i) else { continue };
            for (a, b) in Self::runs(&self.vs, &|a, b| self.holds(u, a) && self.holds(u, b) && open((u, a), (u, b))) {
                lay(form.clone(), (u, a), (u, b));
            }
        }
        for (j, &v) in self.vs.iter().enumerate() {
            let Some(form) = look(true, j) else { continue };
            for (a, b) in Self::runs(&self.us, &|a, b| self.holds(a, v) && self.holds(b, v) && open((a, v), (b, v))) {
                lay(form.clone(), (a, v), (b, v));
            }
        }
        lines
    }
}

/// A street form without points, to be laid along a grid.
pub fn form(class: Class) -> Line {
    Line { class, points: Vec::new(), over: Vec::new(), tags: Vec::new(), place: None }
}
