//! Where a site may stand: beside a lane of its settlement, on dry land of its own town, not on top of another site.

use crate::chance::Chance;
use crate::county::from_bank;
use crate::line::{Class, Line};
use crate::network::Network;
use crate::noding::Ground;
use crate::places::{Place, Sort};
use crate::plane::{P, inside};
use crate::reach::Pieces;

/// The county as someone sees it who looks for a site.
pub struct Spots<'a> {
    pub net: &'a Network,
    river: &'a [P],
    outlines: &'a [Vec<P>],
    ground: Ground,
    lanes: Vec<Vec<usize>>,
    taken: Vec<(char, P)>,
}

impl<'a> Spots<'a> {
    /// Only lines of the largest piece of the network count, so that every site can be walked to.
    pub fn new(net: &'a Network, river: &'a [P], outlines: &'a [Vec<P>], pieces: &Pieces) -> Self {
        let reached: Vec<Line> =
            net.lines.iter().zip(&pieces.in_largest).filter(|(_, r)| **r).map(|(l, _)| l.clone()).collect();
        let mut lanes = vec![Vec::new(); net.places.len()];
        for (i, line) in net.lines.iter().enumerate().filter(|(i, _)| pieces.in_largest[*i]) {
            if let Some(q) = line.place.filter(|_| line.class <= Class::Service) {
                lanes[q].push(i);
            }
        }
        Self { net, river, outlines, ground: Ground::new(&reached), lanes, taken: Vec::new() }
    }

    /// Metres to the nearest way on foot, and the point there.
    pub fn walk(&self, at: P) -> (f64, P) {
        self.ground.nearest(at).map_or((f64::INFINITY, at), |(d, foot, _)| (d, foot))
    }

    /// Whether a place is dry and in the town, and so is the way it is reached by.
    fn stands(&self, at: P, town: usize) -> bool {
        self.towns(at) == [town] && self.towns(self.walk(at).1) == [town] && self.dry(at)
    }

    /// Whether a point is on land.
    pub fn dry(&self, at: P) -> bool {
        from_bank(self.river, at) > 5.0 && !inside(&self.net.seat.lake, at)
    }

    /// The towns whose outline holds a point.
    pub fn towns(&self, at: P) -> Vec<usize> {
        (0..self.outlines.len()).filter(|&t| inside(&self.outlines[t], at)).collect()
    }

    /// A place beside a lane of a settlement, `beside` metres from it, and the lane's street name when it has one.
    pub fn by_lane(
        &mut self,
        place: usize,
        kind: char,
        beside: (f64, f64),
        chance: &mut Chance,
    ) -> (P, Option<String>) {
        let town = self.net.places[place].town.unwrap_or(0);
        let mut apart = 260.0;
        loop {
            let line = &self.net.lines[*chance.pick(&self.lanes[place])];
            let at = chance.below(line.points.len() - 1);
            let (a, b) = (line.points[at].p(), line.points[at + 1].p());
            let side = if chance.share(0.5) { 1.0 } else { -1.0 };
            let off = chance.between(beside.0, beside.1);
            let spot = a + (b - a) * chance.between(0.15, 0.85) + (b - a).unit().left() * (side * off);
            apart *= 0.985;
            if self.stands(spot, town) && self.walk(spot).0 > beside.0 * 0.8 && self.free(kind, spot, apart) {
                self.taken.push((kind, spot));
                let name = line.tags.iter().find(|t| t.0 == "name").map(|t| t.1.clone());
                return (spot, name.filter(|n| !n.contains('(')));
            }
        }
    }

    /// A place near a wished one: at the nearest way on foot, a few metres towards the wish.
    pub fn near(&mut self, wish: P, town: usize, (kind, off): (char, f64), chance: &mut Chance) -> P {
        let mut stray = 4.0;
        loop {
            let target = wish + crate::plane::p(chance.between(-stray, stray), chance.between(-stray, stray));
            let foot = self.walk(target).1;
            let spot = foot + (target - foot).unit() * off;
            stray = (stray * 1.06).min(180.0);
            if self.stands(spot, town) && self.free(kind, spot, 0.0) {
                self.taken.push((kind, spot));
                return spot;
            }
        }
    }

    /// A place at the nearest crossing within 200 m, 6 m off it on the side of the wish, where one may stand there.
    pub fn by_crossing(&mut self, wish: P, town: usize, kind: char) -> Option<P> {
        let mut near: Vec<P> = self.crossings().filter(|at| at.to(wish) < 200.0).collect();
        near.sort_by(|a, b| a.to(wish).total_cmp(&b.to(wish)));
        let spot = near
            .into_iter()
            .map(|at| at + (wish - at).unit() * 6.0)
            .find(|&spot| self.stands(spot, town) && self.free(kind, spot, 0.0))?;
        self.taken.push((kind, spot));
        Some(spot)
    }

    /// Where crossings are marked.
    pub fn crossings(&self) -> impl Iterator<Item = P> + '_ {
        let crossing = ("highway", "crossing".to_owned());
        self.net.marks.iter().filter(move |(_, tags)| tags.contains(&crossing)).map(|(g, _)| g.p())
    }

    fn free(&self, kind: char, at: P, apart: f64) -> bool {
        self.taken.iter().all(|&(other, q)| q.to(at) > if other == kind { apart.max(25.0) } else { 9.0 })
    }

    /// A town's settlements of a sort.
    pub fn places(&self, town: usize, sort: Sort) -> Vec<usize> {
        (0..self.net.places.len())
            .filter(|&i| {
                self.net.places[i].town == Some(town) && self.net.places[i].sort == sort && !self.lanes[i].is_empty()
            })
            .collect()
    }

    /// A settlement by number.
    pub fn place(&self, i: usize) -> &Place {
        &self.net.places[i]
    }
}
