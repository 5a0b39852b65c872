//! Geometry in whole units of a tile, as Mapbox vector tiles 2.1 want it.

use super::clip::{Point, Square};
use super::shape::{ring, turn};
use geo::{Coord, LineString, Simplify};
use mvt::{Error, GeomData, GeomEncoder, GeomType};

/// A point in whole units.
type Unit = [i32; 2];

/// Collects the chains of one feature of a tile.
pub(super) struct Pen {
    square: Square,
    /// How far a simplified line may stray, in units.
    tolerance: f64,
    encoder: GeomEncoder<f64>,
    /// The last point that was written.
    last: Option<Unit>,
    is_area: bool,
    pub chains: usize,
}

impl Pen {
    pub fn new(is_area: bool, square: Square, tolerance: f64) -> Self {
        let of = if is_area { GeomType::Polygon } else { GeomType::Linestring };
        Self { square, tolerance, encoder: GeomEncoder::new(of), last: None, is_area, chains: 0 }
    }

    /// Draws a line.
    pub fn line(&mut self, line: &[Point]) -> Result<(), Error> {
        for part in self.square.line(line) {
            let mut units = rounded(&simplified(part, self.tolerance));
            units.dedup();
            if units.len() > 1 {
                self.write(&units)?;
            }
        }
        Ok(())
    }

    /// Draws an area: its outer ring, then the holes. An area that is too small to be seen is left out with its holes.
    pub fn area<'a>(&mut self, rings: impl Iterator<Item = &'a [Point]>) -> Result<(), Error> {
        for (number, points) in rings.enumerate() {
            let outer = number == 0;
            match self.ring(points, outer) {
                Some(units) => self.write(&units)?,
                None if outer => break,
                None => {}
            }
        }
        Ok(())
    }

    fn ring(&self, points: &[Point], outer: bool) -> Option<Vec<Unit>> {
        let mut kept = self.square.ring(points);
        kept.push(*kept.first()?);
        let units = rounded(&simplified(kept, self.tolerance));
        // rounding and simplifying may fold a ring over or close it up; what has turned round is gone
        let turned = turn(&units[..units.len() - 1]);
        let units = ring(&units, outer)?;
        ((turned > 0) == outer).then_some(units)
    }

    fn write(&mut self, units: &[Unit]) -> Result<(), Error> {
        // mvt 0.15 leaves out the move to a chain that begins where the last one ended, also after a ring was closed;
        // a ring can begin elsewhere
        let start = usize::from(self.is_area && self.last.is_some() && self.last == units.first().copied());
        for [x, y] in units[start..].iter().chain(&units[..start]) {
            self.encoder.add_point(f64::from(*x), f64::from(*y))?;
            self.last = Some([*x, *y]);
        }
        self.encoder.complete_geom()?;
        self.chains += 1;
        Ok(())
    }

    /// What was drawn.
    pub fn finish(self) -> Result<GeomData, Error> {
        self.encoder.encode()
    }
}

fn simplified(points: Vec<Point>, tolerance: f64) -> Vec<Point> {
    if tolerance <= 0.0 || points.len() < 3 {
        return points;
    }
    let line: LineString = points.into_iter().map(|[x, y]| Coord { x, y }).collect();
    line.simplify(tolerance).0.into_iter().map(|at| [at.x, at.y]).collect()
}

fn rounded(points: &[Point]) -> Vec<Unit> {
    points.iter().map(|at| at.map(|part| part.round() as i32)).collect()
}
