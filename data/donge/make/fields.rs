//! What lies between the settlements: field tracks, farmland, orchards, woods along the river, the path on the dyke.

use crate::chance::Chance;
use crate::county::{from_bank, half_width};
use crate::grid::Grid;
use crate::line::{Class, Line};
use crate::places::{Place, Sort};
use crate::plane::{P, blob, nearest, p};
use crate::towns::Towns;

/// A piece of land with its OSM key and value.
pub struct Patch {
    pub key: &'static str,
    pub value: &'static str,
    pub ring: Vec<P>,
}

/// The open country.
pub struct Open<'a> {
    pub towns: &'a Towns,
    pub river: &'a [P],
    pub seat: &'a Grid,
    pub waters: &'a [Vec<P>],
    pub places: &'a [Place],
}

impl Open<'_> {
    fn free(&self, at: P, not: Option<usize>, margin: f64) -> bool {
        let settled = self.places.iter().enumerate().any(|(i, q)| Some(i) != not && q.at.to(at) < q.radius + margin);
        !settled
            && self.seat.outness(at) > 1.06
            && from_bank(self.river, at) > 160.0
            && self.waters.iter().all(|w| nearest(at, w).0 > 70.0)
    }

    /// Tracks from villages out into the fields, until something is in the way.
    pub fn tracks(&self) -> Vec<Line> {
        let mut chance = Chance::new(800);
        let mut tracks = Vec::new();
        for (i, q) in self.places.iter().enumerate().filter(|(_, q)| matches!(q.sort, Sort::Village | Sort::Across)) {
            for _ in 0..=chance.below(2) {
                let from = *chance.pick(&q.gates);
                let mut path = vec![from];
                let mut heading = (from - q.at).unit();
                for _ in 0..2 + chance.below(4) {
                    heading = (heading + heading.left() * chance.between(-0.22, 0.22)).unit();
                    let next = path[path.len() - 1] + heading * chance.between(90.0, 170.0);
                    if !self.free(next, Some(i), 130.0) {
                        break;
                    }
                    path.push(next);
                }
                if path.len() > 2 {
                    let class = if chance.share(0.85) { Class::Track } else { Class::Path };
                    tracks.push(Line::new(class, &path));
                }
            }
        }
        tracks
    }

    /// The path on top of the dyke, with a short way down to the dyke road now and then.
    pub fn dyke_path(&self, dyke: &Line) -> Vec<Line> {
        let road = dyke.sheet();
        let mut path = Vec::new();
        let mut lines = Vec::new();
        for (k, w) in self.river.windows(3).skip(10).step_by(2).enumerate() {
            let out = (w[2] - w[0]).unit().left();
            let at = w[1] + out * (half_width(w[1]) + 75.0);
            let (gap, foot) = nearest(at, &road);
            if gap > 700.0 {
                break;
            }
            path.push(at);
            if k % 13 == 3 {
                let top = at + (foot - at) * 0.12;
                lines.push(Line::new(Class::Steps, &[at, top]).tag("incline", "down"));
                lines.push(Line::new(Class::Footway, &[top, foot]));
            }
        }
        lines.push(Line::new(Class::Path, &path).tag("name", "黄河堤顶步道(示例)"));
        lines
    }

    /// Farmland, orchards and woods. Only a sample: the whole county is fields.
    pub fn patches(&self) -> Vec<Patch> {
        let mut chance = Chance::new(810);
        let mut patches: Vec<Patch> = Vec::new();
        let mut middles: Vec<P> = Vec::new();
        let squares: Vec<P> = (0..self.towns.wide * self.towns.high)
            .map(|i| self.towns.middle(i % self.towns.wide, i / self.towns.wide))
            .filter(|&at| self.towns.at(at).is_some())
            .collect();
        while middles.len() < 330 {
            let at = *chance.pick(&squares);
            let apart = middles.iter().all(|m| m.to(at) > 520.0);
            if apart && self.free(at, None, 230.0) {
                middles.push(at);
                let (w, h) = (chance.between(110.0, 210.0), chance.between(80.0, 170.0));
                let east = p(1.0, chance.between(-0.2, 0.2)).unit();
                let corner = |x: f64, y: f64| at + east * (x * w) + east.left() * (y * h);
                let ring = vec![corner(-1., -1.), corner(1., -0.9), corner(0.95, 1.), corner(-1., 0.95)];
                let value = *chance.pick(&["farmland", "farmland", "farmland", "farmland", "orchard"]);
                patches.push(Patch { key: "landuse", value, ring });
            }
        }
        for k in (14..self.river.len() - 20).step_by(7) {
            let out = (self.river[k + 1] - self.river[k - 1]).unit().left();
            let at = self.river[k] + out * (half_width(self.river[k]) + 245.0);
            let key = if k % 2 == 0 { ("natural", "wood") } else { ("landuse", "forest") };
            patches.push(Patch {
                key: key.0,
                value: key.1,
                ring: blob(at, chance.between(110.0, 190.0), chance.between(90.0, 130.0), 0.25, 820 + k as u64),
            });
        }
        patches
    }

    /// A few yards whose lanes no road reaches: a net must cope with such islands.
    pub fn islands(&self) -> Vec<Line> {
        let mut chance = Chance::new(830);
        let mut yards: Vec<Line> = Vec::new();
        while yards.len() < 4 {
            let q = chance.pick(self.places);
            let at = q.at + p(chance.between(-700.0, 700.0), chance.between(-700.0, 700.0));
            if self.towns.at(at).is_some() && self.free(at, None, 300.0) {
                let yard = [p(-30., -25.), p(35., -28.), p(38., 26.), p(-32., 30.), p(-30., -25.)].map(|d| at + d);
                yards.push(Line::new(Class::Service, &yard).tag("note", "示例:与路网不相连 not joined to the network"));
            }
        }
        yards
    }
}
